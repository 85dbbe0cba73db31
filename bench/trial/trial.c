/* Runs one trial: starts the API and the model, waits, and reads what both recorded. */
#include "bench/trial/trial.h"
#include "base/advice.h"
#include "base/clock.h"
#include "bench/trial/api_process.h"
#include "bench/trial/disturbance.h"
#include "bench/measure/clocks.h"
#include "bench/measure/ideal.h"
#include "bench/trial/model_process.h"
#include "bench/programs/guard.h"
#include "bench/programs/paths.h"
#include "bench/programs/process.h"
#include "bench/measure/records.h"
#include "bench/trial/resources.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* A trial under way, with everything that has to be closed at its end. */
struct stage {
    const struct trial_setup *setup;
    struct trial *trial;
    char events_path[PATH_MAX];
    char records_path[PATH_MAX]; /* the API's records as CSV */
    char stderr_path[PATH_MAX];  /* the model's stderr */
    char log_path[PATH_MAX];     /* the API's log, while it runs */
    struct process api;
    struct process model;
    struct resources resources;
    struct witness witness;
    struct events events;
    int64_t model_start_ns;
};

/* True with the user's own API, of which only the model's rows tell. */
static bool is_own_api(const struct stage *stage) {
    return stage->setup->urls_path != NULL;
}

