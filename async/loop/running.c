/* Which loop runs in this thread. Each thread has its own. No other state of the
 * library is outside a loop, but for the loop that is set for a thread, in life.c. */
#include "async/loop/event_loop.h"

static _Thread_local struct async_loop *running_loop;

struct async_loop *async_get_running_loop(void) {
    return running_loop;
}

struct async_loop *async_set_running_loop(struct async_loop *loop) {
    struct async_loop *before = running_loop;
    running_loop = loop;
    return before;
}
