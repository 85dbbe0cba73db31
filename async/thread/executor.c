/* Threads that take work from one line, in order. If all are busy, a new one starts, up
 * to the limit, as in Python's ThreadPoolExecutor. */
#include "async/thread/executor_core.h"
#include "async/loop/argument.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <unistd.h>

enum { MOST_WORKERS = 32, MORE_THAN_PROCESSORS = 4 };

struct async_executor {
    pthread_mutex_t mutex; /* guards the fields below, and the flags of each work */
    pthread_cond_t arrived;
    pthread_cond_t ended;
    struct async_work *first;
    struct async_work *last;
    size_t waiting_count;
    size_t idle_count;
    size_t thread_count;
    size_t max_workers;
    bool is_closing;
    atomic_size_t references; /* its owner's, and one for each call of a loop */
    pthread_t threads[];
};

struct async_executor *async_executor_new(size_t max_workers,
                                          struct async_error *error) {
    if (!async_argument_size("max_workers", max_workers, error)) {
        return NULL;
    }
    if (max_workers == 0) {
        size_t processors = (size_t)sysconf(_SC_NPROCESSORS_ONLN);
        max_workers = processors + MORE_THAN_PROCESSORS;
        max_workers = max_workers < MOST_WORKERS ? max_workers : MOST_WORKERS;
    }
    size_t bytes;
    struct async_executor *executor = NULL;
    if (!__builtin_mul_overflow(max_workers, sizeof *executor->threads, &bytes) &&
        !__builtin_add_overflow(bytes, sizeof *executor, &bytes)) {
        executor = calloc(1, bytes);
    }
    if (!executor) {
        async_fail_with(error, ASYNC_NO_MEMORY, "out of memory for an executor");
        return NULL;
    }
    executor->max_workers = max_workers;
    atomic_init(&executor->references, 1);
    pthread_mutex_init(&executor->mutex, NULL);
    pthread_cond_init(&executor->arrived, NULL);
    pthread_cond_init(&executor->ended, NULL);
    return executor;
}

/* The next work in line. NULL: the executor closes and no work is left. */
static struct async_work *take_work(struct async_executor *executor) {
    executor->idle_count++;
    while (!executor->first && !executor->is_closing) {
        pthread_cond_wait(&executor->arrived, &executor->mutex);
    }
    executor->idle_count--;
    struct async_work *work = executor->first;
    if (work) {
        executor->first = work->next;
        executor->last = executor->first ? executor->last : NULL;
        executor->waiting_count--;
        work->is_waiting = false;
    }
    return work;
}

static void *work_on(void *argument) {
    struct async_executor *executor = argument;
    pthread_mutex_lock(&executor->mutex);
    struct async_work *work;
    while ((work = take_work(executor))) {
        pthread_mutex_unlock(&executor->mutex);
        work->run(work);
        pthread_mutex_lock(&executor->mutex);
        work->is_over = true;
        work->ran(work); /* under the mutex: a join may free it right after */
        pthread_cond_broadcast(&executor->ended);
    }
    pthread_mutex_unlock(&executor->mutex);
    return NULL;
}

/* Blocks all signals in the new thread: they are for the program's own threads. */
static int start_thread(struct async_executor *executor) {
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    int code = pthread_create(&executor->threads[executor->thread_count], NULL, work_on,
                              executor);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (code == 0) {
        executor->thread_count++;
    }
    return code;
}

bool async_executor_submit(struct async_executor *executor, struct async_work *work,
                           struct async_error *error) {
    int code = 0;
    pthread_mutex_lock(&executor->mutex);
    if (executor->idle_count <= executor->waiting_count &&
        executor->thread_count < executor->max_workers) {
        code = start_thread(executor);
    }
    bool ok = executor->thread_count > 0; /* true: one thread is enough */
    if (ok) {
        work->next = NULL;
        work->is_waiting = true;
        *(executor->last ? &executor->last->next : &executor->first) = work;
        executor->last = work;
        executor->waiting_count++;
        pthread_cond_signal(&executor->arrived);
    }
    pthread_mutex_unlock(&executor->mutex);
    return ok || async_fail_system(error, code, "starting a thread");
}

bool async_executor_withdraw(struct async_executor *executor, struct async_work *work) {
    pthread_mutex_lock(&executor->mutex);
    bool is_waiting = work->is_waiting;
    if (is_waiting) {
        struct async_work **link = &executor->first;
        struct async_work *before = NULL;
        for (; *link != work; link = &(*link)->next) {
            before = *link;
        }
        *link = work->next;
        executor->last = executor->last == work ? before : executor->last;
        executor->waiting_count--;
        work->is_waiting = false;
    }
    pthread_mutex_unlock(&executor->mutex);
    return is_waiting;
}

void async_executor_join(struct async_executor *executor, struct async_work *work) {
    pthread_mutex_lock(&executor->mutex);
    while (!work->is_over) {
        pthread_cond_wait(&executor->ended, &executor->mutex);
    }
    pthread_mutex_unlock(&executor->mutex);
}

void async_executor_hold(struct async_executor *executor) {
    atomic_fetch_add_explicit(&executor->references, 1, memory_order_relaxed);
}

void async_executor_drop(struct async_executor *executor) {
    if (atomic_fetch_sub_explicit(&executor->references, 1, memory_order_acq_rel) ==
        1) {
        pthread_cond_destroy(&executor->ended);
        pthread_cond_destroy(&executor->arrived);
        pthread_mutex_destroy(&executor->mutex);
        free(executor);
    }
}

void async_executor_free(struct async_executor *executor) {
    if (!executor) {
        return;
    }
    pthread_mutex_lock(&executor->mutex);
    executor->is_closing = true;
    pthread_cond_broadcast(&executor->arrived);
    pthread_mutex_unlock(&executor->mutex);
    for (size_t i = 0; i < executor->thread_count; i++) {
        pthread_join(executor->threads[i], NULL);
    }
    async_executor_drop(executor);
}
