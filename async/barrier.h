/* A barrier: no task goes on before all of them have arrived. */
#ifndef SIMUL_ASYNC_BARRIER_H
#define SIMUL_ASYNC_BARRIER_H

#include "async/condition.h"

#ifdef __cplusplus
extern "C" {
#endif

/* In the caller's storage, which has to outlive every task that waits. Nothing has to
 * be freed. */
struct async_barrier {
    struct async_condition changed; /* its lock guards the fields below */
    size_t parties;
    size_t count; /* tasks inside: they wait, or were let go and have not left yet */
    enum {
        ASYNC_BARRIER_FILLING,
        ASYNC_BARRIER_DRAINING,
        ASYNC_BARRIER_RESETTING,
        ASYNC_BARRIER_BROKEN
    } state;
};

/* `asyncio.Barrier(parties)`. Fails with ASYNC_INVALID_ARGUMENT (ValueError) if
 * `parties` is 0 or a negative number. */
bool async_barrier_init(struct async_barrier *barrier, size_t parties,
                        struct async_error *error);

/* `await barrier.wait()`: waits until `parties` tasks wait; then all of them go on.
 * *index (`index` may be NULL) is the task's place in the order of arrival, from 0.
 * Tasks of the next round wait until all of this round have left. Fails with
 * ASYNC_BROKEN_BARRIER if the barrier is broken, or is reset while the task waits. If
 * the task is cancelled (ASYNC_CANCELLED) it does not count any more, and the others
 * still wait. */
bool async_barrier_wait(struct async_barrier *barrier, size_t *index,
                        struct async_error *error);

/* `await barrier.reset()`: the barrier is as new, and the tasks that wait in it fail
 * with ASYNC_BROKEN_BARRIER. The call may have to wait for the barrier's own lock; if
 * it is cancelled then (ASYNC_CANCELLED), the barrier stays as it was. */
bool async_barrier_reset(struct async_barrier *barrier, struct async_error *error);

/* `await barrier.abort()`: breaks the barrier for the tasks that wait and for those
 * that arrive later, until it is reset. Fails as async_barrier_reset() does. */
bool async_barrier_abort(struct async_barrier *barrier, struct async_error *error);

/* `barrier.parties`, `barrier.n_waiting`, `barrier.broken`. */
size_t async_barrier_parties(const struct async_barrier *barrier);
size_t async_barrier_n_waiting(const struct async_barrier *barrier);
bool async_barrier_broken(const struct async_barrier *barrier);

#ifdef __cplusplus
}
#endif

#endif
