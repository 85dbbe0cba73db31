/* async/sync/event.c: what the pairs with Python (pairs/events.c) do not show.
 */
#include "async/event.h"

#include "tests/async/actor.h"

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

ASYNC_TEST(async_event, a_crowd_is_woken_at_once) {
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

Test(async_event, one_that_is_set_needs_no_task) {
    struct async_event event = {.is_set = false};
    struct async_error error = {.kind = ASYNC_OK};
    cr_expect_not(async_event_wait(&event, &error));
    cr_expect_eq(error.kind, ASYNC_RUNTIME);
    async_event_set(&event);
    cr_expect(async_event_wait(&event, &error));
    async_event_clear(&event);
    cr_expect_not(async_event_is_set(&event));
}
