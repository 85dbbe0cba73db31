/* bench/summary/past_trial.c: trials that are over. */
#include "bench/summary/past_trial.h"
#include "tests/support/lecture.h"

#include <criterion/criterion.h>
#include <math.h>

Test(past_trial, at_first_no_figure_is_known) {
    struct past_trial trial;
    past_trial_init(&trial);
    for (int i = 0; i < TRIAL_FIGURES; i++) {
        cr_expect(isnan(trial.figures[i]), "%d", i);
    }
    cr_expect_not(trial.is_valid);
    past_trial_close(&trial);
}

Test(past_trial, every_request_without_success_is_a_failure) {
    struct past_trial trial = lecture_trial(0, "a", 1, 100);
    cr_expect_eq(past_trial_failed(&trial), 0);
    lecture_tally(
        &trial.by_error, 3,
        (struct tally_row[]){{EVENT_TIMEOUT, 2}, {EVENT_OK, 9}, {EVENT_RESET, 1}});
    cr_expect_eq(past_trial_failed(&trial), 3);
    past_trial_close(&trial);
}

Test(past_trial, a_trial_belongs_to_a_model_at_a_point) {
    struct past_trial trial = lecture_trial(1, "a", 1, 100);
    cr_expect(past_trial_is_of(&trial, 1, "a"));
    cr_expect_not(past_trial_is_of(&trial, 0, "a"));
    cr_expect_not(past_trial_is_of(&trial, 1, "b"));
    past_trial_close(&trial);
}

Test(past_trial, a_list_owns_the_trials_that_are_added) {
    struct past_trials trials = {.list = NULL};
    struct past_trial trial = lecture_trial(0, "a", 1, 100);
    cr_assert(past_trials_add(&trials, &trial));
    cr_expect_eq(trial.by_error.row_count, 0);
    cr_expect_eq(tally_of(&trials.list[0].by_error, EVENT_OK), 12);
    past_trials_close(&trials);
    cr_expect_eq(trials.count, 0);
}

Test(past_trial, one_invalid_trial_makes_the_list_invalid) {
    struct past_trials trials = {.list = NULL};
    cr_expect(past_trials_are_valid(&trials));
    lecture_keep(&trials, lecture_trial(0, "a", 1, 100));
    cr_expect(past_trials_are_valid(&trials));
    lecture_keep_invalid(&trials, lecture_trial(0, "a", 2, 100), "late");
    cr_expect_not(past_trials_are_valid(&trials));
    past_trials_close(&trials);
}
