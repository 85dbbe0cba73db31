/* Writes the cells of each column, and chooses columns by their worth. */
#include "bench/table/columns.h"
#include "base/spoken_time.h"
#include "base/wrap.h"
#include "bench/summary/setting.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

enum { USUAL_GAP = 3, NARROW_GAP = 2 };

static void write_name(const struct summary_model *model, char *cell) {
    snprintf(cell, CELL_BYTES, "%s", model->name);
}

static void write_printed(const struct summary_model *model, char *cell) {
    cell_write_printed(model->printed_s, cell);
}

static void write_predicted(const struct summary_model *model, char *cell) {
    cell_write_seconds(model->predicted.simulated_s, cell);
}

static void write_spoken_prediction(const struct summary_model *model, char *cell) {
    spoken_time(model->predicted.simulated_s, cell);
}

static void write_closed_form(const struct summary_model *model, char *cell) {
    cell_write_seconds(model->predicted.closed_form_s, cell);
}

static void write_predicted_busy(const struct summary_model *model, char *cell) {
    cell_write_seconds(model->predicted.busy_s, cell);
}

static void write_median(const struct summary_model *model, char *cell) {
    double median = model->measured.median_s;
    if (isfinite(median)) {
        cell_write_seconds(median, cell);
    } else {
        bool is_failed = model->measured.incomplete > 0;
        bool is_invalid = model->measured.invalid > 0;
        strcpy(cell, is_failed ? "failed" : is_invalid ? "invalid" : "not run");
    }
}

static void write_spoken_median(const struct summary_model *model, char *cell) {
    spoken_time(model->measured.median_s, cell);
}

static void write_range(const struct summary_model *model, char *cell) {
    char low[CELL_BYTES] = "";
    char high[CELL_BYTES] = "";
    if (!isfinite(model->measured.low_s)) {
        strcpy(cell, "-");
        return;
    }
    if (model->measured.trials == 1) {
        strcpy(cell, "one trial");
        return;
    }
    cell_write_number(model->measured.low_s, low);
    cell_write_number(model->measured.high_s, high);
    snprintf(cell, CELL_BYTES, "%.38s..%.38s", low, high);
}

static void write_error(const struct summary_model *model, char *cell) {
    double percent = model->error_percent;
    if (isfinite(percent)) {
        snprintf(cell, CELL_BYTES, "%+.2f %%", percent);
    } else {
        strcpy(cell, "-");
    }
}

static void write_excess(const struct summary_model *model, char *cell) {
    double us = model->excess_us;
    if (isfinite(us)) {
        snprintf(cell, CELL_BYTES, "%.*f us", fabs(us) < 10 ? 2 : 0, us);
    } else {
        strcpy(cell, "-");
    }
}

static void write_busy(const struct summary_model *model, char *cell) {
    cell_write_seconds(model->measured.busy_s, cell);
}

static void write_speedup(const struct summary_model *model, char *cell) {
    double ratio = model->speedup;
    if (isfinite(ratio)) {
        snprintf(cell, CELL_BYTES, ratio < 10 ? "%.2fx" : "%.1fx", ratio);
    } else {
        strcpy(cell, "-");
    }
}

static void write_at_once(const struct summary_model *model, char *cell) {
    double peak = model->resources.in_flight_peak;
    snprintf(cell, CELL_BYTES, isfinite(peak) ? "%.0f" : "-", peak);
}

static void write_answered(const struct summary_model *model, char *cell) {
    int64_t ok = model->requests.ok;
    snprintf(cell, CELL_BYTES, "%" PRId64 " of %" PRId64, ok,
             ok + model->requests.failed);
}

/* Adds a column. It is worth nothing if no model has its figure. */
static void add(struct columns *columns, const struct summary_point *point,
                struct column column) {
    char cell[CELL_BYTES];
    bool is_empty = true;
    column.width = wrap_width(column.heading);
    for (size_t i = 0; i < point->model_count; i++) {
        column.write(&point->models[i], cell);
        int width = wrap_width(cell);
        column.width = width > column.width ? width : column.width;
        is_empty = is_empty && !strcmp(cell, "-");
    }
    column.worth = is_empty ? COLUMN_EMPTY : column.worth;
    columns->list[columns->count++] = column;
}

