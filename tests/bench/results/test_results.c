/* bench/results/results.c: a run's directory, written, read back, and found broken. */
#include "bench/results/results.h"
#include "tests/support/folder.h"
#include "tests/support/lecture.h"

#include <criterion/criterion.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

static char parent[PATH_MAX];

static void make_parent(void) {
    folder_make(parent);
}

static void remove_parent(void) {
    folder_remove(parent);
}

TestSuite(results, .init = make_parent, .fini = remove_parent);

static struct results create(const char *output) {
    struct results results;
    struct error error = {.kind = ERROR_NONE};
    cr_assert(results_create(&results, output, "urls", &error), "%s", error.message);
    return results;
}

static struct trial make_trial(int number) {
    struct trial trial = {
        .figures = {.makespan_ns = 1150000000 + number,
                    .busy_ns = 600000000,
                    .busy_sum_ns = 600000001,
                    .in_flight_peak = 12,
                    .in_flight_mean = 7.5,
                    .lateness_ns = 20000},
        .setup_ns = 2000000,
        .user_ns = 3,
        .system_ns = 4,
        .peak_memory_bytes = -1,
        .peak_threads = 13,
        .voluntary_switches = 5,
        .involuntary_switches = 6,
    };
    snprintf(trial.name, sizeof trial.name, "%04d-urls-threads-1", number);
    trial.figures.requests_by_error[EVENT_OK] = 11;
    trial.figures.requests_by_error[EVENT_TIMEOUT] = 1;
    trial.figures.requests_by_status[200] = 11;
    trial.figures.requests_by_status[0] = 1;
    return trial;
}

/* A run of the scenario urls with all its trials; fills `path` with its directory. */
static void write_run(char path[static PATH_MAX]) {
    static char word[] = "run";
    static char scenario[] = "urls";
    char *argv[] = {word, scenario};
    struct plan plan;
    struct error error = {.kind = ERROR_NONE};
    struct results results = create(parent);
    lecture_plan(&plan, "urls");
    cr_assert(results_write_run(&results, &plan, 2, argv, &error), "%s", error.message);
    for (size_t i = 0; i < plan.trial_count; i++) {
        struct trial trial = make_trial((int)i + 1);
        cr_assert(results_append(&results, &plan, i, &trial, &error), "%s",
                  error.message);
    }
    snprintf(path, PATH_MAX, "%s", results.path);
    results_close(&results);
    plan_close(&plan);
}

static json_t *load_json(const char *folder, const char *name) {
    char path[PATH_MAX];
    json_error_t why;
    cr_assert(snprintf(path, sizeof path, "%s/%s", folder, name) < PATH_MAX);
    json_t *json = json_load_file(path, 0, &why);
    cr_assert(json != NULL, "%s: %s", path, why.text);
    return json;
}

/* A line of trials.jsonl, from 1. */
static json_t *load_line(const char *folder, int number) {
    char path[PATH_MAX];
    cr_assert(snprintf(path, sizeof path, "%s/trials.jsonl", folder) < PATH_MAX);
    char *text = folder_read(path);
    const char *line = text;
    for (int i = 1; i < number; i++) {
        line = strchr(line, '\n') + 1;
    }
    json_t *json = json_loadb(line, strcspn(line, "\n"), 0, NULL);
    cr_assert(json != NULL, "%s", line);
    free(text);
    return json;
}

/* How loading the run fails. */
static struct error fail_to_load(const char *path) {
    struct plan plan;
    struct past_trials trials;
    struct error error = {.kind = ERROR_NONE};
    cr_assert_not(results_load(path, &plan, &trials, &error));
    cr_assert_eq(error.kind, ERROR_INPUT, "%s", error.message);
    past_trials_close(&trials);
    plan_close(&plan);
    return error;
}

static void append_text(const char *folder, const char *name, const char *text) {
    char path[PATH_MAX];
    cr_assert(snprintf(path, sizeof path, "%s/%s", folder, name) < PATH_MAX);
    FILE *file = fopen(path, "a");
    cr_assert(file != NULL);
    fputs(text, file);
    fclose(file);
}

static void assert_ends(const char *text, const char *ending) {
    size_t length = strlen(ending);
    cr_assert(strlen(text) >= length && !strcmp(text + strlen(text) - length, ending),
              "'%s' does not end in '%s'", text, ending);
}

