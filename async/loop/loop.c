/* The event loop: its turns, and the libuv loop below it. */
#include "async/loop/event_loop.h"
#include "async/loop/check.h"

#include "base/clock.h"
#include "async/loop/overflow.h"

#include <stdlib.h>

enum {
    LEAST_STACK_BYTES = 16 * 1024,
    /* If a node is always ready, descriptors are looked at after so many short turns,
     * or so many calls in one turn: a look costs more than a switch between tasks.
     * Timers are looked at in every turn. */
    TURNS_PER_POLL = 32,
    CALLS_PER_POLL = 64,
};

void async_loop_retain(struct async_loop *loop) {
    loop->references++;
}

void async_loop_release(struct async_loop *loop) {
    if (--loop->references == 0) {
        free(loop);
    }
}

/* -- From other threads: a stack that the loop takes as a whole -------------------- */

void async_loop_send(struct async_handle *handle) {
    struct async_loop *loop = handle->loop;
    struct async_handle *newest =
        atomic_load_explicit(&loop->remote, memory_order_relaxed);
    do {
        handle->node.next = newest ? &newest->node : NULL;
    } while (!atomic_compare_exchange_weak_explicit(
        &loop->remote, &newest, handle, memory_order_release, memory_order_relaxed));
    uv_async_send(&loop->waker);
}

void async_loop_receive(struct async_loop *loop) {
    if (!atomic_load_explicit(&loop->remote, memory_order_relaxed)) {
        return;
    }
    struct async_handle *newest =
        atomic_exchange_explicit(&loop->remote, NULL, memory_order_acquire);
    struct async_node *oldest = NULL;
    for (struct async_node *node = newest ? &newest->node : NULL, *next; node;
         node = next) {
        next = node->next;
        node->next = oldest;
        oldest = node;
    }
    for (struct async_node *node = oldest, *next; node; node = next) {
        next = node->next;
        async_circle_append(&loop->ready, node);
    }
}

/* -- A turn ------------------------------------------------------------------------ */

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

void async_loop_turn(struct async_loop *loop) {
    collect(loop);
    async_circle_move(&loop->batch, &loop->ready);
    loop->calls = 0;
    struct async_node *node;
    while ((node = async_circle_pop(&loop->batch))) {
        if (loop->call_watched) {
            loop->call_watched(loop, node);
        } else {
            node->run(node);
        }
        loop->calls++;
    }
    if (loop->calls >= CALLS_PER_POLL) {
        loop->turns_unpolled = TURNS_PER_POLL;
    }
}

/* -- Running ----------------------------------------------------------------------- */

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

/* -- Settings ---------------------------------------------------------------------- */

int64_t async_time_ns(const struct async_loop *loop) {
    return loop->is_virtual ? loop->virtual_ns : clock_now_ns();
}

void async_use_virtual_time(struct async_loop *loop) {
    loop->virtual_ns = async_time_ns(loop);
    loop->is_virtual = true;
}

bool async_set_stack_bytes(struct async_loop *loop, size_t stack_bytes,
                           struct async_error *error) {
    if (stack_bytes < LEAST_STACK_BYTES) {
        return async_fail_with(error, ASYNC_INVALID_ARGUMENT,
                               "a stack of %zu bytes is too small; the least is %d",
                               stack_bytes, LEAST_STACK_BYTES);
    }
    if (stack_bytes > ASYNC_MOST_STACK_BYTES) {
        return async_fail_with(error, ASYNC_INVALID_ARGUMENT,
                               "a stack of %zu bytes is too large; the most is %zu",
                               stack_bytes, ASYNC_MOST_STACK_BYTES);
    }
    if (loop->stacks.count > 0) {
        return async_fail_with(error, ASYNC_RUNTIME,
                               "a task has run already; set the size of stacks before "
                               "the first task runs");
    }
    async_stacks_open(&loop->stacks, stack_bytes);
    return true;
}

void async_set_exception_handler(struct async_loop *loop,
                                 async_exception_handler *handler, void *context) {
    loop->exception_handler = handler;
    loop->exception_context = context;
}

void async_call_exception_handler(struct async_loop *loop,
                                  const struct async_report *report) {
    if (loop->exception_handler) {
        loop->exception_handler(loop, report, loop->exception_context);
    } else {
        loop->default_exception_handler(loop, report, NULL);
    }
}
