/* Writes a run directory, and reads one back. */
#include "bench/results/results.h"
#include "base/advice.h"
#include "bench/results/environment.h"
#include "bench/programs/guard.h"
#include "bench/programs/paths.h"
#include "bench/results/plan_json.h"
#include "bench/results/run_folder.h"
#include "bench/results/trial_json.h"
#include "bench/summary/json.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

bool results_create(struct results *results, const char *output, const char *name,
                    struct error *error) {
    *results = (struct results){.trials_fd = -1};
    char trials_path[PATH_MAX];
    if (!run_folder_make(output, name, results->path, error) ||
        !paths_join(results->events_path, results->path, "events", error) ||
        !paths_join(trials_path, results->path, "trials.jsonl", error)) {
        return false;
    }
    guard_add(REMAIN_FILE, results->events_path);
    guard_add(REMAIN_FILE, trials_path);
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
    return true;
}

bool results_exist(const struct results *results) {
    struct stat status;
    return access(results->path, W_OK) == 0 &&
           fstat(results->trials_fd, &status) == 0 && status.st_nlink > 0;
}

/* Calls `each` for what exists before run.json, the directory last. The user may have
 * put other files there, which are left out. */
static void for_first_files(const struct results *results,
                            void (*each)(const char *path)) {
    char path[PATH_MAX];
    struct error ignored;
    if (paths_join(path, results->path, "trials.jsonl", &ignored)) {
        each(path);
    }
    for (size_t i = 0; i < results->point_count; i++) {
        if (results_urls_path(results, i, path, &ignored)) {
            each(path);
        }
    }
    each(results->events_path);
    each(results->path);
}

static void keep_file(const char *path) {
    guard_drop(REMAIN_FILE, path);
}

static void discard_file(const char *path) {
    remove(path);
    guard_drop(REMAIN_FILE, path);
}

void results_discard(struct results *results) {
    for_first_files(results, discard_file);
    results_close(results);
}

void results_close(struct results *results) {
    if (results->trials_fd > 0) {
        close(results->trials_fd);
    }
    *results = (struct results){.trials_fd = -1};
}

/* With a new line in this file of the directory, the guard leaves what was added. */
static void add_ledger(const struct results *results, const char *name, off_t size) {
    char path[PATH_MAX];
    struct error ignored;
    if (paths_join(path, results->path, name, &ignored)) {
        guard_add_ledger(path, size);
    }
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

/* Holds all signals, so that one that ends the program does not leave half a file. */
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
    guard_add(REMAIN_FILE, fresh);
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
    guard_drop(REMAIN_FILE, fresh);
    sigprocmask(SIG_SETMASK, &before, NULL);
    return ok || error_failed(error, "cannot write %s: %s%s", path, strerror(reason),
                              advice_for(reason));
}

bool results_write_summary(const struct results *results, const struct summary *summary,
                           struct error *error) {
    json_t *json = summary_to_json(summary);
    bool ok = results_write_json(results, "summary.json", json, error);
    json_decref(json);
    return ok;
}

bool results_urls_path(const struct results *results, size_t point,
                       char path[static PATH_MAX], struct error *error) {
    char name[PLAN_URLS_NAME_BYTES];
    return paths_join(path, results->path, plan_urls_name(point, name), error);
}

bool results_write_urls(struct results *results, const struct plan *plan,
                        struct error *error) {
    char path[PATH_MAX];
    results->point_count = plan->point_count;
    for (size_t i = 0; i < plan->point_count; i++) {
        const struct plan_point *point = &plan->points[i];
        if (!point->urls.text) {
            continue;
        }
        if (!results_urls_path(results, i, path, error)) {
            return false;
        }
        guard_add(REMAIN_FILE, path);
        if (!url_file_write(&point->urls, point->scenario.conversations, path, error)) {
            return false;
        }
    }
    return true;
}

/* The directory is one of a run now. */
static void publish(const struct results *results) {
    char parent[PATH_MAX];
    snprintf(parent, sizeof parent, "%s", results->path);
    run_folder_point_latest(dirname(parent), results->path);
    for_first_files(results, keep_file);
}

