/* bench/predict/agenda.c: events come in the order of their times, and at the same time
 * in the order of scheduling. */
#include "bench/predict/agenda.h"
#include "tests/support/random.h"

#include <criterion/criterion.h>
#include <stdlib.h>

/* The oracle: the events that the agenda should hold, unsorted. */
struct oracle {
    struct agenda_event events[2000];
    size_t count;
};

/* The index of the earliest event; of several, the one that was scheduled first. */
static size_t find_first(const struct oracle *oracle) {
    size_t first = 0;
    for (size_t i = 1; i < oracle->count; i++) {
        const struct agenda_event *a = &oracle->events[i];
        const struct agenda_event *b = &oracle->events[first];
        if (a->at_ns < b->at_ns || (a->at_ns == b->at_ns && a->subject < b->subject)) {
            first = i;
        }
    }
    return first;
}

static void schedule_both(struct agenda *agenda, struct oracle *oracle, int64_t at_ns,
                          int lane) {
    static int32_t number; /* grows with every event: the order of scheduling */
    struct agenda_event event = {.at_ns = at_ns, .subject = number++, .lane = lane};
    oracle->events[oracle->count++] = event;
    cr_assert(agenda_schedule(agenda, event));
}

static void take_both(struct agenda *agenda, struct oracle *oracle, uint64_t seed) {
    struct agenda_event event;
    size_t first = find_first(oracle);
    cr_assert(agenda_next(agenda, &event));
    cr_assert_eq(event.subject, oracle->events[first].subject, "seed %lu",
                 (unsigned long)seed);
    cr_assert_eq(event.at_ns, oracle->events[first].at_ns);
    cr_assert_eq(event.lane, oracle->events[first].lane);
    oracle->events[first] = oracle->events[--oracle->count];
}

Test(agenda, an_empty_one_has_nothing_next) {
    struct agenda agenda = {.heap = NULL};
    struct agenda_event event;
    cr_assert_not(agenda_next(&agenda, &event));
}

Test(agenda, gives_back_each_field_of_an_event) {
    struct agenda agenda = {.heap = NULL};
    struct agenda_event event = {
        .at_ns = INT64_MAX, .subject = 7, .generation = UINT32_MAX, .lane = 3};
    struct agenda_event next;
    cr_assert(agenda_schedule(&agenda, event));
    cr_assert(agenda_next(&agenda, &next));
    cr_assert_eq(next.at_ns, INT64_MAX);
    cr_assert_eq(next.subject, 7);
    cr_assert_eq(next.generation, UINT32_MAX);
    cr_assert_eq(next.lane, 3);
    cr_assert_not(agenda_next(&agenda, &next));
    agenda_close(&agenda);
}

Test(agenda, orders_by_time_and_ties_by_scheduling) {
    for (uint64_t seed = 1; seed <= 60; seed++) {
        uint64_t state = seed;
        int64_t latest = random_between(&state, 0, 300); /* 0: all times are equal */
        struct agenda agenda = {.heap = NULL};
        struct oracle *oracle = calloc(1, sizeof *oracle);
        cr_assert(oracle != NULL);
        for (int i = 0; i < 400; i++) {
            schedule_both(&agenda, oracle, random_between(&state, 0, latest),
                          (int)random_between(&state, 0, AGENDA_LANES - 1));
        }
        while (oracle->count > 0) {
            take_both(&agenda, oracle, seed);
        }
        struct agenda_event event;
        cr_assert_not(agenda_next(&agenda, &event));
        agenda_close(&agenda);
        free(oracle);
    }
}

Test(agenda, agrees_with_a_sorted_oracle_while_events_come_and_go) {
    for (uint64_t seed = 1; seed <= 40; seed++) {
        uint64_t state = seed;
        struct agenda agenda = {.heap = NULL};
        struct oracle *oracle = calloc(1, sizeof *oracle);
        cr_assert(oracle != NULL);
        for (int i = 0; i < 3000; i++) {
            bool full = oracle->count == 300;
            if (oracle->count == 0 || (!full && random_between(&state, 0, 99) < 55)) {
                schedule_both(&agenda, oracle, random_between(&state, 0, i / 4),
                              (int)random_between(&state, 0, AGENDA_LANES - 1));
            } else {
                take_both(&agenda, oracle, seed);
            }
        }
        agenda_close(&agenda);
        free(oracle);
    }
}

Test(agenda, sorts_a_hundred_thousand_falling_times) {
    enum { COUNT = 100000 };
    struct agenda agenda = {.heap = NULL};
    struct agenda_event event;
    for (int32_t i = 0; i < COUNT; i++) {
        cr_assert(agenda_schedule(
            &agenda, (struct agenda_event){.at_ns = COUNT - i, .subject = i}));
    }
    for (int32_t i = COUNT - 1; i >= 0; i--) {
        cr_assert(agenda_next(&agenda, &event));
        cr_assert_eq(event.subject, i);
    }
    agenda_close(&agenda);
}

Test(agenda, keeps_rising_times_of_a_lane_out_of_the_heap) {
    struct agenda agenda = {.heap = NULL};
    for (int32_t i = 0; i < 1000; i++) {
        cr_assert(agenda_schedule(
            &agenda, (struct agenda_event){.at_ns = i / 3, .lane = i % AGENDA_LANES}));
    }
    cr_assert_eq(agenda.heap_count, 0);
    agenda_close(&agenda);
}

Test(agenda, is_empty_and_usable_after_close) {
    struct agenda agenda = {.heap = NULL};
    struct agenda_event event = {.at_ns = 5, .subject = 1};
    cr_assert(agenda_schedule(&agenda, event));
    agenda_close(&agenda);
    cr_assert_not(agenda_next(&agenda, &event));
    cr_assert(agenda_schedule(&agenda, (struct agenda_event){.at_ns = 9}));
    cr_assert(agenda_next(&agenda, &event));
    cr_assert_eq(event.at_ns, 9);
    agenda_close(&agenda);
}
