/* The limits of this machine that a big run meets first. */
#ifndef SIMUL_BENCH_PLAN_LIMITS_H
#define SIMUL_BENCH_PLAN_LIMITS_H

#include <stdint.h>

/* The kinds of limits. */
enum limit_kind {
    LIMIT_DESCRIPTORS, /* of one process */
    LIMIT_THREADS,     /* threads and processes, in addition to the present ones */
    LIMIT_MAPS,        /* memory mappings of one process; a thread's stack is two */
    LIMIT_PORTS,       /* connections between one pair of addresses */
    LIMIT_MEMORY,      /* bytes, in addition to those in use */
    LIMIT_DISK,        /* bytes, in addition to those in use */
    LIMIT_FILE,        /* bytes of one file */
    LIMIT_KINDS,
};

/* How much there is, and how to get more. */
struct limit {
    int64_t most;        /* INT64_MAX: no limit, or none that is known */
    int64_t used;        /* by other programs, of the total that `command` sets */
    const char *remedy;  /* "raise the limit" */
    const char *command; /* "ulimit -n ": the needed total is appended; may be NULL */
};

struct limits {
    struct limit of[LIMIT_KINDS];
};

/* Raises the soft limits of descriptors and processes to the hard ones, for this
 * process and for every process that it starts. */
void limits_raise(void);

/* Reads all limits. `folder` is where files will be written; it need not exist yet. */
struct limits limits_read(const char *folder);

#endif
