/* bench/pictures/bars.c: bars, and bars that are too short. */
#include "bench/pictures/bars.h"
#include "tests/support/random.h"

#include <criterion/criterion.h>
#include <math.h>

Test(bars, a_bar_that_can_be_seen_is_drawn_as_it_is) {
    struct bars bars = {.least_s = 1};
    bars_row(&bars, 10, 20);
    bars_add(&bars, PHASE_QUEUE, 2, 5);
    bars_add(&bars, PHASE_SEND, 5, 7);
    bars_end(&bars);
    cr_assert_eq(bars.count, 2); /* and the time before is no bar */
    cr_expect_eq(bars.list[0].from_s, 2);
    cr_expect_eq(bars.list[0].to_s, 5);
    cr_expect_eq(bars.list[0].phase, PHASE_QUEUE);
    cr_expect_eq(bars.list[1].from_s, 5);
    cr_expect_eq(bars.list[1].to_s, 7);
    cr_expect_eq(bars.list[1].phase, PHASE_SEND);
    cr_expect_eq(bars.list[1].bottom, 10);
    cr_expect_eq(bars.list[1].top, 20);
    bars_close(&bars);
}

Test(bars, neighbours_of_one_kind_are_one_bar) {
    struct bars bars = {.least_s = 1};
    bars_row(&bars, 0, 1);
    bars_add(&bars, PHASE_SEND, 0, 5);
    bars_add(&bars, PHASE_SEND, 5, 10);
    bars_end(&bars);
    bars_row(&bars, 2, 3); /* but not over rows */
    bars_add(&bars, PHASE_SEND, 0, 5);
    bars_end(&bars);
    cr_assert_eq(bars.count, 2);
    cr_expect_eq(bars.list[0].to_s, 10);
    bars_close(&bars);
}

Test(bars, a_cell_shows_the_longest_of_its_phases) {
    struct bars bars = {.least_s = 100};
    bars_row(&bars, 0, 1);
    for (int i = 0; i < 1000; i++) { /* 25 % send, 75 % response */
        bars_add(&bars, PHASE_SEND, i * 4, i * 4 + 1);
        bars_add(&bars, PHASE_RESPONSE, i * 4 + 1, i * 4 + 4);
    }
    bars_end(&bars);
    cr_assert_eq(bars.count, 1);
    cr_expect_eq(bars.list[0].from_s, 0);
    cr_expect_eq(bars.list[0].to_s, 4000);
    cr_expect_eq(bars.list[0].phase, PHASE_RESPONSE);
    bars_close(&bars);
}

Test(bars, a_cell_that_is_mostly_without_a_phase_is_left_out) {
    struct bars bars = {.least_s = 100};
    bars_row(&bars, 0, 1);
    for (int i = 0; i < 1000; i++) {
        bars_add(&bars, PHASE_SEND, i * 4 + 3, i * 4 + 4);
    }
    bars_end(&bars);
    cr_expect_eq(bars.count, 0);
    bars_close(&bars);
}

Test(bars, a_sliver_between_long_bars_belongs_to_the_next_one) {
    struct bars bars = {.least_s = 1};
    bars_row(&bars, 0, 1);
    bars_add(&bars, PHASE_QUEUE, 0, 10);
    bars_add(&bars, PHASE_SEND, 10, 10.25);
    bars_add(&bars, PHASE_RESPONSE, 10.25, 20);
    bars_end(&bars);
    cr_assert_eq(bars.count, 2);
    cr_expect_eq(bars.list[1].from_s, 10);
    cr_expect_eq(bars.list[1].to_s, 20);
    cr_expect_eq(bars.list[1].phase, PHASE_RESPONSE);
    bars_close(&bars);
}

Test(bars, more_than_a_sliver_between_long_ones_is_drawn) {
    struct bars bars = {.least_s = 1};
    bars_row(&bars, 0, 1);
    bars_add(&bars, PHASE_QUEUE, 0, 10);
    bars_add(&bars, PHASE_SEND, 10, 10.5);
    bars_add(&bars, PHASE_RESPONSE, 10.5, 20);
    bars_end(&bars);
    cr_assert_eq(bars.count, 3);
    cr_expect_eq(bars.list[1].to_s, 10.5);
    cr_expect_eq(bars.list[1].phase, PHASE_SEND);
    bars_close(&bars);
}

Test(bars, a_density_is_as_high_as_the_part_of_the_time) {
    struct bars bars = {.least_s = 100};
    bars_density_row(&bars, 10, 42);
    for (int i = 0; i < 1000; i++) { /* 25 % of the time */
        bars_add(&bars, PHASE_SEND, i * 4, i * 4 + 1);
    }
    bars_end(&bars);
    cr_assert_eq(bars.count, 1);
    cr_expect_eq(bars.list[0].phase, PHASE_SEND);
    cr_expect_eq(bars.list[0].bottom, 10);
    cr_expect_float_eq(bars.list[0].top, 18, 1e-9);
    cr_expect(bars.has_partial);
    bars_close(&bars);
}

Test(bars, a_density_of_all_the_time_is_full_and_of_none_is_empty) {
    struct bars bars = {.least_s = 1};
    bars_density_row(&bars, 10, 42);
    bars_add(&bars, PHASE_SEND, 0, 80);
    bars_add(&bars, PHASE_SEND, 160, 240);
    bars_end(&bars);
    cr_assert_eq(bars.count, 2);
    cr_expect_eq(bars.list[0].to_s, 80);
    cr_expect_eq(bars.list[0].top, 42);
    cr_expect_eq(bars.list[1].from_s, 160);
    cr_expect_not(bars.has_partial);
    bars_close(&bars);
}

Test(bars, a_density_of_little_can_still_be_seen) {
    struct bars bars = {.least_s = 100};
    bars_density_row(&bars, 10, 20);
    bars_add(&bars, PHASE_SEND, 0, 1);
    bars_add(&bars, PHASE_NONE, 801, 801);
    bars_end(&bars);
    cr_assert_eq(bars.count, 1);
    cr_expect_geq(bars.list[0].top - bars.list[0].bottom, 1);
    bars_close(&bars);
}

Test(bars, a_million_spells_are_few_bars_in_order) {
    struct bars bars = {.least_s = 1000};
    uint64_t state = 1;
    double at_s = 0;
    bars_row(&bars, 0, 1);
    for (int i = 0; i < 1000000; i++) {
        double next_s = at_s + (double)(random_next(&state) % 1000) / 100;
        bars_add(&bars, (enum phase)(random_next(&state) % COURSE_PHASES), at_s,
                 next_s);
        at_s = next_s;
    }
    bars_end(&bars);
    cr_assert_leq((double)bars.count, at_s / 1000);
    for (size_t i = 1; i < bars.count; i++) {
        cr_assert_geq(bars.list[i].from_s, bars.list[i - 1].to_s);
    }
    bars_close(&bars);
}

Test(bars, dropped_bars_leave_room_for_others) {
    struct bars bars = {.least_s = 1};
    bars_row(&bars, 0, 1);
    bars_add(&bars, PHASE_SEND, 0, 5);
    bars_end(&bars);
    bars_clear(&bars);
    cr_assert_eq(bars.count, 0);
    cr_assert_eq(bars.least_s, 1);
    bars_close(&bars);
    bars_close(&bars);
}
