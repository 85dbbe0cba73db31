/* The commands of simul. Each is a file of this folder; main.c calls them and prints
 * their errors. */
#ifndef SIMUL_BENCH_COMMANDS_COMMAND_H
#define SIMUL_BENCH_COMMANDS_COMMAND_H

#include "base/error.h"

#include <stdio.h>

/* Exit codes: bad input is told from bad luck. */
enum exit_code { EXIT_DONE = 0, EXIT_FAILED = 1, EXIT_USAGE = 2, EXIT_SIGNALLED = 128 };

struct command {
    const char *name;
    const char *summary; /* one line for `simul --help` */
    /* argv[0] is the command's name. Returns the exit code, or fills `error`. Results
     * go to `out`, progress to stderr. */
    int (*run)(int argc, char *argv[], FILE *out, struct error *error);
};

/* The exit code of a command that is done or has failed; where a signal has come and
 * ended it, the signal's, and `error` is emptied. */
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
