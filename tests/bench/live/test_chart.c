/* bench/live/chart.c: how columns are divided, and which glyph stands for a stretch of
 * time. */
#include "bench/live/chart.h"
#include "tests/support/made_record.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

static struct made_record made;
static struct lanes lanes;
static struct grid grid;

static const struct scenario as_fast_as_life = {.speed = 1};

static struct chart open_chart(struct lanes_setup setup, int columns, double now) {
    cr_assert(lanes_open(&lanes, &setup));
    cr_assert(grid_open(&grid, 20, columns, true));
    lanes_update(&lanes, &made.witness, made_at(0), made_at(now));
    struct chart chart = {
        .grid = &grid, .lanes = &lanes, .scenario = &as_fast_as_life, .rows = 6};
    chart_choose_columns(&chart, 12);
    return chart;
}

static void close_chart(void) {
    grid_close(&grid);
    lanes_close(&lanes);
}

TestSuite(chart, .fini = close_chart);

static char *row_text(int row) {
    static char text[8192];
    cr_assert_lt(grid_row_bytes(&grid), sizeof text);
    grid_write(&grid, row, INK_NO_COLOURS, text);
    return text;
}

static struct lanes_setup many(int32_t conversations, int32_t rounds) {
    return (struct lanes_setup){.conversations = conversations,
                                .rounds = rounds,
                                .predicted_ns = 100 * NS_PER_S,
                                .request_ns = 20 * NS_PER_S};
}

Test(chart, labels_bar_and_notes_share_the_columns) {
    made_open(&made);
    struct chart chart = open_chart(many(24, 30), 80, 1);
    cr_expect_eq(chart.bar_column, 4);
    cr_expect_eq(chart.note_column, 80 - (int)strlen("12/30 response"));
    cr_expect_eq(chart.bar_column + chart.bar_columns + 1, chart.note_column);
}

Test(chart, a_narrow_chart_has_no_notes) {
    made_open(&made);
    struct chart chart = open_chart(many(24, 30), 30, 1);
    cr_expect_eq(chart.bar_columns, 26);
    cr_expect_gt(chart.note_column, 30);
}

Test(chart, a_short_send_is_seen_in_a_long_column) {
    /* A column is 10 s: a send takes 4 s of one, the answer 6 s. */
    made_sequence(&made, 1, 4, 60, 100);
    struct chart chart = open_chart(many(1, 1), 4 + 10 + 1 + 8, 100);
    chart.bar_columns = 10;
    chart_draw_lanes(&chart);
    cr_expect_str_eq(row_text(0), "  1 █▄▄▄▄▄▄");
}

Test(chart, the_share_of_sending_is_a_column_s_height) {
    made_sequence(&made, 2, 5, 45, 100);
    struct chart chart = open_chart(many(2, 1), 4 + 10 + 1 + 8, 100);
    chart.bar_columns = 10;
    chart_draw_sending(&chart, 0);
    cr_expect_str_eq(row_text(0), "    ▄    ▄");
}

/* 39 conversations wait and one is answered; that one still has a row. */
Test(chart, one_of_many_has_a_row) {
    made_open(&made);
    made_go_on(made_add(&made, 0, 0, 0), 0, 5, 20, 10);
    struct chart chart = open_chart(many(40, 1), 60, 10);
    chart_draw_counts(&chart);
    cr_expect_not_null(strstr(row_text(5), "▄"), "%s", row_text(5));
    cr_expect_null(strstr(row_text(4), "▄"), "%s", row_text(4));
}

Test(chart, a_stack_is_never_higher_than_the_chart) {
    made_exhibition(&made, 40, 5, 15, 40);
    struct chart chart = open_chart(many(40, 1), 60, 40);
    chart.first_row = 5;
    chart.rows = 3;
    chart_draw_counts(&chart);
    cr_expect_str_eq(row_text(4), "");
    cr_expect_str_eq(row_text(8), "");
    cr_expect_not_null(strstr(row_text(5), "░"));
}

Test(chart, a_client_that_sends_by_itself_is_unseen_and_not_waiting) {
    made_open(&made);
    struct lanes_setup setup = many(2, 1);
    setup.client_sends = true;
    open_chart(setup, 60, 1);
    cr_expect_str_eq(chart_word(&lanes, PHASE_NONE), "unseen");
    cr_expect_str_eq(chart_word(&lanes, PHASE_SEND), "send");
}

Test(chart, a_mark_on_the_axis_shows_where_the_trial_is_predicted_to_end) {
    made_open(&made);
    made_go_on(made_add(&made, 0, 0, 0), 0, 5, 20, 10);
    struct lanes_setup setup = many(2, 1);
    setup.predicted_ns = 50 * NS_PER_S;
    setup.axis_ns = 100 * NS_PER_S;
    struct chart chart = open_chart(setup, 4 + 20 + 1 + 8, 10);
    chart.bar_columns = 20;
    chart_draw_axis(&chart, 0);
    cr_expect_str_eq(row_text(0), "0 s ━▲┈┈┈┈┈┈┈│┈┈┈┈┈┈┈┈┈┈ 100.0 s");
}

Test(chart, an_hour_is_also_written_as_people_say_it) {
    made_open(&made);
    struct lanes_setup setup = many(24, 30);
    setup.predicted_ns = 43200 * NS_PER_S;
    struct chart chart = open_chart(setup, 80, 1);
    chart_draw_axis(&chart, 0);
    cr_expect_str_eq(row_text(0) + strlen(row_text(0)) - 15, "43200.0 s, 12 h");
}
