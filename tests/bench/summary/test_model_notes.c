/* bench/summary/model_notes.c: notes on single models. */
#include "tests/support/summed.h"

#include <criterion/criterion.h>

static struct summed summed;

static void enter(void) {
    summed_open(&summed, "urls");
}

static void leave(void) {
    summed_close(&summed);
}

TestSuite(model_notes, .init = enter, .fini = leave);

/* A trial of threads in urls, where 12 requests are in flight and 1,150 ms of real time
 * are predicted. */
static void add(int64_t block, int64_t makespan_ms, double peak, double throttled_ns) {
    struct past_trial *trial = summed_add(&summed, 0, "threads", block, makespan_ms);
    trial->figures[TRIAL_IN_FLIGHT_PEAK] = peak;
    trial->figures[TRIAL_THROTTLED_NS] = throttled_ns;
}

/* The only note on threads; "": there is none. */
static const char *only(void) {
    const struct summary_point *point = summed_point(&summed);
    const char *found = "";
    for (size_t i = 0; i < point->notes.count; i++) {
        if (!strncmp(point->notes.list[i], "threads: ", 9)) {
            cr_assert_str_empty(found);
            found = point->notes.list[i];
        }
    }
    return found;
}

Test(model_notes, a_slow_model_with_one_request_in_flight_is_named) {
    add(1, 7200, 1, 0);
    add(2, 7210, 1, 0);
    cr_expect_str_eq(only(),
                     "threads: at most 1 request in flight, though it says that "
                     "it holds all; the prediction has 12");
}

Test(model_notes, the_largest_peak_counts) {
    add(1, 3000, 1, 0);
    add(2, 3000, 4, 0);
    cr_expect_str_eq(only(),
                     "threads: at most 4 requests in flight, though it says that "
                     "it holds all; the prediction has 12");
}

Test(model_notes, a_model_that_is_as_fast_as_predicted_has_no_note) {
    add(1, 1160, 3, 0);
    cr_expect_str_empty(only());
}

Test(model_notes, a_slow_model_with_all_requests_in_flight_has_no_note) {
    add(1, 7200, 9, 0);
    cr_expect_str_empty(only());
}

Test(model_notes, a_model_that_a_quota_held_back_is_named) {
    summed.plan.processors = (struct processors){2, 50000000, 100000000};
    add(1, 1200, 12, 0);
    add(2, 1800, 12, 4e8);
    add(3, 1900, 12, 6e8);
    cr_expect_str_eq(only(),
                     "threads: a quota of 0.5 cores held its processes back in 2 "
                     "of 3 trials, for 0.4 s of real time in the median");
}
