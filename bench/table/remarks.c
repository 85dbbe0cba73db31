/* Prints remarks, the most important first. */
#include "bench/table/remarks.h"
#include "base/spoken_time.h"
#include "bench/table/cell.h"
#include "bench/table/details.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

/* Prints an empty line between the table and the first remark. */
static void begin_remarks(bool *begun, FILE *out) {
    if (!*begun) {
        putc('\n', out);
    }
    *begun = true;
}

/* Prints both times as people say them, "1 min 55 s, not 5 1/2 min: ", if they are in
 * minutes and can be compared. */
static void print_spoken(const struct summary_claim *claim, FILE *out) {
    char printed[SPOKEN_TIME_BYTES];
    char predicted[SPOKEN_TIME_BYTES];
    spoken_time(claim->printed_s, printed);
    spoken_time(claim->predicted_s, predicted);
    bool is_long = fmax(claim->printed_s, claim->predicted_s) >= SPOKEN_TIME_LEAST_S;
    if (claim->is_whole && is_long && strcmp(printed, predicted) != 0) {
        fprintf(out, "%s, not %s: ", predicted, printed);
    }
}

static void print_claims(const struct summary_point *point, bool *begun, FILE *out) {
    for (size_t i = 0; i < point->claim_count; i++) {
        const struct summary_claim *claim = &point->claims[i];
        if (!claim->holds) {
            begin_remarks(begun, out);
            fprintf(out, "%s: ", claim->model);
            print_spoken(claim, out);
            fprintf(out, "%s\n", claim->why);
        }
    }
}

/* Prints the answers that were no success: " (404 x 3, 503 x 1)". */
static void print_statuses(const struct tally *by_status, FILE *out) {
    const char *before = " (";
    for (size_t i = 0; i < by_status->row_count; i++) {
        const struct tally_row *row = &by_status->rows[i];
        if (row->kind != 0 && row->kind / 100 != 2) {
            fprintf(out, "%s%d x %" PRId64, before, row->kind, row->count);
            before = ", ";
        }
    }
    fputs(before[0] == ',' ? ")" : "", out);
}

/* Prints seconds, and from a minute on how people say them: "115.0 s (1 min 55 s)". */
static void print_time(double seconds, FILE *out) {
    char cell[CELL_BYTES];
    char spoken[SPOKEN_TIME_BYTES];
    cell_write_seconds(seconds, cell);
    fputs(cell, out);
    if (isfinite(seconds) && seconds >= SPOKEN_TIME_LEAST_S) {
        fprintf(out, " (%s)", spoken_time(seconds, spoken));
    }
}

/* Prints how many requests failed, in how many trials, and with which errors. */
static void print_failures(const struct summary_model *model, FILE *out) {
    const struct summary_requests *requests = &model->requests;
    const char *before = ": ";
    size_t incomplete = model->measured.incomplete;
    size_t trials = incomplete + model->measured.trials;
    fprintf(out,
            "%s: %" PRId64 " of %" PRId64 " requests failed, in %zu of %zu trial%s, "
            "over after ",
            model->name, requests->failed, requests->failed + requests->ok, incomplete,
            trials, trials == 1 ? "" : "s");
    print_time(model->measured.incomplete_median_s, out);
    for (size_t i = 0; i < requests->by_error.row_count; i++) {
        const struct tally_row *row = &requests->by_error.rows[i];
        if (row->kind != EVENT_OK) {
            fprintf(out, "%s%" PRId64 " %s", before, row->count,
                    event_error_name((enum event_error)row->kind));
            before = ", ";
        }
        if (row->kind == EVENT_STATUS) {
            print_statuses(&requests->by_status, out);
        }
    }
    putc('\n', out);
}

static void print_invalid(const struct summary_model *model, FILE *out) {
    size_t invalid = model->measured.invalid;
    if (invalid > 0) {
        fprintf(out, "%s: %zu invalid trial%s, not in its figures\n", model->name,
                invalid, invalid == 1 ? "" : "s");
    }
    for (size_t i = 0; i < model->invalid_reasons.count; i++) {
        fprintf(out, "%s: %s\n", model->name, model->invalid_reasons.list[i]);
    }
    details_print_stderr(model, out);
}

static void print_troubles(const struct summary_point *point, bool *begun, FILE *out) {
    bool any_failed = false;
    for (size_t i = 0; point->is_measured && i < point->model_count; i++) {
        const struct summary_model *model = &point->models[i];
        bool has_failed = model->requests.failed > 0;
        if (model->measured.invalid == 0 && !has_failed) {
            continue;
        }
        begin_remarks(begun, out);
        print_invalid(model, out);
        if (has_failed) {
            print_failures(model, out);
            details_print_failed(point, model, out);
        }
        any_failed = any_failed || has_failed;
    }
    if (any_failed) {
        fputs("figures are of trials in which every request succeeded; a model with a "
              "failed request is not compared\n",
              out);
    }
}

/* A connection that is opened anew costs a request time, in which the server does not
 * work on it. */
static void print_reopened(const struct summary_point *point, bool *begun, FILE *out) {
    for (size_t i = 0; point->is_measured && i < point->model_count; i++) {
        const struct summary_requests *requests = &point->models[i].requests;
        if (requests->reopened > 0) {
            begin_remarks(begun, out);
            fprintf(out,
                    "%s: the server had closed the connection before %" PRId64
                    " of %" PRId64
                    " requests; each opened a new one, in its own time\n",
                    point->models[i].name, requests->reopened,
                    requests->ok + requests->failed);
        }
    }
}

static void print_notes(const struct texts *notes, bool *begun, FILE *out) {
    for (size_t i = 0; i < notes->count; i++) {
        begin_remarks(begun, out);
        fprintf(out, "note: %s\n", notes->list[i]);
    }
}

void remarks_print(const struct summary_point *point, FILE *out) {
    bool begun = false;
    print_claims(point, &begun, out);
    print_troubles(point, &begun, out);
    print_reopened(point, &begun, out);
    print_notes(&point->notes, &begun, out);
}
