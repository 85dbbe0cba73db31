/* simul lesson: becomes a lesson, an executable simul-lesson-NAME beside this program;
 * its options are the lesson's own. Without a name it lists them. */
#include "base/clock.h"
#include "base/nearest.h"
#include "bench/commands/command.h"
#include "bench/paths.h"
#include "bench/process.h"

#include <dirent.h>
#include <errno.h>
#include <jansson.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char prefix[] = "simul-lesson-";
enum { PREFIX_BYTES = sizeof prefix - 1 };
static const int64_t describe_patience_ns = 3 * NS_PER_S;

struct lessons {
    char folder[PATH_MAX];
    struct dirent **entries;
    const char **names; /* NULL-terminated, sorted */
    int count;
};

static int is_lesson(const struct dirent *entry) {
    return !strncmp(entry->d_name, prefix, PREFIX_BYTES) &&
           entry->d_name[PREFIX_BYTES] != '\0';
}

static bool open_lessons(struct lessons *lessons, struct error *error) {
    *lessons = (struct lessons){.count = 0};
    if (!paths_programs(lessons->folder, error)) {
        return false;
    }
    int count = scandir(lessons->folder, &lessons->entries, is_lesson, alphasort);
    if (count < 0) {
        return error_failed(error, "cannot list the lessons in %s: %s", lessons->folder,
                            strerror(errno));
    }
    lessons->count = count;
    lessons->names = calloc((size_t)count + 1, sizeof *lessons->names);
    for (int i = 0; lessons->names && i < count; i++) {
        lessons->names[i] = lessons->entries[i]->d_name + PREFIX_BYTES;
    }
    return lessons->names || error_failed(error, "out of memory");
}

static void close_lessons(struct lessons *lessons) {
    for (int i = 0; i < lessons->count; i++) {
        free(lessons->entries[i]);
    }
    free(lessons->entries);
    free(lessons->names);
}

/* What a lesson says of itself; NULL: nothing. The caller lets go of it. */
static json_t *describe(const char *path, struct error *error) {
    struct process process;
    struct process_plan plan = {
        .argv = (const char *const[]){path, "--describe", NULL},
        .stdout_fd = -1,
        .cgroup_fds = {-1, -1},
        .most_out_bytes = 65536,
    };
    json_t *description = NULL;
    if (process_start(&process, &plan, error)) {
        process_wait(&process, clock_now_ns() + describe_patience_ns);
        description = process_succeeded(&process) && process.out
                          ? json_loads(process.out, 0, NULL)
                          : NULL;
    }
    process_close(&process);
    return description;
}

static bool list(const struct lessons *lessons, FILE *out, struct error *error) {
    for (int i = 0; i < lessons->count; i++) {
        char path[PATH_MAX];
        if (!paths_join(path, lessons->folder, lessons->entries[i]->d_name, error)) {
            return false;
        }
        struct error why = {.kind = ERROR_NONE}; /* the others are none the worse */
        json_t *description = describe(path, &why);
        const char *shows = json_string_value(json_object_get(description, "shows"));
        fprintf(out, "%-20s %s\n", lessons->names[i],
                shows ? shows : "(not here: it does not say what it shows)");
        json_decref(description);
    }
    return true;
}

static void refuse(const struct lessons *lessons, const char *name,
                   struct error *error) {
    const char *nearest = nearest_word(name, lessons->names);
    if (nearest) {
        error_input(error, "there is no lesson '%.60s'; did you mean '%s'?", name,
                    nearest);
    } else {
        error_input(error, "there is no lesson '%.60s'; 'simul lesson' lists them",
                    name);
    }
}

/* Becomes the lesson, which meets signals as it would from a shell. */
static void become(const struct lessons *lessons, char *argv[], struct error *error) {
    char path[PATH_MAX];
    char name[PREFIX_BYTES + NAME_MAX];
    for (int i = 0; i < lessons->count; i++) {
        if (!strcmp(lessons->names[i], argv[1])) {
            snprintf(name, sizeof name, "%s%s", prefix, argv[1]);
            if (paths_join(path, lessons->folder, name, error)) {
                signal(SIGPIPE, SIG_DFL);
                signal(SIGXFSZ, SIG_DFL);
                execv(path, argv + 1);
                error_failed(error, "cannot execute %s: %s", path, strerror(errno));
            }
            return;
        }
    }
    refuse(lessons, argv[1], error);
}

static void print_help(FILE *out) {
    fputs("simul lesson: asyncio, one small program at a time\n\n"
          "usage: simul lesson [NAME [OPTION...]]\n\n"
          "Without a NAME it lists them.\n\n"
          "  --speed X             how many times faster than life (1)\n"
          "  --source              print the program, and do not run it\n"
          "  --picture FILE.svg    draw its timeline for a slide, too\n"
          "  --help                print this\n",
          out);
}

static int run(int argc, char *argv[], FILE *out, struct error *error) {
    struct lessons lessons;
    bool ok = true;
    if (argc > 1 && (!strcmp(argv[1], "--help") || !strcmp(argv[1], "-h"))) {
        print_help(out);
        return EXIT_DONE;
    }
    if (argc > 1 && argv[1][0] == '-') {
        error_input(error,
                    "'%.60s' stands before the lesson's name; it is: simul lesson "
                    "NAME %.60s; 'simul lesson' lists the names",
                    argv[1], argv[1]);
        return EXIT_USAGE;
    }
    ok = open_lessons(&lessons, error);
    if (ok && argc > 1) {
        become(&lessons, argv, error);
        ok = false;
    } else if (ok) {
        ok = list(&lessons, out, error);
    }
    close_lessons(&lessons);
    return ok ? EXIT_DONE : EXIT_FAILED;
}

const struct command command_lesson = {
    .name = "lesson",
    .summary = "asyncio, one small program at a time",
    .run = run,
};