/* The longest time that is predicted of a model; if none is, the longest measured. */
static double longest_s(const struct summary_point *point, bool *is_predicted) {
    double predicted_s = -1;
    double measured_s = -1;
    for (size_t i = 0; i < point->model_count; i++) {
        const struct summary_model *model = &point->models[i];
        predicted_s = fmax(predicted_s, model->predicted.simulated_s);
        measured_s =
            point->is_measured ? fmax(measured_s, model->measured.median_s) : -1;
    }
    *is_predicted = predicted_s >= 0;
    return *is_predicted ? predicted_s : measured_s;
}

static void add_spoken(struct columns *columns, const struct summary_point *point,
                       bool is_prediction) {
    bool is_predicted;
    double seconds = longest_s(point, &is_predicted);
    if (seconds >= SPOKEN_TIME_LEAST_S && is_predicted == is_prediction) {
        add(columns, point,
            (struct column){"that is",
                            is_prediction ? write_spoken_prediction
                                          : write_spoken_median,
                            COLUMN_NEEDED, 0});
    }
}

static void add_predictions(struct columns *columns,
                            const struct summary_point *point) {
    add(columns, point, (struct column){"printed", write_printed, COLUMN_NEEDED, 0});
    add(columns, point,
        (struct column){"predicted", write_predicted, COLUMN_NEEDED, 0});
    add_spoken(columns, point, true);
    if (!point->is_measured) {
        add(columns, point,
            (struct column){"by formula", write_closed_form, COLUMN_SPREAD, 0});
        add(columns, point,
            (struct column){"sender busy", write_predicted_busy, COLUMN_BUSY, 0});
    }
}

/* Adds the medians. One trial has no range; else the heading says of how many trials
 * and which interval is shown. */
static void add_medians(struct columns *columns, const struct summary_point *point) {
    const struct summary_model *most = summary_most_trials(point);
    size_t trials = most ? most->measured.trials : 0;
    struct column median = {"measured", write_median, COLUMN_NEEDED, 0};
    if (trials == 1) {
        strcpy(median.heading, "measured once");
    }
    add(columns, point, median);
    add_spoken(columns, point, false);
    if (trials > 1) {
        struct column range = {"", write_range, COLUMN_SPREAD, 0};
        snprintf(range.heading, CELL_BYTES, "(%s of %zu)",
                 most->measured.is_bootstrap ? "95 %" : "min..max", trials);
        add(columns, point, range);
    }
}

static void add_own_api(struct columns *columns, const struct summary_point *point) {
    add(columns, point, (struct column){"at once", write_at_once, COLUMN_COST, 0});
    add(columns, point, (struct column){"answered", write_answered, COLUMN_ERROR, 0});
}

static void add_mock_api(struct columns *columns, const struct summary_point *point) {
    add(columns, point, (struct column){"error", write_error, COLUMN_ERROR, 0});
    add(columns, point,
        (struct column){"excess/request", write_excess, COLUMN_COST, 0});
    add(columns, point, (struct column){"sender busy", write_busy, COLUMN_BUSY, 0});
}

void columns_choose(struct columns *columns, const struct summary_point *point) {
    bool is_own = setting_is_own_api(point->scenario);
    *columns = (struct columns){.gap = USUAL_GAP};
    add(columns, point, (struct column){"model", write_name, COLUMN_NEEDED, 0});
    if (!is_own) {
        add_predictions(columns, point);
    }
    if (!point->is_measured) {
        return;
    }
    add_medians(columns, point);
    (is_own ? add_own_api : add_mock_api)(columns, point);
    struct column ratio = {"", write_speedup, COLUMN_RATIO, 0};
    snprintf(ratio.heading, CELL_BYTES, "vs %s",
             point->baseline ? point->baseline->name : "");
    add(columns, point, ratio);
}

int columns_width(const struct columns *columns) {
    int width = -columns->gap;
    for (int i = 0; i < columns->count; i++) {
        width += columns->gap + columns->list[i].width;
    }
    return width;
}

bool columns_fit(struct columns *columns, int most, struct columns *gone) {
    gone->count = 0;
    columns->gap = columns_width(columns) > most ? NARROW_GAP : columns->gap;
    while (columns_width(columns) > most) {
        int least = 0;
        for (int i = 1; i < columns->count; i++) {
            bool is_less = columns->list[i].worth < columns->list[least].worth;
            least = is_less ? i : least;
        }
        if (columns->list[least].worth == COLUMN_NEEDED) {
            return false;
        }
        gone->list[gone->count++] = columns->list[least];
        columns->count--;
        memmove(&columns->list[least], &columns->list[least + 1],
                (size_t)(columns->count - least) * sizeof columns->list[0]);
    }
    return true;
}
