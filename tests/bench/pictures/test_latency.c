/* The tables of the picture of latencies. */
#include "tests/support/exhibit.h"

#include <criterion/criterion.h>

static struct exhibit exhibit;

static char *draw(const char *table) {
    return exhibit_table(&exhibit, &picture_latency, 0, table);
}

Test(latency, each_model_has_its_percentiles) {
    exhibit_open(&exhibit, "urls");
    char *texts = draw("texts");
    static const char *const halves[] = {"p50 60.0 s", "p50 87.5 s", "p50 60.0 s",
                                         "p50 87.5 s"};
    for (int i = 0; i < 4; i++) {
        cr_expect_str_eq(exhibit_field(texts, "value\t", i, 3), halves[i]);
    }
    cr_expect_str_eq(exhibit_field(texts, "note\t", 3, 3), "p99 114 s");
    cr_expect_str_eq(exhibit_field(texts, "title\t", 0, 3),
                     "event-loop: half of the requests within 87.5 s, 99 % within "
                     "114 s; promised 60.0 s");
    free(texts);
    exhibit_close(&exhibit);
}

Test(latency, the_promise_is_a_line_where_it_lies_on_the_axis) {
    exhibit_open(&exhibit, "urls");
    char *texts = draw("texts");
    char *lines = draw("lines");
    cr_assert_str_eq(exhibit_field(texts, "tic\t", 3, 3), "60 s");
    cr_expect_float_eq(atof(exhibit_field(lines, "promise\t", 0, 1)),
                       atof(exhibit_field(texts, "tic\t", 3, 1)), 0.2);
    free(texts);
    free(lines);
    exhibit_close(&exhibit);
}

Test(latency, the_own_api_promises_nothing) {
    exhibit_open(&exhibit, "urls");
    cr_assert(scenario_set_url_file(&exhibit.plan.points[0].scenario, "urls.txt"));
    exhibit_sum_up(&exhibit);
    char *texts = draw("texts");
    char *lines = draw("lines");
    cr_expect_null(strstr(texts, "promised"));
    cr_expect_null(exhibit_field(lines, "promise\t", 0, 0));
    free(texts);
    free(lines);
    exhibit_close(&exhibit);
}

Test(latency, a_model_with_a_failed_request_has_no_percentiles) {
    exhibit_open(&exhibit, "urls");
    exhibit_fail(&exhibit, 3, 10);
    exhibit_invalidate(&exhibit, 2);
    char *texts = draw("texts");
    cr_expect_eq(exhibit_count(texts, "\nvalue\t"), 2);
    cr_expect_not_null(strstr(texts, "\t10 of 12 requests failed\n"));
    cr_expect_not_null(strstr(texts, "\tits trial is invalid\n"));
    free(texts);
    exhibit_close(&exhibit);
}
