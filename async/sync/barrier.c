/* A barrier is a count behind a condition. It fills until all parties are there, drains
 * until all have left, and fills again. A reset drains it too, but with an error. */
#include "async/barrier.h"
#include "async/loop/argument.h"

bool async_barrier_init(struct async_barrier *barrier, size_t parties,
                        struct async_error *error) {
    *barrier = (struct async_barrier){.parties = parties};
    if (parties == 0) {
        return async_fail_with(error, ASYNC_INVALID_ARGUMENT, "parties must be > 0");
    }
    return async_argument_size("parties", parties, error);
}

static bool is_open(void *argument) {
    const struct async_barrier *barrier = argument;
    return barrier->state != ASYNC_BARRIER_DRAINING &&
           barrier->state != ASYNC_BARRIER_RESETTING;
}

static bool is_filled(void *argument) {
    const struct async_barrier *barrier = argument;
    return barrier->state != ASYNC_BARRIER_FILLING;
}

/* Waits until the parties of the round before have left. */
static bool come_in(struct async_barrier *barrier, struct async_error *error) {
    if (!async_condition_wait_for(&barrier->changed, is_open, barrier, error)) {
        return false;
    }
    if (barrier->state == ASYNC_BARRIER_BROKEN) {
        return async_fail_with(error, ASYNC_BROKEN_BARRIER, "Barrier aborted");
    }
    return true;
}

static bool wait_for_the_others(struct async_barrier *barrier,
                                struct async_error *error) {
    if (!async_condition_wait_for(&barrier->changed, is_filled, barrier, error)) {
        return false;
    }
    if (barrier->state == ASYNC_BARRIER_DRAINING) {
        return true;
    }
    return async_fail_with(error, ASYNC_BROKEN_BARRIER, "Abort or reset of barrier");
}

static void go_out(struct async_barrier *barrier) {
    barrier->count--;
    if (barrier->count > 0) {
        return;
    }
    if (barrier->state != ASYNC_BARRIER_BROKEN) {
        barrier->state = ASYNC_BARRIER_FILLING;
    }
    async_condition_notify_all(&barrier->changed, NULL);
}

static bool pass(struct async_barrier *barrier, size_t *index,
                 struct async_error *error) {
    if (!come_in(barrier, error)) {
        return false;
    }
    size_t place = barrier->count++;
    bool ok = true;
    if (place + 1 == barrier->parties) {
        barrier->state = ASYNC_BARRIER_DRAINING;
        async_condition_notify_all(&barrier->changed, NULL);
    } else {
        ok = wait_for_the_others(barrier, error);
    }
    go_out(barrier);
    if (ok && index) {
        *index = place;
    }
    return ok;
}

bool async_barrier_wait(struct async_barrier *barrier, size_t *index,
                        struct async_error *error) {
    if (!async_condition_acquire(&barrier->changed, error)) {
        return false;
    }
    bool ok = pass(barrier, index, error);
    async_condition_release(&barrier->changed, NULL);
    return ok;
}

bool async_barrier_reset(struct async_barrier *barrier, struct async_error *error) {
    if (!async_condition_acquire(&barrier->changed, error)) {
        return false;
    }
    barrier->state =
        barrier->count > 0 ? ASYNC_BARRIER_RESETTING : ASYNC_BARRIER_FILLING;
    async_condition_notify_all(&barrier->changed, NULL);
    async_condition_release(&barrier->changed, NULL);
    return true;
}

bool async_barrier_abort(struct async_barrier *barrier, struct async_error *error) {
    if (!async_condition_acquire(&barrier->changed, error)) {
        return false;
    }
    barrier->state = ASYNC_BARRIER_BROKEN;
    async_condition_notify_all(&barrier->changed, NULL);
    async_condition_release(&barrier->changed, NULL);
    return true;
}

size_t async_barrier_parties(const struct async_barrier *barrier) {
    return barrier->parties;
}

size_t async_barrier_n_waiting(const struct async_barrier *barrier) {
    return barrier->state == ASYNC_BARRIER_FILLING ? barrier->count : 0;
}

bool async_barrier_broken(const struct async_barrier *barrier) {
    return barrier->state == ASYNC_BARRIER_BROKEN;
}
