/* bench/summary/model.c: a model's printed, predicted and measured figures. */
#include "tests/support/summed.h"

#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

static struct summed run;

/* A trial of the urls scenario in which some of the 12 requests timed out. */
static void add_incomplete(const char *model, int block, int makespan_ms,
                           int timeouts) {
    struct past_trial *trial = summed_add(&run, 0, model, block, makespan_ms);
    lecture_tally(
        &trial->by_error, 2,
        (struct tally_row[]){{EVENT_OK, 12 - timeouts}, {EVENT_TIMEOUT, timeouts}});
    lecture_tally(&trial->by_status, 2,
                  (struct tally_row[]){{200, 12 - timeouts}, {0, timeouts}});
}

Test(model, holds_printed_and_predicted_side_by_side) {
    summed_open(&run, "urls");
    const struct summary_model *loop = summed_model(&run, "event-loop");
    cr_assert_eq(loop->printed_s, 330);
    cr_assert_eq(loop->predicted.closed_form_s, 115);
    cr_assert_eq(loop->predicted.simulated_s, 115);
    cr_assert_eq(loop->predicted.busy_s, 60);
    const struct summary_model *pool = summed_model(&run, "thread-pool");
    cr_assert(isnan(pool->printed_s));
    cr_assert(isnan(pool->predicted.closed_form_s));
    cr_assert_eq(pool->predicted.simulated_s, 195);
    summed_close(&run);
}

Test(model, measured_times_are_scaled_back_to_the_scenario) {
    summed_open(&run, "urls"); /* 100 times faster than life */
    summed_add(&run, 0, "threads", 1, 1160);
    summed_add(&run, 0, "threads", 2, 1150);
    summed_add(&run, 0, "threads", 3, 1180);
    const struct summary_measured *measured = &summed_model(&run, "threads")->measured;
    cr_assert_float_eq(measured->median_s, 116, 1e-9);
    cr_assert_float_eq(measured->low_s, 115, 1e-9);
    cr_assert_float_eq(measured->high_s, 118, 1e-9);
    cr_assert_not(measured->is_bootstrap);
    cr_assert_eq(measured->trials, 3);
    cr_assert_eq(measured->invalid, 0);
    cr_assert_float_eq(measured->busy_s, 60, 1e-9);
    summed_close(&run);
}

Test(model, gives_error_setup_and_excess) {
    summed_open(&run, "urls");
    summed_add(&run, 0, "threads", 1, 1173); /* ideal: 1150 */
    const struct summary_model *threads = summed_model(&run, "threads");
    cr_assert_float_eq(threads->error_percent, 2, 1e-9);
    cr_assert_float_eq(threads->setup_s, 0.002, 1e-12);
    cr_assert_float_eq(threads->excess_us, 23000.0 / 12, 1e-6);
    summed_close(&run);
}

Test(model, from_six_trials_on_the_interval_is_a_bootstrap) {
    summed_open(&run, "urls");
    for (int block = 1; block <= 6; block++) {
        summed_add(&run, 0, "threads", block, 1150 + block);
    }
    const struct summary_measured *measured = &summed_model(&run, "threads")->measured;
    cr_assert(measured->is_bootstrap);
    cr_assert_float_eq(measured->median_s, 115.35, 1e-9);
    cr_assert_leq(measured->low_s, 115.35);
    cr_assert_geq(measured->high_s, 115.35);
    summed_close(&run);
}

Test(model, counts_invalid_trials_and_leaves_them_out) {
    summed_open(&run, "urls");
    summed_add(&run, 0, "threads", 1, 1150);
    for (int block = 2; block <= 4; block++) {
        lecture_keep_invalid(&run.trials, lecture_trial(0, "threads", block, 1),
                             block == 4 ? "late" : "rows are missing");
    }
    const struct summary_model *threads = summed_model(&run, "threads");
    cr_assert_eq(threads->measured.trials, 1);
    cr_assert_eq(threads->measured.invalid, 3);
    cr_assert_float_eq(threads->measured.median_s, 115, 1e-9);
    cr_assert_eq(threads->invalid_reasons.count, 2);
    cr_assert_str_eq(threads->invalid_reasons.list[0], "rows are missing");
    cr_assert_str_eq(threads->invalid_reasons.list[1], "late");
    summed_close(&run);
}

Test(model, a_model_without_a_valid_trial_has_no_figures) {
    summed_open(&run, "urls");
    summed_add(&run, 0, "threads", 1, 1150)->is_valid = false;
    const struct summary_model *threads = summed_model(&run, "threads");
    cr_assert_eq(threads->measured.trials, 0);
    cr_assert_eq(threads->measured.invalid, 1);
    const double empty[] = {threads->measured.median_s,
                            threads->measured.low_s,
                            threads->measured.high_s,
                            threads->error_percent,
                            threads->excess_us,
                            threads->setup_s,
                            threads->speedup};
    for (size_t i = 0; i < sizeof empty / sizeof empty[0]; i++) {
        cr_assert(isnan(empty[i]), "%zu", i);
    }
    summed_close(&run);
}

Test(model, counts_failed_requests) {
    summed_open(&run, "urls");
    for (int block = 1; block <= 2; block++) {
        struct past_trial *trial = summed_add(&run, 0, "threads", block, 1150);
        lecture_tally(
            &trial->by_error, 3,
            (struct tally_row[]){{EVENT_OK, 9}, {EVENT_TIMEOUT, 2}, {EVENT_RESET, 1}});
    }
    const struct summary_requests *requests = &summed_model(&run, "threads")->requests;
    cr_assert_eq(requests->ok, 18);
    cr_assert_eq(requests->failed, 6);
    summed_close(&run);
}