bool results_write_run(const struct results *results, const struct plan *plan, int argc,
                       char *const argv[], struct error *error) {
    json_t *run = json_object();
    json_t *command = json_array();
    json_array_append_new(command, json_string("simul"));
    for (int i = 0; i < argc; i++) {
        json_t *word = json_string(argv[i]);
        json_array_append_new(command, word ? word : json_string("(no UTF-8)"));
    }
    json_object_set_new(run, "schema", json_integer(RESULTS_SCHEMA));
    json_object_set_new(run, "command", command);
    plan_to_json(plan, run);
    json_object_set_new(run, "environment", environment_describe());
    add_ledger(results, "run.json", 0);
    bool ok = results_write_json(results, "run.json", run, error);
    json_decref(run);
    if (ok) {
        publish(results);
    }
    return ok;
}

bool results_append(struct results *results, const struct plan *plan, size_t index,
                    const struct trial *trial, struct error *error) {
    json_t *line = trial_to_json(plan, index, trial);
    char *text =
        json_dumps(line, JSON_COMPACT | JSON_ENSURE_ASCII | JSON_REAL_PRECISION(12));
    json_decref(line);
    size_t length = text ? strlen(text) : 0;
    if (!text) {
        return error_failed(error, "out of memory for a trial's line");
    }
    text[length] = '\n'; /* instead of the zero byte, so that one write is one line */
    off_t before = lseek(results->trials_fd, 0, SEEK_END);
    add_ledger(results, "trials.jsonl", before);
    bool ok = write_all(results->trials_fd, text, length + 1) &&
              fsync(results->trials_fd) == 0;
    int reason = errno;
    free(text);
    if (!ok && before >= 0 && ftruncate(results->trials_fd, before) != 0) {
        reason = errno; /* half a line stays; results_load() leaves it out */
    }
    return ok || error_failed(error, "cannot append to %s/trials.jsonl: %s%s",
                              results->path, strerror(reason), advice_for(reason));
}

static bool load_plan(const char *path, struct plan *plan, struct error *error) {
    char file[PATH_MAX];
    json_error_t why;
    if (!paths_join(file, path, "run.json", error)) {
        return false;
    }
    json_t *run = json_load_file(file, 0, &why);
    if (!run && why.line < 0) { /* it could not be opened, and the text names it */
        return error_input(error, "%.400s; is this a run directory?", why.text);
    }
    if (!run) {
        return error_input(error, "%s: line %d: %.200s; is this a run directory?", file,
                           why.line, why.text);
    }
    bool is_ours = json_integer_value(json_object_get(run, "schema")) == RESULTS_SCHEMA;
    bool ok =
        is_ours ? plan_from_json(plan, run, error) || error_prefix(error, "%s: ", file)
                : error_input(error, "%s: not schema %d, which this version reads",
                              file, RESULTS_SCHEMA);
    json_decref(run);
    return ok;
}

/* One line of trials.jsonl. */
static bool load_trial(struct past_trials *trials, const char *line, const char *path,
                       int number, struct error *error) {
    json_error_t why;
    struct past_trial trial;
    json_t *object = json_loads(line, 0, &why);
    if (!object) {
        return error_input(error, "%s:%d:%d: %.200s", path, number, why.column,
                           why.text);
    }
    bool ok = trial_from_json(&trial, object, error) ||
              error_prefix(error, "%s:%d:1: ", path, number);
    json_decref(object);
    if (!ok) {
        past_trial_close(&trial);
        return false;
    }
    return past_trials_add(trials, &trial) ||
           error_failed(error, "out of memory for the trials");
}

static bool load_trials(const char *path, struct past_trials *trials,
                        struct error *error) {
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
            break; /* cut off: that trial did not end */
        }
        ok = load_trial(trials, line, file_path, number, error);
    }
    free(line);
    fclose(file);
    return ok;
}

/* Reads the copies of URL files, so that URLs can be named. The user may have deleted
 * them, because a URL may hold a key: then URLs stay unknown. */
static void load_urls(const char *path, struct plan *plan) {
    char file[PATH_MAX];
    char name[PLAN_URLS_NAME_BYTES];
    struct error ignored;
    for (size_t i = 0; i < plan->point_count; i++) {
        struct url_file *urls = &plan->points[i].urls;
        if (plan->points[i].scenario.url_file &&
            paths_join(file, path, plan_urls_name(i, name), &ignored) &&
            !url_file_read(urls, file, &ignored)) {
            url_file_close(urls);
        }
    }
}

bool results_load(const char *path, struct plan *plan, struct past_trials *trials,
                  struct error *error) {
    *plan = (struct plan){.seed = 0};
    *trials = (struct past_trials){.list = NULL};
    bool ok = load_plan(path, plan, error) && load_trials(path, trials, error);
    if (ok) {
        load_urls(path, plan);
    }
    return ok;
}
