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
    cr_expect_eq(bars.list[0].share[PHASE_QUEUE], 1);
    cr_expect_eq(bars.list[1].from_s, 5);
    cr_expect_eq(bars.list[1].to_s, 7);
    cr_expect_eq(bars.list[1].share[PHASE_SEND], 1);
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

Test(bars, bars_that_are_too_short_are_mixed_by_their_shares) {
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
    cr_expect_float_eq(bars.list[0].share[PHASE_SEND], 0.25, 1e-9);
    cr_expect_float_eq(bars.list[0].share[PHASE_RESPONSE], 0.75, 1e-9);
    bars_close(&bars);
}

Test(bars, a_sliver_between_long_bars_tints_the_next_one) {
    struct bars bars = {.least_s = 1};
    bars_row(&bars, 0, 1);
    bars_add(&bars, PHASE_QUEUE, 0, 10);
    bars_add(&bars, PHASE_SEND, 10, 10.25);
    bars_add(&bars, PHASE_RESPONSE, 10.25, 20);
    bars_end(&bars);
    cr_assert_eq(bars.count, 3);
    cr_expect_eq(bars.list[1].from_s, 10);
    cr_expect_eq(bars.list[1].to_s, 12);
    cr_expect_float_eq(bars.list[1].share[PHASE_SEND], 0.125, 1e-9);
    cr_expect_float_eq(bars.list[1].share[PHASE_RESPONSE], 0.875, 1e-9);
    cr_expect_eq(bars.list[2].to_s, 20);
    cr_expect_eq(bars.list[2].share[PHASE_RESPONSE], 1);
    bars_close(&bars);
}

Test(bars, slivers_in_a_regular_pattern_are_one_bar) {
    struct bars bars = {.least_s = 1};
    bars_row(&bars, 0, 1);
    for (int i = 0; i < 100; i++) { /* a response alone would be long enough */
        bars_add(&bars, PHASE_SEND, i * 2, i * 2 + 0.25);
        bars_add(&bars, PHASE_RESPONSE, i * 2 + 0.25, i * 2 + 2);
    }
    bars_end(&bars);
    cr_assert_eq(bars.count, 1);
    cr_expect_eq(bars.list[0].to_s, 200);
    cr_expect_float_eq(bars.list[0].share[PHASE_SEND], 0.125, 1e-9);
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
    cr_expect_eq(bars.list[1].share[PHASE_SEND], 1);
    bars_close(&bars);
}

Test(bars, time_without_a_phase_is_white_in_the_mixture) {
    struct bars bars = {.least_s = 100};
    bars_row(&bars, 0, 1);
    for (int i = 0; i < 1000; i++) {
        bars_add(&bars, PHASE_SEND, i * 4 + 2, i * 4 + 4);
    }
    bars_end(&bars);
    cr_assert_eq(bars.count, 1);
    cr_expect_float_eq(bars.list[0].share[PHASE_SEND], 0.5, 1e-9);
    cr_expect_float_eq(bars.list[0].share[PHASE_NONE], 0.5, 1e-9);
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

Test(bars, shares_add_up_to_one) {
    struct bars bars = {.least_s = 10};
    uint64_t state = 7;
    double at_s = 0;
    bars_row(&bars, 0, 1);
    for (int i = 0; i < 10000; i++) {
        double next_s = at_s + (double)(random_next(&state) % 400) / 10;
        bars_add(&bars, (enum phase)(random_next(&state) % COURSE_PHASES), at_s,
                 next_s);
        at_s = next_s;
    }
    bars_end(&bars);
    for (size_t i = 0; i < bars.count; i++) {
        double sum = 0;
        for (int phase = 0; phase < COURSE_PHASES; phase++) {
            sum += bars.list[i].share[phase];
        }
        cr_assert_float_eq(sum, 1, 0.2, "%g", sum); /* each is rounded to a sixteenth */
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
