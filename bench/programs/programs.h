/* The executables beside this program whose names begin with a common prefix (the
 * models, the lessons), and the description that a program prints. */
#ifndef SIMUL_BENCH_PROGRAMS_PROGRAMS_H
#define SIMUL_BENCH_PROGRAMS_PROGRAMS_H

#include "base/error.h"

#include <jansson.h>
#include <limits.h>
#include <stddef.h>

/* A zeroed list is closed. */
struct programs {
    char folder[PATH_MAX];
    struct dirent **entries; /* owned, sorted by name */
    const char **names;      /* without the prefix; ends with NULL */
    size_t count;
};

/* Lists the files beside this program whose names begin with `prefix`. `what` is the
 * word for them in a message: "models". Fails if the folder can't be read, or out of
 * memory. Call programs_close() in any case. */
bool programs_open(struct programs *programs, const char *prefix, const char *what,
                   struct error *error);
void programs_close(struct programs *programs);

/* The path of one of them. Fails as paths_join() does. */
bool programs_path(const struct programs *programs, size_t index,
                   char path[static PATH_MAX], struct error *error);

/* Runs `path --describe` and reads the JSON that it prints; NULL if it fails, prints
 * anything else, or does not end in time. The caller owns the reference. A program that
 * does not know --describe may do anything, so the processes that it leaves behind are
 * killed. Fails if the path can't be executed. */
bool program_describe(const char *path, json_t **description, struct error *error);

#endif
