/* bench/summary/tally.c: requests counted by kind. */
#include "bench/summary/tally.h"

#include <criterion/criterion.h>

Test(tally, kinds_stand_in_the_order_in_which_they_were_added) {
    struct tally tally = {.rows = NULL};
    cr_assert(tally_add(&tally, 404, 2));
    cr_assert(tally_add(&tally, 200, 1));
    cr_assert(tally_add(&tally, 404, 3));
    cr_assert_eq(tally.row_count, 2);
    cr_expect_eq(tally.rows[0].kind, 404);
    cr_expect_eq(tally.rows[0].count, 5);
    cr_expect_eq(tally.rows[1].kind, 200);
    cr_expect_eq(tally.rows[1].count, 1);
    tally_close(&tally);
    cr_expect_eq(tally.row_count, 0);
}

Test(tally, a_kind_with_no_request_has_a_row_too) {
    struct tally tally = {.rows = NULL};
    cr_assert(tally_add(&tally, 0, 0));
    cr_expect_eq(tally.row_count, 1);
    cr_expect_eq(tally_of(&tally, 0), 0);
    cr_expect_eq(tally_of(&tally, 1), 0);
    tally_close(&tally);
}

Test(tally, a_tally_is_added_to_another_row_by_row) {
    struct tally sum = {.rows = NULL};
    struct tally more = {.rows = NULL};
    cr_assert(tally_add(&sum, 1, 10));
    cr_assert(tally_add(&more, 2, 5));
    cr_assert(tally_add(&more, 1, 7));
    cr_assert(tally_add_all(&sum, &more));
    cr_expect_eq(tally_of(&sum, 1), 17);
    cr_expect_eq(tally_of(&sum, 2), 5);
    tally_close(&sum);
    tally_close(&more);
}
