/* mock_api/station.c: slots and a line, first come, first served. */
#include "mock_api/station.h"

#include <criterion/criterion.h>

enum { PLACE_COUNT = 12 };

static struct station_place places[PLACE_COUNT];

/* All places enter in order; the first `slots` of them get a slot. */
static void enter_all(struct station *station) {
    for (int i = 0; i < PLACE_COUNT; i++) {
        bool served = station_enter(station, &places[i]);
        cr_assert_eq(served, station->slots == 0 || i < station->slots, "place %d", i);
        cr_assert_eq(places[i].waiting, !served);
    }
}

Test(station, as_many_as_it_has_slots_get_one) {
    struct station station = {.slots = 3};
    enter_all(&station);
    cr_assert_eq(station.taken, 3);
}

Test(station, no_slots_mean_no_limit) {
    struct station station = {.slots = 0};
    enter_all(&station);
    cr_expect_eq(station.taken, PLACE_COUNT);
    cr_expect_null(station.line);
    for (int i = 0; i < PLACE_COUNT; i++) {
        cr_expect_null(station_leave(&station));
    }
    cr_expect_eq(station.taken, 0);
}

Test(station, the_line_is_served_in_the_order_of_entering) {
    struct station station = {.slots = 2};
    enter_all(&station);
    for (int i = 2; i < PLACE_COUNT; i++) {
        cr_assert_eq(station_leave(&station), &places[i]);
        cr_assert_not(places[i].waiting);
        cr_assert_eq(station.taken, 2, "the slot passes on, taken");
    }
    cr_expect_null(station_leave(&station));
    cr_expect_null(station_leave(&station));
    cr_expect_eq(station.taken, 0);
}

Test(station, a_free_slot_is_taken_by_the_next_place_that_enters) {
    struct station station = {.slots = 1};
    cr_assert(station_enter(&station, &places[0]));
    cr_assert_null(station_leave(&station));
    cr_assert(station_enter(&station, &places[1]));
    cr_assert_not(station_enter(&station, &places[2]));
}

Test(station, a_place_that_gives_up_is_passed_over) {
    struct station station = {.slots = 1};
    enter_all(&station);
    station_give_up(&station, &places[1]);  /* the first in line */
    station_give_up(&station, &places[5]);  /* in the middle */
    station_give_up(&station, &places[11]); /* the last */
    static const int order[] = {2, 3, 4, 6, 7, 8, 9, 10};
    for (int i = 0; i < 8; i++) {
        cr_assert_eq(station_leave(&station), &places[order[i]]);
    }
    cr_assert_null(station_leave(&station));
    cr_assert_eq(station.taken, 0);
}

Test(station, giving_up_without_waiting_changes_nothing) {
    struct station station = {.slots = 1};
    cr_assert(station_enter(&station, &places[0]));
    cr_assert_not(station_enter(&station, &places[1]));
    station_give_up(&station, &places[0]);
    station_give_up(&station, &places[2]);
    cr_expect_eq(station.taken, 1);
    station_give_up(&station, &places[1]);
    station_give_up(&station, &places[1]);
    cr_expect_null(station.line);
    cr_expect_eq(station.taken, 1);
}

Test(station, a_place_that_gave_up_may_enter_again_at_the_end) {
    struct station station = {.slots = 1};
    cr_assert(station_enter(&station, &places[0]));
    cr_assert_not(station_enter(&station, &places[1]));
    cr_assert_not(station_enter(&station, &places[2]));
    station_give_up(&station, &places[1]);
    cr_assert_not(station_enter(&station, &places[1]));
    cr_expect_eq(station_leave(&station), &places[2]);
    cr_expect_eq(station_leave(&station), &places[1]);
}
