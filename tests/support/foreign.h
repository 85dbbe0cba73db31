/* A server inside the test that stands for a foreign one: every way of answering, right
 * or wrong, that a client may meet. Each connection has a thread. */
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
    atomic_int connections;    /* that were accepted */
    atomic_int requests;       /* that were read */
    atomic_int under_way;      /* threads that serve a connection */
    _Atomic int64_t most_sent; /* bytes on one connection, by a way that never ends */
};

/* Serves until foreign_stop(). `way` stands in the first column of the table in
 * foreign.c. The struct must not move in memory. */
void foreign_start(struct foreign *foreign, const char *way);
void foreign_stop(struct foreign *foreign);

#endif
