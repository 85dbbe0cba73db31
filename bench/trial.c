/* One trial: spawn the API, spawn the model, wait, read what both recorded. */
#include "bench/trial.h"
#include "base/clock.h"
#include "bench/paths.h"
#include "bench/process.h"
#include "bench/records.h"
#include "bench/resources.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const int64_t api_patience_ns = 10 * NS_PER_S;
static const int64_t stop_patience_ns = 3 * NS_PER_S;

/* A row of events is twelve numbers: a model that prints more
 * shall not fill the disk. */
enum { MOST_ROW_BYTES = 256, SPARE_BYTES = 1 << 20 };

enum { MOST_ARGUMENTS = 32, NUMBER_BYTES = 32, MOST_RECORDS = 100000000 };

/* A trial under way: what has to be given back, whatever happens. */
struct stage {
    const struct trial_setup *setup;
    struct trial *trial;
    char events_path[PATH_MAX];
    char records_path[PATH_MAX]; /* the API's records as CSV */
    char log_path[PATH_MAX];     /* the API's log, while it runs */
    struct process api;
    struct process model;
    struct resources resources;
    struct witness witness;
    struct events events;
    int64_t model_start_ns;
};

/* A command line that is put together piece by piece, with room for its numbers. */
struct arguments {
    const char *argv[MOST_ARGUMENTS + 1];
    int count;
    char numbers[MOST_ARGUMENTS][NUMBER_BYTES];
};

static void add_text(struct arguments *arguments, const char *option,
                     const char *text) {
    if (option) {
        arguments->argv[arguments->count++] = option;
    }
    arguments->argv[arguments->count++] = text;
}

static void add_number(struct arguments *arguments, const char *option,
                       int64_t number) {
    char *text = arguments->numbers[arguments->count];
    snprintf(text, NUMBER_BYTES, "%" PRId64, number);
    add_text(arguments, option, text);
}

static int64_t scaled_ns(int64_t ns, double speed) {
    return llround((double)ns / speed);
}

/* A client's own send is not the API's: there it takes no time, and everybody may. */
static bool start_api(struct stage *stage, struct error *error) {
    const struct scenario *scenario = stage->setup->scenario;
    char program[PATH_MAX];
    char folder[PATH_MAX];
    char send[LATENCY_TEXT_BYTES] = "0s";
    char response[LATENCY_TEXT_BYTES];
    latency_format(latency_scaled(scenario->response, scenario->speed), response);
    if (scenario->senders != SENDERS_CLIENT) {
        latency_format(latency_scaled(scenario->send, scenario->speed), send);
    }
    if (!paths_programs(folder, error) ||
        !paths_join(program, folder, "simul-mock-api", error)) {
        return false;
    }
    struct arguments arguments = {.count = 0};
    add_text(&arguments, NULL, program);
    add_text(&arguments, "--port", "0");
    add_text(&arguments, "--send", send);
    add_text(&arguments, "--response", response);
    if (scenario->senders == SENDERS_COUNT) {
        add_number(&arguments, "--senders", scenario->sender_count);
    } else {
        add_text(&arguments, "--senders", "unlimited");
    }
    add_number(&arguments, "--slots", scenario->slots);
    add_number(&arguments, "--seed", (int64_t)stage->setup->seed);
    add_text(&arguments, "--log", stage->log_path);
    /* A model may ask more often than it should; that shall be seen. */
    int64_t capacity = scenario_requests(scenario) * 2 + 1000;
    add_number(&arguments, "--log-capacity",
               capacity < MOST_RECORDS ? capacity : MOST_RECORDS);
    struct process_plan plan = {
        .argv = arguments.argv, .stdout_fd = -1, .cgroup_fds = {-1, -1}};
    return process_start(&stage->api, &plan, error);
}

/* Fills `url` when the API accepts connections. */
static bool await_api(struct stage *stage, char url[static 100], struct error *error) {
    enum process_end end =
        process_wait_line(&stage->api, clock_now_ns() + api_patience_ns);
    if (end == PROCESS_INTERRUPTED) {
        stage->trial->interrupted = true;
        return true;
    }
    if (!stage->api.out || !strchr(stage->api.out, '\n')) {
        char line[300];
        char how[100] = "no word from it within 10 s";
        process_last_line(&stage->api, line, sizeof line);
        if (end == PROCESS_EXITED) {
            process_explain(&stage->api, how, sizeof how);
        }
        return error_failed(error, "the mock API did not start, %s%s%s", how,
                            line[0] ? ": " : "", line);
    }
    snprintf(url, 100, "%.*s", (int)strcspn(stage->api.out, "\n"), stage->api.out);
    return true;
}

