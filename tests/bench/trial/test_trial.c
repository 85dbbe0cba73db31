/* bench/trial/trial.c: the shipped models, and models that do what a model must not do.
 * Those are scripts around a real model. */
#include "base/clock.h"
#include "bench/programs/process.h"
#include "bench/trial/trial.h"
#include "tests/support/folder.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define SEQUENTIAL TEST_BIN "/simul-model-sequential \"$@\""

static char folder[PATH_MAX];

/* As `simul run` has them; a test that waits for their end shortens them. */
static const struct processors two_cores = {.cores = 2};
static int64_t patience_ns = 10 * NS_PER_S;
static int64_t stop_patience_ns = 3 * NS_PER_S;
static int64_t until_ns = 0;

static void make_folder(void) {
    alarm(60); /* ends a test that hangs */
    folder_make(folder);
}

static void remove_folder(void) {
    folder_remove(folder);
}

TestSuite(trial, .init = make_folder, .fini = remove_folder);

/* 3 conversations of 2 rounds, 100 us to send and 900 us to answer in real time. */
static struct scenario make_scenario(void) {
    struct scenario scenario;
    scenario_init(&scenario);
    strcpy(scenario.name, "tiny");
    scenario.conversations = 3;
    scenario.rounds = 2;
    scenario.send.first_ns = NS_PER_S;
    scenario.response.first_ns = 9 * NS_PER_S;
    scenario.speed = 10000;
    return scenario;
}

static void set(struct scenario *scenario, const char *key, const char *text) {
    struct error error = {.kind = ERROR_NONE};
    cr_assert(scenario_find_field(key)->set(scenario, text, &error), "%s",
              error.message);
}

static int count_descriptors(void) {
    return folder_count("/proc/self/fd", "");
}

/* Runs a trial, and asserts that it leaves nothing but two files of rows. */
static bool run(const struct scenario *scenario, const struct plan_entry *entry,
                struct trial *trial, struct error *error) {
    struct trial_setup setup = {
        .scenario = scenario,
        .entry = entry,
        .number = 1,
        .block = 1,
        .seed = 1,
        .processors = two_cores,
        .folder = folder,
        .patience_ns = patience_ns,
        .stop_patience_ns = stop_patience_ns,
        .until_ns = until_ns,
    };
    int descriptors = count_descriptors();
    *error = (struct error){.kind = ERROR_NONE};
    bool ok = trial_run(&setup, trial, error);
    cr_assert_eq(count_descriptors(), descriptors);
    cr_assert(waitpid(-1, NULL, WNOHANG) < 0 && errno == ECHILD, "a child is left");
    cr_assert_eq(folder_count(folder, ".log"), 0);
    return ok;
}

/* Removes the one reason that these tests can't help: a busy host. */
static void forgive_host(struct validity *validity) {
    size_t kept = 0;
    for (size_t i = 0; i < validity->count; i++) {
        if (!strstr(validity->reasons[i], "another machine on the same host took")) {
            memmove(validity->reasons[kept++], validity->reasons[i],
                    sizeof validity->reasons[i]);
        }
    }
    validity->count = kept;
}

static struct trial run_or_fail(const struct scenario *scenario,
                                const struct plan_entry *entry) {
    struct trial trial;
    struct error error;
    cr_assert(run(scenario, entry, &trial, &error), "%s", error.message);
    forgive_host(&trial.validity);
    return trial;
}

/* A model as it describes itself, predicted. */
static struct plan_entry find_entry(const struct scenario *scenario, const char *name) {
    struct catalogue catalogue;
    struct plan_entry entry;
    struct error error = {.kind = ERROR_NONE};
    cr_assert(
        catalogue_open(&catalogue, &error) &&
            catalogue_find(&catalogue, name, &entry.model, &error) &&
            predict(scenario, &entry.model, &two_cores, 1, &entry.prediction, &error),
        "%s", error.message);
    catalogue_close(&catalogue);
    return entry;
}