Test(results, a_run_has_a_folder_of_its_own) {
    struct results results = create(parent);
    char path[PATH_MAX + 20];
    size_t length = strlen(parent);
    cr_assert_eq(strncmp(results.path, parent, length), 0);
    /* /20251121T073900Z-urls */
    cr_assert_eq(strlen(results.path + length), 1 + 16 + 5, "%s", results.path);
    cr_assert_eq(results.path[length + 9], 'T');
    assert_ends(results.path, "Z-urls");
    snprintf(path, sizeof path, "%s/events", results.path);
    cr_assert_str_eq(results.events_path, path);
    cr_assert_eq(access(results.events_path, W_OK), 0);
    snprintf(path, sizeof path, "%s/trials.jsonl", results.path);
    cr_assert_eq(access(path, W_OK), 0);
    results_close(&results);
    results_close(&results);
}

Test(results, a_name_that_is_taken_gets_a_suffix) {
    char paths[6][PATH_MAX];
    int with_suffix = 0;
    for (int i = 0; i < 6; i++) { /* within a second, at least two of them */
        struct results results = create(parent);
        snprintf(paths[i], PATH_MAX, "%s", results.path);
        with_suffix += strstr(results.path, "Z-urls-") != NULL;
        results_close(&results);
        for (int j = 0; j < i; j++) {
            cr_assert_str_neq(paths[i], paths[j]);
        }
    }
    cr_assert_geq(with_suffix, 4);
    assert_ends(paths[5], with_suffix == 5 ? "Z-urls-6" : "");
}

Test(results, latest_is_a_link_to_the_newest) {
    char link[PATH_MAX + 20];
    char target[PATH_MAX];
    snprintf(link, sizeof link, "%s/latest", parent);
    for (int i = 0; i < 3; i++) {
        char path[PATH_MAX];
        write_run(path);
        ssize_t length = readlink(link, target, sizeof target - 1);
        cr_assert_gt(length, 0);
        target[length] = '\0';
        cr_assert_str_eq(target, strrchr(path, '/') + 1);
    }
    cr_assert_eq(folder_count(parent, ".new"), 0);
}

/* A run that is discarded before its first trial does not take the link away. */
Test(results, latest_leads_to_no_run_that_has_not_begun) {
    char link[PATH_MAX + 20];
    char path[PATH_MAX];
    snprintf(link, sizeof link, "%s/latest/run.json", parent);
    write_run(path);
    struct results results = create(parent);
    cr_expect_eq(access(link, F_OK), 0);
    results_discard(&results);
    cr_expect_eq(access(link, F_OK), 0);
    cr_expect_eq(folder_count(parent, ""), 2);
}

Test(results, a_folder_in_the_place_of_the_link_stays) {
    char link[PATH_MAX + 20];
    char path[PATH_MAX];
    snprintf(link, sizeof link, "%s/latest", parent);
    cr_assert_eq(mkdir(link, 0755), 0);
    write_run(path);
    struct stat status;
    cr_assert_eq(lstat(link, &status), 0);
    cr_assert(S_ISDIR(status.st_mode));
    cr_assert_eq(folder_count(parent, ".new"), 0);
}

Test(results, an_output_that_is_not_there_is_made) {
    char output[PATH_MAX + 20];
    snprintf(output, sizeof output, "%s/a/b/c/", parent);
    struct results results = create(output);
    cr_assert_eq(access(results.events_path, W_OK), 0);
    results_close(&results);
}

Test(results, an_output_that_cannot_be_written_is_refused) {
    char file[PATH_MAX];
    char long_path[PATH_MAX + 10];
    char below[PATH_MAX + 10];
    folder_write(parent, "file", "", 0, file);
    snprintf(below, sizeof below, "%s/x", file);
    memset(long_path, 'x', sizeof long_path);
    long_path[sizeof long_path - 1] = '\0';
    const char *const outputs[] = {"", file, below, "/proc/nowhere/x", long_path};
    for (size_t i = 0; i < sizeof outputs / sizeof outputs[0]; i++) {
        struct results results;
        struct error error = {.kind = ERROR_NONE};
        cr_assert_not(results_create(&results, outputs[i], "urls", &error), "%s",
                      outputs[i]);
        cr_assert_eq(error.kind, ERROR_INPUT);
        cr_assert_eq(strncmp(error.message, "--output: ", 10), 0, "%s", error.message);
        results_close(&results);
    }
}