static bool start_model(struct stage *stage, const char *url, struct error *error) {
    const struct trial_setup *setup = stage->setup;
    resources_open(&stage->resources, setup->number);
    struct workload workload = {
        .scenario = setup->scenario,
        .program = setup->entry->model.path,
        .url = url,
        .url_file = setup->urls_path,
        .cores = processors_whole(&setup->processors),
        .events_path = stage->events_path,
        .stderr_path = stage->stderr_path,
        .cgroup_fds = {stage->resources.procs_fds[0], stage->resources.procs_fds[1]},
    };
    return model_process_start(&stage->model, &workload, &stage->model_start_ns, error);
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

/* Opens the log anew for every call, so that a log that was cut meanwhile is
 * refused. */
static int64_t look(void *context) {
    struct stage *stage = context;
    const struct trial_watch *watch = &stage->setup->watch;
    struct witness witness = {.header = NULL};
    struct error ignored;
    bool is_open =
        stage->api.pid > 0 && witness_open(&witness, stage->log_path, &ignored);
    int64_t next_ns =
        watch->look(watch->context, is_open ? &witness : NULL, stage->model_start_ns);
    witness_close(&witness);
    return next_ns;
}

/* Waits for the model as long as its limits allow, and calls the watch meanwhile if
 * there is one. */
static enum process_end wait_for_model(struct stage *stage,
                                       const struct time_limits *limits) {
    struct process_watch watch = {.look = look, .context = stage};
    bool is_watched = stage->setup->watch.look != NULL;
    enum process_end end =
        model_process_wait(&stage->model, stage->model_start_ns, limits,
                           stage->log_path, is_watched ? &watch : NULL);
    if (is_watched) {
        look(stage); /* shows the end */
    }
    return end;
}

/* Adds the reason of a model's failure. */
static void tell_failure(struct stage *stage) {
    struct validity *validity = &stage->trial->validity;
    int64_t most_bytes = model_process_most_bytes(stage->setup->scenario);
    char how[100];
    char line[VALIDITY_REASON_BYTES];
    struct stat status;
    if (stat(stage->events_path, &status) == 0 && status.st_size >= most_bytes) {
        validity_add(validity,
                     "the model was stopped: it printed over %" PRId64 " bytes for "
                     "%" PRId64 " requests",
                     most_bytes, scenario_requests(stage->setup->scenario));
        return;
    }
    process_explain(&stage->model, how, sizeof how);
    process_last_line(&stage->model, line, sizeof line);
    validity_add(validity, "the model failed, %s%s%.150s", how, line[0] ? ": " : "",
                 line);
}

/* Adds the reason why the harness ended a model. */
static void tell_end(struct stage *stage, const struct time_limits *limits) {
    int64_t now_ns = clock_now_ns();
    int64_t took_ns = now_ns - stage->model_start_ns;
    int64_t since_ns = model_process_latest_ns(stage->log_path);
    const char *limit = is_own_api(stage) ? "all its requests' timeouts"
                        : took_ns >= limits->most_ns
                            ? "ten times all its requests in sequence"
                            : "ten times its prediction";
    char idle[100] = "";
    if (since_ns > 0) {
        snprintf(idle, sizeof idle,
                 "; the API's last request came or was answered %.1f s before",
                 (double)(now_ns - since_ns) / NS_PER_S);
    } else if (!is_own_api(stage)) {
        strcpy(idle, "; no request came to the API");
    }
    validity_add(&stage->trial->validity,
                 "the model was ended after %.1f s, %s plus %g s%s",
                 (double)took_ns / NS_PER_S, limit,
                 (double)stage->setup->patience_ns / NS_PER_S, idle);
}

/* The model's limits end at the latest when the trial is given up. */
static struct time_limits limits_of(const struct stage *stage) {
    const struct trial_setup *setup = stage->setup;
    struct time_limits limits = model_process_limits(
        setup->scenario, &setup->entry->prediction, setup->patience_ns);
    int64_t left_ns = setup->until_ns - stage->model_start_ns;
    if (setup->until_ns > 0 && limits.most_ns > left_ns) {
        limits.most_ns = left_ns;
    }
    if (limits.expected_ns > limits.most_ns) {
        limits.expected_ns = limits.most_ns;
    }
    return limits;
}

static void await_model(struct stage *stage) {
    struct trial *trial = stage->trial;
    const struct trial_setup *setup = stage->setup;
    struct time_limits limits = limits_of(stage);
    enum process_end end = wait_for_model(stage, &limits);
    bool is_given_up = end == PROCESS_TIMED_OUT && setup->until_ns > 0 &&
                       clock_now_ns() >= setup->until_ns;
    if (end == PROCESS_INTERRUPTED || is_given_up) {
        trial->interrupted = true;
        return;
    }
    if (end == PROCESS_TIMED_OUT) {
        tell_end(stage, &limits);
        process_signal(&stage->model, SIGKILL);
        process_wait(&stage->model, clock_now_ns() + setup->stop_patience_ns);
    } else if (!process_succeeded(&stage->model)) {
        tell_failure(stage);
    }
    note_usage(stage);
}

/* Ends the API with SIGTERM, after which its log is complete. Any other end than exit
 * code 0 means that it died earlier; nothing watches it during the trial. */
static void stop_api(struct stage *stage) {
    struct trial *trial = stage->trial;
    char how[100];
    process_signal(&stage->api, SIGTERM);
    enum process_end end =
        process_wait(&stage->api, clock_now_ns() + stage->setup->stop_patience_ns);
    if (end == PROCESS_INTERRUPTED) {
        trial->interrupted = true;
    } else if (end == PROCESS_TIMED_OUT) {
        validity_add(&trial->validity, "the mock API hung: it did not end on SIGTERM");
    } else if (!process_succeeded(&stage->api)) {
        process_explain(&stage->api, how, sizeof how);
        validity_add(&trial->validity, "the mock API died during the trial, %s", how);
    }
}

static struct evidence evidence_of(const struct stage *stage) {
    const struct trial_setup *setup = stage->setup;
    return (struct evidence){
        .scenario = setup->scenario,
        .urls = setup->urls,
        .seed = setup->seed,
        .owes_waiting = !setup->entry->model.never_waits && !is_own_api(stage),
        .events = &stage->events,
        .witness = &stage->witness,
        .started_ns = stage->model_start_ns,
        .ended_ns = stage->model.ended_ns,
        .unix_offset_ns = clocks_unix_offset_ns(),
        .computed_ns = stage->trial->user_ns + stage->trial->system_ns,
    };
}

/* True: all requests failed in ways in which none fails at the mock API, for example
 * refused. A request with a timeout, or one that the machine's limits stopped, may never
 * come to it. */
static bool all_failed_elsewhere(const struct events *events) {
    static const enum event_error kinds[] = {EVENT_REFUSED, EVENT_RESOLVE, EVENT_STATUS,
                                             EVENT_TLS, EVENT_PROTOCOL};
    int64_t count = 0;
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        count += events_count(events, kinds[i]);
    }
    return count > 0 && count == events->present;
}

/* True: the model ended by itself and sent nothing to the mock API, as if it did not
 * know --url. Call it after the other checks. */
static bool is_unreached(const struct stage *stage) {
    const struct process *model = &stage->model;
    bool has_ended = model->ended_ns > 0 && WIFEXITED(model->status);
    bool owes = !stage->setup->entry->model.never_waits && !is_own_api(stage);
    bool is_served = process_succeeded(&stage->api);
    return has_ended && owes && is_served && witness_count(&stage->witness) == 0 &&
           (stage->trial->validity.count > 0 || all_failed_elsewhere(&stage->events));
}

/* Reads the model's events and the API's log, and compares them. `is_read`: the events
 * could be read. */