/* The trial of a model that is this shell script. */
static struct trial run_script(const char *text) {
    char script[4 * PATH_MAX];
    struct scenario scenario = make_scenario();
    struct plan_entry entry = {.model = {.name = "script"}};
    snprintf(script, sizeof script, "#!/bin/sh\n%s\n", text);
    folder_write_script(folder, "script", script, entry.model.path);
    return run_or_fail(&scenario, &entry);
}

static void assert_valid(const struct trial *trial) {
    cr_assert_eq(trial->validity.count, 0, "%s", trial->validity.reasons[0]);
}

/* Asserts these reasons in this order; each text is the beginning of a reason. */
static void assert_reasons(const struct trial *trial, const char *const reasons[]) {
    size_t count = 0;
    for (; reasons[count]; count++) {
        cr_assert_lt(count, trial->validity.count, "'%s' is missing", reasons[count]);
        cr_assert(strstr(trial->validity.reasons[count], reasons[count]) ==
                      trial->validity.reasons[count],
                  "'%s' instead of '%s'", trial->validity.reasons[count],
                  reasons[count]);
    }
    cr_assert_eq(trial->validity.count, count, "'%s' is too much",
                 trial->validity.reasons[count]);
}

#define UNREACHED "no request came to the API: a model sends its requests to the URL"

#define REASONS(...) ((const char *[]){__VA_ARGS__, NULL})

Test(trial, of_every_listed_model_is_valid_in_every_condition) {
    static const char *const conditions[][2][2] = {
        {{"senders", "1"}, {"slots", "0"}},
        {{"senders", "2"}, {"slots", "1"}},
        {{"senders", "unlimited"}, {"slots", "0"}},
        {{"senders", "client"}, {"send_work", "sleep"}},
        {{"senders", "client"}, {"send_work", "cpu"}},
        {{"connections", "close"}, {"slots", "0"}},
        {{"connections", "warm"}, {"slots", "0"}},
        {{"send", "{uniform: {min: 1s, max: 2s}}"},
         {"response", "{exponential: {mean: 5s}}"}},
    };
    struct catalogue catalogue;
    struct error error;
    int count = 0;
    cr_assert(catalogue_open(&catalogue, &error), "%s", error.message);
    for (size_t i = 0; i < catalogue.count; i++) {
        const struct model *model = &catalogue.models[i];
        for (size_t j = 0; j < sizeof conditions / sizeof conditions[0]; j++) {
            struct scenario scenario = make_scenario();
            struct plan_entry entry = {.model = *model};
            if (model->unlisted || !model->is_available) {
                continue;
            }
            set(&scenario, conditions[j][0][0], conditions[j][0][1]);
            set(&scenario, conditions[j][1][0], conditions[j][1][1]);
            cr_assert(
                predict(&scenario, model, &two_cores, 1, &entry.prediction, &error));
            struct trial trial = run_or_fail(&scenario, &entry);
            cr_assert_eq(trial.validity.count, 0, "%s with %s %s: %s", model->name,
                         conditions[j][0][0], conditions[j][0][1],
                         trial.validity.reasons[0]);
            cr_assert_eq(trial.figures.requests_by_error[EVENT_OK], 6, "%s with %s %s",
                         model->name, conditions[j][0][0], conditions[j][0][1]);
            cr_assert_geq((double)trial.figures.makespan_ns * scenario.speed + 1e6,
                          (double)entry.prediction.simulated.makespan_ns *
                              (entry.prediction.is_approximate ? 0.5 : 1));
            count++;
        }
    }
    cr_assert_geq(count, 4 * 8);
    catalogue_close(&catalogue);
}

