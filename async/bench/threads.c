/* The same workloads as raw POSIX threads, without those for which 100,000 threads
 * would have to run at once. A switch is two semaphores; queue and lock are a mutex and
 * a condition. */
#include "async/bench/outcome.h"

#include "base/clock.h"

#include <pthread.h>
#include <semaphore.h>
#include <string.h>

/* Room for one item: a queue of maxsize 1. */
struct slot {
    pthread_mutex_t mutex;
    pthread_cond_t changed; /* at most one thread waits: its other end */
    bool is_full;
    uint64_t item;
};

struct work {
    uint64_t count;
    struct outcome *outcome;
    uint64_t turns[2]; /* of each side */
    int last;          /* the side that had the last turn */
    sem_t turn[2];
    struct slot there, back;
    /* A lock that is given in the order of asking, as asyncio's is. */
    pthread_mutex_t mutex;
    pthread_cond_t served;
    uint64_t tickets, serving;
};

struct side {
    struct work *work;
    int number;
};

/* Only one thread at a time calls this: the one that has the turn or the lock. */
static void take_turn(struct side *side) {
    struct work *work = side->work;
    work->turns[side->number]++;
    work->outcome->check += work->last != side->number;
    work->last = side->number;
}

static bool start(pthread_t *thread, void *(*function)(void *), void *argument,
                  struct error *error) {
    int code = pthread_create(thread, NULL, function, argument);
    return code == 0 ||
           error_failed(error, "cannot create a thread: %s", strerror(code));
}

/* Runs the function for side 1 on a new thread, and for side 0 here. */
static bool run_sides(struct work *work, void *(*function)(void *),
                      struct error *error) {
    struct side sides[2] = {{work, 0}, {work, 1}};
    pthread_t other;
    if (!start(&other, function, &sides[1], error)) {
        return false;
    }
    function(&sides[0]);
    pthread_join(other, NULL);
    work->outcome->steps = work->turns[0] + work->turns[1];
    return true;
}

/* -- switch ------------------------------------------------------------------------ */

static void *yield_often(void *argument) {
    struct side *side = argument;
    for (uint64_t i = 0; i < side->work->count; i++) {
        sem_wait(&side->work->turn[side->number]);
        take_turn(side);
        sem_post(&side->work->turn[!side->number]);
    }
    return NULL;
}

static bool switch_pair(struct work *work, struct error *error) {
    sem_init(&work->turn[0], 0, 1);
    sem_init(&work->turn[1], 0, 0);
    bool ok = run_sides(work, yield_often, error);
    sem_destroy(&work->turn[0]);
    sem_destroy(&work->turn[1]);
    return ok;
}

/* -- create ------------------------------------------------------------------------ */

static void *answer(void *argument) {
    return argument;
}

static bool create_and_join(struct work *work, struct error *error) {
    for (uint64_t i = 0; i < work->count; i++) {
        pthread_t thread;
        void *result = NULL;
        if (!start(&thread, answer, (void *)(uintptr_t)i, error)) {
            return false;
        }
        pthread_join(thread, &result);
        work->outcome->check += (uintptr_t)result;
        work->outcome->steps++;
    }
    return true;
}

/* -- queue ------------------------------------------------------------------------- */

static void put(struct slot *slot, uint64_t item) {
    pthread_mutex_lock(&slot->mutex);
    while (slot->is_full) {
        pthread_cond_wait(&slot->changed, &slot->mutex);
    }
    slot->is_full = true;
    slot->item = item;
    pthread_cond_signal(&slot->changed);
    pthread_mutex_unlock(&slot->mutex);
}

static uint64_t get(struct slot *slot) {
    pthread_mutex_lock(&slot->mutex);
    while (!slot->is_full) {
        pthread_cond_wait(&slot->changed, &slot->mutex);
    }
    slot->is_full = false;
    uint64_t item = slot->item;
    pthread_cond_signal(&slot->changed);
    pthread_mutex_unlock(&slot->mutex);
    return item;
}

static void *return_items(void *argument) {
    struct work *work = argument;
    for (uint64_t i = 0; i < work->count; i++) {
        put(&work->back, get(&work->there) + 1);
    }
    return NULL;
}

static bool queue_ping_pong(struct work *work, struct error *error) {
    pthread_t other;
    if (!start(&other, return_items, work, error)) {
        return false;
    }
    uint64_t item = 0;
    for (uint64_t i = 0; i < work->count; i++) {
        put(&work->there, item);
        item = get(&work->back) + 1;
        work->outcome->steps++;
    }
    pthread_join(other, NULL);
    work->outcome->check = item;
    return true;
}

/* -- lock -------------------------------------------------------------------------- */

static void acquire(struct work *work, uint64_t ticket) {
    pthread_mutex_lock(&work->mutex);
    while (work->serving != ticket) {
        pthread_cond_wait(&work->served, &work->mutex);
    }
    pthread_mutex_unlock(&work->mutex);
}

/* Releases the lock and takes the next ticket in one step. With a moment between the
 * two, the thread that has just got the lock could keep it for a whole time slice, and
 * the lock would not be handed over. A task has no such moment. Returns the next
 * ticket. */
static uint64_t hand_over(struct work *work) {
    pthread_mutex_lock(&work->mutex);
    work->serving++;
    uint64_t ticket = work->tickets++;
    pthread_cond_signal(&work->served); /* at most one thread waits */
    pthread_mutex_unlock(&work->mutex);
    return ticket;
}

static void *lock_often(void *argument) {
    struct side *side = argument;
    uint64_t ticket = side->number;
    for (uint64_t i = 0; i < side->work->count; i++) {
        acquire(side->work, ticket);
        take_turn(side);
        ticket = hand_over(side->work);
    }
    return NULL;
}

static bool lock_hand_over(struct work *work, struct error *error) {
    return run_sides(work, lock_often, error);
}

/* ---------------------------------------------------------------------------------- */

static const struct {
    const char *name;
    bool (*run)(struct work *work, struct error *error);
} workloads[] = {
    {"switch", switch_pair},
    {"create", create_and_join},
    {"queue", queue_ping_pong},
    {"lock", lock_hand_over},
};

bool threads_run(const char *workload, uint64_t count, struct outcome *outcome,
                 struct error *error) {
    for (size_t i = 0; i < sizeof workloads / sizeof *workloads; i++) {
        if (strcmp(workloads[i].name, workload) != 0) {
            continue;
        }
        struct work work = {
            .count = count,
            .outcome = outcome,
            .last = -1,
            .there = {.mutex = PTHREAD_MUTEX_INITIALIZER,
                      .changed = PTHREAD_COND_INITIALIZER},
            .back = {.mutex = PTHREAD_MUTEX_INITIALIZER,
                     .changed = PTHREAD_COND_INITIALIZER},
            .mutex = PTHREAD_MUTEX_INITIALIZER,
            .served = PTHREAD_COND_INITIALIZER,
            .tickets = 2, /* each side has its first ticket */
        };
        int64_t begin_ns = clock_now_ns();
        bool ok = workloads[i].run(&work, error);
        outcome->elapsed_ns = clock_now_ns() - begin_ns;
        return ok;
    }
    return error_input(error,
                       "threads have no workload '%s'; they have switch, create, "
                       "queue, lock",
                       workload);
}
