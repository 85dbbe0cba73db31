/* bench/table/remarks.c: the lines below a table. */
#include "bench/table/remarks.h"
#include "tests/support/lecture.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A measured point with one model without trouble, and room for a claim. */
static struct summary_model model;
static struct summary_claim claim;
static struct summary_point point;

static void make_point(void) {
    model = (struct summary_model){.name = "m"};
    model.requests.ok = 3;
    claim = (struct summary_claim){.model = "c", .why = "it is 115 s"};
    point = (struct summary_point){
        .is_measured = true, .models = &model, .model_count = 1, .claims = &claim};
}

static void close_point(void) {
    tally_close(&model.requests.by_error);
    tally_close(&model.requests.by_status);
    texts_close(&model.invalid_reasons);
    texts_close(&point.notes);
}

TestSuite(remarks, .init = make_point, .fini = close_point);

static void expect_remarks(const char *expected) {
    char *text = NULL;
    size_t bytes = 0;
    FILE *out = open_memstream(&text, &bytes);
    cr_assert(out != NULL);
    remarks_print(&point, out);
    cr_assert_eq(fclose(out), 0);
    cr_expect_str_eq(text, expected, "%s", text);
    free(text);
}

Test(remarks, a_run_without_trouble_has_no_remark) {
    expect_remarks("");
    claim.holds = true;
    point.claim_count = 1;
    expect_remarks("");
    point = (struct summary_point){.is_measured = false};
    expect_remarks("");
}

Test(remarks, a_claim_in_minutes_is_said_as_people_say_it) {
    point.claim_count = 1;
    claim.printed_s = 330;
    claim.predicted_s = 115;
    claim.is_whole = true;
    expect_remarks("\nc: 1 min 55 s, not 5 1/2 min: it is 115 s\n");
    claim.is_whole = false; /* the prediction is not the time of the work */
    expect_remarks("\nc: it is 115 s\n");
    claim.is_whole = true;
    claim.printed_s = 115.2; /* both are 1 min 55 s */
    expect_remarks("\nc: it is 115 s\n");
    claim.printed_s = 33;
    claim.predicted_s = 11.5;
    expect_remarks("\nc: it is 115 s\n");
}

Test(remarks, claims_come_first_then_troubles_then_notes_after_one_empty_line) {
    point.claim_count = 1;
    model.measured.invalid = 2;
    cr_assert(texts_add(&model.invalid_reasons, "rows are missing"));
    cr_assert(texts_add(&model.invalid_reasons, "hung"));
    cr_assert(texts_add(&point.notes, "late"));
    expect_remarks("\nc: it is 115 s\n"
                   "m: 2 invalid trials, not in its figures\n"
                   "m: rows are missing\n"
                   "m: hung\n"
                   "note: late\n");
}

Test(remarks, a_prediction_alone_has_no_troubles) {
    point.is_measured = false;
    cr_assert(texts_add(&model.invalid_reasons, "x"));
    expect_remarks("");
}

Test(remarks, failures_are_counted_by_kind_and_status) {
    model.measured.trials = 1;
    model.measured.incomplete = 2;
    model.measured.incomplete_median_s = 7.2;
    model.requests.ok = 30;
    model.requests.failed = 6;
    lecture_tally(
        &model.requests.by_error, 3,
        (struct tally_row[]){{EVENT_OK, 30}, {EVENT_REFUSED, 2}, {EVENT_STATUS, 4}});
    lecture_tally(&model.requests.by_status, 4,
                  (struct tally_row[]){{200, 30}, {0, 2}, {404, 3}, {503, 1}});
    expect_remarks(
        "\nm: 6 of 36 requests failed, in 2 of 3 trials, over after 7.200 s: 2 "
        "refused, 4 status (404 x 3, 503 x 1)\n"
        "figures are of trials in which every request succeeded; a model with a "
        "failed request is not compared\n");
}

Test(remarks, a_model_says_how_many_connections_it_opened_anew) {
    model.requests.ok = 10;
    model.requests.failed = 0;
    model.requests.reopened = 6;
    cr_assert(texts_add(&point.notes, "late"));
    expect_remarks("\nm: the server had closed the connection before 6 of 10 "
                   "requests; each opened a new one, in its own time\n"
                   "note: late\n");
    point.is_measured = false;
    expect_remarks("\nnote: late\n");
}
