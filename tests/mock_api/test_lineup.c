/* mock_api/lineup.c: a request waits until every lower number has begun. */
#include "mock_api/lineup.h"

#include <criterion/criterion.h>
#include <stdlib.h>

enum { GUESTS = 500 };

static struct lineup_place places[GUESTS];

/* The request `number` comes. All requests that may go on because of it have to have
 * the numbers from `expected` on. Returns the next number that is expected. */
static int come(struct lineup *lineup, int number, int expected) {
    struct lineup_place *place;
    if (!lineup_enter(lineup, &places[number], number, 0)) {
        return expected;
    }
    cr_expect_eq(number, expected);
    expected++;
    while ((place = lineup_next(lineup))) {
        cr_expect_eq(place->conversation, expected);
        cr_expect_not(place->waiting);
        expected++;
    }
    return expected;
}

Test(lineup, no_request_waits_if_the_line_up_is_not_kept) {
    struct lineup lineup = {.is_kept = false};
    cr_expect(lineup_enter(&lineup, &places[5], 5, 0));
    cr_expect(lineup_enter(&lineup, &places[0], 0, 0));
    cr_expect_null(lineup_next(&lineup));
}

Test(lineup, requests_in_order_do_not_wait) {
    struct lineup lineup = {.is_kept = true};
    for (int i = 0; i < GUESTS; i++) {
        cr_expect(lineup_enter(&lineup, &places[i], i, 0));
        cr_expect_null(lineup_next(&lineup));
    }
}

Test(lineup, in_any_order_they_begin_by_number) {
    int order[GUESTS];
    srand(7);
    for (int run = 0; run < 50; run++) {
        struct lineup lineup = {.is_kept = true};
        for (int i = 0; i < GUESTS; i++) {
            int other = rand() % (i + 1);
            order[i] = order[other];
            order[other] = i;
        }
        int expected = 0;
        for (int i = 0; i < GUESTS; i++) {
            expected = come(&lineup, order[i], expected);
        }
        cr_expect_eq(expected, GUESTS);
        cr_expect_null(lineup.early);
    }
}

Test(lineup, in_reverse_order_all_wait_for_the_first) {
    struct lineup lineup = {.is_kept = true};
    int expected = 0;
    for (int i = GUESTS - 1; i > 0; i--) {
        expected = come(&lineup, i, expected);
        cr_expect_eq(expected, 0);
    }
    cr_expect_eq(come(&lineup, 0, expected), GUESTS);
}

Test(lineup, later_rounds_and_nameless_requests_go_on) {
    struct lineup lineup = {.is_kept = true};
    cr_expect(lineup_enter(&lineup, &places[9], 9, 1));
    cr_expect(lineup_enter(&lineup, &places[9], -1, 0));
    cr_expect(lineup_enter(&lineup, &places[0], 0, 0));
    cr_expect(lineup_enter(&lineup, &places[0], 0, 0), "a second time");
    cr_expect_null(lineup_next(&lineup));
}

Test(lineup, all_that_wait_go_on_by_number_once_it_is_given_up) {
    struct lineup lineup = {.is_kept = true};
    cr_expect_not(lineup_enter(&lineup, &places[3], 3, 0));
    cr_expect_not(lineup_enter(&lineup, &places[1], 1, 0));
    cr_expect_not(lineup_enter(&lineup, &places[7], 7, 0));
    lineup_give_up(&lineup);
    cr_expect_eq(lineup_next(&lineup), &places[1]);
    cr_expect_eq(lineup_next(&lineup), &places[3]);
    cr_expect_eq(lineup_next(&lineup), &places[7]);
    cr_expect_null(lineup_next(&lineup));
    cr_expect(lineup_enter(&lineup, &places[5], 5, 0));
}

Test(lineup, a_place_that_leaves_is_forgotten) {
    struct lineup lineup = {.is_kept = true};
    cr_expect_not(lineup_enter(&lineup, &places[1], 1, 0));
    cr_expect_not(lineup_enter(&lineup, &places[2], 2, 0));
    lineup_leave(&lineup, &places[1]);
    lineup_leave(&lineup, &places[1]);
    cr_expect(lineup_enter(&lineup, &places[0], 0, 0));
    cr_expect_null(lineup_next(&lineup));
    lineup_give_up(&lineup);
    cr_expect_eq(lineup_next(&lineup), &places[2]);
}