Test(trial, in_sequence_shows_the_figures_of_one_after_the_other) {
    struct scenario scenario = make_scenario();
    struct plan_entry entry = find_entry(&scenario, "sequential");
    struct trial trial = run_or_fail(&scenario, &entry);
    assert_valid(&trial);
    cr_assert_str_eq(trial.name, "0001-tiny-sequential-1");
    cr_assert_geq(trial.figures.makespan_ns, 6 * NS_PER_MS);
    cr_assert_geq(trial.figures.busy_ns, 600 * NS_PER_US);
    cr_assert_lt(trial.figures.busy_ns, trial.figures.makespan_ns);
    cr_assert_eq(trial.figures.busy_ns, trial.figures.busy_sum_ns);
    cr_assert_eq(trial.figures.in_flight_peak, 1);
    cr_assert_gt(trial.figures.in_flight_mean, 0);
    cr_assert_leq(trial.figures.in_flight_mean, 1);
    cr_assert_eq(trial.figures.requests_by_error[EVENT_OK], 6);
    cr_assert_eq(trial.figures.requests_by_status[200], 6);
    cr_assert_gt(trial.setup_ns, 0);
    cr_assert_gt(trial.user_ns + trial.system_ns, 0);
    cr_assert_geq(trial.figures.lateness_ns, 0);
    cr_assert_not(trial.interrupted);
}

Test(trial, of_threads_has_all_in_flight_at_once) {
    struct scenario scenario = make_scenario();
    scenario.speed = 100; /* 100 ms a request: longer than starting three threads */
    scenario.rounds = 1;
    scenario.senders = SENDERS_UNLIMITED;
    struct plan_entry entry = find_entry(&scenario, "threads");
    struct trial trial = run_or_fail(&scenario, &entry);
    assert_valid(&trial);
    cr_assert_eq(trial.figures.in_flight_peak, 3);
    cr_assert_gt(trial.figures.busy_sum_ns, trial.figures.busy_ns);
}

Test(trial, a_client_s_busy_time_is_its_own) {
    struct scenario scenario = make_scenario();
    scenario.senders = SENDERS_CLIENT;
    struct plan_entry entry = find_entry(&scenario, "sequential");
    struct trial trial = run_or_fail(&scenario, &entry);
    assert_valid(&trial);
    cr_assert_geq(trial.figures.busy_ns, 600 * NS_PER_US);
    cr_assert_lt(trial.figures.busy_ns, trial.figures.makespan_ns);
}

Test(trial, whose_requests_all_time_out_is_valid_and_counted) {
    struct scenario scenario = make_scenario();
    scenario.speed = 100;
    scenario.timeout_ns = 5 * NS_PER_S; /* of ten */
    struct plan_entry entry = find_entry(&scenario, "threads");
    struct trial trial = run_or_fail(&scenario, &entry);
    assert_valid(&trial);
    cr_assert_eq(trial.figures.requests_by_error[EVENT_TIMEOUT], 6);
    cr_assert_eq(trial.figures.requests_by_error[EVENT_OK], 0);
}

Test(trial, of_a_model_that_sends_nothing_is_valid) {
    struct scenario scenario = make_scenario();
    struct plan_entry entry = find_entry(&scenario, "null");
    struct trial trial = run_or_fail(&scenario, &entry);
    assert_valid(&trial);
    cr_assert_eq(trial.figures.in_flight_peak, 0);
    cr_assert_eq(trial.figures.lateness_ns, -1);
}

Test(trial, writes_the_rows_of_the_model_and_of_the_api) {
    char path[PATH_MAX + 50];
    int lines = 0;
    struct scenario scenario = make_scenario();
    struct plan_entry entry = find_entry(&scenario, "threads");
    run_or_fail(&scenario, &entry);
    snprintf(path, sizeof path, "%s/0001-tiny-threads-1.csv", folder);
    char *rows = folder_read(path);
    cr_assert_eq(strncmp(rows, EVENTS_HEADER "\n0,0,", sizeof EVENTS_HEADER + 4), 0);
    free(rows);
    snprintf(path, sizeof path, "%s/0001-tiny-threads-1.api.csv", folder);
    char *records = folder_read(path);
    cr_assert_eq(strncmp(records, "conversation,round,arrival_ns,", 30), 0);
    for (const char *at = records; (at = strchr(at, '\n')); at++) {
        lines++;
    }
    cr_assert_eq(lines, 7);
    free(records);
    cr_assert_eq(folder_count(folder, ""), 2);
}

