/* async/thread/executor.c: threads that take work from one queue. */
#include "async/thread/executor_core.h"
#include "async/loop/circle.h"
#include "base/clock.h"
#include "tests/async/support.h"

#include <semaphore.h>
#include <stdatomic.h>

struct job {
    struct async_work work;
    int *order;
    int number;
    sem_t *gate; /* NULL: none */
};

static atomic_int done_count;

static void do_job(struct async_work *work) {
    struct job *job = ASYNC_OF(work, struct job, work);
    if (job->gate) {
        sem_wait(job->gate);
    }
    job->order[atomic_fetch_add(&done_count, 1)] = job->number;
}

static void ignore(struct async_work *work) {
    (void)work;
}

enum { JOBS = 20 };

/* One thread, whose first job waits until the others are in the queue. */
Test(async_executor, work_is_done_in_order_except_withdrawn_jobs) {
    struct async_error error;
    struct async_executor *executor = async_executor_new(1, &error);
    struct job jobs[JOBS];
    int order[JOBS];
    sem_t gate;
    sem_init(&gate, 0, 0);
    alarm(20);
    for (int i = 0; i < JOBS; i++) {
        jobs[i] = (struct job){.work = {.run = do_job, .ran = ignore},
                               .order = order,
                               .number = i,
                               .gate = i == 0 ? &gate : NULL};
        SUCCEEDS(async_executor_submit(executor, &jobs[i].work, &error));
    }
    cr_expect(async_executor_withdraw(executor, &jobs[5].work));
    cr_expect_not(async_executor_withdraw(executor, &jobs[5].work));
    cr_expect(async_executor_withdraw(executor, &jobs[JOBS - 1].work), "the last");
    sem_post(&gate);
    async_executor_join(executor, &jobs[JOBS - 2].work);
    async_executor_free(executor);
    cr_expect_eq(done_count, JOBS - 2);
    for (int i = 0; i < JOBS - 2; i++) {
        cr_expect_eq(order[i], i < 5 ? i : i + 1);
    }
}

Test(async_executor, freeing_it_does_the_work_that_is_left) {
    struct async_error error;
    struct async_executor *executor = async_executor_new(3, &error);
    struct job jobs[JOBS];
    int order[JOBS];
    alarm(20);
    for (int i = 0; i < JOBS; i++) {
        jobs[i] = (struct job){
            .work = {.run = do_job, .ran = ignore}, .order = order, .number = i};
        SUCCEEDS(async_executor_submit(executor, &jobs[i].work, &error));
    }
    async_executor_free(executor);
    cr_expect_eq(done_count, JOBS);
    async_executor_free(NULL);
}

/* -- The number of threads --------------------------------------------------------- */

struct crowd {
    atomic_int inside;
    atomic_int most;
    atomic_int came;
};

ASYNC_FUNCTION(enter) {
    struct crowd *crowd = argument;
    int inside = atomic_fetch_add(&crowd->inside, 1) + 1;
    int most = atomic_load(&crowd->most);
    while (inside > most &&
           !atomic_compare_exchange_weak(&crowd->most, &most, inside)) {
    }
    clock_sleep_until_ns(clock_now_ns() + NS_PER_MS);
    atomic_fetch_sub(&crowd->inside, 1);
    atomic_fetch_add(&crowd->came, 1);
    return true;
}

enum { VISITORS = 40, WORKERS = 3 };

ASYNC_FUNCTION(send_visitors) {
    struct async_executor *executor = async_executor_new(WORKERS, error);
    struct async_awaitable *futures[VISITORS];
    for (int i = 0; i < VISITORS; i++) {
        futures[i] =
            async_run_in_executor(async_get_running_loop(), executor, enter, argument);
    }
    SUCCEEDS(async_gather(futures, VISITORS, false, NULL, error));
    for (int i = 0; i < VISITORS; i++) {
        async_release(futures[i]);
    }
    async_executor_free(executor);
    return true;
}

Test(async_executor, more_threads_than_memory_allows_are_refused) {
    struct async_error error = {.kind = ASYNC_OK};
    cr_expect_null(async_executor_new(PTRDIFF_MAX, &error));
    cr_expect_eq(error.kind, ASYNC_NO_MEMORY);
    cr_expect_null(async_executor_new(SIZE_MAX / sizeof(pthread_t) + 1, &error));
    cr_expect_eq(error.kind, ASYNC_NO_MEMORY);
    cr_expect_null(async_executor_new((size_t)-1, &error));
    cr_expect_eq(error.kind, ASYNC_INVALID_ARGUMENT);
    cr_expect_str_eq(error.message,
                     "max_workers must be >= 0, not -1; check how it is computed");
}

Test(async_executor, all_threads_work_and_no_more_than_all) {
    struct crowd crowd = {.inside = 0};
    run_cleanly(send_visitors, &crowd);
    cr_expect_eq(crowd.came, VISITORS);
    cr_expect_eq(crowd.most, WORKERS);
}
