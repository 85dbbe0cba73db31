/* Prints tables; a column is as wide as its widest cell. */
#include "bench/table/table.h"
#include "bench/table/cell.h"
#include "bench/table/remarks.h"
#include "bench/summary/setting.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

enum { MOST_COLUMNS = 9 };

struct column {
    char heading[CELL_BYTES];
    void (*write)(const struct summary_model *model, char *cell);
};

static void write_name(const struct summary_model *model, char *cell) {
    snprintf(cell, CELL_BYTES, "%s", model->name);
}

static void write_printed(const struct summary_model *model, char *cell) {
    cell_write_printed(model->printed_s, cell);
}

static void write_predicted(const struct summary_model *model, char *cell) {
    cell_write_seconds(model->predicted.simulated_s, cell);
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

static void write_range(const struct summary_model *model, char *cell) {
    char low[CELL_BYTES] = "";
    char high[CELL_BYTES] = "";
    if (!isfinite(model->measured.low_s)) {
        strcpy(cell, "-");
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

/* Says how many trials a figure stands for, and which interval is shown. */
static void head_range(const struct summary_point *point, char *heading) {
    const struct summary_model *most = summary_most_trials(point);
    if (most) {
        snprintf(heading, CELL_BYTES, "(%s of %zu)",
                 most->measured.is_bootstrap ? "95 %" : "min..max",
                 most->measured.trials);
    } else {
        strcpy(heading, "(min..max)"); /* there is no trial */
    }
}

static int choose_columns(const struct summary_point *point,
                          struct column columns[MOST_COLUMNS]) {
    int count = 0;
    bool is_own = setting_is_own_api(point->scenario);
    columns[count++] = (struct column){"model", write_name};
    if (!is_own) {
        columns[count++] = (struct column){"printed", write_printed};
        columns[count++] = (struct column){"predicted", write_predicted};
    }
    if (!point->is_measured) {
        columns[count++] = (struct column){"by formula", write_closed_form};
        columns[count++] = (struct column){"sender busy", write_predicted_busy};
        return count;
    }
    columns[count++] = (struct column){"measured", write_median};
    columns[count] = (struct column){"", write_range};
    head_range(point, columns[count++].heading);
    if (is_own) {
        columns[count++] = (struct column){"at once", write_at_once};
        columns[count++] = (struct column){"answered", write_answered};
    } else {
        columns[count++] = (struct column){"error", write_error};
        columns[count++] = (struct column){"excess/request", write_excess};
        columns[count++] = (struct column){"sender busy", write_busy};
    }
    columns[count] = (struct column){"", write_speedup};
    snprintf(columns[count++].heading, CELL_BYTES, "vs %s",
             point->baseline ? point->baseline->name : "");
    return count;
}

/* The width in characters: bytes that continue a character do not count. */
static int width_of(const char *text) {
    int width = 0;
    for (; *text; text++) {
        width += ((unsigned char)*text & 0xc0) != 0x80;
    }
    return width;
}

static void print_cell(int column, const char *cell, int width, FILE *out) {
    int padding = width - width_of(cell);
    if (column == 0) {
        fprintf(out, "%s%*s", cell, padding, "");
    } else {
        fprintf(out, "   %*s%s", padding, "", cell);
    }
}

static void print_rows(const struct summary_point *point, FILE *out) {
    struct column columns[MOST_COLUMNS];
    int widths[MOST_COLUMNS];
    char cell[CELL_BYTES];
    int count = choose_columns(point, columns);
    for (int column = 0; column < count; column++) {
        widths[column] = width_of(columns[column].heading);
        for (size_t i = 0; i < point->model_count; i++) {
            columns[column].write(&point->models[i], cell);
            int width = width_of(cell);
            widths[column] = width > widths[column] ? width : widths[column];
        }
        print_cell(column, columns[column].heading, widths[column], out);
    }
    putc('\n', out);
    for (size_t i = 0; i < point->model_count; i++) {
        for (int column = 0; column < count; column++) {
            columns[column].write(&point->models[i], cell);
            print_cell(column, cell, widths[column], out);
        }
        putc('\n', out);
    }
}

void table_print(const struct summary *summary, FILE *out) {
    for (size_t i = 0; i < summary->point_count; i++) {
        const struct summary_point *point = &summary->points[i];
        if (i > 0) {
            putc('\n', out);
        }
        setting_print(point->scenario, out);
        putc('\n', out);
        print_rows(point, out);
        remarks_print(point, out);
    }
}
