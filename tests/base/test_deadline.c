/* base/deadline.c: the heap against an oracle, and a timer that is never early. */
#include "base/deadline.h"
#include "base/clock.h"

#include <criterion/criterion.h>
#include <poll.h>
#include <stdlib.h>

enum { DEADLINE_COUNT = 1000 };

static struct deadlines open_deadlines(void) {
    struct error error = {.kind = ERROR_NONE};
    struct deadlines deadlines;
    cr_assert(deadlines_open(&deadlines, &error), "%s", error.message);
    return deadlines;
}

static bool is_readable(const struct deadlines *deadlines, int timeout_ms) {
    struct pollfd poll_fd = {.fd = deadlines->fd, .events = POLLIN};
    return poll(&poll_fd, 1, timeout_ms) == 1;
}

/* The oracle: a plain search for the earliest of all waiting deadlines. Of equal ones
 * it takes the one that was added first. */
static struct deadline *least_waiting(struct deadline all[], int count) {
    struct deadline *least = NULL;
    for (int i = 0; i < count; i++) {
        struct deadline *one = &all[i];
        if (one->position == 0) {
            continue;
        }
        if (!least || one->at_ns < least->at_ns ||
            (one->at_ns == least->at_ns && one->order < least->order)) {
            least = one;
        }
    }
    return least;
}

Test(deadline, the_earliest_is_popped_first) {
    struct deadlines deadlines = open_deadlines();
    struct deadline a = {0};
    struct deadline b = {0};
    struct deadline c = {0};
    deadlines_add(&deadlines, &a, 30);
    deadlines_add(&deadlines, &b, 10);
    deadlines_add(&deadlines, &c, 20);
    cr_expect_eq(deadlines_pop_due(&deadlines, 100), &b);
    cr_expect_eq(deadlines_pop_due(&deadlines, 100), &c);
    cr_expect_eq(deadlines_pop_due(&deadlines, 100), &a);
    cr_expect_null(deadlines_pop_due(&deadlines, 100));
    deadlines_close(&deadlines);
}

Test(deadline, none_is_due_before_its_moment) {
    struct deadlines deadlines = open_deadlines();
    struct deadline one = {0};
    deadlines_add(&deadlines, &one, 1000);
    cr_expect_null(deadlines_pop_due(&deadlines, 999));
    cr_expect_eq(deadlines_pop_due(&deadlines, 1000), &one);
    deadlines_close(&deadlines);
}

Test(deadline, ties_are_due_in_the_order_of_adding) {
    struct deadlines deadlines = open_deadlines();
    static struct deadline all[DEADLINE_COUNT];
    for (int i = 0; i < DEADLINE_COUNT; i++) {
        cr_assert(deadlines_add(&deadlines, &all[i], 5));
    }
    for (int i = 0; i < DEADLINE_COUNT; i++) {
        cr_assert_eq(deadlines_pop_due(&deadlines, 5), &all[i]);
    }
    deadlines_close(&deadlines);
}

Test(deadline, ties_keep_their_order_when_others_are_removed) {
    struct deadlines deadlines = open_deadlines();
    static struct deadline all[DEADLINE_COUNT];
    for (int i = 0; i < DEADLINE_COUNT; i++) {
        cr_assert(deadlines_add(&deadlines, &all[i], 5));
    }
    for (int i = 0; i < DEADLINE_COUNT; i += 3) {
        deadlines_remove(&deadlines, &all[i]);
    }
    for (int i = 0; i < DEADLINE_COUNT; i++) {
        if (i % 3 != 0) {
            cr_assert_eq(deadlines_pop_due(&deadlines, 5), &all[i]);
        }
    }
    cr_assert_eq(deadlines.count, 0);
    deadlines_close(&deadlines);
}

Test(deadline, the_heap_agrees_with_a_search_over_random_steps) {
    struct deadlines deadlines = open_deadlines();
    static struct deadline all[DEADLINE_COUNT];
    srandom(3);
    int popped = 0;
    for (int step = 0; step < 30000; step++) {
        struct deadline *one = &all[random() % DEADLINE_COUNT];
        if (random() % 4 > 0) {
            if (one->position == 0) {
                /* Few distinct moments: many ties. */
                cr_assert(deadlines_add(&deadlines, one, random() % 300));
            } else if (random() % 2) {
                deadlines_remove(&deadlines, one);
                cr_assert_eq(one->position, 0);
            }
            continue;
        }
        int64_t now_ns = random() % 150;
        struct deadline *expected = least_waiting(all, DEADLINE_COUNT);
        if (expected && expected->at_ns > now_ns) {
            expected = NULL;
        }
        cr_assert_eq(deadlines_pop_due(&deadlines, now_ns), expected, "step %d", step);
        popped += expected != NULL;
    }
    cr_assert_gt(popped, 1000, "too few to prove anything");
    for (struct deadline *last; (last = least_waiting(all, DEADLINE_COUNT));) {
        cr_assert_eq(deadlines_pop_due(&deadlines, 300), last);
    }
    cr_assert_eq(deadlines.count, 0);
    deadlines_close(&deadlines);
}

