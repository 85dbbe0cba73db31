/* The mock API of one trial: its command line, and the URL that it prints at its
 * start. */
#include "bench/trial/api_process.h"
#include "base/clock.h"
#include "bench/plan/needs.h"
#include "bench/programs/command_line.h"
#include "bench/programs/paths.h"

#include <stdio.h>
#include <string.h>

/* If the client sends by itself, the API's send takes no time and has no limit. */
bool api_process_start(struct process *api, const struct scenario *scenario,
                       uint64_t seed, const char *log_path, struct error *error) {
    char program[PATH_MAX];
    char folder[PATH_MAX];
    char send[LATENCY_TEXT_BYTES] = "0s";
    char response[LATENCY_TEXT_BYTES];
    latency_format(scenario_real_latency(scenario, scenario->response), response);
    if (scenario->senders != SENDERS_CLIENT) {
        latency_format(scenario_real_latency(scenario, scenario->send), send);
    }
    if (!paths_programs(folder, error) ||
        !paths_join(program, folder, "simul-mock-api", error)) {
        return false;
    }
    struct command_line line = {.count = 0};
    command_line_add(&line, NULL, program);
    command_line_add(&line, "--port", "0");
    command_line_add(&line, "--send", send);
    command_line_add(&line, "--response", response);
    if (scenario->senders == SENDERS_COUNT) {
        command_line_add_number(&line, "--senders", scenario->sender_count);
    } else {
        command_line_add(&line, "--senders", "unlimited");
    }
    command_line_add_number(&line, "--slots", scenario->slots);
    command_line_add_number(&line, "--seed", (int64_t)seed);
    if (scenario_is_drawn(scenario)) { /* the simulation starts in this order, too */
        command_line_add(&line, "--start-order", "number");
    }
    command_line_add(&line, "--log", log_path);
    command_line_add_number(&line, "--log-capacity", needs_log_records(scenario));
    struct process_plan plan = {
        .argv = line.argv, .stdout_fd = -1, .cgroup_fds = {-1, -1}};
    return process_start(api, &plan, error);
}

bool api_process_await(struct process *api, int64_t patience_ns,
                       char url[static API_URL_BYTES], bool *interrupted,
                       struct error *error) {
    enum process_end end = process_wait_line(api, clock_now_ns() + patience_ns);
    *interrupted = end == PROCESS_INTERRUPTED;
    if (*interrupted) {
        return true;
    }
    if (!api->out || !strchr(api->out, '\n')) {
        char line[300];
        char how[100];
        process_last_line(api, line, sizeof line);
        snprintf(how, sizeof how, "it printed nothing within %g s",
                 (double)patience_ns / NS_PER_S);
        if (end == PROCESS_EXITED) {
            process_explain(api, how, sizeof how);
        }
        return error_failed(error, "the mock API did not start, %s%s%s", how,
                            line[0] ? ": " : "", line);
    }
    snprintf(url, API_URL_BYTES, "%.*s", (int)strcspn(api->out, "\n"), api->out);
    return true;
}
