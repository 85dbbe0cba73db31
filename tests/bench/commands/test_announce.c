/* bench/commands/announce.c: the load and its limit. The printed lines are tested with
 * the whole program. */
#include "bench/commands/announce.h"
#include "base/clock.h"
#include "tests/support/lecture.h"

#include <criterion/criterion.h>
#include <criterion/redirect.h>
#include <unistd.h>

static void plan_own(struct plan *plan, int32_t rounds, int32_t blocks) {
    static const char text[] = "http://a.example\nhttp://b.example\nhttp://a.example\n";
    struct error error = {.kind = ERROR_NONE};
    lecture_plan(plan, "urls");
    struct plan_point *point = &plan->points[0];
    cr_assert(url_file_parse(&point->urls, "f", text, strlen(text), &error));
    point->scenario.conversations = 3;
    point->scenario.rounds = rounds;
    point->scenario.blocks = blocks;
}

Test(announce, the_load_of_each_host_is_printed, .init = cr_redirect_stderr) {
    struct plan plan;
    struct error error = {.kind = ERROR_NONE};
    plan_own(&plan, 5, 2);
    cr_assert(announce_load(&plan, &error), "%s", error.message);
    fflush(stderr);
    cr_assert_stderr_eq_str(
        "urls: 120 requests to a.example (80), b.example (40) (3 URLs x 5 rounds x 4 "
        "models x 2 blocks), at most 3 at a time\n");
    plan_close(&plan);
}

Test(announce, a_model_that_sends_nothing_is_no_load, .init = cr_redirect_stderr) {
    struct plan plan;
    struct error error = {.kind = ERROR_NONE};
    plan_own(&plan, 1, 1);
    plan.points[0].entry_count = 2; /* sequential, threads */
    plan.points[0].entries[1].model.never_waits = true;
    cr_assert(announce_load(&plan, &error));
    fflush(stderr);
    cr_assert_stderr_eq_str("urls: 3 requests to a.example (2), b.example (1) (3 URLs "
                            "x 1 round x 1 model x "
                            "1 block), at most 1 at a time\n");
    plan_close(&plan);
}

Test(announce, a_load_on_the_mock_api_is_not_announced, .init = cr_redirect_stderr) {
    struct plan plan;
    struct error error = {.kind = ERROR_NONE};
    lecture_plan(&plan, "urls");
    cr_assert(announce_load(&plan, &error));
    fputs("end", stderr);
    fflush(stderr);
    cr_assert_stderr_eq_str("end");
    plan_close(&plan);
}

Test(announce, too_many_requests_are_refused, .init = cr_redirect_stderr) {
    struct plan plan;
    struct error error = {.kind = ERROR_NONE};
    plan_own(&plan, 833333, 1); /* x 3 URLs x 4 models */
    cr_expect(announce_load(&plan, &error), "%s", error.message);
    plan_close(&plan);
    plan_own(&plan, 833334, 1);
    cr_expect_not(announce_load(&plan, &error));
    cr_expect_eq(error.kind, ERROR_INPUT);
    cr_expect(strstr(error.message, "10000008 requests in all are over 10000000"), "%s",
              error.message);
    plan_close(&plan);
}

/* `urls` at this speed: three trials each of 720, 115, 195 and 115 s. */
static void estimate_urls(struct plan *plan, double speed, struct estimate *estimate) {
    struct error error = {.kind = ERROR_NONE};
    lecture_plan(plan, "urls");
    plan->points[0].scenario.speed = speed;
    cr_assert(estimate_open(estimate, plan, &error), "%s", error.message);
}

Test(announce, the_time_of_a_run_is_told_with_the_model_that_takes_most_of_it) {
    struct plan plan;
    struct estimate estimate;
    char text[ANNOUNCE_TIME_BYTES];
    estimate_urls(&plan, 1, &estimate);
    cr_expect(announce_write_time(&estimate, text));
    cr_expect_str_eq(text, "about 57 min; sequential is 63 % of it");
    estimate.trial_ns[0] = -1;
    cr_expect(announce_write_time(&estimate, text));
    cr_expect(strstr(text, ", and 1 trial that is not predicted"), "%s", text);
    estimate_close(&estimate);
    plan_close(&plan);
}

Test(announce, a_short_run_is_not_told) {
    struct plan plan;
    struct estimate estimate;
    char text[ANNOUNCE_TIME_BYTES];
    estimate_urls(&plan, 680, &estimate);
    cr_expect(announce_write_time(&estimate, text), "5.05 s");
    estimate_close(&estimate);
    plan_close(&plan);
    estimate_urls(&plan, 700, &estimate);
    cr_expect_not(announce_write_time(&estimate, text), "4.9 s");
    estimate_close(&estimate);
    plan_close(&plan);
}

Test(announce, a_run_that_takes_longer_than_it_may_is_refused) {
    struct plan plan;
    struct estimate estimate;
    struct error error = {.kind = ERROR_NONE};
    estimate_urls(&plan, 1, &estimate);
    cr_expect(announce_check_time(&estimate, 0, &error));
    cr_expect(announce_check_time(&estimate, 3435 * NS_PER_S, &error));
    cr_expect_not(announce_check_time(&estimate, 3434 * NS_PER_S, &error));
    cr_expect_eq(error.kind, ERROR_INPUT);
    cr_expect_not(announce_check_time(&estimate, 600 * NS_PER_S, &error));
    cr_expect_str_eq(
        error.message,
        "--max-time: the run takes about 57 min, and not 10 min; sequential "
        "is 63 % of it; name fewer --models, lower --blocks or "
        "--conversations, or raise --speed");
    estimate_close(&estimate);
    plan_close(&plan);
}
