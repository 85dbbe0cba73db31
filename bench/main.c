/* simul: runs the named command, prints its error, and is the only place that exits. */
#include "base/nearest.h"
#include "base/tame.h"
#include "base/wrap.h"
#include "bench/commands/command.h"
#include "bench/programs/guard.h"
#include "bench/programs/paths.h"
#include "bench/programs/process.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const struct command *const commands[] = {
    &command_run,       &command_predict, &command_serve, &command_models,
    &command_scenarios, &command_summary, &command_plot,  &command_lesson,
};
enum { COMMAND_COUNT = sizeof commands / sizeof commands[0] };

static void print_help(FILE *out) {
    char docs[PATH_MAX];
    struct error ignored;
    fputs("simul: how long does it take, if we don't stand and wait?\n\n"
          "usage: simul COMMAND [...]\n\n",
          out);
    for (int i = 0; i < COMMAND_COUNT; i++) {
        fprintf(out, "  %-11s %s\n", commands[i]->name, commands[i]->summary);
    }
    fputs("\n  simul run urls            12 URLs, in sequence and concurrently\n"
          "  simul predict chess       24 chess boards, without a network\n"
          "  simul COMMAND --help      the options of a command\n"
          "  simul --version\n",
          out);
    if (paths_docs(docs, &ignored)) {
        fprintf(out, "\nThe pages, docs/, are in %s\n", docs);
    }
}

static void refuse_command(const char *name, struct error *error) {
    const char *names[COMMAND_COUNT + 1] = {NULL};
    for (int i = 0; i < COMMAND_COUNT; i++) {
        names[i] = commands[i]->name;
    }
    const char *nearest = nearest_word(name, names);
    if (nearest) {
        error_input(error, "there is no command '%.60s'; did you mean '%s'?", name,
                    nearest);
    } else {
        error_input(error, "there is no command '%.60s'; 'simul --help' lists them",
                    name);
    }
}

static int dispatch(int argc, char *argv[], FILE *out, struct error *error) {
    const char *name = argc > 1 ? argv[1] : "";
    if (argc < 2) {
        print_help(stderr);
        return EXIT_USAGE;
    }
    if (!strcmp(name, "--help") || !strcmp(name, "-h") || !strcmp(name, "help")) {
        print_help(out);
        return EXIT_DONE;
    }
    if (!strcmp(name, "--version")) {
        fputs("simul " SIMUL_VERSION "\n", out);
        return EXIT_DONE;
    }
    for (int i = 0; i < COMMAND_COUNT; i++) {
        if (!strcmp(commands[i]->name, name)) {
            guard_open();
            int code = commands[i]->run(argc - 1, argv + 1, out, error);
            guard_close();
            return code;
        }
    }
    refuse_command(name, error);
    return EXIT_USAGE;
}

/* If stdin, stdout or stderr is closed at the start, its number would go to the next
 * file that is opened, and messages for stderr would be written into that file. So the
 * gaps are filled with /dev/null, opened for reading: a write to it still fails and is
 * reported. */
static void fill_standard_descriptors(void) {
    int fd;
    do {
        fd = open("/dev/null", O_RDONLY);
    } while (fd >= 0 && fd < STDERR_FILENO);
    if (fd > STDERR_FILENO) {
        close(fd);
    }
}

/* A message of several lines shows a place in a file, and keeps its lines. */
static void print_error(const struct error *error) {
    bool is_one_line = !strchr(error->message, '\n');
    FILE *rows = is_one_line ? wrap_open(stderr, wrap_columns(STDERR_FILENO)) : NULL;
    fprintf(rows ? rows : stderr, "simul: %s\n", error->message);
    if (rows) {
        fclose(rows);
    }
}

int main(int argc, char *argv[]) {
    struct error error = {.kind = ERROR_NONE};
    fill_standard_descriptors();
    process_adopt_strays();
    /* A write to a closed pipe, or beyond the limit of a file's size, then fails with
     * an error that is reported, and does not end the program. */
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN);
    FILE *out = tame_open(stdout);
    int code = EXIT_FAILED;
    if (!out) {
        error_failed(&error, "out of memory");
    } else {
        code = dispatch(argc, argv, out, &error);
        if (fclose(out) != 0 && error.kind == ERROR_NONE) {
            error_failed(&error, "cannot write to stdout");
        }
    }
    if (error.kind != ERROR_NONE) {
        print_error(&error);
        return error.kind == ERROR_INPUT ? EXIT_USAGE : EXIT_FAILED;
    }
    return code;
}
