/* simul lesson: replaces itself (exec) by a lesson, the executable simul-lesson-NAME
 * beside this program, which reads the options. Without a name it lists the lessons in
 * the order of teaching. */
#include "base/nearest.h"
#include "bench/commands/command.h"
#include "bench/commands/print.h"
#include "bench/programs/guard.h"
#include "bench/programs/programs.h"

#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A lesson in the list. */
struct entry {
    const char *name;    /* borrowed */
    json_t *description; /* owned; NULL: it prints none */
    json_int_t place;    /* in the order of teaching */
};

static int compare(const void *left, const void *right) {
    const struct entry *one = left;
    const struct entry *other = right;
    return one->place != other->place ? (one->place > other->place ? 1 : -1)
                                      : strcmp(one->name, other->name);
}

static void close_entries(struct entry *entries, size_t count) {
    for (size_t i = 0; entries && i < count; i++) {
        json_decref(entries[i].description);
    }
    free(entries);
}

/* Asks each lesson for its description, and sorts them in the order of teaching. NULL:
 * it fills `error`. */
static struct entry *sort(const struct programs *lessons, struct error *error) {
    struct entry *entries = calloc(lessons->count + 1, sizeof *entries);
    if (!entries) {
        error_failed(error, "out of memory");
        return NULL;
    }
    for (size_t i = 0; i < lessons->count; i++) {
        char path[PATH_MAX];
        struct error why = {.kind = ERROR_NONE}; /* ignored: the list goes on */
        struct entry *entry = &entries[i];
        entry->name = lessons->names[i];
        if (!programs_path(lessons, i, path, error)) {
            close_entries(entries, i);
            return NULL;
        }
        program_describe(path, &entry->description, &why);
        const json_t *place = json_object_get(entry->description, "place");
        entry->place = json_is_integer(place) ? json_integer_value(place) : INT_MAX;
    }
    qsort(entries, lessons->count, sizeof *entries, compare);
    return entries;
}

static bool list(const struct programs *lessons, FILE *out, struct error *error) {
    struct entry *entries = sort(lessons, error);
    FILE *rows = entries ? print_begin_list(out, error) : NULL;
    for (size_t i = 0; rows && i < lessons->count; i++) {
        const json_t *shows = json_object_get(entries[i].description, "shows");
        fprintf(rows, "%-20s %s\n", entries[i].name,
                json_is_string(shows) ? json_string_value(shows)
                                      : "(not available: it prints no description)");
    }
    close_entries(entries, lessons->count);
    return rows && (fclose(rows) == 0 || error_failed(error, "cannot write to stdout"));
}

/* Writes the lessons whose names begin so, in the order of teaching: "say-after-tasks,
 * say-after-gather". Returns their number. */
static size_t name_begun(const struct programs *lessons, const char *begin, char *text,
                         size_t bytes) {
    struct error ignored;
    struct entry *entries = sort(lessons, &ignored);
    size_t found = 0;
    size_t used = 0;
    for (size_t i = 0; entries && i < lessons->count && used < bytes; i++) {
        if (*begin && !strncmp(entries[i].name, begin, strlen(begin))) {
            used += (size_t)snprintf(text + used, bytes - used, "%s%s",
                                     found > 0 ? ", " : "", entries[i].name);
            found++;
        }
    }
    close_entries(entries, lessons->count);
    return found;
}

static void refuse(const struct programs *lessons, const char *name,
                   struct error *error) {
    char begun[300];
    const char *nearest = nearest_word(name, lessons->names);
    if (name_begun(lessons, name, begun, sizeof begun) > 1) {
        error_input(error, "there is no lesson '%.60s'; there are %s", name, begun);
    } else if (nearest) {
        error_input(error, "there is no lesson '%.60s'; did you mean '%s'?", name,
                    nearest);
    } else {
        error_input(error, "there is no lesson '%.60s'; 'simul lesson' lists them",
                    name);
    }
}

/* Executes the lesson, with the signal actions that a shell would give it. Returns only
 * if that fails, and then fills `error`. */
static void become(const struct programs *lessons, char *argv[], struct error *error) {
    char path[PATH_MAX];
    for (size_t i = 0; i < lessons->count; i++) {
        if (!strcmp(lessons->names[i], argv[1])) {
            if (programs_path(lessons, i, path, error)) {
                signal(SIGPIPE, SIG_DFL);
                signal(SIGXFSZ, SIG_DFL);
                guard_close();
                execv(path, argv + 1);
                error_failed(error, "cannot execute %s: %s", path, strerror(errno));
            }
            return;
        }
    }
    refuse(lessons, argv[1], error);
}

static void print_help(FILE *out) {
    fputs(
        "simul lesson: asyncio, one small program at a time\n\n"
        "usage: simul lesson [NAME [OPTION...]]\n\n"
        "Without a NAME it lists the lessons.\n\n"
        "  --speed X             how many times faster than life (1)\n"
        "  --source              print the program, and do not run it\n"
        "  --picture FILE        draw its timeline for a slide, too: .svg, .png, .pdf\n"
        "  --help                print this\n",
        out);
}

static int run(int argc, char *argv[], FILE *out, struct error *error) {
    if (argc > 1 && (!strcmp(argv[1], "--help") || !strcmp(argv[1], "-h"))) {
        print_help(out);
        return EXIT_DONE;
    }
    if (argc > 1 && argv[1][0] == '-') {
        error_input(error,
                    "'%.60s' stands before the lesson's name; write: simul lesson "
                    "NAME %.60s; 'simul lesson' lists the names",
                    argv[1], argv[1]);
        return EXIT_USAGE;
    }
    struct programs lessons;
    bool ok = programs_open(&lessons, "simul-lesson-", "lessons", error);
    if (ok && argc > 1) {
        become(&lessons, argv, error);
        ok = false;
    } else if (ok) {
        ok = list(&lessons, out, error);
    }
    programs_close(&lessons);
    return ok ? EXIT_DONE : EXIT_FAILED;
}

const struct command command_lesson = {
    .name = "lesson",
    .summary = "asyncio, one small program at a time",
    .run = run,
};
