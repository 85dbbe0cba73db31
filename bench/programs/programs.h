/* The executables that lie beside this program and whose names begin alike, as those of
 * the models and of the lessons do; and what a program says of itself. */
#ifndef SIMUL_BENCH_PROGRAMS_PROGRAMS_H
#define SIMUL_BENCH_PROGRAMS_PROGRAMS_H

#include "base/error.h"

#include <jansson.h>
#include <limits.h>
#include <stddef.h>

/* Zeroed: closed. */
struct programs {
    char folder[PATH_MAX];
    struct dirent **entries; /* owned, sorted by name */
    const char **names;      /* what follows the prefix; ends with NULL */
    size_t count;
};

/* Lists the files beside this program that are called `prefix` and something; `what`
 * they are called in a message: "models". Fails where that folder can't be read, or out
 * of memory. programs_close() in any case. */
bool programs_open(struct programs *programs, const char *prefix, const char *what,
                   struct error *error);
void programs_close(struct programs *programs);

/* The path of one of them. Fails as paths_join() does. */
bool programs_path(const struct programs *programs, size_t index,
                   char path[static PATH_MAX], struct error *error);

/* Runs `path --describe`: the JSON that it prints, or NULL where it fails, prints
 * anything else or does not end in time. The caller lets go of it. A program that knows
 * no --describe may do anything, so what it leaves behind is ended. Fails where the
 * path can't be executed. */
bool program_describe(const char *path, json_t **description, struct error *error);

#endif