Test(trial, of_a_script_around_a_model_is_valid) {
    struct trial trial = run_script(SEQUENTIAL);
    assert_valid(&trial);
    cr_assert_eq(trial.figures.requests_by_error[EVENT_OK], 6);
}

Test(trial, a_model_may_write_to_stderr_and_reads_nothing) {
    struct trial trial =
        run_script("head -c 1000000 /dev/zero >&2\ncat >&2\n" SEQUENTIAL);
    assert_valid(&trial);
}

Test(trial, keeps_the_whole_stderr_of_the_model_if_there_is_any) {
    char path[PATH_MAX + 50];
    struct trial trial = run_script("echo first >&2\n" SEQUENTIAL "\necho last >&2");
    assert_valid(&trial);
    cr_expect(trial.has_stderr);
    cr_expect_eq(trial.complaint.count, 0, "a valid trial has nothing to explain");
    snprintf(path, sizeof path, "%s/0001-tiny-script-1.stderr.txt", folder);
    char *text = folder_read(path);
    cr_expect_str_eq(text, "first\nlast\n");
    free(text);
}

Test(trial, notes_the_last_lines_of_stderr_if_it_is_invalid) {
    struct trial trial =
        run_script("for i in 1 2 3 4 5 6 7; do echo line $i >&2; done\n"
                   "exit 1");
    cr_expect(trial.has_stderr);
    cr_assert_eq(trial.complaint.count, PROCESS_LINES);
    cr_expect_str_eq(trial.complaint.list[0], "line 2");
    cr_expect_str_eq(trial.complaint.list[PROCESS_LINES - 1], "line 7");
}

Test(trial, a_model_that_sends_nothing_is_told_of_url) {
    static const char *const scripts[] = {
        "exit 0", "exit 1", "echo hello",
        SEQUENTIAL " --url http://127.0.0.1:9", /* the last --url counts */
    };
    for (size_t i = 0; i < sizeof scripts / sizeof scripts[0]; i++) {
        struct trial trial = run_script(scripts[i]);
        const struct validity *validity = &trial.validity;
        cr_assert_gt(validity->count, 0, "%s", scripts[i]);
        cr_expect(
            strstr(validity->reasons[validity->count - 1],
                   "no request came to the API: a model sends its requests to the "
                   "URL in its option --url; see docs/adding_a_model.md"),
            "%s: %s", scripts[i], validity->reasons[validity->count - 1]);
    }
}

Test(trial, rows_may_come_in_any_order) {
    struct trial trial = run_script(SEQUENTIAL " | (read -r header; echo \"$header\"; "
                                               "sort -r)");
    assert_valid(&trial);
}

Test(trial, a_model_that_prints_garbage_is_reported) {
    struct trial trial = run_script("echo hello");
    assert_reasons(&trial, REASONS("0001-tiny-script-1.csv:1: not the header of "
                                   "events (see docs/adding_a_model.md): 'hello'",
                                   UNREACHED));
}

Test(trial, a_model_that_prints_nothing_is_reported) {
    struct trial trial = run_script("exit 0");
    assert_reasons(&trial, REASONS("the model printed nothing on stdout, but it has to "
                                   "print a row for each request: see "
                                   "docs/adding_a_model.md",
                                   UNREACHED));
}

Test(trial, a_model_that_prints_half_a_row_is_reported) {
    struct trial trial = run_script(SEQUENTIAL " | head -c 150");
    assert_reasons(&trial,
                   REASONS("0001-tiny-script-1.csv:2: a line without its end: '0,0,"));
}

Test(trial, a_model_that_prints_a_row_twice_is_reported) {
    struct trial trial = run_script(SEQUENTIAL " | sed 3p");
    assert_reasons(&trial,
                   REASONS("0001-tiny-script-1.csv:4: a second row for this request: "
                           "'0,1,"));
}