static bool read_both(struct stage *stage, bool *is_read, struct error *error) {
    const struct trial_setup *setup = stage->setup;
    struct validity *validity = &stage->trial->validity;
    struct error why;
    bool is_witnessed =
        is_own_api(stage) || witness_open(&stage->witness, stage->log_path, &why);
    if (!is_witnessed && validity->count == 0) {
        validity_add(validity, "%.190s", why.message);
    }
    *is_read =
        events_read(&stage->events, stage->events_path, setup->scenario->conversations,
                    setup->scenario->rounds, &why);
    if (!*is_read && !stage->events.events) {
        *error = why;
        return false;
    }
    if (!*is_read && validity->count == 0) {
        validity_add(validity, "%.190s", why.message);
    } else if (*is_read && is_witnessed) {
        struct evidence evidence = evidence_of(stage);
        if (!validity_check(validity, &evidence)) {
            return error_failed(error, "out of memory for the trial's checks");
        }
    }
    if (is_witnessed && is_unreached(stage)) {
        validity_add(validity, "no request came to the API: a model sends its requests "
                               "to the URL in its option --url; see "
                               "docs/adding_a_model.md");
    }
    disturbance_judge_losses(validity, &stage->witness);
    return true;
}

static enum figures_source source_of_figures(const struct stage *stage) {
    return is_own_api(stage)                                   ? FIGURES_OWN_API
           : stage->setup->scenario->senders == SENDERS_CLIENT ? FIGURES_CLIENT_SENDS
                                                               : FIGURES_API_SENDS;
}

/* A model that has more requests in flight than it says is predicted wrongly. Call it
 * only for a trial whose requests all succeeded: the API may see the end of a request
 * that failed after the next has come. */
static void check_flight(struct stage *stage) {
    const struct trial_setup *setup = stage->setup;
    const struct model *model = &setup->entry->model;
    int64_t peak = stage->trial->figures.in_flight_peak;
    if (setup->entry->prediction.is_known && !is_own_api(stage) &&
        peak > predict_callers(setup->scenario, model, &setup->processors)) {
        validity_add(&stage->trial->validity,
                     "%" PRId64
                     " requests were in flight at once, though the model says "
                     "that it holds %s",
                     peak, model_holds_name(model->holds));
    }
}

/* Checks the trial and computes its figures, after the model and the API have ended. */
static bool judge(struct stage *stage, struct error *error) {
    const struct trial_setup *setup = stage->setup;
    struct trial *trial = stage->trial;
    bool is_read;
    if (!read_both(stage, &is_read, error)) {
        return false;
    }
    if (!figures_compute(&trial->figures, &stage->events, &stage->witness,
                         source_of_figures(stage))) {
        return error_failed(error, "out of memory for the trial's figures");
    }
    if (stage->events.present > 0) {
        trial->setup_ns = trial->figures.start_ns - stage->model_start_ns;
    }
    if (is_read && !trial->validity.is_other_clock &&
        figures_failed(&trial->figures) == 0) {
        check_flight(stage);
        validity_check_makespan(
            &trial->validity, setup->scenario, trial->figures.makespan_ns,
            ideal_ns(setup->scenario, setup->entry, &setup->processors, setup->seed));
    }
    return is_own_api(stage) ||
           records_write(&stage->witness, stage->records_path, error);
}

/* Writes the path of the trial's file with this ending. */
static bool name_file(const struct stage *stage, const char *ending,
                      char path[static PATH_MAX], struct error *error) {
    char name[TRIAL_NAME_BYTES + 16];
    snprintf(name, sizeof name, "%s%s", stage->trial->name, ending);
    return paths_join(path, stage->setup->folder, name, error);
}

static bool name_files(struct stage *stage, struct error *error) {
    const struct trial_setup *setup = stage->setup;
    struct trial *trial = stage->trial;
    snprintf(trial->name, sizeof trial->name, "%04d-%s-%s-%d", setup->number,
             setup->scenario->name, setup->entry->model.name, setup->block);
    return name_file(stage, ".csv", stage->events_path, error) &&
           name_file(stage, ".api.csv", stage->records_path, error) &&
           name_file(stage, TRIAL_STDERR_ENDING, stage->stderr_path, error) &&
           name_file(stage, ".api.log", stage->log_path, error);
}

/* Before any of the files exists. */
static void tell_guard(const struct stage *stage) {
    guard_add(REMAIN_FILE, stage->events_path);
    guard_add(REMAIN_FILE, stage->records_path);
    guard_add(REMAIN_FILE, stage->stderr_path);
    guard_add(REMAIN_FILE, stage->log_path);
}

/* Makes an empty file of events, so that every trial has one, even if its model never
 * starts. */
