/* Scenario files: loads them by name or path, and lists the shipped ones. */
#include "bench/scenario/file.h"
#include "base/nearest.h"
#include "bench/programs/paths.h"
#include "bench/scenario/yaml.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool is_path(const char *text) {
    size_t length = strlen(text);
    return strchr(text, '/') || (length > 5 && !strcmp(text + length - 5, ".yaml")) ||
           (length > 4 && !strcmp(text + length - 4, ".yml"));
}

static bool refuse_name(const char *name, struct error *error) {
    char **names = scenario_names(error);
    if (!names) {
        return false;
    }
    const char *nearest = nearest_word(name, (const char *const *)names);
    if (nearest) {
        error_input(error, "there is no scenario '%.60s'; did you mean '%s'?", name,
                    nearest);
    } else {
        error_input(error,
                    "there is no scenario '%.60s'; 'simul scenarios' lists them; write "
                    "./NAME.yaml for a file",
                    name);
    }
    scenario_free_names(names);
    return false;
}

bool scenario_path(char path[static PATH_MAX], const char *name_or_path,
                   struct error *error) {
    char folder[PATH_MAX];
    char file[NAME_MAX + 1];
    if (is_path(name_or_path)) {
        return snprintf(path, PATH_MAX, "%s", name_or_path) < PATH_MAX ||
               error_input(error, "the path %.80s... is too long", name_or_path);
    }
    snprintf(file, sizeof file, "%.200s.yaml", name_or_path);
    return paths_scenarios(folder, error) && paths_join(path, folder, file, error);
}

/* Opens a file; if it is a named pipe, does not wait for a writer. */
static FILE *open_file(const char *path) {
    int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0) {
        return NULL;
    }
    fcntl(fd, F_SETFL, O_RDONLY); /* reads wait for a writer that has it open */
    FILE *file = fdopen(fd, "r");
    if (!file) {
        close(fd);
    }
    return file;
}

/* A relative path in a scenario file starts at the folder of that file. */
static bool resolve_url_file(struct scenario *scenario, const char *path,
                             struct error *error) {
    const char *slash = strrchr(path, '/');
    char resolved[PATH_MAX];
    if (!scenario->url_file || scenario->url_file[0] == '/' || !slash) {
        return true;
    }
    int length = snprintf(resolved, sizeof resolved, "%.*s%s", (int)(slash - path + 1),
                          path, scenario->url_file);
    if (length >= (int)sizeof resolved) {
        return error_input(error, "%.280s: url_file: the path is too long", path);
    }
    return scenario_set_url_file(scenario, resolved) ||
           error_failed(error, "out of memory");
}

bool scenario_load(struct scenario *scenario, const char *name_or_path,
                   struct error *error) {
    char path[PATH_MAX];
    scenario_init(scenario);
    if (!scenario_path(path, name_or_path, error)) {
        return false;
    }
    FILE *file = open_file(path);
    if (!file) {
        return is_path(name_or_path)
                   ? error_input(error, "cannot open %s: %s", path, strerror(errno))
                   : refuse_name(name_or_path, error);
    }
    static const char too_large[] = "%s: larger than %d bytes; this is no scenario";
    char *text = malloc(SCENARIO_FILE_BYTES + 1);
    size_t bytes = text ? fread(text, 1, SCENARIO_FILE_BYTES + 1, file) : 0;
    bool failed = ferror(file);
    int reason = errno;
    fclose(file);
    bool ok;
    if (!text) {
        ok = error_failed(error, "out of memory");
    } else if (failed) {
        ok = error_input(error, "cannot read %s: %s", path, strerror(reason));
    } else if (bytes > SCENARIO_FILE_BYTES) {
        ok = error_input(error, too_large, path, SCENARIO_FILE_BYTES);
    } else {
        ok = scenario_read(scenario, path, text, bytes, error) &&
             resolve_url_file(scenario, path, error);
    }
    free(text);
    return ok;
}

/* Compares names without their ending: with it, chess-12.yaml would come before
 * chess.yaml. */
static int compare_names(const void *a, const void *b) {
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static int has_yaml_name(const struct dirent *entry) {
    size_t length = strlen(entry->d_name);
    return length > 5 && !strcmp(entry->d_name + length - 5, ".yaml");
}

char **scenario_names(struct error *error) {
    char folder[PATH_MAX];
    struct dirent **entries = NULL;
    if (!paths_scenarios(folder, error)) {
        return NULL;
    }
    int count = scandir(folder, &entries, has_yaml_name, NULL);
    if (count < 0) {
        error_failed(error, "cannot list the shipped scenarios in %s: %s", folder,
                     strerror(errno));
        return NULL;
    }
    char **names = calloc((size_t)count + 1, sizeof *names);
    for (int i = 0; i < count; i++) {
        if (names) {
            size_t length = strlen(entries[i]->d_name) - 5;
            names[i] = strndup(entries[i]->d_name, length);
        }
        free(entries[i]);
    }
    free(entries);
    if (names) {
        qsort(names, (size_t)count, sizeof *names, compare_names);
    } else {
        error_failed(error, "out of memory");
    }
    return names;
}

void scenario_free_names(char **names) {
    for (char **name = names; name && *name; name++) {
        free(*name);
    }
    free(names);
}
