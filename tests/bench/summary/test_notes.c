/* bench/summary/notes.c; the note on the API's lateness is tested with the summary.
 */
#include "bench/summary/notes.h"
#include "tests/support/lecture.h"

#include <criterion/criterion.h>

static struct plan plan;
static struct texts notes;

/* Notes on the first point, which is not measured. */
static void note(void) {
    cr_assert(notes_make(&plan, 0, NULL, &notes));
}

/* The only note. */
static const char *only(void) {
    note();
    cr_assert_eq(notes.count, 1, "%zu notes", notes.count);
    return notes.list[0];
}

static void leave(void) {
    texts_close(&notes);
    plan_close(&plan);
}

TestSuite(notes, .fini = leave);

Test(notes, a_run_without_trouble_has_no_note) {
    lecture_plan(&plan, "urls");
    note();
    cr_expect_eq(notes.count, 0);
}

Test(notes, a_claim_about_a_model_that_does_not_run_is_not_judged) {
    lecture_plan(&plan, "urls");
    plan.points[0].entry_count = 1; /* sequential alone */
    const char *said = only();
    cr_expect(strstr(said, "not judged: 330 s of event-loop, by ") == said, "%s", said);
    cr_expect(strstr(said, ": it is not in this run"), "%s", said);
}

Test(notes, a_claim_about_a_model_without_a_prediction_is_not_judged) {
    lecture_plan(&plan, "urls");
    plan.points[0].entries[0].prediction.is_known = false;
    const char *said = only();
    cr_expect(strstr(said, "not judged: 720 s of sequential, by ") == said, "%s", said);
    cr_expect(strstr(said, ": nothing is predicted for it"), "%s", said);
}

Test(notes, an_approximate_prediction_says_why_and_names_the_quota) {
    lecture_plan(&plan, "urls");
    plan.points[0].entries[0].prediction.is_approximate = true;
    cr_expect_str_eq(only(),
                     "with send_work: cpu a prediction is approximate: it takes "
                     "the scheduler as fair and the cores as free");
    texts_close(&notes);
    plan.processors = (struct processors){2, 50000000, 100000000};
    cr_expect_str_eq(only(),
                     "with send_work: cpu a prediction is approximate: it takes "
                     "the scheduler as fair and the cores as free; a quota "
                     "allows 50 ms of processor time in each 100 ms (0.5 cores)");
}

Test(notes, a_prediction_in_which_requests_fail_says_so) {
    lecture_plan(&plan, "urls");
    plan.points[0].entries[0].prediction.simulated.timed_out = 4;
    plan.points[0].entries[1].prediction.simulated.timed_out = 12;
    cr_expect_str_eq(
        only(), "with this timeout requests fail in the prediction, too: sequential "
                "4 of 12, threads 12 of 12");
}
