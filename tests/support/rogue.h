/* A server inside the test that does one thing wrong, or nothing, and counts. */
#ifndef SIMUL_TESTS_SUPPORT_ROGUE_H
#define SIMUL_TESTS_SUPPORT_ROGUE_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>

#define ROGUE_CONVERSATIONS 64

/* What it does when a request has come. */
enum rogue_way {
    ROGUE_ANSWERS,      /* well, and keeps the connection */
    ROGUE_LEAVES,       /* answers well, then closes without having said so */
    ROGUE_CLOSES,       /* closes at once */
    ROGUE_RESETS,       /* closes with a reset */
    ROGUE_BABBLES,      /* answers with what is no HTTP, and closes */
    ROGUE_HALF_BODY,    /* promises more than it sends, and closes */
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
    char first_request[1024]; /* its bytes, once rogue_stop() has returned */
    /* A connection on which two conversations were seen. */
    atomic_bool is_shared;
    /* The most connections on which one conversation was seen. */
    atomic_int most_of_one;
};

/* Serves from a thread of its own until rogue_stop(). The rogue must not move. */
void rogue_start(struct rogue *rogue, enum rogue_way way);
void rogue_stop(struct rogue *rogue);

/* A URL at which nothing listens, and nothing will until the descriptor that is
 * returned is closed. */
int rogue_nobody(char url[static 64]);

#endif
