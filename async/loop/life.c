/* The life of a loop: how it is made and closed. default.c frees it. */
#include "async/loop/event_loop.h"
#include "async/loop/check.h"
#include "async/loop/task_core.h"

#include "base/clock.h"

#include <sched.h>
#include <stdlib.h>
#include <unistd.h>

enum { STACK_BYTES = 128 * 1024 /* musl's default for a thread */ };

static pthread_once_t forks_once = PTHREAD_ONCE_INIT;

/* -- The beginning ----------------------------------------------------------------- */

/* The child of a fork begins without a running loop, as in asyncio. */
static void begin_child(void) {
    async_set_running_loop(NULL);
}

static void watch_forks(void) {
    pthread_atfork(NULL, NULL, begin_child);
}

static void on_timer(uv_poll_t *timer, int status, int events) {
    (void)status, (void)events;
    struct async_loop *loop = timer->data;
    deadlines_acknowledge(&loop->deadlines);
}

static void on_wake_up(uv_async_t *waker) {
    (void)waker; /* to end libuv's sleep is enough */
}

/* If a timer or another prepare handle of libuv has made a node ready, libuv must not
 * sleep. This handle was started first, so libuv calls it last. */
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
        loop->default_exception_handler = async_print_report;
        loop->references = 1;
        loop->process = getpid();
        pthread_once(&forks_once, watch_forks);
        loop->slow_callback_ns = 100 * NS_PER_MS;
        return loop;
    }
    deadlines_close(&loop->deadlines);
    free(loop);
    return NULL;
}

/* -- The end ----------------------------------------------------------------------- */

void async_loop_add_closer(struct async_loop *loop, struct async_closer *closer) {
    closer->next = loop->closers;
    loop->closers = closer;
}

/* Waits for threads that are about to wake the loop, because libuv aborts if its loop
 * is closed then. */
static void wait_for_senders(const struct async_loop *loop) {
    while (atomic_load(&loop->senders) > 0) {
        sched_yield();
    }
}

static void discard_callbacks(struct async_loop *loop) {
    async_loop_receive(loop);
    async_loop_discard(&loop->batch);
    async_loop_discard(&loop->ready);
    while (loop->deadlines.count > 0) {
        struct deadline *deadline = loop->deadlines.heap[0];
        deadlines_remove(&loop->deadlines, deadline);
        async_handle_discard(&ASYNC_OF(deadline, struct async_handle, deadline)->node);
    }
}

/* First, all tasks leave the lines in which they stand, so that nothing resumes them.
 * Then they end one after the other, the youngest first: a task may use data on the
 * stack of the task that created it. If their cleanup schedules a callback, it is
 * refused, or dropped by the caller. */
static void unwind_tasks(struct async_loop *loop) {
    struct async_node *head = &loop->tasks;
    for (struct async_node *node = head->next; node != head; node = node->next) {
        async_circle_remove(&ASYNC_OF(node, struct async_task, member)->step);
    }
    struct async_loop *before = async_set_running_loop(loop);
    loop->fiber = (struct async_fiber){.stack = NULL};
    while (!async_circle_is_empty(head)) {
        async_task_unwind(ASYNC_OF(head->previous, struct async_task, member));
    }
    async_set_running_loop(before);
}

static void run_closers(struct async_loop *loop) {
    while (loop->closers) {
        struct async_closer *closer = loop->closers;
        loop->closers = closer->next;
        closer->close(closer);
    }
}

static void close_own_handles(struct async_loop *loop) {
    uv_close((uv_handle_t *)&loop->timer, NULL);
    uv_close((uv_handle_t *)&loop->waker, NULL);
    uv_close((uv_handle_t *)&loop->prepare, NULL);
}

/* libuv calls close callbacks in its next pass, and such a callback may close another
 * handle. If a handle of the user's is open, this may be tried again later. */
static bool close_uv(struct async_loop *loop, struct async_error *error) {
    for (int pass = 0; pass < 8 && !loop->is_uv_closed; pass++) {
        uv_run(&loop->uv, UV_RUN_NOWAIT);
        loop->is_uv_closed = uv_loop_close(&loop->uv) == 0;
    }
    if (loop->is_uv_closed) {
        return true;
    }
    return async_fail_with(error, ASYNC_RUNTIME,
                           "a libuv handle on the loop is still open; close it before "
                           "the loop");
}

bool async_loop_close(struct async_loop *loop, struct async_error *error) {
    if (!async_loop_check_process(loop, error)) {
        return false;
    }
    if (loop->is_running) {
        return async_fail_with(error, ASYNC_RUNTIME,
                               "Cannot close a running event loop");
    }
    if (loop->is_closed) {
        return close_uv(loop, error);
    }
    loop->references++; /* the owners released below may be the last ones */
    loop->is_closed = true;
    wait_for_senders(loop);
    discard_callbacks(loop);
    unwind_tasks(loop);
    run_closers(loop);
    discard_callbacks(loop);
    async_stacks_close(&loop->stacks);
    close_own_handles(loop);
    bool ok = close_uv(loop, error);
    deadlines_close(&loop->deadlines);
    async_loop_release(loop);
    return ok;
}
