/* simul-bench-async: measures what a switch, a task, a sleep, a queue and a lock cost.
 * script/bench runs it, and the same workloads in Python's asyncio
 * (asyncio_workloads.py).
 *
 *   simul-bench-async tasks|threads WORKLOAD COUNT
 */
#include "async/bench/outcome.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MOST 100000000 /* at most, a run takes minutes */

static bool read_count(const char *text, uint64_t *count, struct error *error) {
    char *end;
    errno = 0;
    unsigned long long number = strtoull(text, &end, 10);
    if (errno || *end || *text < '0' || *text > '9' || number < 1 || number > MOST) {
        return error_input(error, "COUNT is '%s'; it is a number from 1 to %d", text,
                           MOST);
    }
    *count = number;
    return true;
}

static bool run(int argc, char *argv[], struct outcome *outcome, struct error *error) {
    uint64_t count = 0;
    if (argc != 4) {
        return error_input(error,
                           "usage: simul-bench-async tasks|threads WORKLOAD COUNT");
    }
    if (!read_count(argv[3], &count, error)) {
        return false;
    }
    if (!strcmp(argv[1], "tasks")) {
        return tasks_run(argv[2], count, outcome, error);
    }
    if (!strcmp(argv[1], "threads")) {
        return threads_run(argv[2], count, outcome, error);
    }
    return error_input(error, "'%s' cannot run workloads; tasks or threads can",
                       argv[1]);
}

int main(int argc, char *argv[]) {
    struct error error = {.kind = ERROR_NONE};
    struct outcome outcome = {.steps = 0};
    bool ok = run(argc, argv, &outcome, &error);
    if (ok) {
        printf("{\"steps\": %" PRIu64 ", \"check\": %" PRIu64
               ", \"elapsed_ns\": %" PRId64 ", \"resident_bytes\": %" PRId64 "}\n",
               outcome.steps, outcome.check, outcome.elapsed_ns,
               outcome.resident_bytes);
        if (fflush(stdout) != 0) {
            ok = error_failed(&error, "cannot write to stdout: %s", strerror(errno));
        }
    }
    if (!ok) {
        fprintf(stderr, "simul-bench-async: %s\n", error.message);
    }
    return ok ? 0 : error.kind == ERROR_INPUT ? 2 : 1;
}
