/* A run's directory. */
#include "bench/results.h"
#include "base/advice.h"
#include "bench/environment.h"
#include "bench/paths.h"
#include "bench/scenario_json.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <libgen.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { MOST_SUFFIXES = 1000, URLS_NAME_BYTES = 40 };

/* mkdir -p. */
static bool make_folders(const char *path, struct error *error) {
    char part[PATH_MAX];
    size_t length = strlen(path);
    if (length == 0 || length >= sizeof part - 1) {
        return error_input(error, "--output: the path is empty or too long");
    }
    for (size_t i = 1; i <= length; i++) {
        if (path[i] == '/' || path[i] == '\0') {
            memcpy(part, path, i);
            part[i] = '\0';
            if (mkdir(part, 0755) != 0 && errno != EEXIST) {
                return error_input(error, "--output: cannot make the folder %s: %s",
                                   part, strerror(errno));
            }
        }
    }
    return true;
}

/* <output>/<stamp>-<name>, -2, -3, ...: the first that nobody has. */
static bool make_own_folder(struct results *results, const char *output,
                            const char *name, struct error *error) {
    char stamp[32];
    char base[NAME_MAX + 1];
    time_t now = time(NULL);
    struct tm utc;
    gmtime_r(&now, &utc);
    strftime(stamp, sizeof stamp, "%Y%m%dT%H%M%SZ", &utc);
    for (int suffix = 1; suffix <= MOST_SUFFIXES; suffix++) {
        snprintf(base, sizeof base, "%s-%.100s", stamp, name);
        if (suffix > 1) {
            snprintf(base, sizeof base, "%s-%.100s-%d", stamp, name, suffix);
        }
        if (!paths_join(results->path, output, base, error)) {
            return false;
        }
        if (mkdir(results->path, 0755) == 0) {
            return true;
        }
        if (errno != EEXIST) {
            break;
        }
    }
    return error_input(error, "--output: cannot make %s: %s", results->path,
                       strerror(errno));
}

/* Replaced in one step: whoever reads it meets the old one or the new one. */
static void point_latest(const struct results *results, const char *output) {
    char link[PATH_MAX];
    char fresh[PATH_MAX];
    struct error ignored;
    const char *base = strrchr(results->path, '/') + 1;
    char name[40]; /* of this process: another run may do the same just now */
    snprintf(name, sizeof name, ".latest.%ld", (long)getpid());
    if (paths_join(link, output, "latest", &ignored) &&
        paths_join(fresh, output, name, &ignored)) {
        unlink(fresh);
        if (symlink(base, fresh) != 0 || rename(fresh, link) != 0) {
            unlink(fresh); /* a convenience: a file system without links has none */
        }
    }
}

