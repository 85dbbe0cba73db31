/* The models that can be run: the executables beside this
 * program, or any given by path. */
#ifndef SIMUL_BENCH_PROGRAMS_CATALOGUE_H
#define SIMUL_BENCH_PROGRAMS_CATALOGUE_H

#include "base/error.h"

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define MODEL_NAME_BYTES 64
#define MODEL_TEXT_BYTES 256

enum model_holds { HOLDS_ONE, HOLDS_WORKERS, HOLDS_ALL, HOLDS_CORES };

/* What it takes of this machine: for its process, and more for each conversation that
 * it has under way. Zero where it does not say. */
struct model_needs {
    int64_t descriptors;
    int64_t descriptors_per_caller;
    int64_t threads_per_caller;
    int64_t bytes_per_caller;
};

/* What a model says of itself with --describe. */
struct model {
    char name[MODEL_NAME_BYTES];
    char path[PATH_MAX];
    bool is_described; /* else only name and path are known, and nothing is predicted */
    char summary[MODEL_TEXT_BYTES];
    enum model_holds holds;
    bool send_holds_loop; /* a client's send holds all its conversations, not one */
    bool is_listed;       /* `all` runs it */
    bool is_available;
    char why[MODEL_TEXT_BYTES]; /* it is not available */
    bool waits;                 /* it sends requests and owes their waiting */
    struct model_needs needs;
};

struct catalogue {
    struct model *models; /* owned, sorted by name */
    size_t count;
};

/* Finds and describes every simul-model-* beside this program; one that can't be
 * executed is not available. Fails where that folder can't be read.
 * catalogue_close() in any case. */
bool catalogue_open(struct catalogue *catalogue, struct error *error);
void catalogue_close(struct catalogue *catalogue);

/* Finds a model by name, or describes the executable where the text holds a slash.
 * Fails (input) with the nearest name. */
bool catalogue_find(const struct catalogue *catalogue, const char *name_or_path,
                    struct model *model, struct error *error);

/* Names a model after its file: ./my/mine.py and simul-model-mine are both called mine,
 * or mine.py where the ending is to tell it from another. */
void model_name_after_file(struct model *model, bool with_ending);

/* "one", "workers", "all", "cores". */
const char *model_holds_name(enum model_holds holds);

/* Reads one that model_holds_name() wrote; false where it is none. */
bool model_holds_read(const char *name, enum model_holds *holds);

#endif
