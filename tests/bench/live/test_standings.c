/* bench/live/standings.c: which models have a line, and what is in it. */
#include "bench/live/standings.h"
#include "tests/support/lecture.h"
#include "tests/support/made_record.h"

#include <criterion/criterion.h>

static struct plan plan;
static struct standings standings;
static struct made_record made;
static struct lanes lanes;
static struct grid grid;

static void open_all(void) {
    lecture_plan(&plan, "urls"); /* sequential, threads, thread-pool, event-loop */
    standings_open(&standings, &plan.points[0]);
}

static void close_all(void) {
    standings_close(&standings);
    lanes_close(&lanes);
    grid_close(&grid);
    plan_close(&plan);
}

TestSuite(standings, .init = open_all, .fini = close_all);

static const struct plan_entry *entry(size_t i) {
    return &plan.points[0].entries[i];
}

static struct trial took(int64_t ms) {
    return (struct trial){.figures = {.makespan_ns = ms * NS_PER_MS}};
}

static void note(size_t i, struct trial trial) {
    standings_note(&standings, entry(i), &trial);
}

/* Draws while `running` runs, and returns a row. */
static const char *draw(const struct plan_entry *running, int rows, int row) {
    static char text[8192];
    struct lanes_setup setup = {.conversations = 12,
                                .rounds = 1,
                                .predicted_ns = 1150 * NS_PER_MS,
                                .axis_ns = standings.longest_ns};
    lanes_close(&lanes);
    grid_close(&grid);
    made_open(&made);
    cr_assert(lanes_open(&lanes, &setup));
    cr_assert(grid_open(&grid, 6, 60, true));
    struct chart chart = {.grid = &grid,
                          .lanes = &lanes,
                          .scenario = &plan.points[0].scenario,
                          .rows = rows,
                          .label_columns = standings_columns(&standings, 12)};
    chart_choose_columns(&chart, 12);
    standings_draw(&standings, running, &chart);
    grid_write(&grid, row, INK_NO_COLOURS, text);
    return text;
}

Test(standings, the_longest_is_that_of_all_models) {
    cr_expect_eq(standings.longest_ns, 7200 * NS_PER_MS);
    note(1, took(1151));
    cr_expect_eq(standings.longest_ns, 7200 * NS_PER_MS);
    note(0, took(7500));
    cr_expect_eq(standings.longest_ns, 7500 * NS_PER_MS);
}

Test(standings, a_model_has_a_line_from_its_first_trial_on) {
    cr_expect_eq(standings_count(&standings, entry(0)), 0);
    note(0, took(7201));
    cr_expect_eq(standings_count(&standings, entry(1)), 1);
    note(0, took(7202)); /* of another block */
    cr_expect_eq(standings_count(&standings, entry(1)), 1);
}

Test(standings, the_model_that_runs_has_lanes_and_no_line) {
    note(0, took(7201));
    note(1, took(1151));
    cr_expect_eq(standings_count(&standings, entry(0)), 1);
}

Test(standings, all_lines_have_one_axis) {
    note(0, took(7200));
    note(3, took(1200));
    cr_expect_str_eq(draw(entry(1), 4, 0),
                     " sequential ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━ 720.0 s");
    cr_expect_str_eq(draw(entry(1), 4, 1),
                     " event-loop ━━━━━━━                                 120.0 s");
}

Test(standings, without_room_the_later_lines_are_left_out) {
    note(0, took(7200));
    note(3, took(1200));
    cr_expect_str_eq(draw(entry(1), 1, 1), "");
}

Test(standings, a_trial_that_is_not_compared_has_no_time) {
    struct trial invalid = took(300);
    struct trial failed = took(300);
    validity_add(&invalid.validity, "a row is missing");
    failed.figures.requests_by_error[EVENT_TIMEOUT] = 10;
    note(1, invalid);
    note(3, failed);
    cr_expect_eq(standings.longest_ns, 7200 * NS_PER_MS);
    cr_expect_str_eq(draw(entry(0), 4, 0),
                     "    threads                                         invalid");
    cr_expect_str_eq(draw(entry(0), 4, 1),
                     " event-loop                                         failed");
}

Test(standings, a_long_name_is_cut) {
    strcpy(plan.points[0].entries[1].model.name, "a-model-of-a-long-name");
    note(1, took(1200));
    cr_expect_eq(strncmp(draw(entry(0), 4, 0), "a-model-of-. ━", 15), 0, "%s",
                 draw(entry(0), 4, 0));
}

Test(standings, a_single_model_needs_no_column_for_names) {
    plan.points[0].entry_count = 1;
    cr_expect_eq(standings_columns(&standings, 12), 0);
}
