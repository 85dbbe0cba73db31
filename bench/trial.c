/* One trial: spawn the API, spawn the model, wait, read what both recorded. */
#include "bench/trial.h"
#include "base/clock.h"
#include "bench/api_process.h"
#include "bench/ideal.h"
#include "bench/model_process.h"
#include "bench/paths.h"
#include "bench/process.h"
#include "bench/records.h"
#include "bench/resources.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const int64_t stop_patience_ns = 3 * NS_PER_S;

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

static bool start_model(struct stage *stage, const char *url, struct error *error) {
    const struct trial_setup *setup = stage->setup;
    resources_open(&stage->resources, setup->number);
    struct model_task task = {
        .scenario = setup->scenario,
        .program = setup->entry->model.path,
        .url = url,
        .url_file = setup->urls_path,
        .cores = setup->cores,
        .events_path = stage->events_path,
        .cgroup_fds = {stage->resources.procs_fds[0], stage->resources.procs_fds[1]},
    };
    return model_process_start(&stage->model, &task, &stage->model_start_ns, error);
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

static int64_t look(void *context) {
    struct stage *stage = context;
    const struct trial_watch *watch = &stage->setup->watch;
    return watch->look(watch->context, stage->witness.header ? &stage->witness : NULL,
                       stage->model_start_ns);
}

/* With somebody who looks on, if there is. */
static enum process_end wait_for_model(struct stage *stage, int64_t deadline_ns) {
    struct process_watch watch = {.look = look, .context = stage};
    bool is_watched = stage->setup->watch.look != NULL;
    enum process_end end =
        process_wait_watched(&stage->model, deadline_ns, is_watched ? &watch : NULL);
    if (is_watched) {
        look(stage); /* at how it ended */
    }
    return end;
}

static void await_model(struct stage *stage) {
    struct trial *trial = stage->trial;
    char how[100];
    char line[VALIDITY_REASON_BYTES];
    int64_t patience_ns = model_process_patience_ns(stage->setup->scenario,
                                                    &stage->setup->entry->prediction);
    enum process_end end = wait_for_model(stage, stage->model_start_ns + patience_ns);
    if (end == PROCESS_INTERRUPTED) {
        trial->interrupted = true;
        return;
    }
    if (end == PROCESS_TIMED_OUT) {
        validity_add(&trial->validity, "the model was ended after %.1f s, %s and 10 s",
                     (double)patience_ns / NS_PER_S,
                     stage->setup->urls_path ? "all its requests' timeouts"
                                             : "ten times its prediction");
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
    bool is_own = setup->urls_path != NULL; /* then nobody but the model saw anything */
    bool is_read =
        events_read(&stage->events, stage->events_path, setup->scenario->conversations,
                    setup->scenario->rounds, &why);
    if (!is_read && !stage->events.events) {
        *error = why;
        return false;
    }
    if (!is_read && trial->validity.count == 0) {
        validity_add(&trial->validity, "%.190s", why.message);
    } else if (is_read &&
               !validity_check(&trial->validity, setup->scenario, setup->seed,
                               setup->entry->model.waits && !is_own, &stage->events,
                               &stage->witness)) {
        return error_failed(error, "out of memory for the trial's checks");
    }
    enum figures_source source = is_own ? FIGURES_OWN_API
                                 : setup->scenario->senders == SENDERS_CLIENT
                                     ? FIGURES_CLIENT_SENDS
                                     : FIGURES_API_SENDS;
    if (!figures_compute(&trial->figures, &stage->events, &stage->witness, source)) {
        return error_failed(error, "out of memory for the trial's figures");
    }
    trial->setup_ns = trial->figures.start_ns - stage->model_start_ns;
    if (is_read && figures_failed(&trial->figures) == 0) {
        validity_check_makespan(
            &trial->validity, setup->scenario, trial->figures.makespan_ns,
            ideal_ns(setup->scenario, setup->entry, setup->cores, setup->seed));
    }
    return is_own || records_write(&stage->witness, stage->records_path, error);
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

/* `url` is the mock API's; NULL: there is none. Its log is there from the start:
 * whoever looks on sees it grow. */
static bool run_model(struct stage *stage, const char *url, struct error *error) {
    if (url && !witness_open(&stage->witness, stage->log_path, error)) {
        return false;
    }
    if (!start_model(stage, url, error)) {
        return false;
    }
    await_model(stage);
    if (stage->trial->interrupted) {
        return true;
    }
    if (url) {
        stop_api(stage);
    }
    return stage->trial->interrupted || judge(stage, error);
}

static bool run(struct stage *stage, struct error *error) {
    const struct trial_setup *setup = stage->setup;
    char url[API_URL_BYTES] = "";
    if (setup->urls_path) {
        return run_model(stage, NULL, error);
    }
    if (!api_process_start(&stage->api, setup->scenario, setup->seed, stage->log_path,
                           error) ||
        !api_process_await(&stage->api, url, &stage->trial->interrupted, error)) {
        return false;
    }
    return stage->trial->interrupted || run_model(stage, url, error);
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
