/* bench/live/population.c: counts over time, from their changes. */
#include "bench/live/population.h"

#include <criterion/criterion.h>

static int64_t count_at(const struct population *population, int64_t at_ns,
                        enum phase phase) {
    int64_t counts[LANE_PHASES];
    population_at(population, at_ns, counts);
    return counts[phase];
}

Test(population, a_conversation_is_in_a_phase_until_it_leaves) {
    struct population population;
    population_init(&population, 10);
    population_move(&population, 25, PHASE_NONE, PHASE_SEND);
    population_move(&population, 55, PHASE_SEND, PHASE_RESPONSE);
    cr_expect_eq(count_at(&population, 19, PHASE_SEND), 0);
    cr_expect_eq(count_at(&population, 20, PHASE_SEND), 1); /* at the end of the bin */
    cr_expect_eq(count_at(&population, 49, PHASE_SEND), 1);
    cr_expect_eq(count_at(&population, 50, PHASE_SEND), 0);
    cr_expect_eq(count_at(&population, 50, PHASE_RESPONSE), 1);
    cr_expect_eq(count_at(&population, 50, PHASE_NONE), -1); /* counted from zero */
}

Test(population, a_time_beyond_the_last_bin_widens_all_and_loses_no_count) {
    struct population population;
    population_init(&population, 1);
    for (int i = 0; i < 5000; i++) {
        population_move(&population, i, PHASE_NONE, LANE_DONE);
    }
    cr_expect_eq(population.bin_ns, 16); /* 512 x 16 > 5,000 */
    cr_expect_eq(count_at(&population, 5000, LANE_DONE), 5000);
    cr_expect_eq(count_at(&population, 1599, LANE_DONE), 1600);
}

Test(population, any_time_has_a_place) {
    struct population population;
    population_init(&population, 0);
    population_move(&population, -5, PHASE_NONE, PHASE_SEND);
    population_move(&population, INT64_MAX / 2, PHASE_SEND, LANE_DONE);
    cr_expect_eq(count_at(&population, INT64_MAX, LANE_DONE), 1);
    cr_expect_eq(count_at(&population, INT64_MAX, PHASE_SEND), 0);
}
