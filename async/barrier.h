/* A barrier: nobody goes on before all are there. */
#ifndef SIMUL_ASYNC_BARRIER_H
#define SIMUL_ASYNC_BARRIER_H

#include "async/condition.h"

/* In the caller's storage, which outlives all who wait. Nothing is to be given back. */
struct async_barrier {
    struct async_condition changed; /* guards all of it */
    size_t parties;
    size_t count; /* who is inside: waits, or was let go and has not left */
    enum {
        ASYNC_BARRIER_FILLING,
        ASYNC_BARRIER_DRAINING,
        ASYNC_BARRIER_RESETTING,
        ASYNC_BARRIER_BROKEN
    } state;
};

/* `asyncio.Barrier(parties)`. ASYNC_INVALID_ARGUMENT (ValueError): "parties must be >
 * 0". */
bool async_barrier_init(struct async_barrier *barrier, size_t parties,
                        struct async_error *error);

/* `await barrier.wait()`: waits until `parties` tasks wait, then all go on; *index (may
 * be NULL) is each one's place in the order of coming, from 0. Those of the next round
 * wait until this one has left. ASYNC_BROKEN_BARRIER: broken, or reset while it waited.
 * ASYNC_CANCELLED: it does not count any more; the others still wait. */
bool async_barrier_wait(struct async_barrier *barrier, size_t *index,
                        struct async_error *error);

/* `await barrier.reset()`: as new; who waits fails with ASYNC_BROKEN_BARRIER. May have
 * to wait for the barrier's own lock: ASYNC_CANCELLED, and then it is as it was. */
bool async_barrier_reset(struct async_barrier *barrier, struct async_error *error);

/* `await barrier.abort()`: broken, for those who wait and those who come, until it is
 * reset. Fails as async_barrier_reset() does. */
bool async_barrier_abort(struct async_barrier *barrier, struct async_error *error);

/* `barrier.parties`, `barrier.n_waiting`, `barrier.broken`. */
size_t async_barrier_parties(const struct async_barrier *barrier);
size_t async_barrier_n_waiting(const struct async_barrier *barrier);
bool async_barrier_broken(const struct async_barrier *barrier);

#endif
