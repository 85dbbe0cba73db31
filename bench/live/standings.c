/* Keeps and draws what the models of a scenario have reached. */
#include "bench/live/standings.h"
#include "base/utf8.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static int64_t real_ns(const struct standings *standings,
                       const struct prediction *prediction) {
    double ns = scenario_real_ns(&standings->point->scenario,
                                 (double)prediction->simulated.makespan_ns);
    return prediction->is_known && ns < 4e18 ? llround(ns) : 0;
}

static void lengthen(struct standings *standings, int64_t makespan_ns) {
    if (makespan_ns > standings->longest_ns) {
        standings->longest_ns = makespan_ns;
    }
}

void standings_open(struct standings *standings, const struct plan_point *point) {
    *standings = (struct standings){
        .point = point, .of = calloc(point->entry_count, sizeof *standings->of)};
    for (size_t i = 0; i < point->entry_count; i++) {
        lengthen(standings, real_ns(standings, &point->entries[i].prediction));
    }
}

void standings_close(struct standings *standings) {
    free(standings->of);
    *standings = (struct standings){.of = NULL};
}

void standings_note(struct standings *standings, const struct plan_entry *entry,
                    const struct trial *trial) {
    if (!standings->of) {
        return;
    }
    struct standing standing = {
        .is_finished = true,
        .makespan_ns = trial->figures.makespan_ns,
        .fault = trial->validity.count > 0             ? "invalid"
                 : figures_failed(&trial->figures) > 0 ? "failed"
                                                       : NULL,
    };
    if (!standing.fault) {
        lengthen(standings, standing.makespan_ns);
    }
    standings->of[entry - standings->point->entries] = standing;
}

/* True: the model of this index has a line while `running` runs. */
static bool has_line(const struct standings *standings,
                     const struct plan_entry *running, size_t index) {
    return standings->of && standings->of[index].is_finished &&
           &standings->point->entries[index] != running;
}

int standings_count(const struct standings *standings,
                    const struct plan_entry *running) {
    int count = 0;
    for (size_t i = 0; standings->of && i < standings->point->entry_count; i++) {
        count += has_line(standings, running, i);
    }
    return count;
}

int standings_columns(const struct standings *standings, int most) {
    int columns = 0;
    const struct plan_point *point = standings->point;
    for (size_t i = 0; standings->of && i < point->entry_count; i++) {
        int own = grid_width(point->entries[i].model.name);
        columns = own > columns ? own : columns;
    }
    columns = columns < most ? columns : most;
    return standings->of && point->entry_count > 1 ? columns : 0;
}

/* Ends a name that has no room with a dot. */
static void draw_name(const struct chart *chart, int row, const char *name) {
    char text[MODEL_NAME_BYTES];
    int columns = chart->bar_column - 1;
    snprintf(text, sizeof text, "%s", name);
    if (grid_width(text) > columns && columns > 0) {
        snprintf(text, sizeof text, "%.*s.", columns - 1, name);
        utf8_mend(text);
    }
    grid_text_before(chart->grid, row, columns, INK_PLAIN, text);
}

static void draw_line(const struct chart *chart, int row,
                      const struct standing *standing) {
    if (standing->fault) {
        grid_text(chart->grid, row, chart->note_column, INK_FAILED, standing->fault);
        return;
    }
    chart_draw_line(chart, row, standing->makespan_ns);
}

void standings_draw(const struct standings *standings, const struct plan_entry *running,
                    const struct chart *chart) {
    int row = 0;
    for (size_t i = 0; standings->of && i < standings->point->entry_count; i++) {
        if (has_line(standings, running, i) && row < chart->rows) {
            draw_name(chart, chart->first_row + row,
                      standings->point->entries[i].model.name);
            draw_line(chart, chart->first_row + row, &standings->of[i]);
            row++;
        }
    }
}
