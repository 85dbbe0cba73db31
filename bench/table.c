/* A summary as a table: cells are texts, columns are as wide as their widest. */
#include "bench/table.h"
#include "bench/field.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

enum { CELL_BYTES = 80, MOST_COLUMNS = 9 };

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

void table_group_thousands(char *text) {
    size_t digits = strspn(text, "0123456789");
    for (size_t at = digits; at > 3; at -= 3) {
        size_t place = at - 3;
        memmove(text + place + 1, text + place, strlen(text + place) + 1);
        text[place] = ',';
    }
}

/* Four significant digits and never less than tenths, as the lecture's figures need.
 * No run takes 10^13 s; a file that says so shall not be wider than a cell. */
static void write_number(double seconds, char *cell) {
    if (fabs(seconds) >= 1e13) {
        snprintf(cell, CELL_BYTES, "%.3e", seconds);
        return;
    }
    int decimals = seconds < 10 ? 3 : seconds < 100 ? 2 : 1;
    for (double least = 1; seconds > 0 && seconds < least && decimals < 6;
         least /= 10) {
        decimals++; /* an API may well be quick; microseconds are enough */
    }
    snprintf(cell, CELL_BYTES, "%.*f", decimals, seconds);
    table_group_thousands(cell);
}

static void write_seconds(double seconds, char *cell) {
    if (!isfinite(seconds)) {
        strcpy(cell, "-");
        return;
    }
    write_number(seconds, cell);
    strcat(cell, " s");
}

static void write_name(const json_t *scenario, const json_t *model, char *cell) {
    (void)scenario;
    snprintf(cell, CELL_BYTES, "%s", field_text(model, "name"));
}

static void write_printed(const json_t *scenario, const json_t *model, char *cell) {
    (void)scenario;
    double seconds = field_number(model, "printed_s");
    if (!isfinite(seconds)) {
        strcpy(cell, "-");
        return;
    }
    snprintf(cell, CELL_BYTES, "%.10g", seconds);
    table_group_thousands(cell);
    strcat(cell, " s");
}

static void write_predicted(const json_t *scenario, const json_t *model, char *cell) {
    (void)scenario;
    write_seconds(field_number(predicted(model), "simulated_s"), cell);
}

static void write_closed_form(const json_t *scenario, const json_t *model, char *cell) {
    (void)scenario;
    write_seconds(field_number(predicted(model), "closed_form_s"), cell);
}

static void write_predicted_busy(const json_t *scenario, const json_t *model,
                                 char *cell) {
    (void)scenario;
    write_seconds(field_number(predicted(model), "busy_s"), cell);
}