Test(trial, a_model_that_forgets_rows_is_reported) {
    struct trial trial = run_script(SEQUENTIAL " | head -n 5");
    assert_reasons(&trial, REASONS("rows are missing: 2 of 6: /2/0, /2/1"));
}

Test(trial, a_model_that_exits_with_a_message_is_reported) {
    struct trial trial = run_script("echo first >&2; echo no luck >&2; exit 3");
    assert_reasons(&trial,
                   REASONS("the model failed, exit code 3: no luck", UNREACHED));
}

Test(trial, all_rows_do_not_make_up_for_a_failure) {
    struct trial trial = run_script(SEQUENTIAL "; exit 1");
    assert_reasons(&trial, REASONS("the model failed, exit code 1"));
    cr_assert_eq(trial.figures.requests_by_error[EVENT_OK], 6);
}

Test(trial, a_model_that_is_killed_is_reported) {
    struct trial trial = run_script("kill -9 $$");
    assert_reasons(&trial, REASONS("the model failed, killed by signal 9 (Killed)"));
}

/* Runs a script of which nothing is predicted, or what is predicted of threads. */
static struct trial run_predicted(const struct scenario *scenario, const char *text) {
    char script[4 * PATH_MAX];
    struct plan_entry entry = find_entry(scenario, "threads");
    snprintf(script, sizeof script, "#!/bin/sh\n%s\n", text);
    folder_write_script(folder, "script", script, entry.model.path);
    return run_or_fail(scenario, &entry);
}

/* Asserts one reason: the model was ended, and `why` is part of the reason. */
static void assert_ended(const struct trial *trial, const char *why) {
    assert_reasons(trial, REASONS("the model was ended after "));
    cr_assert(strstr(trial->validity.reasons[0], why), "%s",
              trial->validity.reasons[0]);
}

Test(trial, a_model_that_hangs_is_ended_after_ten_times_its_prediction_and_patience) {
    struct scenario scenario = make_scenario();
    patience_ns = 2 * NS_PER_S;
    struct trial trial = run_predicted(&scenario, "exec sleep 1000");
    assert_ended(&trial,
                 " s, ten times its prediction plus 2 s; no request came to the "
                 "API");
}

Test(trial, that_is_not_over_in_time_is_given_up_and_leaves_no_file) {
    struct scenario scenario = make_scenario();
    until_ns = clock_now_ns() + 300 * NS_PER_MS;
    struct trial trial = run_predicted(&scenario, "exec sleep 1000");
    cr_expect(trial.interrupted);
    cr_expect_geq(clock_now_ns(), until_ns);
    cr_expect_eq(trial.validity.count, 0);
    cr_expect_eq(folder_count(folder, ".csv"), 0);
}

Test(trial, that_is_over_in_time_is_whole) {
    struct scenario scenario = make_scenario();
    until_ns = clock_now_ns() + 50 * NS_PER_S;
    struct plan_entry entry = find_entry(&scenario, "threads");
    struct trial trial = run_or_fail(&scenario, &entry);
    cr_expect_not(trial.interrupted);
    assert_valid(&trial);
}

Test(trial, an_unpredicted_model_may_take_ten_times_all_its_requests) {
    patience_ns = NS_PER_S;
    struct trial trial = run_script("exec sleep 1000");
    assert_ended(&trial, " s, ten times all its requests in sequence plus 1 s; no "
                         "request came to the API");
}

Test(trial, a_model_that_hangs_after_its_last_request_is_ended) {
    struct scenario scenario = make_scenario();
    patience_ns = NS_PER_S;
    struct trial trial = run_predicted(&scenario, SEQUENTIAL "; exec sleep 1000");
    assert_ended(&trial, " plus 1 s; the API's last request came or was answered ");
}

/* 20 requests of 100 ms take 2 s in sequence. 0.1 s are predicted, so 1.2 s are
 * expected. */
