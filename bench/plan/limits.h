/* What this machine allows: the limits that a big run meets first. */
#ifndef SIMUL_BENCH_PLAN_LIMITS_H
#define SIMUL_BENCH_PLAN_LIMITS_H

#include <stdint.h>

/* The sort of thing that there is a limit of. */
enum limit_kind {
    LIMIT_DESCRIPTORS, /* of one process */
    LIMIT_THREADS,     /* more than there are now, processes included */
    LIMIT_MAPS,        /* memory mappings of one process; a thread's stack is two */
    LIMIT_PORTS,       /* connections of one pair of addresses */
    LIMIT_MEMORY,      /* bytes, more than are used now */
    LIMIT_DISK,        /* bytes, more than are used now */
    LIMIT_FILE,        /* bytes of one file */
    LIMIT_KINDS,
};

/* What is there, and how to get more. */
struct limit {
    int64_t most;       /* INT64_MAX: no limit, or none that is known */
    int64_t used;       /* by others, of what the command below sets */
    const char *remedy; /* "raise the limit" */
    const char
        *command; /* that does it, up to the number that is needed; may be NULL */
};

struct limits {
    struct limit of[LIMIT_KINDS];
};

/* Takes what it may: soft limits of descriptors and processes become the hard ones, for
 * this process and all that it starts. */
void limits_raise(void);

/* Reads them all. `folder` is where files are to be written; it need not exist yet. */
struct limits limits_read(const char *folder);

#endif
