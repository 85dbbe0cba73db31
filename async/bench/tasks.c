/* The workloads as tasks of one event loop. Each reads like its counterpart in
 * asyncio_workloads.py; change both or neither. */
#include "async/bench/outcome.h"

#include "async/async.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The data that the tasks of a workload share. */
struct work {
    uint64_t count;
    struct outcome *outcome;
    int last;         /* the side that had the last turn */
    uint64_t waiting; /* tasks that wait now */
    struct async_queue there, back;
    struct async_lock lock;
    struct async_event event;
};

/* One of the two sides that alternate. */
struct side {
    struct work *work;
    int number;
};

static void take_turn(struct side *side) {
    struct work *work = side->work;
    work->outcome->check += work->last != side->number;
    work->last = side->number;
}

static bool run_sides(struct work *work, async_function *function,
                      struct async_error *error) {
    struct side sides[2] = {{work, 0}, {work, 1}};
    return async_gather(ASYNC_LIST(async_coroutine(function, &sides[0]),
                                   async_coroutine(function, &sides[1])),
                        false, NULL, error);
}

/* -- switch ------------------------------------------------------------------------ */

static bool yield_often(void *argument, void **value, struct async_error *error) {
    (void)value;
    struct side *side = argument;
    for (uint64_t i = 0; i < side->work->count; i++) {
        take_turn(side);
        if (!async_sleep(0, error)) {
            return false;
        }
    }
    side->work->outcome->steps += side->work->count;
    return true;
}

static bool switch_pair(void *argument, void **value, struct async_error *error) {
    (void)value;
    return run_sides(argument, yield_often, error);
}

/* -- create ------------------------------------------------------------------------ */

static bool answer(void *argument, void **value, struct async_error *error) {
    (void)error;
    *value = argument;
    return true;
}

static bool create_and_join(void *argument, void **value, struct async_error *error) {
    (void)value;
    struct work *work = argument;
    for (uint64_t i = 0; i < work->count; i++) {
        void *result;
        struct async_awaitable *task =
            async_create_task(async_coroutine(answer, (uintptr_t)i));
        bool ok = async_await(task, &result, error);
        async_release(task);
        if (!ok) {
            return false;
        }
        work->outcome->check += (uintptr_t)result;
        work->outcome->steps++;
    }
    return true;
}

/* -- storm, idle: all at once ------------------------------------------------------ */

static void enter(struct work *work) {
    work->waiting++;
    if (work->waiting > work->outcome->check) {
        work->outcome->check = work->waiting;
    }
}

static bool sleep_once(void *argument, void **value, struct async_error *error) {
    (void)value;
    struct work *work = argument;
    int64_t begin_ns = clock_now_ns();
    enter(work);
    if (!async_sleep(NS_PER_MS, error)) {
        return false;
    }
    work->waiting--;
    work->outcome->steps += clock_now_ns() - begin_ns >= NS_PER_MS;
    return true;
}

static bool wait_once(void *argument, void **value, struct async_error *error) {
    (void)value;
    struct work *work = argument;
    enter(work);
    if (!async_event_wait(&work->event, error)) {
        return false;
    }
    work->waiting--;
    work->outcome->steps++;
    return true;
}

static bool join_all(struct async_awaitable *const tasks[], uint64_t count,
                     struct async_error *error) {
    bool ok = true;
    for (uint64_t i = 0; i < count; i++) {
        ok = ok && async_await(tasks[i], NULL, error);
        async_release(tasks[i]);
    }
    return ok;
}

static bool storm(void *argument, void **value, struct async_error *error) {
    (void)value;
    struct work *work = argument;
    struct async_awaitable **tasks =
        calloc(work->count, sizeof(struct async_awaitable *));
    if (!tasks) {
        return async_fail_with(error, ASYNC_NO_MEMORY, "no memory for the tasks");
    }
    for (uint64_t i = 0; i < work->count; i++) {
        tasks[i] = async_create_task(async_coroutine(sleep_once, work));
    }
    bool ok = join_all(tasks, work->count, error);
    free(tasks);
    return ok;
}

static int64_t resident_bytes(void) {
    long long resident = 0;
    FILE *file = fopen("/proc/self/statm", "r");
    if (!file || fscanf(file, "%*s %lld", &resident) != 1) {
        resident = 0;
    }
    if (file) {
        fclose(file);
    }
    return resident * sysconf(_SC_PAGESIZE);
}

