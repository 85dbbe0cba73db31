/* The event loop: open, turn after turn, and the libuv loop below. */
#include "async/loop/event_loop.h"
#include "async/loop/check.h"

#include "base/clock.h"
#include "async/loop/overflow.h"
#include "async/loop/task.h"

#include <stdlib.h>
#include <unistd.h>

enum {
    STACK_BYTES = 128 * 1024, /* musl's default for a thread */
    LEAST_STACK_BYTES = 16 * 1024,
    /* Descriptors are looked at after so many short turns or calls: a look costs more
     * than a switch between tasks. Timers are looked at in every turn. */
    TURNS_PER_POLL = 32,
    CALLS_PER_POLL = 64,
};

static void on_timer(uv_poll_t *timer, int status, int events) {
    (void)status, (void)events;
    struct async_loop *loop = timer->data;
    deadlines_acknowledge(&loop->deadlines);
}

static void on_wake_up(uv_async_t *waker) {
    (void)waker; /* it is enough not to sleep any more */
}

/* What a timer or another prepare handle of libuv has made ready does not wait for the
 * next descriptor. This one was started first, so it is called last. */
static void on_prepare(uv_prepare_t *prepare) {
    struct async_loop *loop = prepare->data;
    if (!async_circle_is_empty(&loop->ready) || loop->is_stopping) {
        uv_stop(&loop->uv);
    }
}

static bool open_uv(struct async_loop *loop, struct async_error *error) {
    int status = uv_loop_init(&loop->uv);
    if (status != 0) {
        return async_fail_system(error, -status, "cannot open a libuv loop");
    }
    status = uv_async_init(&loop->uv, &loop->waker, on_wake_up);
    if (status == 0) {
        status = uv_poll_init(&loop->uv, &loop->timer, loop->deadlines.fd);
        if (status != 0) {
            uv_close((uv_handle_t *)&loop->waker, NULL);
            uv_run(&loop->uv, UV_RUN_NOWAIT);
        }
    }
    if (status != 0) {
        uv_loop_close(&loop->uv);
        return async_fail_system(error, -status, "cannot open a libuv handle");
    }
    loop->timer.data = loop->prepare.data = loop;
    uv_prepare_init(&loop->uv, &loop->prepare);
    uv_prepare_start(&loop->prepare, on_prepare);
    uv_poll_start(&loop->timer, UV_READABLE, on_timer);
    return true;
}

struct async_loop *async_new_event_loop(struct async_error *error) {
    struct async_loop *loop = calloc(1, sizeof *loop);
    if (!loop) {
        async_fail_with(error, ASYNC_NO_MEMORY, "out of memory for an event loop");
        return NULL;
    }
    struct error cause;
    if (!deadlines_open(&loop->deadlines, &cause)) {
        async_fail_with(error, ASYNC_SYSTEM, "%.200s", cause.message);
    } else if (open_uv(loop, error)) {
        async_circle_open(&loop->ready);
        async_circle_open(&loop->batch);
        async_circle_open(&loop->tasks);
        async_stacks_open(&loop->stacks, STACK_BYTES);
        loop->references = 1;
        loop->process = getpid();
        async_watch_forks();
        loop->slow_callback_ns = 100 * NS_PER_MS;
        return loop;
    }
    deadlines_close(&loop->deadlines);
    free(loop);
    return NULL;
}

void async_loop_retain(struct async_loop *loop) {
    loop->references++;
}

void async_loop_release(struct async_loop *loop) {
    if (--loop->references == 0) {
        free(loop);
    }
}

/* -- A turn --------------------------------------------------------------------------
 */

void async_loop_enqueue(struct async_loop *loop, struct async_node *node) {
    async_circle_append(&loop->ready, node);
}

static bool is_idle(const struct async_loop *loop) {
    return async_circle_is_empty(&loop->ready) && !loop->is_stopping;
}

/* Waits for a descriptor, a deadline or another thread. */
static void wait(struct async_loop *loop) {
    if (loop->is_virtual) {
        uv_run(&loop->uv, UV_RUN_NOWAIT);
        async_loop_receive(loop);
        if (!is_idle(loop)) {
            return;
        }
        if (loop->deadlines.count > 0) {
            int64_t next_ns = loop->deadlines.heap[0]->at_ns;
            loop->virtual_ns = next_ns > loop->virtual_ns ? next_ns : loop->virtual_ns;
            return;
        }
    } else {
        deadlines_arm(&loop->deadlines);
    }
    uv_run(&loop->uv, UV_RUN_ONCE);
}

