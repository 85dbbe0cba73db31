/* From top to bottom: the scenario's title and the model, a line for each model that has
 * finished, a lane for each conversation
 * (or for too many of them, how many are in each phase), the time axis, the glyphs with
 * their meanings and counts, and the line that stays after the trial. */
#include "bench/live/frame.h"
#include "bench/live/chart.h"
#include "bench/live/progress.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum {
    MOST_CHART_ROWS = 16,
    LEAST_ROWS = 5, /* with fewer rows only the status line is drawn */
    LEAST_COLUMNS = 24,
    LEAST_BAR = 12,
};

/* The texts of the last row, from long to short. */
enum { STATUS_TEXTS = 7, STATUS_BYTES = 600 };

/* Writes the texts, of which a narrow screen shows a short one. */
static void write_status(const struct frame_words *words, const struct lanes *lanes,
                         char texts[static STATUS_TEXTS][STATUS_BYTES]) {
    double now_s = scenario_seconds(words->scenario, (double)lanes_elapsed_ns(lanes));
    double all_s = scenario_seconds(words->scenario, (double)lanes->setup.predicted_ns);
    const char *left = words->left ? words->left : "";
    const char *stop = *left ? "; " : "";
    char predicted[PROGRESS_PREDICTED_BYTES] = "";
    char plain[64] = "";
    char of[64] = "";
    char flight[40] = "";
    if (all_s > 0) {
        progress_predicted(all_s, predicted);
        snprintf(plain, sizeof plain, " (predicted %.1f s)", all_s);
        snprintf(of, sizeof of, "/%.1f", all_s);
    }
    if (!lanes->is_blind) {
        snprintf(flight, sizeof flight, ", in flight %zu", lanes->open_count);
    }
    const char *place = words->place;
    const char *model = words->model;
    enum { BYTES = STATUS_BYTES };
    snprintf(texts[0], BYTES, "%.200s%s: %.1f s%s%s%s%s", place, model, now_s,
             predicted, flight, stop, left);
    snprintf(texts[1], BYTES, "%.200s%s: %.1f s%s%s%s", place, model, now_s, predicted,
             stop, left);
    snprintf(texts[2], BYTES, "%.200s%s: %.1f s%s%s%s", place, model, now_s, plain,
             stop, left);
    snprintf(texts[3], BYTES, "%.200s%s: %.1f%s s%s%s", place, model, now_s, of, stop,
             left);
    snprintf(texts[4], BYTES, "%s: %.1f%s s%s%s", model, now_s, of, stop, left);
    snprintf(texts[5], BYTES, "%s: %.1f%s s", model, now_s, of);
    snprintf(texts[6], BYTES, "%.0f%s s", now_s, of);
}

static void draw_status(struct grid *grid, int row, const struct frame_words *words,
                        const struct lanes *lanes, const char *status) {
    char texts[STATUS_TEXTS][STATUS_BYTES];
    int fitting = 0;
    write_status(words, lanes, texts);
    while (fitting < STATUS_TEXTS - 1 && grid_width(texts[fitting]) > grid->columns) {
        fitting++;
    }
    int column = grid_text(grid, row, 0, INK_STRONG, status ? status : texts[fitting]);
    if (lanes->is_blind && !status) { /* shows that the run is alive */
        char spinner[] = {' ', "|/-\\"[lanes_elapsed_ns(lanes) / 250000000 % 4], '\0'};
        grid_text(grid, row, column, INK_FAINT, spinner);
    }
}

/* A count in the legend. */
struct item {
    const char *glyph; /* NULL: it has none */
    enum ink ink;      /* of the glyph */
    const char *name;
    int64_t count;
    int64_t most;
    bool of_most; /* "12/30" */
};

/* Draws an item and returns the column of the next one. The number is as wide as it can
 * become, so that the items to its right do not move. If an item does not fit, it and
 * those after it are left out. */
static int draw_item(struct grid *grid, int row, int column, const struct item *item) {
    char text[80];
    int width = snprintf(NULL, 0, "%" PRId64, item->most);
    size_t used = (size_t)snprintf(text, sizeof text, "%s %*" PRId64, item->name, width,
                                   item->count > 0 ? item->count : 0);
    if (item->of_most) {
        snprintf(text + used, sizeof text - used, "/%" PRId64, item->most);
    }
    int glyph_width = item->glyph ? 2 : 0;
    if (column + glyph_width + grid_width(text) > grid->columns) {
        return grid->columns;
    }
    if (item->glyph) {
        grid_glyph(grid, row, column, item->ink, item->glyph);
    }
    return grid_text(grid, row, column + glyph_width, INK_PLAIN, text) + 2;
}