Test(results, a_parent_without_permission_is_refused) {
    struct results results;
    struct error error = {.kind = ERROR_NONE};
    cr_assert_eq(chmod(parent, 0555), 0);
    if (geteuid() == 0) {
        cr_assert_eq(seteuid(65534), 0); /* root may write everywhere */
    }
    cr_assert_not(results_create(&results, parent, "urls", &error));
    cr_assert_eq(error.kind, ERROR_INPUT);
    assert_ends(error.message, "Permission denied");
    if (getuid() == 0) {
        cr_assert_eq(seteuid(0), 0);
    }
    results_close(&results);
}

Test(results, run_json_holds_what_is_known_before_the_first_trial) {
    char path[PATH_MAX];
    write_run(path);
    json_t *run = load_json(path, "run.json");
    json_t *command = json_object_get(run, "command");
    json_t *point = json_array_get(json_object_get(run, "points"), 0);
    cr_assert_eq(json_integer_value(json_object_get(run, "schema")), RESULTS_SCHEMA);
    cr_assert_str_eq(json_string_value(json_array_get(command, 0)), "simul");
    cr_assert_str_eq(json_string_value(json_array_get(command, 1)), "run");
    cr_assert_str_eq(json_string_value(json_array_get(command, 2)), "urls");
    cr_assert_eq(json_integer_value(json_object_get(run, "seed")), 1);
    cr_assert_eq(json_integer_value(json_object_get(run, "cores")), 2);
    cr_assert_eq(json_array_size(json_object_get(run, "order")), 12);
    cr_assert_eq(json_array_size(json_object_get(point, "models")), 4);
    cr_assert(json_is_object(json_object_get(run, "environment")));
    json_decref(run);
}

Test(results, a_command_of_any_bytes_is_recorded) {
    static char word[] = "\xff\xfe";
    char *argv[] = {word};
    struct plan plan;
    struct error error;
    struct results results = create(parent);
    lecture_plan(&plan, "urls");
    cr_assert(results_write_run(&results, &plan, 1, argv, &error));
    json_t *run = load_json(results.path, "run.json");
    cr_assert_str_eq(
        json_string_value(json_array_get(json_object_get(run, "command"), 1)),
        "(no UTF-8)");
    json_decref(run);
    results_close(&results);
    plan_close(&plan);
}

Test(results, a_run_is_read_back_as_it_was_planned) {
    char path[PATH_MAX];
    struct plan plan;
    struct plan expected;
    struct past_trials trials;
    struct error error = {.kind = ERROR_NONE};
    write_run(path);
    lecture_plan(&expected, "urls");
    cr_assert(results_load(path, &plan, &trials, &error), "%s", error.message);
    cr_assert_eq(plan.seed, expected.seed);
    cr_assert_eq(plan.processors.cores, 2);
    cr_assert_eq(plan.point_count, 1);
    cr_assert_str_eq(plan.points[0].scenario.name, "urls");
    cr_assert_eq(plan.points[0].scenario.claim_count, 2);
    cr_assert_eq(plan.points[0].entry_count, expected.points[0].entry_count);
    for (size_t i = 0; i < plan.points[0].entry_count; i++) {
        const struct plan_entry *a = &plan.points[0].entries[i];
        const struct plan_entry *b = &expected.points[0].entries[i];
        cr_assert_str_eq(a->model.name, b->model.name);
        cr_assert_eq(a->prediction.is_known, b->prediction.is_known);
        cr_assert_eq(a->prediction.simulated.makespan_ns,
                     b->prediction.simulated.makespan_ns);
    }
    cr_assert_eq(trials.count, 12);
    past_trials_close(&trials);
    plan_close(&plan);
    plan_close(&expected);
}

