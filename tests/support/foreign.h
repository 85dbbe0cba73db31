/* A server inside the test that is somebody else's: every way of answering, right or
 * wrong, that a client may meet out there. A thread a connection. */
#ifndef SIMUL_TESTS_SUPPORT_FOREIGN_H
#define SIMUL_TESTS_SUPPORT_FOREIGN_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

struct foreign {
    const char *way;
    int listener;
    pthread_t thread;
    char url[64];
    atomic_bool is_stopping;
    atomic_int connections;    /* accepted */
    atomic_int requests;       /* read */
    atomic_int under_way;      /* threads of connections */
    _Atomic int64_t most_sent; /* bytes, on one connection that never ends */
};

/* Serves until foreign_stop(); asserts that there is such a way: the first column of
 * the table in foreign.c. It must not move. */
void foreign_start(struct foreign *foreign, const char *way);
void foreign_stop(struct foreign *foreign);

#endif
