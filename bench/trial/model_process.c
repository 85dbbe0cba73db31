/* The model of one trial: its command line, and the time that it may take. */
#include "bench/trial/model_process.h"
#include "base/advice.h"
#include "base/clock.h"
#include "base/witness.h"
#include "bench/programs/command_line.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <string.h>
#include <unistd.h>

/* The most bytes of a row of events, which is twelve numbers, and a margin: a model
 * that prints more shall not fill the disk. */
enum { MOST_ROW_BYTES = 256, SPARE_BYTES = 1 << 20 };

/* Over a hundred years; added to a time of the clock it still fits 64 bits. */
static const int64_t endless_ns = INT64_C(4000000000000000000);

static int64_t real_ns(const struct scenario *scenario, int64_t own_ns) {
    return llround(scenario_real_ns(scenario, (double)own_ns));
}

/* Writes the options that every model understands; docs/architecture.md has the
 * protocol. */
static void write_command(struct command_line *line, const struct workload *workload,
                          char send_work[static SCENARIO_FIELD_BYTES],
                          char connections[static SCENARIO_FIELD_BYTES]) {
    const struct scenario *scenario = workload->scenario;
    bool by_client = scenario->senders == SENDERS_CLIENT;
    command_line_add(line, NULL, workload->program);
    command_line_add(line, workload->url_file ? "--url-file" : "--url",
                     workload->url_file ? workload->url_file : workload->url);
    command_line_add_number(line, "--conversations", scenario->conversations);
    command_line_add_number(line, "--rounds", scenario->rounds);
    command_line_add_number(line, "--workers", scenario->workers);
    command_line_add_number(line, "--cores", workload->cores);
    command_line_add_number(line, "--send-hold",
                            by_client ? real_ns(scenario, scenario->send.first_ns) : 0);
    command_line_add(line, "--send-work",
                     scenario_format(scenario, "send_work", send_work));
    command_line_add_number(line, "--timeout", real_ns(scenario, scenario->timeout_ns));
    command_line_add(line, "--connections",
                     scenario_format(scenario, "connections", connections));
}

int64_t model_process_most_bytes(const struct scenario *scenario) {
    return MOST_ROW_BYTES * (scenario_requests(scenario) + 1) + SPARE_BYTES;
}

bool model_process_start(struct process *model, const struct workload *workload,
                         int64_t *start_ns, struct error *error) {
    char send_work[SCENARIO_FIELD_BYTES];
    char connections[SCENARIO_FIELD_BYTES];
    struct command_line line = {.count = 0};
    write_command(&line, workload, send_work, connections);
    int fd =
        open(workload->events_path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (fd < 0) {
        return error_failed(error, "cannot write %s: %s%s", workload->events_path,
                            strerror(errno), advice_for(errno));
    }
    struct process_plan plan = {
        .argv = line.argv,
        .stdout_fd = fd,
        .stderr_path = workload->stderr_path,
        .most_file_bytes = model_process_most_bytes(workload->scenario),
        .cgroup_fds = {workload->cgroup_fds[0], workload->cgroup_fds[1]},
    };
    *start_ns = clock_now_ns();
    bool ok = process_start(model, &plan, error);
    close(fd);
    return ok;
}

/* Ten times a time of the scenario, in real time, plus the patience. */
static int64_t tenfold_ns(const struct scenario *scenario, double own_ns,
                          int64_t patience_ns) {
    double all_ns = scenario_real_ns(scenario, 10 * own_ns) + (double)patience_ns;
    return all_ns < (double)endless_ns ? (int64_t)all_ns : endless_ns;
}

static struct time_limits limits_of_own_api(const struct scenario *scenario,
                                            int64_t patience_ns) {
    double requests = (double)scenario_requests(scenario);
    double all_ns = (double)scenario->timeout_ns * requests + (double)patience_ns;
    bool is_limited = scenario->timeout_ns > 0 && all_ns < (double)endless_ns;
    int64_t limit_ns = is_limited ? (int64_t)all_ns : endless_ns;
    return (struct time_limits){limit_ns, limit_ns, limit_ns};
}

struct time_limits model_process_limits(const struct scenario *scenario,
                                        const struct prediction *prediction,
                                        int64_t patience_ns) {
    if (scenario->url_file) {
        return limits_of_own_api(scenario, patience_ns);
    }
    double longest_ns =
        latency_longest_ns(scenario->send) + latency_longest_ns(scenario->response);
    double sequence_ns = longest_ns * (double)scenario_requests(scenario);
    double predicted_ns =
        prediction->is_known ? (double)prediction->simulated.makespan_ns : sequence_ns;
    return (struct time_limits){
        .expected_ns = tenfold_ns(scenario, predicted_ns, patience_ns),
        .idle_ns = tenfold_ns(scenario, longest_ns, patience_ns),
        .most_ns = tenfold_ns(scenario, fmax(sequence_ns, predicted_ns), patience_ns),
    };
}

/* Opens the log anew for every call, so that a log that was cut meanwhile is refused. */
int64_t model_process_latest_ns(const char *log_path) {
    struct witness witness;
    struct error ignored;
    int64_t latest_ns = 0;
    if (witness_open(&witness, log_path, &ignored)) {
        latest_ns = witness_latest_ns(&witness);
    }
    witness_close(&witness);
    return latest_ns;
}

enum process_end model_process_wait(struct process *model, int64_t start_ns,
                                    const struct time_limits *limits,
                                    const char *log_path,
                                    const struct process_watch *watch) {
    int64_t most_ns = start_ns + limits->most_ns;
    int64_t deadline_ns = start_ns + limits->expected_ns;
    enum process_end end;
    do {
        end = process_wait_watched(model, deadline_ns, watch);
        int64_t idle_ns = model_process_latest_ns(log_path) + limits->idle_ns;
        deadline_ns = idle_ns < most_ns ? idle_ns : most_ns;
    } while (end == PROCESS_TIMED_OUT && deadline_ns > clock_now_ns());
    return end;
}