Test(trial, a_model_that_is_slow_and_goes_on_is_measured) {
    struct scenario scenario = make_scenario();
    scenario.conversations = 20;
    scenario.rounds = 1;
    scenario.senders = SENDERS_UNLIMITED;
    scenario.speed = 100;
    patience_ns = 200 * NS_PER_MS;
    struct trial trial = run_predicted(&scenario, SEQUENTIAL);
    assert_valid(&trial);
    cr_assert_geq(trial.figures.makespan_ns, 2 * NS_PER_S);
}

Test(trial, a_model_with_more_requests_in_flight_than_it_says_is_reported) {
    struct scenario scenario = make_scenario();
    struct plan_entry entry = find_entry(&scenario, "sequential");
    char script[4 * PATH_MAX];
    scenario.speed = 100; /* 220 ms against 600 ms: also on a busy machine */
    snprintf(script, sizeof script, "#!/bin/sh\nexec %s/simul-model-threads \"$@\"\n",
             TEST_BIN);
    folder_write_script(folder, "script", script, entry.model.path);
    struct trial trial = run_or_fail(&scenario, &entry);
    assert_reasons(&trial,
                   REASONS("3 requests were in flight at once, though the model "
                           "says that it holds one",
                           "faster than the ideal: "));
}

Test(trial, a_model_that_claims_an_early_end_is_reported) {
    struct trial trial =
        run_script(SEQUENTIAL " | awk -F, -v OFS=, 'NR > 1 { $5 = \"\"; "
                              "$6 = sprintf(\"%.0f\", $4 + 1000) } { print }'");
    assert_reasons(&trial, REASONS("an answer came sooner than promised: 6 requests",
                                   "the API answered after the model says it had the "
                                   "answer: 6 requests"));
}

Test(trial, a_model_that_claims_another_server_timing_is_reported) {
    struct trial trial =
        run_script(SEQUENTIAL " | awk -F, -v OFS=, 'NR == 4 { $12 = 1 } { print }'");
    assert_reasons(&trial,
                   REASONS("the model's Server-Timing differs from the API's record: "
                           "1 request, first /1/0"));
}

Test(trial, a_model_that_invents_its_answers_is_reported) {
    struct scenario scenario = make_scenario();
    struct plan_entry entry = find_entry(&scenario, "null");
    entry.model.never_waits = false;
    struct trial trial = run_or_fail(&scenario, &entry);
    assert_reasons(&trial, REASONS("an answer came sooner than promised: 6 requests",
                                   "the model reports an answer that the API did not "
                                   "give: 6 requests",
                                   UNREACHED));
}

Test(trial, a_model_that_asks_twice_is_reported) {
    struct trial trial = run_script(SEQUENTIAL " > /dev/null; " SEQUENTIAL);
    assert_reasons(&trial, REASONS("the API got the same request twice: 6 requests"));
}

/* True if the process runs; a zombie does not. */
static bool is_running(pid_t pid) {
    char path[100];
    char line[300] = "";
    snprintf(path, sizeof path, "/proc/%d/stat", (int)pid);
    FILE *file = fopen(path, "r");
    if (!file) {
        return false;
    }
    bool is_read = fgets(line, sizeof line, file) != NULL;
    fclose(file);
    const char *state = strrchr(line, ')');
    return is_read && state && state[2] != 'Z' && state[2] != 'X';
}

/* Runs a model that leaves behind the process of `command`, and asserts that it
 * ends. */
static void assert_stray_ends(const char *command) {
    char path[PATH_MAX + 10];
    char text[3 * PATH_MAX];
    snprintf(path, sizeof path, "%s/pid", folder);
    snprintf(text, sizeof text,
             "%s sh -c 'echo $$ > %s; exec sleep 1000' &\n"
             "while ! [ -s %s ]; do :; done\n%s",
             command, path, path, SEQUENTIAL);
    struct trial trial = run_script(text);
    assert_valid(&trial);
    char *pid = folder_read(path);
    cr_assert_gt(atoi(pid), 1);
    for (int i = 0; i < 1000 && is_running(atoi(pid)); i++) {
        clock_sleep_until_ns(clock_now_ns() + NS_PER_MS); /* killed, not yet gone */
    }
    cr_assert_not(is_running(atoi(pid)));
    free(pid);
}