static bool make_events_file(const struct stage *stage, struct error *error) {
    int fd = open(stage->events_path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (fd < 0) {
        return error_failed(error, "cannot write %s: %s%s", stage->events_path,
                            strerror(errno), advice_for(errno));
    }
    close(fd);
    return true;
}

/* Starts the mock API; false if it does not start. If a signal kills it at its start,
 * only this trial is invalid: returns true, and `url` stays empty. */
static bool raise_api(struct stage *stage, char url[static API_URL_BYTES],
                      struct error *error) {
    const struct trial_setup *setup = stage->setup;
    if (!api_process_start(&stage->api, setup->scenario, setup->seed, stage->log_path,
                           error)) {
        return false;
    }
    if (api_process_await(&stage->api, setup->patience_ns, url,
                          &stage->trial->interrupted, error)) {
        return true;
    }
    bool was_killed = stage->api.pid == 0 && WIFSIGNALED(stage->api.status);
    if (was_killed) {
        validity_add(&stage->trial->validity, "%.190s", error->message);
        *error = (struct error){.kind = ERROR_NONE};
    }
    return was_killed;
}

/* True: the model's own sends compute. */
static bool computes(const struct scenario *scenario) {
    return scenario->senders == SENDERS_CLIENT && scenario->send_work == SEND_WORK_CPU;
}

/* `url` is the mock API's; NULL: there is none. */
static bool run_model(struct stage *stage, const char *url, struct error *error) {
    struct trial *trial = stage->trial;
    struct moment before = moment_read(stage->api.pid);
    if (start_model(stage, url, error)) {
        await_model(stage);
        struct moment after = moment_read(stage->api.pid);
        struct conduct conduct = {.major_faults = stage->model.usage.ru_majflt,
                                  .computes = computes(stage->setup->scenario)};
        disturbance_judge(&trial->validity, &before, &after, conduct);
        trial->throttled_count = after.throttling.count - before.throttling.count;
        trial->throttled_ns = after.throttling.time_ns - before.throttling.time_ns;
    } else if (error->kind == ERROR_INPUT) {
        /* This model can't be executed any more, so only its trial is invalid. */
        validity_add(&trial->validity, "%.190s", error->message);
        *error = (struct error){.kind = ERROR_NONE};
    } else {
        return false;
    }
    if (url && !trial->interrupted) {
        stop_api(stage);
    }
    return trial->interrupted || judge(stage, error);
}

static bool run(struct stage *stage, struct error *error) {
    char url[API_URL_BYTES] = "";
    tell_guard(stage);
    if (!make_events_file(stage, error)) {
        return false;
    }
    if (stage->setup->urls_path) {
        return run_model(stage, NULL, error);
    }
    if (!raise_api(stage, url, error)) {
        return false;
    }
    if (stage->trial->interrupted) {
        return true;
    }
    return url[0] ? run_model(stage, url, error) : judge(stage, error);
}

/* Notes what the model printed to stderr, for an invalid trial with its end. */
static void note_stderr(const struct stage *stage) {
    struct trial *trial = stage->trial;
    const struct transcript *transcript = &stage->model.transcript;
    trial->has_stderr = transcript->bytes > 0 && transcript->fd >= 0;
    if (trial->validity.count > 0) {
        process_last_lines(&stage->model, &trial->complaint);
    }
}

bool trial_run(const struct trial_setup *setup, struct trial *trial,
               struct error *error) {
    *trial =
        (struct trial){.setup_ns = -1, .peak_memory_bytes = -1, .peak_threads = -1};
    struct stage *stage = calloc(1, sizeof *stage);
    if (!stage) {
        return error_failed(error, "out of memory");
    }
    stage->setup = setup;
    stage->trial = trial;
    stage->resources.procs_fds[0] = stage->resources.procs_fds[1] = -1;
    bool ok = name_files(stage, error) && run(stage, error);
    note_stderr(stage);
    process_close(&stage->model);
    process_close(&stage->api);
    process_end_strays();
    resources_close(&stage->resources);
    witness_close(&stage->witness);
    events_close(&stage->events);
    if (stage->log_path[0]) {
        unlink(stage->log_path);
        guard_drop(REMAIN_FILE, stage->log_path);
    }
    if (!ok || trial->interrupted) {
        trial_discard(setup, trial);
    }
    free(stage);
    return ok;
}

/* Calls `each` for the files of a trial that are kept if its result is. */
static void for_files(const struct trial_setup *setup, const struct trial *trial,
                      void (*each)(const char *path)) {
    static const char *const endings[] = {".csv", ".api.csv", TRIAL_STDERR_ENDING};
    for (int i = 0; i < 3 && trial->name[0]; i++) {
        char path[PATH_MAX];
        if (snprintf(path, sizeof path, "%s/%s%s", setup->folder, trial->name,
                     endings[i]) < (int)sizeof path) {
            each(path);
        }
    }
}

static void keep_file(const char *path) {
    guard_drop(REMAIN_FILE, path);
}

static void discard_file(const char *path) {
    unlink(path);
    guard_drop(REMAIN_FILE, path);
}

void trial_keep(const struct trial_setup *setup, const struct trial *trial) {
    for_files(setup, trial, keep_file);
}

void trial_discard(const struct trial_setup *setup, const struct trial *trial) {
    for_files(setup, trial, discard_file);
}
