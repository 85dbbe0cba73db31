/* bench/summary/summary.c: a run summed up point by point. */
#include "tests/support/summed.h"

#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

static struct summed run;

Test(summary, holds_every_model_and_every_claim) {
    summed_open(&run, "urls");
    summed_add(&run, 0, "threads", 1, 1150);
    const struct summary_point *point = summed_point(&run);
    cr_assert_eq(point->model_count, 4);
    cr_assert_eq(point->claim_count, 2);
    cr_assert(point->is_measured);
    summed_close(&run);
}

Test(summary, describes_its_scenario) {
    summed_open(&run, "chess");
    const struct summary_point *point = summed_point(&run);
    cr_assert_eq(point->scenario, &run.plan.points[0].scenario);
    cr_assert_eq(run.summary.seed, 1);
    summed_close(&run);
}

Test(summary, without_sequential_the_first_model_is_the_baseline) {
    summed_open(&run, "chess-clones");
    cr_assert_str_eq(summed_point(&run)->baseline->name, "threads");
    summed_close(&run);
}

Test(summary, without_a_model_there_is_no_baseline) {
    summed_open(&run, "urls");
    size_t all = run.plan.points[0].entry_count;
    run.plan.points[0].entry_count = 0;
    cr_expect_null(summed_point(&run)->baseline);
    run.plan.points[0].entry_count = all;
    summed_close(&run);
}

Test(summary, judges_the_claims) {
    summed_open(&run, "urls");
    const struct summary_claim *sequential = &summed_point(&run)->claims[0];
    const struct summary_claim *loop = &sequential[1];
    cr_assert_str_eq(sequential->model, "sequential");
    cr_assert(sequential->holds);
    cr_assert_str_eq(loop->model, "event-loop");
    cr_assert_not(loop->holds);
    cr_assert_eq(loop->printed_s, 330);
    cr_assert_eq(loop->predicted_s, 115);
    cr_assert_str_eq(loop->source, "Concurrent Code with Asyncio, lesson 7");
    cr_assert(strstr(loop->why, "5 s x 12 + 55 s") != NULL);
    summed_close(&run);
}

Test(summary, a_claim_does_not_hold_if_requests_fail) {
    summed_open(&run, "urls");
    run.plan.points[0].entries[0].prediction.simulated.timed_out = 4;
    const struct summary_claim *claim = &summed_point(&run)->claims[0];
    cr_expect_not(claim->holds);
    cr_expect_not(claim->is_whole);
    cr_expect(claim[1].is_whole);
    cr_expect_str_eq(claim->why,
                     "720 s is not the time of this work: with this timeout 4 of its "
                     "requests fail");
    summed_close(&run);
}

Test(summary, a_prediction_alone_has_nothing_measured) {
    struct error error;
    summed_open(&run, "chess");
    cr_assert(summary_make(&run.summary, &run.plan, NULL, &error));
    const struct summary_point *point = &run.summary.points[0];
    const struct summary_model *loop = summed_find(point, "event-loop");
    cr_assert_not(point->is_measured);
    cr_assert_eq(loop->printed_s, 3600);
    cr_assert_eq(loop->predicted.simulated_s, 3655);
    cr_assert_eq(loop->predicted.busy_s, 3600);
    cr_assert(isnan(loop->measured.median_s));
    cr_assert(isnan(loop->resources.in_flight_peak));
    summed_close(&run);
}

Test(summary, trials_of_several_scenarios_are_told_apart) {
    summed_open(&run, "urls");
    lecture_add(&run.plan, "urls-55");
    summed_add(&run, 0, "threads", 1, 1150);
    summed_add(&run, 1, "threads", 1, 3300);
    const struct summary_model *first = summed_model(&run, "threads");
    const struct summary_model *second = summed_find(&run.summary.points[1], "threads");
    cr_assert_eq(first->measured.trials, 1);
    cr_assert_float_eq(first->measured.median_s, 115, 1e-9);
    cr_assert_float_eq(second->measured.median_s, 330, 1e-9);
    summed_close(&run);
}

Test(summary, the_model_with_the_most_trials_is_the_first_of_several) {
    summed_open(&run, "urls");
    cr_expect_null(summary_most_trials(summed_point(&run)));
    for (int block = 1; block <= 2; block++) {
        summed_add(&run, 0, "event-loop", block, 1150);
        summed_add(&run, 0, "threads", block, 1150);
    }
    summed_add(&run, 0, "sequential", 1, 7200);
    const struct summary_point *point = summed_point(&run);
    cr_expect_eq(summary_most_trials(point), summed_find(point, "threads"));
    summed_close(&run);
}

Test(summary, says_when_the_api_was_late_and_names_a_speed) {
    summed_open(&run, "urls"); /* a request of 600 ms */
    summed_add(&run, 0, "threads", 1, 1150)->figures[TRIAL_API_LATENESS_NS] = 12000000;
    const struct texts *notes = &summed_point(&run)->notes;
    cr_assert_eq(notes->count, 1);
    cr_assert_str_eq(notes->list[0],
                     "the mock API was 12000 us late, 2.0 % of a request, at 100 times "
                     "faster than life; this machine keeps --speed 50");
    summed_close(&run);
}

Test(summary, a_lateness_of_one_percent_makes_no_note) {
    summed_open(&run, "urls");
    summed_add(&run, 0, "threads", 1, 1150)->figures[TRIAL_API_LATENESS_NS] = 6000000;
    cr_assert_eq(summed_point(&run)->notes.count, 0);
    summed_close(&run);
}
