/* The models that can be run: the executables beside this program, and any executable
 * that is given by path. */
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

/* The resources of this machine that a model needs: for its process, and in addition
 * for each caller, which is a conversation under way. 0: the model does not say. */
struct model_needs {
    int64_t descriptors;
    int64_t descriptors_per_caller;
    int64_t threads_per_caller;
    int64_t bytes_per_caller;
};

/* The description that a model prints with --describe. */
struct model {
    char name[MODEL_NAME_BYTES];
    char path[PATH_MAX];
    /* false: only name and path are known, and there is no prediction */
    bool is_described;
    char summary[MODEL_TEXT_BYTES];
    enum model_holds holds;
    bool send_holds_loop; /* a client's send holds all conversations, not one */
    bool unlisted;        /* run by name only, never by `all` */
    bool is_available;
    char why[MODEL_TEXT_BYTES]; /* the reason if it is not available */
    bool never_waits;           /* it sends no request, so it owes no latency */
    struct model_needs needs;
    int64_t start_ns; /* how long the description took: mostly, the program's start */
};

struct catalogue {
    struct model *models; /* owned, sorted by name */
    size_t count;
};

/* Finds every simul-model-* beside this program and reads its description. A model that
 * can't be executed is listed as not available. Fails if the folder can't be read. Call
 * catalogue_close() in any case. */
bool catalogue_open(struct catalogue *catalogue, struct error *error);
void catalogue_close(struct catalogue *catalogue);

/* Finds a model by name; if the text holds a slash, it is a path, and the description
 * of that executable is read. Fails (input) and suggests the nearest name. */
bool catalogue_find(const struct catalogue *catalogue, const char *name_or_path,
                    struct model *model, struct error *error);

/* Names a model after its file: ./my/mine.py and simul-model-mine are both called mine.
 * `with_ending` keeps the ending (mine.py), to tell it from another model. */
void model_name_after_file(struct model *model, bool with_ending);

/* "one", "workers", "all", "cores". */
const char *model_holds_name(enum model_holds holds);

/* Reads a word of model_holds_name(); false if it is none of them. */
bool model_holds_read(const char *name, enum model_holds *holds);

#endif