static void collect(struct async_loop *loop) {
    async_loop_receive(loop);
    if (is_idle(loop)) {
        loop->turns_unpolled = 0;
        wait(loop);
        async_loop_receive(loop);
    } else if (++loop->turns_unpolled >= TURNS_PER_POLL) {
        loop->turns_unpolled = 0;
        uv_run(&loop->uv, UV_RUN_NOWAIT);
        async_loop_receive(loop);
    }
    if (loop->deadlines.count > 0) {
        int64_t now_ns = async_time_ns(loop);
        struct deadline *due;
        while ((due = deadlines_pop_due(&loop->deadlines, now_ns))) {
            async_loop_enqueue(loop,
                               &ASYNC_OF(due, struct async_handle, deadline)->node);
        }
    }
}

/* A step or callback in debug mode: who took too long? */
static void call_watched(struct async_loop *loop, struct async_node *node) {
    struct async_task *task = async_task_of_step(node);
    struct async_awaitable *awaitable = task ? async_retain(&task->awaitable) : NULL;
    int64_t begin_ns = clock_now_ns();
    node->run(node);
    int64_t duration_ns = clock_now_ns() - begin_ns;
    if (duration_ns >= loop->slow_callback_ns) {
        char what[200] = "a callback";
        char message[248];
        if (awaitable) {
            async_describe(awaitable, what, sizeof what);
        }
        snprintf(message, sizeof message, "Executing %s took %.3f seconds", what,
                 (double)duration_ns / 1e9);
        async_call_exception_handler(
            loop, &(struct async_report){.kind = ASYNC_REPORT_SLOW,
                                         .message = message,
                                         .awaitable = awaitable,
                                         .duration_ns = duration_ns});
    }
    async_release(awaitable);
}

void async_loop_turn(struct async_loop *loop) {
    collect(loop);
    async_circle_move(&loop->batch, &loop->ready);
    loop->calls = 0;
    struct async_node *node;
    while ((node = async_circle_pop(&loop->batch))) {
        if (loop->is_debug) {
            call_watched(loop, node);
        } else {
            node->run(node);
        }
        loop->calls++;
    }
    if (loop->calls >= CALLS_PER_POLL) {
        loop->turns_unpolled = TURNS_PER_POLL;
    }
}

/* -- Running -------------------------------------------------------------------------
 */

void async_loop_run(struct async_loop *loop) {
    struct async_overflow_watch watch;
    async_overflow_watch_begin(&watch);
    loop->thread = pthread_self();
    loop->is_running = true;
    loop->fiber = (struct async_fiber){.stack = NULL};
    async_set_running_loop(loop);
    do {
        async_loop_turn(loop);
    } while (!loop->is_stopping);
    async_set_running_loop(NULL);
    loop->is_stopping = false;
    loop->is_running = false;
    async_overflow_watch_end(&watch);
}

bool async_run_forever(struct async_loop *loop, struct async_error *error) {
    if (!async_loop_check_startable(loop, error)) {
        return false;
    }
    async_loop_run(loop);
    return true;
}

void async_loop_stop(struct async_loop *loop) {
    loop->is_stopping = true;
}

bool async_loop_is_running(const struct async_loop *loop) {
    return loop->is_running;
}

bool async_loop_is_closed(const struct async_loop *loop) {
    return loop->is_closed;
}

struct uv_loop_s *async_loop_uv(struct async_loop *loop) {
    return &loop->uv;
}

/* -- Settings ------------------------------------------------------------------------
 */

int64_t async_time_ns(const struct async_loop *loop) {
    return loop->is_virtual ? loop->virtual_ns : clock_now_ns();
}

void async_use_virtual_time(struct async_loop *loop) {
    loop->virtual_ns = async_time_ns(loop);
    loop->is_virtual = true;
}

void async_set_debug(struct async_loop *loop, bool is_on) {
    loop->is_debug = is_on;
}

bool async_get_debug(const struct async_loop *loop) {
    return loop->is_debug;
}

void async_set_slow_callback_ns(struct async_loop *loop, int64_t duration_ns) {
    loop->slow_callback_ns = duration_ns;
}

bool async_set_stack_bytes(struct async_loop *loop, size_t stack_bytes,
                           struct async_error *error) {
    if (stack_bytes < LEAST_STACK_BYTES) {
        return async_fail_with(error, ASYNC_INVALID_ARGUMENT,
                               "a stack of %zu bytes is too small; the least is %d",
                               stack_bytes, LEAST_STACK_BYTES);
    }
    if (loop->stacks.count > 0) {
        return async_fail_with(error, ASYNC_RUNTIME,
                               "a task has run already; set the size of stacks before");
    }
    async_stacks_open(&loop->stacks, stack_bytes);
    return true;
}
