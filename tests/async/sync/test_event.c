/* async/sync/event.c: the cases that the pairs (pairs/events.c) do not cover. */
#include "async/event.h"

#include "tests/async/support.h"

enum { CROWD = 5000 };

struct crowd {
    struct async_event event;
    int woken;
};

ACTOR(wait_there) {
    struct crowd *crowd = self->thing;
    bool ok = async_event_wait(&crowd->event, error);
    crowd->woken += ok;
    return ok;
}

ASYNC_TEST(async_event, one_set_wakes_all_that_wait) {
    struct crowd crowd = {.woken = 0};
    async_event_init(&crowd.event);
    for (int i = 0; i < CROWD; i++) {
        async_release(async_create_task(AS(wait_there, "w", &crowd)));
    }
    bool ok = turns(2, error);
    cr_expect_eq(crowd.woken, 0);
    async_event_set(&crowd.event);
    async_event_set(&crowd.event);
    ok = ok && turns(2, error);
    cr_expect_eq(crowd.woken, CROWD);
    return ok;
}

Test(async_event, waiting_for_a_set_event_needs_no_task) {
    struct async_event event = {.is_set = false};
    struct async_error error = {.kind = ASYNC_OK};
    FAILS_WITH(ASYNC_RUNTIME, async_event_wait(&event, &error));
    async_event_set(&event);
    SUCCEEDS(async_event_wait(&event, &error));
    async_event_clear(&event);
    cr_expect_not(async_event_is_set(&event));
}
