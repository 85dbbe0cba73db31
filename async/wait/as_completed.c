/* A future that is done goes into a queue, from which async_as_completed_next() takes
 * it. All memory is allocated at the start, so the callbacks cannot fail. */
#include "async/as_completed.h"
#include "async/loop/circle.h"
#include "async/loop/argument.h"
#include "async/loop/core.h"
#include "async/loop/refusal.h"

#include <stdlib.h>

static void complete(struct async_node *node) {
    struct async_completion *completion = ASYNC_OF(node, struct async_completion, node);
    struct async_as_completed *all = completion->all;
    completion->is_pending = false;
    all->pending_count--;
    async_queue_put_nowait(&all->done, completion->future, NULL);
}

static void stop_watching(struct async_as_completed *all) {
    for (size_t i = 0; i < all->count; i++) {
        if (all->completions[i].is_pending) {
            all->completions[i].is_pending = false;
            async_node_remove(&all->completions[i].node);
        }
    }
}

/* Adds a NULL for each future that is late, because the caller asks once for each. */
static void time_out(void *argument) {
    struct async_as_completed *all = argument;
    stop_watching(all);
    for (; all->pending_count > 0; all->pending_count--) {
        async_queue_put_nowait(&all->done, NULL, NULL);
    }
}

static bool is_coroutine(const struct async_awaitable *awaitable) {
    return awaitable && !async_get_loop(awaitable);
}

static int by_address(const void *a, const void *b) {
    const struct async_completion *left = a;
    const struct async_completion *right = b;
    if (left->future != right->future) {
        return (uintptr_t)left->future < (uintptr_t)right->future ? -1 : 1;
    }
    return left->place < right->place ? -1 : 1;
}

static int by_place(const void *a, const void *b) {
    const struct async_completion *left = a;
    const struct async_completion *right = b;
    return left->place < right->place ? -1 : 1;
}

/* Keeps each awaitable once, in the order given. Returns how many are left. Sorting
 * there and back costs n log n; comparing each with each would take too long for
 * 100,000. */
static size_t without_duplicates(struct async_completion completions[],
                                 struct async_awaitable *const awaitables[],
                                 size_t count) {
    for (size_t i = 0; i < count; i++) {
        completions[i].future = awaitables[i];
        completions[i].place = i;
    }
    qsort(completions, count, sizeof(*completions), by_address);
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        if (i == 0 || completions[i].future != completions[kept - 1].future) {
            completions[kept++] = completions[i];
        }
    }
    qsort(completions, kept, sizeof(*completions), by_place);
    return kept;
}

/* Makes tasks of the coroutines. all->count counts the completions that have a future,
 * also if this fails. */
static bool make_futures(struct async_as_completed *all, size_t count,
                         struct async_error *error) {
    for (; all->count < count; all->count++) {
        struct async_completion *completion = &all->completions[all->count];
        completion->is_own = is_coroutine(completion->future);
        completion->future = async_ensure_future(completion->future, NULL);
        completion->all = all;
        if (!completion->future) {
            return async_refusal_fail(error);
        }
    }
    return true;
}

/* Ends everything that was given away, because the call fails: tasks that have not
 * begun never will, and coroutines are released. */
static bool give_up(struct async_as_completed *all, size_t count) {
    for (size_t i = 0; i < count; i++) {
        struct async_completion *completion = &all->completions[i];
        if (i < all->count && completion->is_own) {
            async_cancel(completion->future);
        } else if (i > all->count) {
            async_give_up(completion->future);
        }
    }
    async_as_completed_close(all);
    return false;
}

static void watch(struct async_as_completed *all) {
    for (size_t i = 0; i < all->count; i++) {
        struct async_completion *completion = &all->completions[i];
        completion->node.run = complete;
        completion->is_pending = true;
        async_future_watch(completion->future, &completion->node);
    }
    all->pending_count = all->left_count = all->count;
}

static bool reserve(struct async_as_completed *all, size_t count,
                    struct async_error *error) {
    all->completions = calloc(count + 1, sizeof(*all->completions));
    if (!all->completions) {
        return async_fail_with(error, ASYNC_NO_MEMORY,
                               "out of memory to wait for %zu awaitables", count);
    }
    return async_queue_reserve(&all->done, count, error);
}

bool async_as_completed_open(struct async_as_completed *all,
                             struct async_awaitable *const awaitables[], size_t count,
                             int64_t timeout_ns, struct async_error *error) {
    *all = (struct async_as_completed){.count = 0};
    if (!async_argument_list(count, error)) {
        return false;
    }
    struct async_loop *loop = async_need_running_loop(error);
    if (loop && async_loop_is_closed(loop)) {
        async_need_current_task("async_as_completed_open()", error); /* fills error */
        loop = NULL;
    }
    if (!loop) {
        async_give_up_all(awaitables, count);
        return false;
    }
    if (!reserve(all, count, error)) {
        async_give_up_all(awaitables, count);
        return give_up(all, 0);
    }
    count = without_duplicates(all->completions, awaitables, count);
    if (!make_futures(all, count, error)) {
        return give_up(all, count);
    }
    watch(all);
    if (count > 0 && timeout_ns != ASYNC_FOREVER &&
        !async_call_later(loop, &all->timer, timeout_ns, time_out, all, error)) {
        return give_up(all, count);
    }
    return true;
}

bool async_as_completed_next(struct async_as_completed *all,
                             struct async_awaitable **future,
                             struct async_error *error) {
    *future = NULL;
    if (all->left_count == 0) {
        return true;
    }
    all->left_count--; /* before waiting: at most `count` calls get an answer */
    void *done;
    if (!async_queue_get(&all->done, &done, error)) {
        all->left_count++;
        return false;
    }
    *future = done;
    return done || async_fail_with(error, ASYNC_TIMEOUT, "as_completed: time is up");
}

void async_as_completed_close(struct async_as_completed *all) {
    async_handle_cancel(&all->timer);
    stop_watching(all);
    for (size_t i = 0; i < all->count; i++) {
        async_release(all->completions[i].future);
    }
    free(all->completions);
    async_queue_close(&all->done);
    *all = (struct async_as_completed){.count = 0};
}
