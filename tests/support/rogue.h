/* A server inside the test that makes one kind of error, or none, and counts its
 * work. */
#ifndef SIMUL_TESTS_SUPPORT_ROGUE_H
#define SIMUL_TESTS_SUPPORT_ROGUE_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>

#define ROGUE_CONVERSATIONS 64
#define ROGUE_DROPPED       2

/* The way in which the server answers a request. */
enum rogue_way {
    ROGUE_ANSWERS,      /* answers well, and keeps the connection */
    ROGUE_LEAVES,       /* answers well; its end comes with the answer, unannounced */
    ROGUE_SAYS_GOODBYE, /* the same, and a 408 comes between the answer and the end */
    ROGUE_ENDS_SECOND,  /* answers the first request of a connection, and closes
                         * without an answer at the second */
    ROGUE_DROPS_FIRST,  /* closes its first ROGUE_DROPPED connections at once, and
                         * answers well on the others */
    ROGUE_CLOSES,       /* closes at once */
    ROGUE_RESETS,       /* closes with a reset */
    ROGUE_BABBLES,      /* answers with bytes that are no HTTP, and closes */
    ROGUE_HALF_BODY,    /* announces more bytes than it sends, and closes */
    ROGUE_RESETS_BODY,  /* the same, and closes with a reset */
    ROGUE_NOT_FOUND,    /* 404 */
    ROGUE_BREAKS_DOWN,  /* 500 */
    ROGUE_SILENT,       /* never answers */
    ROGUE_STOPS_MIDWAY, /* sends half a body and then nothing */
};

struct rogue {
    enum rogue_way way;
    int listener;
    int stop_fd;
    pthread_t thread;
    char url[64];
    atomic_int connections;
    atomic_int requests;
    char first_request[1024]; /* valid after rogue_stop() */
    /* Two conversations have used one connection. */
    atomic_bool is_shared;
    /* The largest number of connections that one conversation has used. */
    atomic_int most_of_one;
};

/* Serves from a thread of its own until rogue_stop(). The struct must not move in
 * memory. */
void rogue_start(struct rogue *rogue, enum rogue_way way);

/* The same on an IPv4 address of this machine, and a port (0: a free one). */
void rogue_start_at(struct rogue *rogue, enum rogue_way way, const char *address,
                    int port);
void rogue_stop(struct rogue *rogue);

/* Writes a URL at which no server listens, until the returned descriptor is closed. */
int rogue_nobody(char url[static 64]);

#endif
