/* A summary as a table: cells are texts, columns are as wide as their widest. */
#include "bench/table/table.h"
#include "bench/table/cell.h"
#include "bench/summary/field.h"
#include "bench/table/remarks.h"
#include "bench/summary/setting.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { MOST_COLUMNS = 9 };

struct column {
    char heading[CELL_BYTES];
    void (*write)(const json_t *scenario, const json_t *model, char *cell);
};

static const json_t *predicted(const json_t *model) {
    return json_object_get(model, "predicted");
}

static const json_t *measured(const json_t *model) {
    return json_object_get(model, "measured");
}

static void write_name(const json_t *scenario, const json_t *model, char *cell) {
    (void)scenario;
    snprintf(cell, CELL_BYTES, "%s", field_text(model, "name"));
}

static void write_printed(const json_t *scenario, const json_t *model, char *cell) {
    (void)scenario;
    cell_write_printed(field_number(model, "printed_s"), cell);
}

static void write_predicted(const json_t *scenario, const json_t *model, char *cell) {
    (void)scenario;
    cell_write_seconds(field_number(predicted(model), "simulated_s"), cell);
}

static void write_closed_form(const json_t *scenario, const json_t *model, char *cell) {
    (void)scenario;
    cell_write_seconds(field_number(predicted(model), "closed_form_s"), cell);
}

static void write_predicted_busy(const json_t *scenario, const json_t *model,
                                 char *cell) {
    (void)scenario;
    cell_write_seconds(field_number(predicted(model), "busy_s"), cell);
}

static void write_median(const json_t *scenario, const json_t *model, char *cell) {
    (void)scenario;
    double median = field_number(measured(model), "median_s");
    if (isfinite(median)) {
        cell_write_seconds(median, cell);
    } else {
        bool is_failed = field_number(measured(model), "incomplete") > 0;
        bool is_invalid = field_number(measured(model), "invalid") > 0;
        strcpy(cell, is_failed ? "failed" : is_invalid ? "invalid" : "not run");
    }
}

static void write_range(const json_t *scenario, const json_t *model, char *cell) {
    (void)scenario;
    char low[CELL_BYTES] = "";
    char high[CELL_BYTES] = "";
    if (!isfinite(field_number(measured(model), "low_s"))) {
        strcpy(cell, "-");
        return;
    }
    cell_write_number(field_number(measured(model), "low_s"), low);
    cell_write_number(field_number(measured(model), "high_s"), high);
    snprintf(cell, CELL_BYTES, "%.38s..%.38s", low, high);
}

static void write_error(const json_t *scenario, const json_t *model, char *cell) {
    (void)scenario;
    double percent = field_number(model, "error_percent");
    if (isfinite(percent)) {
        snprintf(cell, CELL_BYTES, "%+.2f %%", percent);
    } else {
        strcpy(cell, "-");
    }
}

static void write_excess(const json_t *scenario, const json_t *model, char *cell) {
    (void)scenario;
    double us = field_number(model, "excess_us_per_request");
    if (isfinite(us)) {
        snprintf(cell, CELL_BYTES, "%.*f us", fabs(us) < 10 ? 2 : 0, us);
    } else {
        strcpy(cell, "-");
    }
}

static void write_busy(const json_t *scenario, const json_t *model, char *cell) {
    (void)scenario;
    cell_write_seconds(field_number(measured(model), "busy_s"), cell);
}

static void write_speedup(const json_t *scenario, const json_t *model, char *cell) {
    (void)scenario;
    double ratio = field_number(model, "speedup");
    if (isfinite(ratio)) {
        snprintf(cell, CELL_BYTES, ratio < 10 ? "%.2fx" : "%.1fx", ratio);
    } else {
        strcpy(cell, "-");
    }
}

static void write_at_once(const json_t *scenario, const json_t *model, char *cell) {
    (void)scenario;
    double peak = field_number(json_object_get(model, "resources"), "in_flight_peak");
    snprintf(cell, CELL_BYTES, isfinite(peak) ? "%.0f" : "-", peak);
}

static void write_answered(const json_t *scenario, const json_t *model, char *cell) {
    (void)scenario;
    const json_t *requests = json_object_get(model, "requests");
    double ok = field_number(requests, "ok");
    double failed = field_number(requests, "failed");
    snprintf(cell, CELL_BYTES, "%.0f of %.0f", ok, ok + failed);
}

/* How many trials a figure stands on, and what its interval is. */
static void head_range(const json_t *models, char *heading) {
    size_t i;
    json_t *model;
    json_int_t most = 0;
    const char *interval = "range";
    json_array_foreach(models, i, model) {
        json_int_t trials =
            json_integer_value(json_object_get(measured(model), "trials"));
        if (trials > most) {
            most = trials;
            interval = field_text(measured(model), "interval");
        }
    }
    const char *kind = strcmp(interval, "range") ? "95 %" : "min..max";
    if (most > 0) {
        snprintf(heading, CELL_BYTES, "(%s of %d)", kind, (int)most);
    } else {
        snprintf(heading, CELL_BYTES, "(%s)", kind); /* of nothing */
    }
}

static int choose_columns(const json_t *scenario, const json_t *models,
                          struct column columns[MOST_COLUMNS]) {
    int count = 0;
    bool is_own = setting_is_own_api(json_object_get(scenario, "scenario"));
    columns[count++] = (struct column){"model", write_name};
    if (!is_own) {
        columns[count++] = (struct column){"printed", write_printed};
        columns[count++] = (struct column){"predicted", write_predicted};
    }
    if (!measured(json_array_get(models, 0))) {
        columns[count++] = (struct column){"by formula", write_closed_form};
        columns[count++] = (struct column){"sender busy", write_predicted_busy};
        return count;
    }
    columns[count++] = (struct column){"measured", write_median};
    columns[count] = (struct column){"", write_range};
    head_range(models, columns[count++].heading);
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
             field_text(scenario, "baseline"));
    return count;
}

/* Columns as terminals count them: bytes that continue a character take no place. */
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

static void print_rows(const json_t *scenario, const json_t *models, FILE *out) {
    struct column columns[MOST_COLUMNS];
    int widths[MOST_COLUMNS];
    char cell[CELL_BYTES];
    int count = choose_columns(scenario, models, columns);
    size_t i;
    json_t *model;
    for (int column = 0; column < count; column++) {
        widths[column] = width_of(columns[column].heading);
        json_array_foreach(models, i, model) {
            columns[column].write(scenario, model, cell);
            int width = width_of(cell);
            widths[column] = width > widths[column] ? width : widths[column];
        }
        print_cell(column, columns[column].heading, widths[column], out);
    }
    putc('\n', out);
    json_array_foreach(models, i, model) {
        for (int column = 0; column < count; column++) {
            columns[column].write(scenario, model, cell);
            print_cell(column, cell, widths[column], out);
        }
        putc('\n', out);
    }
}

void table_print(const json_t *summary, FILE *out) {
    size_t i;
    json_t *scenario;
    json_array_foreach(summary, i, scenario) {
        json_t *models = json_object_get(scenario, "models");
        if (i > 0) {
            putc('\n', out);
        }
        setting_print(json_object_get(scenario, "scenario"), out);
        putc('\n', out);
        print_rows(scenario, models, out);
        remarks_print(scenario, out);
    }
}
