/* Where the program's own files lie. */
#include "bench/programs/paths.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

bool paths_programs(char path[static PATH_MAX], struct error *error) {
    ssize_t length = readlink("/proc/self/exe", path, PATH_MAX - 1);
    if (length < 0) {
        return error_failed(error, "cannot find out where this program lies: %s",
                            strerror(errno));
    }
    path[length] = '\0';
    char *slash = strrchr(path, '/');
    if (slash) {
        *slash = '\0';
    }
    return true;
}

bool paths_scenarios(char path[static PATH_MAX], struct error *error) {
    char programs[PATH_MAX];
    return paths_programs(programs, error) &&
           paths_join(path, programs, "../share/simul/scenarios", error);
}

const char *paths_shorten(const char *path) {
    char programs[PATH_MAX];
    struct error ignored;
    size_t length = paths_programs(programs, &ignored) ? strlen(programs) : 0;
    bool is_inside = length > 0 && !strncmp(path, programs, length) &&
                     path[length] == '/' && !strchr(path + length + 1, '/');
    return is_inside ? path + length + 1 : path;
}

bool paths_plots(char path[static PATH_MAX], struct error *error) {
    char programs[PATH_MAX];
    return paths_programs(programs, error) &&
           paths_join(path, programs, "../share/simul/plots", error);
}

static bool find_folder(char path[static PATH_MAX], const char *name,
                        struct error *error) {
    char programs[PATH_MAX];
    char joined[PATH_MAX];
    return paths_programs(programs, error) &&
           paths_join(joined, programs, name, error) &&
           (realpath(joined, path) ||
            error_input(error, "cannot find %s: %s", joined, strerror(errno)));
}

bool paths_docs(char path[static PATH_MAX], struct error *error) {
    return find_folder(path, "../share/doc/simul", error);
}

bool paths_examples(char path[static PATH_MAX], struct error *error) {
    return find_folder(path, "../share/simul/models", error);
}

bool paths_join(char path[static PATH_MAX], const char *folder, const char *name,
                struct error *error) {
    if (snprintf(path, PATH_MAX, "%s/%s", folder, name) >= PATH_MAX) {
        return error_input(error, "the path %.80s/... is too long", folder);
    }
    return true;
}
