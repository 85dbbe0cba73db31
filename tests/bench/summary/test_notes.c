/* bench/summary/notes.c; what is said of the API's lateness is tested with the summary.
 */
#include "bench/summary/notes.h"
#include "tests/support/lecture.h"

#include <criterion/criterion.h>

/* The only note; freed with the list by the caller. */
static const char *only(const json_t *notes) {
    cr_assert_eq(json_array_size(notes), 1, "%zu notes", json_array_size(notes));
    return json_string_value(json_array_get(notes, 0));
}

Test(notes, where_all_is_well_nothing_is_said) {
    struct plan plan;
    lecture_plan(&plan, "urls");
    json_t *notes = notes_make(&plan.points[0], 0, NULL);
    cr_expect_eq(json_array_size(notes), 0);
    json_decref(notes);
    plan_close(&plan);
}

Test(notes, a_claim_about_who_does_not_run_is_not_judged) {
    struct plan plan;
    lecture_plan(&plan, "urls");
    plan.points[0].entry_count = 1; /* sequential alone */
    json_t *notes = notes_make(&plan.points[0], 0, NULL);
    const char *note = only(notes);
    cr_expect(strstr(note, "not judged: 330 s of event-loop, by ") == note, "%s", note);
    cr_expect(strstr(note, ": it is not in this run"), "%s", note);
    json_decref(notes);
    plan_close(&plan);
}

Test(notes, a_claim_about_who_is_not_predicted_is_not_judged) {
    struct plan plan;
    lecture_plan(&plan, "urls");
    plan.points[0].entries[0].prediction.is_known = false;
    json_t *notes = notes_make(&plan.points[0], 0, NULL);
    const char *note = only(notes);
    cr_expect(strstr(note, "not judged: 720 s of sequential, by ") == note, "%s", note);
    cr_expect(strstr(note, ": nothing is predicted for it"), "%s", note);
    json_decref(notes);
    plan_close(&plan);
}

Test(notes, a_prediction_in_which_requests_fail_says_so) {
    struct plan plan;
    lecture_plan(&plan, "urls");
    plan.points[0].entries[0].prediction.simulated.timed_out = 4;
    plan.points[0].entries[1].prediction.simulated.timed_out = 12;
    json_t *notes = notes_make(&plan.points[0], 0, NULL);
    cr_expect_str_eq(
        only(notes),
        "with this timeout requests fail in the prediction, too: sequential "
        "4 of 12, threads 12 of 12");
    json_decref(notes);
    plan_close(&plan);
}
