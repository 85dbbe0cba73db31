/* bench/pictures/spread.c: how long requests took. */
#include "bench/pictures/performance.h"
#include "bench/pictures/spread.h"
#include "tests/support/exhibit.h"

#include <criterion/criterion.h>

static struct exhibit exhibit;

Test(spread, the_requests_of_an_event_loop_wait_for_each_other) {
    struct performance performance;
    struct spread spread;
    struct error error;
    int64_t counts[23];
    exhibit_open(&exhibit, "urls");
    cr_assert(performance_open(&performance, &exhibit.subject, 3, &error));
    cr_assert(spread_open(&spread, &performance.course));
    /* 60, 65, ..., 115 s: all begin at once, and each waits 5 s more for the sender */
    cr_assert_eq(spread.count, 12);
    cr_expect_float_eq(spread_at(&spread, 0), 60, 1e-6);
    cr_expect_float_eq(spread_at(&spread, 0.5), 87.5, 1e-6);
    cr_expect_float_eq(spread_at(&spread, 0.99), 115 - 0.11 * 5, 1e-6);
    cr_expect_float_eq(spread_at(&spread, 1), 115, 1e-6);
    spread_count(&spread, 116, 23, counts); /* parts of a little over 5 s */
    int64_t all = 0;
    for (int i = 0; i < 23; i++) {
        cr_expect(counts[i] == 0 || i >= 11, "%d", i);
        all += counts[i];
    }
    cr_expect_eq(all, 12);
    spread_count(&spread, 50, 23, counts);
    cr_expect_eq(counts[22], 12); /* longer ones count in the last part */
    spread_close(&spread);
    performance_close(&performance);
    exhibit_close(&exhibit);
}
