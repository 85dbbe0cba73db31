/* Programs beside this one: lists them by name and reads their descriptions. */
#include "bench/programs/programs.h"
#include "base/clock.h"
#include "bench/programs/paths.h"
#include "bench/programs/process.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* The time that a program has for --describe, and the bytes that it may print. */
static const int64_t describe_patience_ns = 3 * NS_PER_S;
enum { MOST_DESCRIPTION_BYTES = 65536 };

static bool is_called(const char *name, const char *prefix) {
    size_t length = strlen(prefix);
    return !strncmp(name, prefix, length) && name[length] != '\0';
}

/* Keeps the entries whose names begin with the prefix. A filter of scandir() could not
 * know the prefix. */
static void keep(struct programs *programs, int count, const char *prefix) {
    for (int i = 0; i < count; i++) {
        struct dirent *entry = programs->entries[i];
        if (is_called(entry->d_name, prefix)) {
            programs->entries[programs->count++] = entry;
        } else {
            free(entry);
        }
    }
}

bool programs_open(struct programs *programs, const char *prefix, const char *what,
                   struct error *error) {
    *programs = (struct programs){.count = 0};
    if (!paths_programs(programs->folder, error)) {
        return false;
    }
    int count = scandir(programs->folder, &programs->entries, NULL, alphasort);
    if (count < 0) {
        return error_failed(error, "cannot list the %s in %s: %s", what,
                            programs->folder, strerror(errno));
    }
    keep(programs, count, prefix);
    programs->names = calloc(programs->count + 1, sizeof *programs->names);
    for (size_t i = 0; programs->names && i < programs->count; i++) {
        programs->names[i] = programs->entries[i]->d_name + strlen(prefix);
    }
    return programs->names || error_failed(error, "out of memory");
}

void programs_close(struct programs *programs) {
    for (size_t i = 0; i < programs->count; i++) {
        free(programs->entries[i]);
    }
    free(programs->entries);
    free(programs->names);
    *programs = (struct programs){.count = 0};
}

bool programs_path(const struct programs *programs, size_t index,
                   char path[static PATH_MAX], struct error *error) {
    return paths_join(path, programs->folder, programs->entries[index]->d_name, error);
}

bool program_describe(const char *path, json_t **description, struct error *error) {
    struct process process;
    struct process_plan plan = {
        .argv = (const char *const[]){path, "--describe", NULL},
        .stdout_fd = -1,
        .cgroup_fds = {-1, -1},
        .most_out_bytes = MOST_DESCRIPTION_BYTES,
    };
    *description = NULL;
    bool ok = process_start(&process, &plan, error);
    if (ok) {
        process_wait(&process, clock_now_ns() + describe_patience_ns);
        *description = process_succeeded(&process) && process.out
                           ? json_loads(process.out, 0, NULL)
                           : NULL;
    }
    process_close(&process);
    process_end_strays();
    return ok;
}
