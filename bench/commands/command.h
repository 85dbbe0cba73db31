/* The commands of simul. Each command is a file of this folder; bench/main.c calls it
 * and prints its error. */
#ifndef SIMUL_BENCH_COMMANDS_COMMAND_H
#define SIMUL_BENCH_COMMANDS_COMMAND_H

#include "base/error.h"

#include <stdio.h>

/* Exit codes. EXIT_USAGE: bad input; EXIT_FAILED: any other failure; EXIT_SIGNALLED is
 * added to the number of the signal that ended the command. */
enum exit_code { EXIT_DONE = 0, EXIT_FAILED = 1, EXIT_USAGE = 2, EXIT_SIGNALLED = 128 };

struct command {
    const char *name;
    const char *summary; /* one line for `simul --help` */
    /* argv[0] is the command's name. Returns the exit code, or fills `error`. Results
     * go to `out`, progress to stderr. */
    int (*run)(int argc, char *argv[], FILE *out, struct error *error);
};

/* The exit code of a command that succeeded (`ok`) or failed. While a signal is
 * pending, it is the signal's code, and `error` is emptied. */
int command_exit_code(bool ok, struct error *error);

extern const struct command command_run;
extern const struct command command_predict;
extern const struct command command_serve;
extern const struct command command_models;
extern const struct command command_scenarios;
extern const struct command command_summary;
extern const struct command command_plot;
extern const struct command command_lesson;

#endif
