/* simul lesson: replaces itself (exec) by a lesson, the executable simul-lesson-NAME
 * beside this program, which reads the options. Without a name it lists the lessons. */
#include "base/nearest.h"
#include "bench/commands/command.h"
#include "bench/programs/guard.h"
#include "bench/programs/programs.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

static bool list(const struct programs *lessons, FILE *out, struct error *error) {
    for (size_t i = 0; i < lessons->count; i++) {
        char path[PATH_MAX];
        if (!programs_path(lessons, i, path, error)) {
            return false;
        }
        struct error why = {.kind = ERROR_NONE}; /* ignored: the list goes on */
        json_t *description;
        program_describe(path, &description, &why);
        const char *shows = json_string_value(json_object_get(description, "shows"));
        fprintf(out, "%-20s %s\n", lessons->names[i],
                shows ? shows : "(not available: it prints no description)");
        json_decref(description);
    }
    return true;
}

static void refuse(const struct programs *lessons, const char *name,
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
    fputs("simul lesson: asyncio, one small program at a time\n\n"
          "usage: simul lesson [NAME [OPTION...]]\n\n"
          "Without a NAME it lists the lessons.\n\n"
          "  --speed X             how many times faster than life (1)\n"
          "  --source              print the program, and do not run it\n"
          "  --picture FILE.svg    draw its timeline for a slide, too\n"
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