Test(results, a_trial_s_line_holds_what_it_showed) {
    static const struct {
        const char *key;
        json_int_t value;
    } numbers[] = {
        {"number", 3},
        {"point", 0},
        {"block", 1},
        {"makespan_ns", 1150000003},
        {"busy_ns", 600000000},
        {"busy_sum_ns", 600000001},
        {"setup_ns", 2000000},
        {"user_ns", 3},
        {"system_ns", 4},
        {"peak_threads", 13},
        {"in_flight_peak", 12},
        {"voluntary_switches", 5},
        {"api_lateness_ns", 20000},
        {"involuntary_switches", 6},
    };
    char path[PATH_MAX];
    write_run(path);
    json_t *trial = load_line(path, 3);
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        cr_assert_eq(json_integer_value(json_object_get(trial, numbers[i].key)),
                     numbers[i].value, "%s", numbers[i].key);
    }
    const json_t *requests = json_object_get(trial, "requests");
    const json_t *by_error = json_object_get(requests, "by_error");
    const json_t *by_status = json_object_get(requests, "by_status");
    cr_assert_eq(json_object_size(by_error), 2);
    cr_assert_eq(json_integer_value(json_object_get(by_error, "ok")), 11);
    cr_assert_eq(json_integer_value(json_object_get(by_error, "timeout")), 1);
    cr_assert_eq(json_object_size(by_status), 2);
    cr_assert_eq(json_integer_value(json_object_get(by_status, "200")), 11);
    cr_assert(json_is_null(json_object_get(trial, "peak_memory_bytes")));
    cr_assert(json_is_true(json_object_get(trial, "valid")));
    cr_assert_eq(json_array_size(json_object_get(trial, "reasons")), 0);
    cr_assert_str_eq(json_string_value(json_object_get(trial, "events")),
                     "events/0003-urls-threads-1.csv");
    json_decref(trial);
}

Test(results, an_invalid_trial_is_written_with_its_reasons) {
    struct plan plan;
    struct error error;
    struct trial trial = make_trial(1);
    struct results results = create(parent);
    lecture_plan(&plan, "urls");
    validity_add(&trial.validity, "rows are \"missing\"\n");
    validity_add(&trial.validity, "\xff");
    cr_assert(results_append(&results, &plan, 0, &trial, &error));
    json_t *line = load_json(results.path, "trials.jsonl");
    json_t *reasons = json_object_get(line, "reasons");
    cr_assert(json_is_false(json_object_get(line, "valid")));
    cr_assert_str_eq(json_string_value(json_array_get(reasons, 0)),
                     "rows are \"missing\"?");
    cr_assert_str_eq(json_string_value(json_array_get(reasons, 1)), "?");
    json_decref(line);
    results_close(&results);
    plan_close(&plan);
}

Test(results, every_trial_is_one_line) {
    char path[PATH_MAX];
    char file[PATH_MAX + 20];
    int lines = 0;
    write_run(path);
    snprintf(file, sizeof file, "%s/trials.jsonl", path);
    char *text = folder_read(file);
    for (const char *at = text; (at = strchr(at, '\n')); at++) {
        lines++;
    }
    cr_assert_eq(lines, 12);
    assert_ends(text, "}\n");
    free(text);
}

Test(results, a_last_line_that_was_cut_off_is_left_out) {
    static const char *const ends[] = {"{\"point\": 0, \"mod", "{}", "\xff",
                                       "{\"a\": 1}"};
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
        char path[PATH_MAX];
        struct plan plan;
        struct past_trials trials;
        struct error error = {.kind = ERROR_NONE};
        write_run(path);
        append_text(path, "trials.jsonl", ends[i]);
        cr_assert(results_load(path, &plan, &trials, &error), "%s", error.message);
        cr_assert_eq(trials.count, 12);
        past_trials_close(&trials);
        plan_close(&plan);
    }
}

Test(results, a_line_of_garbage_is_named_by_file_and_line) {
    static const char *const lines[] = {
        "{\"point\": 0, \"mod\n",
        "hello\n",
        "\n",
        "{} {}\n",
        "\xff\n",
        "42\n",
        "[]\n",
        "null\n",
    };
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        char path[PATH_MAX];
        write_run(path);
        append_text(path, "trials.jsonl", lines[i]);
        append_text(path, "trials.jsonl", "{}\n");
        struct error error = fail_to_load(path);
        cr_assert(strstr(error.message, "/trials.jsonl:13:") != NULL, "%s: %s",
                  lines[i], error.message);
    }
}

Test(results, a_folder_that_is_no_run_directory_is_refused) {
    struct error error = fail_to_load(parent);
    cr_assert(strstr(error.message, "/run.json") != NULL, "%s", error.message);
    assert_ends(error.message, "; is this a run directory?");
    fail_to_load("/nowhere");
    fail_to_load("");
}