Test(trial, processes_that_a_model_leaves_are_killed) {
    assert_stray_ends("");
}

Test(trial, processes_that_it_leaves_in_another_session_are_killed_too) {
    process_adopt_strays();
    assert_stray_ends("setsid");
}

Test(trial, a_model_that_can_no_longer_be_executed_is_reported) {
    struct scenario scenario = make_scenario();
    struct plan_entry entry = {.model = {.name = "none", .path = "/nowhere/model"}};
    struct trial trial = run_or_fail(&scenario, &entry);
    assert_reasons(&trial, REASONS("cannot execute /nowhere/model: No such file or "
                                   "directory"));
    cr_assert_eq(trial.setup_ns, -1);
}

/* A model that does this to the API, which is a child of the same parent. */
#define TO_THE_API "kill -%s $(cat /proc/$PPID/task/$PPID/children | cut -d' ' -f1)\n"

static struct trial run_with_api_signalled(const char *name) {
    char text[1000];
    snprintf(text, sizeof text, TO_THE_API SEQUENTIAL, name);
    return run_script(text);
}

Test(trial, an_api_that_is_killed_is_reported_whatever_the_model_prints) {
    struct trial trial = run_with_api_signalled("KILL");
    cr_assert_gt(trial.validity.count, 0);
    cr_assert_str_eq(trial.validity.reasons[0],
                     "the mock API died during the trial, killed by signal 9 (Killed)");
}

Test(trial, an_api_that_hangs_is_reported_and_killed) {
    struct scenario scenario = make_scenario();
    struct plan_entry entry = {.model = {.name = "script", .never_waits = true}};
    char text[2000];
    stop_patience_ns = 500 * NS_PER_MS;
    snprintf(text, sizeof text,
             "#!/bin/sh\n" TO_THE_API "exec %s/simul-model-null \"$@\"", "STOP",
             TEST_BIN);
    folder_write_script(folder, "script", text, entry.model.path);
    struct trial trial = run_or_fail(&scenario, &entry);
    assert_reasons(&trial, REASONS("the mock API hung: it did not end on SIGTERM"));
}

Test(trial, without_the_api_s_log_a_trial_is_invalid) {
    char text[PATH_MAX + 200];
    snprintf(text, sizeof text, "rm %s/*.log\n" SEQUENTIAL, folder);
    struct trial trial = run_script(text);
    assert_reasons(&trial, REASONS("cannot open the API's log"));
}

Test(trial, a_folder_that_is_not_there_ends_the_run) {
    struct scenario scenario = make_scenario();
    struct plan_entry entry = find_entry(&scenario, "sequential");
    struct trial trial;
    struct error error;
    struct trial_setup setup = {.scenario = &scenario,
                                .entry = &entry,
                                .number = 1,
                                .block = 1,
                                .seed = 1,
                                .processors = two_cores,
                                .folder = "/nowhere",
                                .patience_ns = patience_ns,
                                .stop_patience_ns = stop_patience_ns};
    cr_assert_not(trial_run(&setup, &trial, &error));
    cr_assert_eq(error.kind, ERROR_FAILED);
    cr_assert(strstr(error.message, "cannot write /nowhere/") == error.message, "%s",
              error.message);
    cr_assert(strstr(error.message, "No such file or directory") != NULL, "%s",
              error.message);
}

Test(trial, resources_are_counted_or_unknown) {
    struct scenario scenario = make_scenario();
    struct plan_entry entry = find_entry(&scenario, "threads");
    struct trial trial = run_or_fail(&scenario, &entry);
    cr_assert(trial.peak_memory_bytes == -1 || trial.peak_memory_bytes > 100000);
    cr_assert(trial.peak_threads == -1 ||
              (trial.peak_threads >= 2 && trial.peak_threads < 20));
}

