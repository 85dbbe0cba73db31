/* The loop that runs in this thread. The library has no other state outside a loop,
 * except for the default loops of threads, in default.c. */
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
