/* bench/pictures/scenes.c: which models an exhibition shows, and where. */
#include "bench/pictures/scenes.h"
#include "tests/support/exhibit.h"

#include <criterion/criterion.h>

static struct exhibit exhibit;
static struct scenes scenes;

/* The entries of the lecture's scenarios. */
enum { SEQUENTIAL = 0, THREADS = 1, EVENT_LOOP = 3 };

static void open_scenes(void) {
    struct error error;
    cr_assert(scenes_open(&scenes, &exhibit.subject, &error), "%s", error.message);
}

static void leave(void) {
    scenes_close(&scenes);
    exhibit_close(&exhibit);
}

Test(scenes, the_scenes_are_the_baseline_and_the_fastest_model) {
    exhibit_open(&exhibit, "chess");
    open_scenes();
    cr_assert_eq(scenes.count, 2);
    cr_expect_eq(scenes.list[0].entry, SEQUENTIAL);
    cr_expect_eq(scenes.list[1].entry, EVENT_LOOP);
    cr_expect(scenes.list[0].is_measured && scenes.list[1].is_measured);
    cr_expect_str_eq(scenes.story->one, "board");
    leave();
}

Test(scenes, a_baseline_that_is_invalid_has_the_first_measured_beside_it) {
    exhibit_open(&exhibit, "chess");
    exhibit_invalidate(&exhibit, SEQUENTIAL);
    open_scenes();
    cr_assert_eq(scenes.count, 2);
    cr_expect_eq(scenes.list[0].entry, SEQUENTIAL);
    cr_expect_not(scenes.list[0].is_measured);
    cr_expect_eq(scenes.list[1].entry, THREADS);
    leave();
}

Test(scenes, if_nothing_was_measured_the_baseline_is_alone) {
    exhibit_open(&exhibit, "chess");
    for (size_t i = 0; i < 4; i++) {
        exhibit_invalidate(&exhibit, i);
    }
    open_scenes();
    cr_expect_eq(scenes.count, 1);
    leave();
}

Test(scenes, without_a_model_there_is_no_scene) {
    exhibit_open(&exhibit, "chess");
    size_t all = exhibit.plan.points[0].entry_count;
    exhibit.plan.points[0].entry_count = 0;
    exhibit_sum_up(&exhibit);
    open_scenes();
    cr_expect_eq(scenes.count, 0);
    exhibit.plan.points[0].entry_count = all;
    leave();
}

Test(scenes, stages_stand_below_each_other_and_are_as_wide_as_the_page) {
    exhibit_open(&exhibit, "chess");
    open_scenes();
    scenes_place(&scenes, 100, 700);
    for (int i = 0; i < 2; i++) {
        cr_expect_eq(scenes.stages[i].left, 100);
        cr_expect_eq(scenes.stages[i].right, SHEET_WIDTH - SHEET_MARGIN);
        cr_expect_gt(scenes.stages[i].top, scenes.stages[i].bottom);
        cr_expect_float_eq(scenes.stages[i].until_s, i ? 3655 : 43200, 1);
    }
    cr_expect_eq(scenes.stages[0].top, 700 - SCENES_HEADING);
    cr_expect_gt(scenes.stages[0].bottom, scenes.stages[1].top + SCENES_HEADING);
    cr_expect_gt(scenes.stages[1].bottom, 0);
    cr_expect_float_eq(scenes.longest_s, 43200, 1);
    leave();
}

Test(scenes, a_model_that_was_not_measured_takes_a_line) {
    exhibit_open(&exhibit, "chess");
    exhibit_invalidate(&exhibit, SEQUENTIAL);
    open_scenes();
    scenes_place(&scenes, 100, 700);
    cr_expect_eq(scenes.stages[0].bottom, scenes.stages[0].top);
    cr_expect_eq(scenes.stages[1].top, 700 - 2 * SCENES_HEADING);
    leave();
}