static bool idle(void *argument, void **value, struct async_error *error) {
    (void)value;
    struct work *work = argument;
    int64_t before_bytes = resident_bytes();
    struct async_awaitable **tasks =
        calloc(work->count, sizeof(struct async_awaitable *));
    if (!tasks) {
        return async_fail_with(error, ASYNC_NO_MEMORY, "no memory for the tasks");
    }
    for (uint64_t i = 0; i < work->count; i++) {
        tasks[i] = async_create_task(async_coroutine(wait_once, work));
    }
    bool ok = async_sleep(0, error); /* each task runs up to its wait */
    work->outcome->resident_bytes = resident_bytes() - before_bytes;
    async_event_set(&work->event);
    ok = join_all(tasks, work->count, error) && ok;
    free(tasks);
    return ok;
}

/* -- queue ------------------------------------------------------------------------- */

static bool return_items(void *argument, void **value, struct async_error *error) {
    (void)value;
    struct work *work = argument;
    for (uint64_t i = 0; i < work->count; i++) {
        void *item;
        if (!async_queue_get(&work->there, &item, error) ||
            !async_queue_put(&work->back, (void *)((uintptr_t)item + 1), error)) {
            return false;
        }
    }
    return true;
}

static bool send_items(struct work *work, struct async_error *error) {
    void *item = NULL;
    for (uint64_t i = 0; i < work->count; i++) {
        if (!async_queue_put(&work->there, item, error) ||
            !async_queue_get(&work->back, &item, error)) {
            return false;
        }
        item = (void *)((uintptr_t)item + 1);
        work->outcome->steps++;
    }
    work->outcome->check = (uintptr_t)item;
    return true;
}

static bool queue_ping_pong(void *argument, void **value, struct async_error *error) {
    (void)value;
    struct work *work = argument;
    async_queue_init(&work->there, 1);
    async_queue_init(&work->back, 1);
    struct async_awaitable *task =
        async_create_task(async_coroutine(return_items, work));
    bool ok = send_items(work, error) && async_await(task, NULL, error);
    if (!ok) {
        async_cancel(task); /* else it would wait for ever */
        async_await(task, NULL, NULL);
    }
    async_release(task);
    async_queue_close(&work->there);
    async_queue_close(&work->back);
    return ok;
}

/* -- lock -------------------------------------------------------------------------- */

static bool lock_often(void *argument, void **value, struct async_error *error) {
    (void)value;
    struct side *side = argument;
    for (uint64_t i = 0; i < side->work->count; i++) {
        if (!async_lock_acquire(&side->work->lock, error)) {
            return false;
        }
        take_turn(side);
        async_lock_release(&side->work->lock, NULL);
    }
    side->work->outcome->steps += side->work->count;
    return true;
}

/* Both sides stand in line before the first gets the lock. From then on one side always
 * waits, and each release hands the lock over. */
static bool release_first(void *argument, void **value, struct async_error *error) {
    (void)value;
    struct work *work = argument;
    return async_sleep(0, error) && async_lock_release(&work->lock, error);
}

static bool lock_hand_over(void *argument, void **value, struct async_error *error) {
    (void)value;
    struct work *work = argument;
    if (!async_lock_acquire(&work->lock, error)) {
        return false;
    }
    struct async_awaitable *starter =
        async_create_task(async_coroutine(release_first, work));
    bool ok = run_sides(work, lock_often, error);
    ok = async_await(starter, NULL, error) && ok;
    async_release(starter);
    return ok;
}

/* ---------------------------------------------------------------------------------- */

static const struct {
    const char *name;
    async_function *function;
} workloads[] = {
    {"switch", switch_pair},    {"create", create_and_join}, {"storm", storm},
    {"queue", queue_ping_pong}, {"lock", lock_hand_over},    {"idle", idle},
};

/* Times the workload inside the loop, so that the start and the end of the loop do not
 * count. */
struct timed {
    async_function *function;
    struct work *work;
};

static bool time_it(void *argument, void **value, struct async_error *error) {
    struct timed *timed = argument;
    int64_t begin_ns = clock_now_ns();
    bool ok = timed->function(timed->work, value, error);
    timed->work->outcome->elapsed_ns = clock_now_ns() - begin_ns;
    return ok;
}

bool tasks_run(const char *workload, uint64_t count, struct outcome *outcome,
               struct error *error) {
    for (size_t i = 0; i < sizeof workloads / sizeof *workloads; i++) {
        if (strcmp(workloads[i].name, workload) != 0) {
            continue;
        }
        struct work work = {.count = count, .outcome = outcome, .last = -1};
        struct timed timed = {workloads[i].function, &work};
        struct async_error failure = {.kind = ASYNC_OK};
        return async_run(async_coroutine(time_it, &timed), NULL, &failure) ||
               error_failed(error, "%s: %s: %s", workload,
                            async_error_name(failure.kind), failure.message);
    }
    return error_input(error,
                       "tasks have no workload '%s'; they have switch, create, "
                       "storm, queue, lock, idle",
                       workload);
}