Test(model, sums_the_connections_opened_anew_over_all_valid_trials) {
    summed_open(&run, "urls");
    cr_expect_eq(summed_model(&run, "threads")->requests.reopened, 0);
    summed_add(&run, 0, "threads", 1, 1150)->reopened = 2;
    add_incomplete("threads", 2, 1150, 3);
    run.trials.list[run.trials.count - 1].reopened = 4;
    lecture_keep_invalid(&run.trials, lecture_trial(0, "threads", 3, 1150), "x")
        ->reopened = 100;
    cr_expect_eq(summed_model(&run, "threads")->requests.reopened, 6);
    summed_close(&run);
}

Test(model, resources_that_are_unknown_are_nan) {
    summed_open(&run, "urls");
    summed_add(&run, 0, "threads", 1, 1150);
    const struct summary_resources *resources =
        &summed_model(&run, "threads")->resources;
    cr_assert_float_eq(resources->user_s, 0.003, 1e-12);
    cr_assert_float_eq(resources->system_s, 0.004, 1e-12);
    cr_assert(isnan(resources->peak_memory_bytes));
    cr_assert_eq(resources->peak_threads, 12);
    cr_assert_eq(resources->voluntary_switches, 50);
    cr_assert_eq(resources->in_flight_peak, 11);
    summed_close(&run);
}

Test(model, ratios_are_paired_by_their_blocks) {
    summed_open(&run, "urls");
    const int64_t base_ms[] = {7200, 8000, 14400};
    const int64_t own_ms[] = {1200, 1000, 7200}; /* 6, 8 and 2 times faster */
    for (int block = 3; block >= 1; block--) {
        summed_add(&run, 0, "sequential", block, base_ms[block - 1]);
    }
    for (int block = 1; block <= 3; block++) {
        summed_add(&run, 0, "threads", block, own_ms[block - 1]);
    }
    const struct summary_point *point = summed_point(&run);
    cr_assert_str_eq(point->baseline->name, "sequential");
    cr_assert_float_eq(summed_find(point, "threads")->speedup, 6, 1e-9);
    cr_assert_float_eq(summed_find(point, "sequential")->speedup, 1, 1e-9);
    summed_close(&run);
}

Test(model, models_that_share_no_block_have_no_ratio) {
    summed_open(&run, "urls");
    summed_add(&run, 0, "sequential", 1, 7200);
    summed_add(&run, 0, "threads", 2, 1150);
    cr_assert(isnan(summed_model(&run, "threads")->speedup));
    summed_close(&run);
}

Test(model, a_model_without_a_prediction_is_not_compared_with_theory) {
    summed_open(&run, "urls");
    run.plan.points[0].entries[1].prediction.is_known = false;
    const char *name = run.plan.points[0].entries[1].model.name;
    summed_add(&run, 0, name, 1, 1150);
    const struct summary_model *model = summed_model(&run, name);
    cr_assert(isnan(model->predicted.simulated_s));
    cr_assert(isnan(model->error_percent));
    cr_assert(isnan(model->excess_us));
    cr_assert_float_eq(model->measured.median_s, 115, 1e-9);
    summed_close(&run);
}

Test(model, figures_use_trials_in_which_every_request_succeeded) {
    summed_open(&run, "urls");
    add_incomplete("threads", 1, 10, 12);
    summed_add(&run, 0, "threads", 2, 1150);
    add_incomplete("threads", 3, 30, 1);
    const struct summary_model *threads = summed_model(&run, "threads");
    cr_expect_float_eq(threads->measured.median_s, 115, 1e-9);
    cr_expect_float_eq(threads->measured.low_s, 115, 1e-9);
    cr_expect_float_eq(threads->error_percent, 0, 1e-9);
    cr_expect_eq(threads->measured.trials, 1);
    cr_expect_eq(threads->measured.incomplete, 2);
    cr_expect_eq(threads->measured.invalid, 0);
    cr_expect_float_eq(threads->measured.incomplete_median_s, 2, 1e-9);
    cr_expect_eq(threads->requests.ok, 23);
    cr_expect_eq(threads->requests.failed, 13);
    cr_expect_eq(tally_of(&threads->requests.by_error, EVENT_TIMEOUT), 13);
    cr_expect_eq(tally_of(&threads->requests.by_status, 200), 23);
    summed_close(&run);
}

Test(model, a_model_with_a_failed_request_is_never_compared) {
    static const int failures[][2] = {{1, 0}, {0, 1}, {12, 12}, {0, 0}};
    for (size_t i = 0; i < sizeof failures / sizeof failures[0]; i++) {
        summed_open(&run, "urls");
        for (int block = 1; block <= 2; block++) { /* only the second has failures */
            int threads = block == 2 ? failures[i][0] : 0;
            int sequential = block == 2 ? failures[i][1] : 0;
            add_incomplete("threads", block, 1150, threads);
            add_incomplete("sequential", block, 7200, sequential);
        }
        double speedup = summed_model(&run, "threads")->speedup;
        cr_expect_eq(isnan(speedup) != 0, i < 3, "case %zu", i);
        summed_close(&run);
    }
}
