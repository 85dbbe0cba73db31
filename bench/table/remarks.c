/* Remarks, in the order in which they matter. */
#include "bench/table/remarks.h"
#include "bench/table/cell.h"
#include "bench/summary/field.h"

#include <stdbool.h>
#include <string.h>

static const json_t *measured(const json_t *model) {
    return json_object_get(model, "measured");
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
    cell_write_seconds(field_number(measured(model), "incomplete_median_s"), seconds);
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

void remarks_print(const json_t *scenario, FILE *out) {
    bool begun = false;
    print_claims(json_object_get(scenario, "claims"), &begun, out);
    print_troubles(json_object_get(scenario, "models"), &begun, out);
    print_notes(json_object_get(scenario, "notes"), &begun, out);
}
