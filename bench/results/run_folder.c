/* Makes a folder that no other run uses. */
#include "bench/results/run_folder.h"
#include "bench/programs/guard.h"
#include "bench/programs/paths.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { MOST_SUFFIXES = 1000 };

/* As mkdir -p does. */
static bool make_folders(const char *path, struct error *error) {
    char part[PATH_MAX];
    size_t length = strlen(path);
    if (length == 0 || length >= sizeof part - 1) {
        return error_input(error, "--output: the path is empty or too long");
    }
    for (size_t i = 1; i <= length; i++) {
        if (path[i] == '/' || path[i] == '\0') {
            memcpy(part, path, i);
            part[i] = '\0';
            if (mkdir(part, 0755) != 0 && errno != EEXIST) {
                return error_input(error, "--output: cannot make the folder %s: %s",
                                   part, strerror(errno));
            }
        }
    }
    return true;
}

/* Makes the first of <output>/<stamp>-<name>, -2, -3, ... that does not exist. */
static bool make_own_folder(const char *output, const char *name,
                            char path[static PATH_MAX], struct error *error) {
    char stamp[32];
    char base[NAME_MAX + 1];
    time_t now = time(NULL);
    struct tm utc;
    gmtime_r(&now, &utc);
    strftime(stamp, sizeof stamp, "%Y%m%dT%H%M%SZ", &utc);
    for (int suffix = 1; suffix <= MOST_SUFFIXES; suffix++) {
        snprintf(base, sizeof base, "%s-%.100s", stamp, name);
        if (suffix > 1) {
            snprintf(base, sizeof base, "%s-%.100s-%d", stamp, name, suffix);
        }
        if (!paths_join(path, output, base, error)) {
            return false;
        }
        guard_add(REMAIN_FILE, path);
        if (mkdir(path, 0755) == 0) {
            return true;
        }
        guard_drop(REMAIN_FILE, path);
        if (errno != EEXIST) {
            break;
        }
    }
    return error_input(error, "--output: cannot make %s: %s", path, strerror(errno));
}

bool run_folder_make(const char *output, const char *name, char path[static PATH_MAX],
                     struct error *error) {
    return make_folders(output, error) && make_own_folder(output, name, path, error);
}

/* Replaces the link in one step: a reader finds the old one or the new one. */
void run_folder_point_latest(const char *output, const char *path) {
    char link[PATH_MAX];
    char fresh[PATH_MAX];
    struct error ignored;
    const char *base = strrchr(path, '/') + 1;
    char name[40]; /* of this process, since another run may do the same now */
    snprintf(name, sizeof name, ".latest.%ld", (long)getpid());
    if (paths_join(link, output, "latest", &ignored) &&
        paths_join(fresh, output, name, &ignored)) {
        guard_add(REMAIN_FILE, fresh);
        unlink(fresh);
        if (symlink(base, fresh) != 0 || rename(fresh, link) != 0) {
            unlink(fresh); /* no error: some file systems have no links */
        }
        guard_drop(REMAIN_FILE, fresh);
    }
}