/* The most important counts come first, because a narrow screen shows only those. */
static void draw_legend(struct grid *grid, int row, const struct lanes *lanes,
                        bool is_chart) {
    static const enum phase order[] = {LANE_DONE,   PHASE_SEND,    PHASE_RESPONSE,
                                       PHASE_QUEUE, PHASE_BACKLOG, PHASE_NONE};
    int32_t conversations = lanes->setup.conversations;
    int column = 0;
    if (lanes->failed > 0) {
        char text[40];
        snprintf(text, sizeof text, "failed %" PRId64, lanes->failed);
        column = grid_text(grid, row, column, INK_FAILED, text) + 2;
    }
    for (int i = 0; i < LANE_PHASES; i++) {
        enum phase phase = order[i];
        if (phase == PHASE_BACKLOG && !lanes->setup.has_slots) {
            continue; /* without slots there is no backlog */
        }
        bool has_glyph = phase != LANE_DONE || is_chart;
        struct item item = {
            .glyph = has_glyph ? ink_glyph(phase, grid->utf8) : NULL,
            .ink = ink_of_phase(phase),
            .name = chart_word(lanes, phase),
            .count = lanes->counts[phase],
            .most = conversations,
            .of_most = phase == LANE_DONE,
        };
        column = draw_item(grid, row, column, &item);
    }
    if (lanes->setup.rounds > 1) {
        struct item item = {.name = "answers",
                            .count = lanes->answered,
                            .most = (int64_t)conversations * lanes->setup.rounds,
                            .of_most = true};
        draw_item(grid, row, column, &item);
    }
}

/* Draws a text, and dots in place of the words that have no room. */
static void draw_words(struct grid *grid, int row, int column, enum ink ink,
                       const char *text) {
    static const char dots[] = " ...";
    char shown[MODEL_TEXT_BYTES];
    int room = grid->columns - column;
    bool is_cut = false;
    char *space;
    snprintf(shown, sizeof shown, "%s", text);
    while (grid_width(shown) + (is_cut ? (int)strlen(dots) : 0) > room &&
           (space = strrchr(shown, ' '))) {
        *space = '\0';
        is_cut = true;
    }
    column = grid_text(grid, row, column, ink, shown);
    if (is_cut) {
        grid_text(grid, row, column, ink, dots);
    }
}

/* Draws the title, the model and a blank row above the lanes, as far as `spare` rows
 * allow. Returns the number of rows. */
static int draw_heading(struct grid *grid, int spare, const struct frame_words *words) {
    int row = 0;
    if (spare >= 1 && *words->title) {
        draw_words(grid, row++, 0, INK_STRONG, words->title);
    }
    if (spare >= row + 1) {
        int column = grid_text(grid, row, 0, INK_STRONG, words->model);
        if (*words->summary) {
            column = grid_text(grid, row, column, INK_FAINT, ": ");
            draw_words(grid, row, column, INK_FAINT, words->summary);
        }
        row++;
    }
    return spare >= row + 1 ? row + 1 : row;
}

/* The number of rows for lanes or chart. If more than half of the lanes are visible,
 * lanes with a sum of the others are better than a chart. */
static int choose_body(const struct lanes *lanes, int most_rows, bool *is_chart) {
    int32_t count = lanes->setup.conversations;
    *is_chart = count > 2 * most_rows || lanes->lane_count < count;
    if (*is_chart) {
        int rows = most_rows - 3; /* leaves room for the heading */
        rows = rows < MOST_CHART_ROWS ? rows : MOST_CHART_ROWS;
        return rows > 2 ? rows : most_rows;
    }
    return count < most_rows ? count : most_rows;
}

/* The rows for the models that have finished: at most a quarter of those for the lanes,
 * which need them more. */
static int count_lines(const struct frame_words *words, int most_rows) {
    int count =
        words->standings ? standings_count(words->standings, words->running) : 0;
    return count < most_rows / 4 ? count : most_rows / 4;
}

/* Draws the lines into the chart's first rows, and moves the chart below them. */
static void draw_lines(struct chart *chart, const struct frame_words *words,
                       int lines) {
    struct chart above = *chart;
    above.rows = lines;
    if (lines > 0) {
        standings_draw(words->standings, words->running, &above);
    }
    chart->first_row += lines;
}

int frame_draw(struct grid *grid, const struct frame_words *words,
               const struct lanes *lanes, const char *status) {
    bool is_chart;
    if (grid->rows < 1) {
        return 0;
    }
    if (lanes->is_blind || grid->rows < LEAST_ROWS || grid->columns < LEAST_COLUMNS) {
        draw_status(grid, 0, words, lanes, status);
        return 1;
    }
    struct chart chart = {.grid = grid, .lanes = lanes, .scenario = words->scenario};
    int lines = count_lines(words, grid->rows - 3);
    int body = choose_body(lanes, grid->rows - 3 - lines, &is_chart);
    if (words->standings) {
        chart.label_columns =
            standings_columns(words->standings, grid->columns * 3 / 10);
    }
    chart.first_row = draw_heading(grid, grid->rows - 3 - lines - body, words);
    chart.rows = body;
    chart_choose_columns(&chart, LEAST_BAR);
    draw_lines(&chart, words, lines);
    bool has_sending = !is_chart && grid->rows >= chart.first_row + body + 4;
    if (is_chart) {
        chart_draw_counts(&chart);
    } else {
        chart_draw_lanes(&chart);
    }
    int row = chart.first_row + body;
    if (has_sending) {
        chart_draw_sending(&chart, row++);
    }
    chart_draw_axis(&chart, row);
    draw_legend(grid, row + 1, lanes, is_chart);
    draw_status(grid, row + 2, words, lanes, status);
    return row + 3;
}