Test(deadline, a_popped_one_can_be_added_again) {
    struct deadlines deadlines = open_deadlines();
    struct deadline one = {0};
    for (int i = 0; i < 10; i++) {
        deadlines_add(&deadlines, &one, i);
        cr_assert_eq(deadlines.count, 1);
        cr_assert_eq(deadlines_pop_due(&deadlines, i), &one);
        cr_assert_eq(one.position, 0);
    }
    deadlines_close(&deadlines);
}

Test(deadline, removing_one_that_does_not_wait_changes_nothing) {
    struct deadlines deadlines = open_deadlines();
    struct deadline waiting = {0};
    struct deadline other = {0};
    deadlines_add(&deadlines, &waiting, 7);
    deadlines_remove(&deadlines, &other);
    cr_expect_eq(deadlines.count, 1);
    deadlines_remove(&deadlines, &waiting);
    deadlines_remove(&deadlines, &waiting);
    cr_expect_eq(deadlines.count, 0);
    cr_expect_null(deadlines_pop_due(&deadlines, 7));
    deadlines_close(&deadlines);
}

Test(deadline, the_timer_is_readable_when_the_moment_has_come_and_not_before) {
    struct deadlines deadlines = open_deadlines();
    for (int i = 0; i < 20; i++) {
        struct deadline one = {0};
        int64_t at_ns = clock_now_ns() + 3 * NS_PER_MS + i * 77 * NS_PER_US;
        deadlines_add(&deadlines, &one, at_ns);
        deadlines_arm(&deadlines);
        bool early = is_readable(&deadlines, 0);
        cr_assert(!early || clock_now_ns() >= at_ns);
        cr_assert(is_readable(&deadlines, 5000));
        int64_t now_ns = clock_now_ns();
        cr_assert_geq(now_ns, at_ns);
        cr_assert_eq(deadlines_pop_due(&deadlines, now_ns), &one);
        deadlines_acknowledge(&deadlines);
    }
    deadlines_close(&deadlines);
}

Test(deadline, an_earlier_one_arms_the_timer_anew) {
    struct deadlines deadlines = open_deadlines();
    struct deadline late = {0};
    struct deadline soon = {0};
    int64_t begin_ns = clock_now_ns();
    deadlines_add(&deadlines, &late, begin_ns + 3600 * NS_PER_S);
    deadlines_arm(&deadlines);
    deadlines_add(&deadlines, &soon, begin_ns + NS_PER_MS);
    deadlines_arm(&deadlines);
    cr_assert(is_readable(&deadlines, 5000));
    cr_assert_geq(clock_now_ns(), begin_ns + NS_PER_MS);
    deadlines_close(&deadlines);
}

Test(deadline, a_past_moment_is_readable_at_once) {
    static const int64_t moments_ns[] = {INT64_MIN, -5, 0, 1};
    for (int i = 0; i < 4; i++) {
        struct deadlines deadlines = open_deadlines();
        struct deadline one = {0};
        deadlines_add(&deadlines, &one, moments_ns[i]);
        deadlines_arm(&deadlines);
        cr_expect(is_readable(&deadlines, 5000), "%d", i);
        deadlines_close(&deadlines);
    }
}

Test(deadline, the_farthest_moment_can_be_armed) {
    struct deadlines deadlines = open_deadlines();
    struct deadline one = {0};
    deadlines_add(&deadlines, &one, INT64_MAX);
    deadlines_arm(&deadlines);
    cr_expect_eq(deadlines.armed_ns, INT64_MAX);
    cr_expect_not(is_readable(&deadlines, 0));
    deadlines_close(&deadlines);
}

Test(deadline, without_deadlines_the_timer_sleeps) {
    struct deadlines deadlines = open_deadlines();
    deadlines_arm(&deadlines);
    cr_expect_not(is_readable(&deadlines, 0));
    deadlines_close(&deadlines);
}

Test(deadline, acknowledging_makes_it_wait_for_the_next) {
    struct deadlines deadlines = open_deadlines();
    struct deadline one = {0};
    deadlines_add(&deadlines, &one, 1);
    deadlines_arm(&deadlines);
    cr_assert(is_readable(&deadlines, 5000));
    deadlines_acknowledge(&deadlines);
    cr_expect_not(is_readable(&deadlines, 0));
    /* The timer has to be set again, though the moment is the same. */
    deadlines_arm(&deadlines);
    cr_expect(is_readable(&deadlines, 5000));
    deadlines_close(&deadlines);
}

Test(deadline, a_closed_one_may_be_closed_again) {
    struct deadlines deadlines = open_deadlines();
    deadlines_close(&deadlines);
    cr_expect_eq(deadlines.fd, -1);
    deadlines_close(&deadlines);
    struct deadlines zeroed = {0};
    deadlines_close(&zeroed);
    cr_expect_eq(zeroed.fd, -1);
}
