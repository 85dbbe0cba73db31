/* simul serve: replaces itself (exec) by the mock API, which reads the options. */
#include "bench/commands/command.h"
#include "bench/programs/guard.h"
#include "bench/programs/paths.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

static int run(int argc, char *argv[], FILE *out, struct error *error) {
    (void)argc, (void)out;
    char folder[PATH_MAX];
    char program[PATH_MAX];
    if (paths_programs(folder, error) &&
        paths_join(program, folder, "simul-mock-api", error)) {
        guard_close();
        execv(program, argv);
        error_failed(error, "cannot execute %s: %s", program, strerror(errno));
    }
    return EXIT_FAILED;
}

const struct command command_serve = {
    .name = "serve",
    .summary = "run the mock API alone, for any client",
    .run = run,
};
