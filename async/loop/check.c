/* The checks of a loop, with asyncio's messages. */
#include "async/loop/check.h"
#include "async/loop/event_loop.h"

#include <unistd.h>

enum async_refusal async_loop_refusal(const struct async_loop *loop) {
    if (!loop) {
        return ASYNC_NO_LOOP;
    }
    if (loop->is_closed) {
        return ASYNC_LOOP_IS_CLOSED;
    }
    return loop->is_debug && loop->is_running &&
                   !pthread_equal(loop->thread, pthread_self())
               ? ASYNC_OTHER_THREAD
               : ASYNC_NOT_REFUSED;
}

bool async_loop_check_open(const struct async_loop *loop, struct async_error *error) {
    enum async_refusal refusal = async_loop_refusal(loop);
    return refusal == ASYNC_OTHER_THREAD || async_refusal_check(refusal, error);
}

bool async_loop_check_thread(const struct async_loop *loop, struct async_error *error) {
    enum async_refusal refusal = async_loop_refusal(loop);
    return refusal != ASYNC_OTHER_THREAD || async_refusal_check(refusal, error);
}

bool async_loop_check(const struct async_loop *loop, struct async_error *error) {
    return async_refusal_check(async_loop_refusal(loop), error);
}

/* The child of a fork shares epoll and timerfd with its parent. If the child ran the
 * loop, it would take the parent's events; if it closed the loop, the parent's timers
 * would stop. */
bool async_loop_check_process(const struct async_loop *loop,
                              struct async_error *error) {
    return loop->process == getpid() ||
           async_fail_with(error, ASYNC_RUNTIME,
                           "this event loop belongs to process %ld; make a new one "
                           "after fork()",
                           (long)loop->process);
}

bool async_loop_check_startable(const struct async_loop *loop,
                                struct async_error *error) {
    if (!loop) {
        return async_fail_with(error, ASYNC_RUNTIME,
                               "there is no event loop: it could not be made");
    }
    if (!async_loop_check_open(loop, error)) {
        return false;
    }
    if (loop->is_running) {
        return async_fail_with(error, ASYNC_RUNTIME,
                               "This event loop is already running");
    }
    if (async_get_running_loop()) {
        return async_fail_with(
            error, ASYNC_RUNTIME,
            "Cannot run the event loop while another loop is running");
    }
    return async_loop_check_process(loop, error);
}

struct async_loop *async_need_running_loop(struct async_error *error) {
    struct async_loop *loop = async_get_running_loop();
    if (!loop) {
        async_loop_check_open(NULL, error);
    }
    return loop;
}