/* The model says that it holds one conversation at a time, but holds all. */
Test(trial, faster_than_the_ideal_is_invalid) {
    struct scenario scenario = make_scenario();
    struct plan_entry entry = find_entry(&scenario, "threads");
    struct error error;
    scenario.senders = SENDERS_UNLIMITED;
    scenario.speed = 500; /* 40 ms against 120 ms: also on a busy machine */
    entry.model.holds = HOLDS_ONE;
    cr_assert(
        predict(&scenario, &entry.model, &two_cores, 1, &entry.prediction, &error));
    entry.model.holds = HOLDS_ALL; /* what it says is true, and the ideal is not */
    struct trial trial = run_or_fail(&scenario, &entry);
    assert_reasons(&trial, REASONS("faster than the ideal: "));
}

/* No mock API is started. The requests get no answer, and that is no fault. */
Test(trial, of_the_user_s_own_api_is_judged_by_its_rows_alone) {
    char urls_path[PATH_MAX];
    static const char urls[] =
        "http://127.0.0.1:1/a\nhttp://127.0.0.1:1/b\nhttp://127.0.0.1:1/c\n";
    struct scenario scenario = make_scenario();
    struct plan_entry entry = find_entry(&scenario, "threads");
    struct trial trial;
    struct error error = {.kind = ERROR_NONE};
    folder_write(folder, "urls-0.txt", urls, strlen(urls), urls_path);
    scenario.url_file = urls_path;
    scenario.speed = 1;
    entry.prediction.is_known = false;
    struct trial_setup setup = {.scenario = &scenario,
                                .entry = &entry,
                                .number = 1,
                                .block = 1,
                                .processors = two_cores,
                                .folder = folder,
                                .urls_path = urls_path,
                                .patience_ns = patience_ns,
                                .stop_patience_ns = stop_patience_ns};
    cr_assert(trial_run(&setup, &trial, &error), "%s", error.message);
    assert_valid(&trial);
    cr_expect_eq(trial.figures.requests_by_error[EVENT_REFUSED], 6);
    cr_expect_eq(folder_count(folder, ".api.csv"), 0);
}

/* What a watch has seen. */
struct onlooker {
    int looks;
    int64_t start_ns;
    uint64_t first;
    uint64_t last;
    bool grew_only;
};

static int64_t look(void *context, const struct witness *witness, int64_t start_ns) {
    struct onlooker *onlooker = context;
    uint64_t count = witness ? witness_count(witness) : 0;
    onlooker->first = onlooker->looks == 0 ? count : onlooker->first;
    onlooker->grew_only = onlooker->grew_only && witness && count >= onlooker->last;
    onlooker->looks++;
    onlooker->last = count;
    onlooker->start_ns = start_ns;
    return clock_now_ns() + NS_PER_MS;
}

Test(trial, a_watch_sees_the_log_grow_to_its_end) {
    struct scenario scenario = make_scenario();
    struct plan_entry entry = find_entry(&scenario, "sequential");
    struct onlooker onlooker = {.grew_only = true};
    struct trial trial;
    struct error error = {.kind = ERROR_NONE};
    struct trial_setup setup = {
        .scenario = &scenario,
        .entry = &entry,
        .number = 1,
        .block = 1,
        .seed = 1,
        .processors = two_cores,
        .folder = folder,
        .patience_ns = patience_ns,
        .stop_patience_ns = stop_patience_ns,
        .watch = {look, &onlooker},
    };
    cr_assert(trial_run(&setup, &trial, &error), "%s", error.message);
    assert_valid(&trial);
    cr_expect_geq(onlooker.looks, 3);
    cr_expect(onlooker.grew_only);
    cr_expect_lt(onlooker.first, 6); /* 0, unless this process is delayed */
    cr_expect_eq(onlooker.last, 6);  /* 3 conversations of 2 rounds */
    cr_expect_eq(onlooker.start_ns + trial.setup_ns, trial.figures.start_ns);
}