Test(results, a_run_without_trials_is_refused) {
    char path[PATH_MAX];
    char file[PATH_MAX + 20];
    write_run(path);
    snprintf(file, sizeof file, "%s/trials.jsonl", path);
    cr_assert_eq(unlink(file), 0);
    struct error error = fail_to_load(path);
    assert_ends(error.message, "trials.jsonl: No such file or directory");
}

Test(results, a_broken_run_json_is_named_by_its_line) {
    char file[PATH_MAX];
    folder_write(parent, "run.json", "{\n\"schema\": 1,\n nonsense}", 25, file);
    struct error error = fail_to_load(parent);
    cr_assert(strstr(error.message, "/run.json: line 3: ") != NULL, "%s",
              error.message);
}

Test(results, a_fault_in_run_json_is_named) {
    static const char *const texts[][2] = {
        {"{\"schema\": 2, \"cores\": 2}", "not schema 1, which this version reads"},
        {"[]", "not schema 1"},
        {"{\"schema\": 1, \"points\": []}", "no number of cores"},
        {"{\"schema\": 1, \"cores\": 0, \"points\": []}", "no number of cores"},
        {"{\"schema\": 1, \"cores\": 2, \"points\": [{\"scenario\": {\"rounds\": 0}}]}",
         "run.json: point 0: rounds: '0' is not"},
        {"{\"schema\": 1, \"cores\": 2, \"points\": [{\"scenario\": {\"name\": \"a\"}, "
         "\"models\": [{}]}]}",
         "run.json: point 0: models: name, holds and send_holds are missing"},
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        char file[PATH_MAX];
        folder_write(parent, "run.json", texts[i][0], strlen(texts[i][0]), file);
        struct error error = fail_to_load(parent);
        cr_assert(strstr(error.message, texts[i][1]) != NULL, "'%s' is not in '%s'",
                  texts[i][1], error.message);
    }
}

Test(results, a_derived_file_is_replaced_whole) {
    struct results results = create(parent);
    struct error error;
    for (int i = 1; i <= 2; i++) {
        json_t *json = json_pack("[i]", i);
        cr_assert(results_write_json(&results, "summary.json", json, &error));
        json_t *read = load_json(results.path, "summary.json");
        cr_assert(json_equal(read, json));
        json_decref(read);
        json_decref(json);
    }
    cr_assert_eq(folder_count(results.path, ".new"), 0);
    results_close(&results);
}

/* From now on, no file can grow, as on a full disk. */
static void fill_disk(void) {
    struct rlimit limit = {0, 0};
    signal(SIGXFSZ, SIG_IGN);
    cr_assert_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

Test(results, on_a_full_disk_the_old_file_stays) {
    struct results results = create(parent);
    struct error error;
    json_t *old = json_pack("[i]", 1);
    json_t *fresh = json_pack("[i]", 2);
    cr_assert(results_write_json(&results, "summary.json", old, &error));
    fill_disk();
    cr_assert_not(results_write_json(&results, "summary.json", fresh, &error));
    cr_assert_eq(error.kind, ERROR_FAILED);
    assert_ends(error.message,
                "summary.json: File too large; raise the limit of a file's "
                "size (ulimit -f)");
    json_t *read = load_json(results.path, "summary.json");
    cr_assert(json_equal(read, old));
    cr_assert_eq(folder_count(results.path, ".new"), 0);
    json_decref(read);
    json_decref(old);
    json_decref(fresh);
    results_close(&results);
}

Test(results, on_a_full_disk_a_lost_trial_is_reported) {
    struct results results = create(parent);
    struct plan plan;
    struct error error;
    struct trial trial = make_trial(1);
    lecture_plan(&plan, "urls");
    fill_disk();
    cr_assert_not(results_append(&results, &plan, 0, &trial, &error));
    cr_assert_eq(error.kind, ERROR_FAILED);
    assert_ends(error.message,
                "trials.jsonl: File too large; raise the limit of a file's "
                "size (ulimit -f)");
    results_close(&results);
    plan_close(&plan);
}

Test(results, no_json_is_no_memory) {
    struct results results = create(parent);
    struct error error;
    cr_assert_not(results_write_json(&results, "summary.json", NULL, &error));
    cr_assert_eq(error.kind, ERROR_FAILED);
    results_close(&results);
}
