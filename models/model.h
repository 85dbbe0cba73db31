/* The contract of a model: every file models/<name>.c defines `model` and becomes one
 * executable. docs/adding_a_model.md explains an example. */
#ifndef SIMUL_MODELS_MODEL_H
#define SIMUL_MODELS_MODEL_H

#include "base/error.h"
#include "models/runtime/workload.h"

#include <stdbool.h>
#include <stddef.h>

/* How many conversations a model has under way at once. */
enum model_holds {
    HOLDS_ONE,     /* one after the other */
    HOLDS_WORKERS, /* workload->workers */
    HOLDS_ALL,
    HOLDS_CORES, /* workload->cores */
};

/* The part of a model that waits while the client itself does a send
 * (workload_hold_send). */
enum model_send_holds {
    SEND_HOLDS_CALLER, /* the conversation's own thread or process */
    SEND_HOLDS_LOOP,   /* the one thread that serves all */
};

/* The needs of a model: for its process, and in addition for each caller, that is, for
 * each conversation that it has under way (one, workers, all, cores). Zero means that a
 * caller needs its connection and nothing else. `simul run` compares the needs with the
 * machine's limits before it starts. Round up: tests/bench/plan/test_needs.c runs every
 * model with no more than it says. */
struct model_needs {
    int descriptors;
    int descriptors_per_caller;
    int threads_per_caller; /* or processes */
    int bytes_per_caller;   /* of memory, with the kernel's for stacks and sockets */
};

struct model {
    const char *summary; /* one line: how it waits */
    enum model_holds holds;
    enum model_send_holds send_holds;
    struct model_needs needs;
    bool unlisted;    /* run by name only, never by `all` */
    bool never_waits; /* sends no request, and so shows the cost of the harness */

    /* Returns whether the model can run here; if not, writes into `why` what is missing
     * and what to do. NULL: the model can always run. */
    bool (*is_available)(char *why, size_t why_bytes);

    /* Does every request of the workload and records its event. A failed request is an
     * event too; the model returns false only if it could not do its work at all. */
    bool (*run)(const struct workload *workload, struct error *error);
};

extern const struct model model;

#endif