static bool start_model(struct stage *stage, const char *url, struct error *error) {
    const struct trial_setup *setup = stage->setup;
    const struct scenario *scenario = setup->scenario;
    bool by_client = scenario->senders == SENDERS_CLIENT;
    char send_work[SCENARIO_FIELD_BYTES];
    char connections[SCENARIO_FIELD_BYTES];
    struct arguments arguments = {.count = 0};
    add_text(&arguments, NULL, setup->entry->model.path);
    add_text(&arguments, "--url", url);
    add_number(&arguments, "--conversations", scenario->conversations);
    add_number(&arguments, "--rounds", scenario->rounds);
    add_number(&arguments, "--workers", scenario->workers);
    add_number(&arguments, "--cores", setup->cores);
    add_number(&arguments, "--send-hold",
               by_client ? scaled_ns(scenario->send.first_ns, scenario->speed) : 0);
    add_text(&arguments, "--send-work",
             scenario_format(scenario, "send_work", send_work));
    add_number(&arguments, "--timeout",
               scaled_ns(scenario->timeout_ns, scenario->speed));
    add_text(&arguments, "--connections",
             scenario_format(scenario, "connections", connections));
    int fd = open(stage->events_path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (fd < 0) {
        return error_failed(error, "cannot write %s: %s", stage->events_path,
                            strerror(errno));
    }
    resources_open(&stage->resources, setup->number);
    struct process_plan plan = {
        .argv = arguments.argv,
        .stdout_fd = fd,
        .most_file_bytes =
            MOST_ROW_BYTES * (scenario_requests(scenario) + 1) + SPARE_BYTES,
        .cgroup_fds = {stage->resources.procs_fds[0], stage->resources.procs_fds[1]},
    };
    stage->model_start_ns = clock_now_ns();
    bool ok = process_start(&stage->model, &plan, error);
    close(fd);
    return ok;
}

/* Ten times what is predicted (or, unpredicted, what one after the
 * other takes) and 10 s. */
static int64_t patience_ns(const struct trial_setup *setup) {
    const struct scenario *scenario = setup->scenario;
    const struct prediction *prediction = &setup->entry->prediction;
    double expected_ns = prediction->is_known
                             ? (double)prediction->simulated.makespan_ns
                             : (latency_longest_ns(scenario->send) +
                                latency_longest_ns(scenario->response)) *
                                   (double)scenario_requests(scenario);
    double patience = 10 * expected_ns / scenario->speed + 10.0 * NS_PER_S;
    return patience < 4e18 ? (int64_t)patience : INT64_C(4000000000000000000);
}

static int64_t timeval_ns(struct timeval time) {
    return time.tv_sec * NS_PER_S + time.tv_usec * NS_PER_US;
}

static void note_usage(struct stage *stage) {
    struct trial *trial = stage->trial;
    const struct rusage *usage = &stage->model.usage;
    trial->user_ns = timeval_ns(usage->ru_utime);
    trial->system_ns = timeval_ns(usage->ru_stime);
    trial->voluntary_switches = usage->ru_nvcsw;
    trial->involuntary_switches = usage->ru_nivcsw;
    trial->peak_memory_bytes = resources_peak_memory_bytes(&stage->resources);
    trial->peak_threads = resources_peak_threads(&stage->resources);
}

static void await_model(struct stage *stage) {
    struct trial *trial = stage->trial;
    char how[100];
    char line[VALIDITY_REASON_BYTES];
    int64_t deadline_ns = stage->model_start_ns + patience_ns(stage->setup);
    enum process_end end = process_wait(&stage->model, deadline_ns);
    if (end == PROCESS_INTERRUPTED) {
        trial->interrupted = true;
        return;
    }
    if (end == PROCESS_TIMED_OUT) {
        validity_add(&trial->validity,
                     "the model was ended after %.1f s, ten times its prediction and "
                     "10 s",
                     (double)patience_ns(stage->setup) / NS_PER_S);
        process_signal(&stage->model, SIGKILL);
        process_wait(&stage->model, clock_now_ns() + stop_patience_ns);
    } else if (!process_succeeded(&stage->model)) {
        process_explain(&stage->model, how, sizeof how);
        process_last_line(&stage->model, line, sizeof line);
        validity_add(&trial->validity, "the model failed, %s%s%.150s", how,
                     line[0] ? ": " : "", line);
    }
    note_usage(stage);
}

/* SIGTERM, and what the API wrote is whole. */
static void stop_api(struct stage *stage) {
    if (stage->api.pid == 0) {
        char how[100];
        process_explain(&stage->api, how, sizeof how);
        validity_add(&stage->trial->validity, "the mock API ended by itself, %s", how);
        return;
    }
    process_signal(&stage->api, SIGTERM);
    enum process_end end = process_wait(&stage->api, clock_now_ns() + stop_patience_ns);
    stage->trial->interrupted = end == PROCESS_INTERRUPTED;
}

/* What the model printed and what the API saw, once both are done. */
static bool judge(struct stage *stage, struct error *error) {
    const struct trial_setup *setup = stage->setup;
    struct trial *trial = stage->trial;
    struct error why;
    if (!witness_open(&stage->witness, stage->log_path, error)) {
        return false;
    }
    bool is_read =
        events_read(&stage->events, stage->events_path, setup->scenario->conversations,
                    setup->scenario->rounds, &why);
    if (!is_read && !stage->events.events) {
        *error = why;
        return false;
    }
    if (!is_read && trial->validity.count == 0) {
        validity_add(&trial->validity, "%.190s", why.message);
    } else if (is_read && !validity_check(&trial->validity, setup->scenario,
                                          setup->seed, setup->entry->model.waits,
                                          &stage->events, &stage->witness)) {
        return error_failed(error, "out of memory for the trial's checks");
    }
    if (!figures_compute(&trial->figures, &stage->events, &stage->witness,
                         setup->scenario->senders == SENDERS_CLIENT)) {
        return error_failed(error, "out of memory for the trial's figures");
    }
    trial->setup_ns = trial->figures.start_ns - stage->model_start_ns;
    return records_write(&stage->witness, stage->records_path, error);
}

static bool name_files(struct stage *stage, struct error *error) {
    const struct trial_setup *setup = stage->setup;
    struct trial *trial = stage->trial;
    char name[TRIAL_NAME_BYTES + 16];
    snprintf(trial->name, sizeof trial->name, "%04d-%s-%s-%d", setup->number,
             setup->scenario->name, setup->entry->model.name, setup->block);
    snprintf(name, sizeof name, "%s.csv", trial->name);
    if (!paths_join(stage->events_path, setup->folder, name, error)) {
        return false;
    }
    snprintf(name, sizeof name, "%s.api.csv", trial->name);
    if (!paths_join(stage->records_path, setup->folder, name, error)) {
        return false;
    }
    snprintf(name, sizeof name, "%s.api.log", trial->name);
    return paths_join(stage->log_path, setup->folder, name, error);
}

static bool run(struct stage *stage, struct error *error) {
    char url[100] = "";
    if (!start_api(stage, error) || !await_api(stage, url, error)) {
        return false;
    }
    if (stage->trial->interrupted) {
        return true;
    }
    if (!start_model(stage, url, error)) {
        return false;
    }
    await_model(stage);
    if (stage->trial->interrupted) {
        return true;
    }
    stop_api(stage);
    return stage->trial->interrupted || judge(stage, error);
}

bool trial_run(const struct trial_setup *setup, struct trial *trial,
               struct error *error) {
    *trial = (struct trial){.peak_memory_bytes = -1, .peak_threads = -1};
    struct stage *stage = calloc(1, sizeof *stage);
    if (!stage) {
        return error_failed(error, "out of memory");
    }
    stage->setup = setup;
    stage->trial = trial;
    stage->resources.procs_fds[0] = stage->resources.procs_fds[1] = -1;
    bool ok = name_files(stage, error) && run(stage, error);
    process_close(&stage->model);
    process_close(&stage->api);
    process_end_strays();
    resources_close(&stage->resources);
    witness_close(&stage->witness);
    events_close(&stage->events);
    if (stage->log_path[0]) {
        unlink(stage->log_path);
    }
    if (trial->interrupted && stage->events_path[0]) {
        unlink(stage->events_path);
    }
    free(stage);
    return ok;
}