bool results_create(struct results *results, const char *output, const char *name,
                    struct error *error) {
    *results = (struct results){.trials_fd = -1};
    char trials_path[PATH_MAX];
    if (!make_folders(output, error) ||
        !make_own_folder(results, output, name, error) ||
        !paths_join(results->events_path, results->path, "events", error) ||
        !paths_join(trials_path, results->path, "trials.jsonl", error)) {
        return false;
    }
    if (mkdir(results->events_path, 0755) != 0) {
        int reason = errno;
        results_discard(results);
        return error_input(error, "--output: cannot make %s: %s%s",
                           results->events_path, strerror(reason), advice_for(reason));
    }
    results->trials_fd =
        open(trials_path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
    if (results->trials_fd < 0) {
        int reason = errno;
        results_discard(results);
        return error_input(error, "--output: cannot write %s: %s%s", trials_path,
                           strerror(reason), advice_for(reason));
    }
    point_latest(results, output);
    return true;
}

bool results_exist(const struct results *results) {
    struct stat status;
    return access(results->path, W_OK) == 0 &&
           fstat(results->trials_fd, &status) == 0 && status.st_nlink > 0;
}

/* Not with all that is in it: somebody may have put something there. */
void results_discard(struct results *results) {
    char path[PATH_MAX];
    char link[PATH_MAX];
    struct error ignored;
    if (paths_join(path, results->path, "trials.jsonl", &ignored)) {
        unlink(path);
    }
    for (size_t i = 0;
         results_urls_path(results, i, path, &ignored) && unlink(path) == 0; i++) {
    }
    rmdir(results->events_path);
    rmdir(results->path);
    /* The link may be another run's by now, which is there. */
    snprintf(path, sizeof path, "%s", results->path);
    if (paths_join(link, dirname(path), "latest", &ignored) &&
        access(link, F_OK) != 0) {
        unlink(link);
    }
    results_close(results);
}

void results_close(struct results *results) {
    if (results->trials_fd > 0) {
        close(results->trials_fd);
    }
    *results = (struct results){.trials_fd = -1};
}

static bool write_all(int fd, const char *bytes, size_t count) {
    while (count > 0) {
        ssize_t written = write(fd, bytes, count);
        if (written < 0 && errno != EINTR) {
            return false;
        }
        bytes += written > 0 ? written : 0;
        count -= written > 0 ? (size_t)written : 0;
    }
    return true;
}

/* A signal that ends the program shall not leave half a file behind. */
static void hold_signals(sigset_t *before) {
    sigset_t held;
    sigfillset(&held);
    sigprocmask(SIG_BLOCK, &held, before);
}

bool results_write_json(const struct results *results, const char *name,
                        const json_t *json, struct error *error) {
    char path[PATH_MAX];
    char fresh[PATH_MAX];
    char fresh_name[NAME_MAX + 1];
    snprintf(fresh_name, sizeof fresh_name, ".%.100s.new", name);
    if (!paths_join(path, results->path, name, error) ||
        !paths_join(fresh, results->path, fresh_name, error)) {
        return false;
    }
    char *text = json ? json_dumps(json, JSON_INDENT(2) | JSON_ENSURE_ASCII |
                                             JSON_REAL_PRECISION(12))
                      : NULL;
    if (!text) {
        return error_failed(error, "out of memory for %s", name);
    }
    sigset_t before;
    hold_signals(&before);
    int fd = open(fresh, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    bool ok = fd >= 0 && write_all(fd, text, strlen(text)) && write_all(fd, "\n", 1) &&
              fsync(fd) == 0;
    int reason = errno;
    if (fd >= 0 && close(fd) != 0 && ok) {
        ok = false;
        reason = errno;
    }
    free(text);
    if (ok && rename(fresh, path) != 0) {
        ok = false;
        reason = errno;
    }
    if (!ok) {
        unlink(fresh);
    }
    sigprocmask(SIG_SETMASK, &before, NULL);
    return ok || error_failed(error, "cannot write %s: %s%s", path, strerror(reason),
                              advice_for(reason));
}

static json_t *describe_order(const struct plan *plan) {
    json_t *order = json_array();
    for (size_t i = 0; i < plan->trial_count; i++) {
        const struct plan_trial *trial = &plan->trials[i];
        const struct plan_scenario *planned = &plan->scenarios[trial->scenario];
        json_array_append_new(
            order, json_pack("{s:i, s:s, s:s, s:i}", "point", (int)trial->scenario,
                             "scenario", planned->scenario.name, "model",
                             planned->entries[trial->entry].model.name, "block",
                             (int)trial->block));
    }
    return order;
}

static json_t *describe_model(const struct model *model) {
    struct model recorded = *model;
    const char *path = paths_shorten(model->path);
    memmove(recorded.path, path, strlen(path) + 1);
    return model_to_json(&recorded);
}

static const char *name_urls(size_t point, char name[static URLS_NAME_BYTES]) {
    snprintf(name, URLS_NAME_BYTES, "urls-%zu.txt", point);
    return name;
}

bool results_urls_path(const struct results *results, size_t point,
                       char path[static PATH_MAX], struct error *error) {
    char name[URLS_NAME_BYTES];
    return paths_join(path, results->path, name_urls(point, name), error);
}

bool results_write_urls(const struct results *results, const struct plan *plan,
                        struct error *error) {
    char path[PATH_MAX];
    for (size_t i = 0; i < plan->scenario_count; i++) {
        const struct plan_scenario *planned = &plan->scenarios[i];
        if (planned->urls.text &&
            (!results_urls_path(results, i, path, error) ||
             !url_file_write(&planned->urls, planned->scenario.conversations, path,
                             error))) {
            return false;
        }
    }
    return true;
}

bool results_write_run(const struct results *results, const struct plan *plan, int argc,
                       char *const argv[], struct error *error) {
    json_t *run = json_object();
    json_t *command = json_array();
    json_t *points = json_array();
    json_array_append_new(command, json_string("simul"));
    for (int i = 0; i < argc; i++) {
        json_t *word = json_string(argv[i]);
        json_array_append_new(command, word ? word : json_string("(no UTF-8)"));
    }
    for (size_t i = 0; i < plan->scenario_count; i++) {
        const struct plan_scenario *planned = &plan->scenarios[i];
        json_t *models = json_array();
        for (size_t j = 0; j < planned->entry_count; j++) {
            json_array_append_new(models, describe_model(&planned->entries[j].model));
        }
        json_t *point =
            json_pack("{s:o, s:o}", "scenario", scenario_to_json(&planned->scenario),
                      "models", models);
        if (planned->urls.text) {
            char urls[URLS_NAME_BYTES];
            json_object_set_new(point, "urls", json_string(name_urls(i, urls)));
        }
        json_array_append_new(points, point);
    }
    json_object_set_new(run, "schema", json_integer(RESULTS_SCHEMA));
    json_object_set_new(run, "command", command);
    json_object_set_new(run, "seed", json_integer((json_int_t)plan->seed));
    json_object_set_new(run, "cores", json_integer(plan->cores));
    json_object_set_new(run, "points", points);
    json_object_set_new(run, "order", describe_order(plan));
    json_object_set_new(run, "environment", environment_describe());
    bool ok = results_write_json(results, "run.json", run, error);
    json_decref(run);
    return ok;
}

/* -1 is unknown, and null in JSON. */
static json_t *number_or_null(int64_t number) {
    return number < 0 ? json_null() : json_integer((json_int_t)number);
}

static json_t *describe_requests(const struct trial *trial) {
    json_t *errors = json_object();
    json_t *statuses = json_object();
    char text[16];
    for (int i = 0; i < EVENT_ERROR_COUNT; i++) {
        if (trial->figures.requests_by_error[i] > 0 || i == EVENT_OK) {
            json_object_set_new(
                errors, event_error_name((enum event_error)i),
                json_integer((json_int_t)trial->figures.requests_by_error[i]));
        }
    }
    for (int i = 0; i < 1000; i++) {
        if (trial->figures.requests_by_status[i] > 0) {
            snprintf(text, sizeof text, "%d", i);
            json_object_set_new(
                statuses, text,
                json_integer((json_int_t)trial->figures.requests_by_status[i]));
        }
    }
    return json_pack("{s:o, s:o}", "by_error", errors, "by_status", statuses);
}

static json_t *describe_trial(const struct plan *plan, size_t index,
                              const struct trial *trial) {
    const struct plan_trial *planned = &plan->trials[index];
    const struct plan_scenario *point = &plan->scenarios[planned->scenario];
    json_t *reasons = json_array();
    for (size_t i = 0; i < trial->validity.count; i++) {
        json_array_append_new(reasons, json_string(trial->validity.reasons[i]));
    }
    char events[TRIAL_NAME_BYTES + 32];
    snprintf(events, sizeof events, "events/%s.csv", trial->name);
    json_t *line = json_object();
    const struct {
        const char *key;
        json_t *value;
    } fields[] = {
        {"number", json_integer((json_int_t)index + 1)},
        {"point", json_integer((json_int_t)planned->scenario)},
        {"scenario", json_string(point->scenario.name)},
        {"model", json_string(point->entries[planned->entry].model.name)},
        {"block", json_integer(planned->block)},
        {"valid", json_boolean(trial->validity.count == 0)},
        {"reasons", reasons},
        {"makespan_ns", json_integer((json_int_t)trial->figures.makespan_ns)},
        {"busy_ns", number_or_null(trial->figures.busy_ns)},
        {"busy_sum_ns", number_or_null(trial->figures.busy_sum_ns)},
        {"setup_ns", number_or_null(trial->setup_ns)},
        {"user_ns", json_integer((json_int_t)trial->user_ns)},
        {"system_ns", json_integer((json_int_t)trial->system_ns)},
        {"peak_memory_bytes", number_or_null(trial->peak_memory_bytes)},
        {"peak_threads", number_or_null(trial->peak_threads)},
        {"voluntary_switches", json_integer((json_int_t)trial->voluntary_switches)},
        {"involuntary_switches", json_integer((json_int_t)trial->involuntary_switches)},
        {"requests", describe_requests(trial)},
        {"in_flight_peak", json_integer((json_int_t)trial->figures.in_flight_peak)},
        {"in_flight_mean", json_real(trial->figures.in_flight_mean)},
        {"api_lateness_ns", number_or_null(trial->figures.lateness_ns)},
        {"events", json_string(events)},
    };
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++) {
        json_object_set_new(line, fields[i].key, fields[i].value);
    }
    return line;
}

bool results_append(struct results *results, const struct plan *plan, size_t index,
                    const struct trial *trial, struct error *error) {
    json_t *line = describe_trial(plan, index, trial);
    char *text =
        json_dumps(line, JSON_COMPACT | JSON_ENSURE_ASCII | JSON_REAL_PRECISION(12));
    json_decref(line);
    size_t length = text ? strlen(text) : 0;
    if (!text) {
        return error_failed(error, "out of memory for a trial's line");
    }
    text[length] = '\n'; /* in place of the zero byte: one write is one line */
    off_t before = lseek(results->trials_fd, 0, SEEK_END);
    bool ok = write_all(results->trials_fd, text, length + 1) &&
              fsync(results->trials_fd) == 0;
    int reason = errno;
    free(text);
    if (!ok && before >= 0 && ftruncate(results->trials_fd, before) != 0) {
        reason = errno; /* half a line stays: whoever reads it leaves it out */
    }
    return ok || error_failed(error, "cannot append to %s/trials.jsonl: %s%s",
                              results->path, strerror(reason), advice_for(reason));
}

static bool load_point(struct plan *plan, const json_t *point, struct error *error) {
    struct plan_scenario *planned = &plan->scenarios[plan->scenario_count++];
    json_t *models = json_object_get(point, "models");
    planned->entries = calloc(json_array_size(models) + 1, sizeof *planned->entries);
    if (!planned->entries) {
        return error_failed(error, "out of memory");
    }
    if (!scenario_from_json(&planned->scenario, json_object_get(point, "scenario"),
                            error)) {
        return false;
    }
    size_t i;
    json_t *item;
    json_array_foreach(models, i, item) {
        struct plan_entry *entry = &planned->entries[planned->entry_count++];
        if (!model_from_json(&entry->model, item, error) ||
            !predict(&planned->scenario, &entry->model, plan->cores, plan->seed,
                     &entry->prediction, error)) {
            return false;
        }
    }
    return true;
}

static bool load_plan(const char *path, struct plan *plan, struct error *error) {
    char file[PATH_MAX];
    json_error_t why;
    if (!paths_join(file, path, "run.json", error)) {
        return false;
    }
    json_t *run = json_load_file(file, 0, &why);
    if (!run && why.line < 0) { /* it could not be opened, and the text says which */
        return error_input(error, "%.400s; is this a run directory?", why.text);
    }
    if (!run) {
        return error_input(error, "%s: line %d: %.200s; is this a run directory?", file,
                           why.line, why.text);
    }
    plan->seed = (uint64_t)json_integer_value(json_object_get(run, "seed"));
    plan->cores = (int32_t)json_integer_value(json_object_get(run, "cores"));
    json_t *points = json_object_get(run, "points");
    plan->scenarios = calloc(json_array_size(points) + 1, sizeof *plan->scenarios);
    bool ok = plan->scenarios || error_failed(error, "out of memory");
    if (ok && json_integer_value(json_object_get(run, "schema")) != RESULTS_SCHEMA) {
        ok = error_input(error, "%s: not schema %d, which this version reads", file,
                         RESULTS_SCHEMA);
    }
    if (ok && plan->cores < 1) {
        ok = error_input(error, "%s: no number of cores", file);
    }
    for (size_t i = 0; ok && i < json_array_size(points); i++) {
        ok = load_point(plan, json_array_get(points, i), error) ||
             error_prefix(error, "%s: point %zu: ", file, i);
    }
    json_decref(run);
    return ok;
}

static bool load_trials(const char *path, json_t *trials, struct error *error) {
    char file_path[PATH_MAX];
    if (!paths_join(file_path, path, "trials.jsonl", error)) {
        return false;
    }
    FILE *file = fopen(file_path, "re");
    if (!file) {
        return error_input(error, "cannot open %s: %s", file_path, strerror(errno));
    }
    char *line = NULL;
    size_t size = 0;
    bool ok = true;
    ssize_t length;
    for (int number = 1; ok && (length = getline(&line, &size, file)) > 0; number++) {
        if (line[length - 1] != '\n') {
            break; /* cut off: that trial never came to its end */
        }
        json_error_t why;
        json_t *trial = json_loads(line, 0, &why);
        if (trial && !json_is_object(trial)) {
            ok = error_input(error, "%s:%d:1: a trial is an object", file_path, number);
        } else if (!trial) {
            ok = error_input(error, "%s:%d:%d: %.200s", file_path, number, why.column,
                             why.text);
        }
        json_array_append_new(trials, trial);
    }
    free(line);
    fclose(file);
    return ok;
}

bool results_load(const char *path, struct plan *plan, json_t **trials,
                  struct error *error) {
    *plan = (struct plan){.seed = 0};
    *trials = json_array();
    return load_plan(path, plan, error) && load_trials(path, *trials, error);
}
