/* The contract of a model: a file models/<name>.c defines `model`, and is then an
 * executable. docs/adding_a_model.md walks through one. */
#ifndef SIMUL_MODELS_MODEL_H
#define SIMUL_MODELS_MODEL_H

#include "base/error.h"
#include "models/runtime/workload.h"

#include <stdbool.h>
#include <stddef.h>

/* How many conversations it has under way at once. */
enum model_holds {
    HOLDS_ONE,     /* one after the other */
    HOLDS_WORKERS, /* workload->workers */
    HOLDS_ALL,
    HOLDS_CORES, /* workload->cores */
};

/* Whom a send that the client itself must do (workload_hold_send) holds up. */
enum model_send_holds {
    SEND_HOLDS_CALLER, /* the conversation's own thread or process */
    SEND_HOLDS_LOOP,   /* the one thread that serves all */
};

/* What it takes of this machine, for `simul run` to hold against the limits before it
 * starts: for the process, and more for each caller, that is for each conversation that
 * it has under way (one, workers, all, cores). Zero: no more than the connection that
 * each caller needs. Round up; tests/bench/plan/test_needs.c runs every model within
 * what it says.
 */
struct model_needs {
    int descriptors;
    int descriptors_per_caller;
    int threads_per_caller; /* or processes */
    int bytes_per_caller; /* of memory, the kernel's for stacks and sockets included */
};

struct model {
    const char *summary; /* one line: how it waits */
    enum model_holds holds;
    enum model_send_holds send_holds;
    struct model_needs needs;
    bool unlisted;    /* run by name only, never by `all` */
    bool never_waits; /* sends no request: only what the harness itself costs */

    /* Can it run here? May be NULL: yes. Else writes why not, and what to do. */
    bool (*is_available)(char *why, size_t why_bytes);

    /* Has every request of the workload done and its event recorded. A failed request
     * is an event too; false is for a model that could not do its work at all. */
    bool (*run)(const struct workload *workload, struct error *error);
};

extern const struct model model;

#endif