static void write_median(const json_t *scenario, const json_t *model, char *cell) {
    (void)scenario;
    double median = field_number(measured(model), "median_s");
    if (isfinite(median)) {
        write_seconds(median, cell);
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
    write_number(field_number(measured(model), "low_s"), low);
    write_number(field_number(measured(model), "high_s"), high);
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
    write_seconds(field_number(measured(model), "busy_s"), cell);
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

/* Of the user's own API nothing is printed or predicted, and nobody saw who was busy.
 */
static bool is_own_api(const json_t *setting) {
    return json_is_string(json_object_get(setting, "url_file"));
}

static int choose_columns(const json_t *scenario, const json_t *models,
                          struct column columns[MOST_COLUMNS]) {
    int count = 0;
    bool is_own = is_own_api(json_object_get(scenario, "scenario"));
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

void table_print_setting(const json_t *setting, FILE *out) {
    const char *senders = field_text(setting, "senders");
    int conversations = (int)field_number(setting, "conversations");
    int rounds = (int)field_number(setting, "rounds");
    int slots = (int)field_number(setting, "slots");
    fprintf(out, "%s: %d conversation%s x %d round%s, ", field_text(setting, "name"),
            conversations, conversations == 1 ? "" : "s", rounds,
            rounds == 1 ? "" : "s");
    if (is_own_api(setting)) {
        double timeout_s = field_number(setting, "timeout_s");
        fprintf(out, "a URL each of %s, in real time", field_text(setting, "url_file"));
        if (timeout_s > 0) {
            fprintf(out, ", at most %.10g s a request", timeout_s);
        }
        putc('\n', out);
        return;
    }
    fprintf(out, "send %s, response %s, ", field_text(setting, "send"),
            field_text(setting, "response"));
    if (!strcmp(senders, "1")) {
        fputs("one sender", out);
    } else if (!strcmp(senders, "client")) {
        fputs("the client's own send", out);
    } else {
        fprintf(out, "%s senders", senders);
    }
    if (slots > 0) {
        fprintf(out, ", %d answer slot%s", slots, slots == 1 ? "" : "s");
    }
    double speed = field_number(setting, "speed");
    if (speed == 1) {
        fputs(", in real time\n", out);
    } else {
        fprintf(out, ", %.10g times faster than life\n", speed);
    }
}

/* An empty line sets what is said off from the table, once. */
static void begin_remarks(bool *begun, FILE *out) {
    if (!*begun) {
        putc('\n', out);
    }
    *begun = true;
}

static void print_claims(const json_t *claims, bool *begun, FILE *out) {
    size_t i;
    json_t *claim;
    json_array_foreach(claims, i, claim) {
        if (!json_is_true(json_object_get(claim, "holds"))) {
            begin_remarks(begun, out);
            fprintf(out, "%s: %s\n", field_text(claim, "model"),
                    field_text(claim, "why"));
        }
    }
}

/* "404 x 3, 503 x 1": the answers that were no success. */
static void print_statuses(const json_t *by_status, FILE *out) {
    const char *status;
    json_t *count;
    const char *before = " (";
    json_object_foreach((json_t *)by_status, status, count) {
        if (status[0] != '2' && strcmp(status, "0") != 0) {
            fprintf(out, "%s%s x %lld", before, status,
                    (long long)json_integer_value(count));
            before = ", ";
        }
    }
    fputs(before[0] == ',' ? ")" : "", out);
}

/* How many requests failed, in how many trials, and of which kind. */
static void print_failures(const char *name, const json_t *model, FILE *out) {
    const json_t *requests = json_object_get(model, "requests");
    const char *kind;
    json_t *count;
    const char *before = ": ";
    char seconds[CELL_BYTES];
    long long failed = (long long)field_number(requests, "failed");
    long long all = failed + (long long)field_number(requests, "ok");
    int incomplete = (int)field_number(measured(model), "incomplete");
    int trials = incomplete + (int)field_number(measured(model), "trials");
    write_seconds(field_number(measured(model), "incomplete_median_s"), seconds);
    fprintf(out, "%s: %lld of %lld requests failed, in %d of %d trial%s, over after %s",
            name, failed, all, incomplete, trials, trials == 1 ? "" : "s", seconds);
    json_object_foreach(json_object_get(requests, "by_error"), kind, count) {
        if (strcmp(kind, "ok") != 0) {
            fprintf(out, "%s%lld %s", before, (long long)json_integer_value(count),
                    kind);
            before = ", ";
            if (!strcmp(kind, "status")) {
                print_statuses(json_object_get(requests, "by_status"), out);
            }
        }
    }
    putc('\n', out);
}

static void print_troubles(const json_t *models, bool *begun, FILE *out) {
    bool any_failed = false;
    size_t i;
    json_t *model;
    json_array_foreach(models, i, model) {
        const char *name = field_text(model, "name");
        json_t *reasons = json_object_get(model, "invalid_reasons");
        int invalid = (int)field_number(measured(model), "invalid");
        size_t j;
        json_t *reason;
        bool has_failed =
            field_number(json_object_get(model, "requests"), "failed") > 0;
        if (!measured(model) || (invalid == 0 && !has_failed)) {
            continue;
        }
        begin_remarks(begun, out);
        if (invalid > 0) {
            fprintf(out, "%s: %d invalid trial%s, not in its figures\n", name, invalid,
                    invalid == 1 ? "" : "s");
        }
        json_array_foreach(reasons, j, reason) {
            fprintf(out, "%s: %s\n", name, json_string_value(reason));
        }
        if (has_failed) {
            print_failures(name, model, out);
        }
        any_failed = any_failed || has_failed;
    }
    if (any_failed) {
        fputs("figures are of trials in which every request succeeded; whoever has "
              "another is not compared\n",
              out);
    }
}

static void print_notes(const json_t *notes, bool *begun, FILE *out) {
    size_t i;
    json_t *note;
    json_array_foreach(notes, i, note) {
        begin_remarks(begun, out);
        fprintf(out, "note: %s\n", json_string_value(note));
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
        table_print_setting(json_object_get(scenario, "scenario"), out);
        putc('\n', out);
        print_rows(scenario, models, out);
        bool begun = false;
        print_claims(json_object_get(scenario, "claims"), &begun, out);
        print_troubles(models, &begun, out);
        print_notes(json_object_get(scenario, "notes"), &begun, out);
    }
}
