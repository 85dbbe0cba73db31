/* simul run, as a whole program: its output, its files, its end. */
#include "base/clock.h"
#include "tests/support/program.h"

#include <criterion/criterion.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

TestSuite(command_run, .init = program_enter, .fini = program_leave);

/* The cell of a model in the first column whose heading begins so; borrowed until the
 * next call. */
static const char *cell(const char *table, const char *model, const char *heading) {
    static char text[100];
    char row_begin[100];
    snprintf(row_begin, sizeof row_begin, "\n%s ", model);
    const char *headings = strstr(table, "\nmodel ");
    const char *at = strstr(table, row_begin);
    cr_assert(headings && at, "no row '%s' in: %s", model, table);
    at++;
    while (strncmp(headings, heading, strlen(heading)) != 0) {
        headings = strstr(headings, "   ");
        at = strstr(at, "   ");
        cr_assert(headings && at, "row '%s' has no '%s': %s", model, heading, table);
        headings += strspn(headings, " ");
        at += strspn(at, " ");
    }
    const char *end = strstr(at, "   ");
    const char *line_end = strchr(at, '\n');
    end = end && end < line_end ? end : line_end;
    snprintf(text, sizeof text, "%.*s", (int)(end - at), at);
    return text;
}

/* The only point's scenario in the newest run.json. */
static json_t *recorded_scenario(void) {
    json_t *run = program_json_file("results/latest/run.json");
    json_t *point = json_array_get(json_object_get(run, "points"), 0);
    return json_object_get(point, "scenario");
}

/* The lines of the newest trials.jsonl, each parsed. */
static json_t *recorded_trials(void) {
    return program_json_lines("results/latest/trials.jsonl");
}

static double number_in(const json_t *object, const char *part, const char *key) {
    const json_t *value =
        json_object_get(part ? json_object_get(object, part) : object, key);
    cr_assert(json_is_number(value), "%s is no number", key);
    return json_number_value(value);
}

static json_t *models_of(const json_t *summary, size_t point) {
    return json_object_get(json_array_get(summary, point), "models");
}

Test(command_run, the_table_sets_printed_predicted_and_measured_side_by_side) {
    struct outcome run = program_expect(0, "simul run --no-plots urls --speed 1000 "
                                           "--blocks 1 --models sequential,event-loop");
    cr_assert_str_eq(cell(run.out, "sequential", "printed"), "720 s");
    cr_assert_str_eq(cell(run.out, "sequential", "predicted"), "720.0 s");
    cr_assert_geq(atof(cell(run.out, "sequential", "measured")), 720.0);
    cr_assert_str_eq(cell(run.out, "event-loop", "printed"), "330 s");
    cr_assert_str_eq(cell(run.out, "event-loop", "predicted"), "115.0 s");
    cr_assert_geq(atof(cell(run.out, "event-loop", "measured")), 115.0);
}

Test(command_run, the_table_says_why_330_s_does_not_follow) {
    struct outcome run = program_expect(
        0, "simul run --no-plots urls --speed 10000 --blocks 1 --models event-loop");
    cr_assert(program_holds(
                  run.out,
                  "\nevent-loop: 1 min 55 s, not 5 1/2 min: 330 s does not follow from "
                  "5 s x 12 "
                  "+ 55 s, which is "
                  "115 s; it is what 55 conversations take; see: simul run urls-330"),
              "%s", run.out);
}

Test(command_run, nothing_is_faster_than_predicted) {
    struct outcome run = program_expect(
        0, "simul run --no-plots urls-client --speed 1000 --blocks 1 --format json");
    json_t *models = models_of(program_json(run.out), 0);
    size_t i;
    json_t *model;
    json_array_foreach(models, i, model) {
        cr_assert_geq(number_in(model, "measured", "low_s"),
                      number_in(model, "predicted", "simulated_s"));
    }
    cr_assert_eq(i, 4);
}

Test(command_run, its_json_follows_the_schema) {
    program_write_model("plain.py", false, "");
    program_write_model("broken.py", true, "sys.exit('no more')\n");
    static const struct {
        int code;
        const char *line;
    } runs[] = {
        {0, "urls --speed 1000 --blocks 2"},
        {0, "smoke --models null,sequential --blocks 1"},
        {0, "smoke --models null --blocks 6"},
        {0, "smoke --models ./plain.py --blocks 1"},
        {1, "smoke --models ./broken.py --blocks 1"},
        {1, "smoke --models ./broken.py,threads,./plain.py --blocks 1"},
        {0, "smoke --models threads --blocks 1 --timeout 1ms"},
        {0, "smoke urls-client --models event-loop --blocks 1"},
        {0, "smoke --models threads --blocks 1 --senders client --send-work cpu"},
        {0, "smoke --models threads --blocks 1 --response '{exponential: {mean: 9s}}'"},
    };
    for (size_t i = 0; i < sizeof runs / sizeof runs[0]; i++) {
        program_expect(runs[i].code,
                       "simul run --no-plots %s --format json >found.json",
                       runs[i].line);
        program_expect_schema("found.json");
    }
}

Test(command_run, summary_json_is_the_json_that_is_printed) {
    program_expect(
        0, "simul run --no-plots smoke --models null --format json >found.json && "
           "cmp found.json results/latest/summary.json");
}

Test(command_run, every_option_overrides_its_field) {
    static const struct {
        const char *options;
        const char *key;
        const char *recorded; /* as JSON */
    } rows[] = {
        {"--conversations 3", "conversations", "3"},
        {"--rounds 5", "rounds", "5"},
        {"--send 2s", "send", "\"2 s\""},
        {"--response 1.5min", "response", "\"90 s\""},
        {"--senders unlimited", "senders", "\"unlimited\""},
        {"--senders=2", "senders", "\"2\""},
        {"--senders client --send-work cpu", "send_work", "\"cpu\""},
        {"--slots 7", "slots", "7"},
        {"--workers 9", "workers", "9"},
        {"--connections warm", "connections", "\"warm\""},
        {"--timeout 30s", "timeout", "\"30 s\""},
        {"--speed 2500.5", "speed", "2500.5"},
        {"--blocks 4", "blocks", "4"},
        {"--story chess", "story", "\"chess\""},
        {"--models null", "models", "[\"null\"]"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        program_expect(0, "simul run --no-plots smoke --models null --blocks 1 %s",
                       rows[i].options);
        const json_t *value = json_object_get(recorded_scenario(), rows[i].key);
        const char *text = program_text(value);
        cr_expect_str_eq(text, rows[i].recorded, "%s: %s", rows[i].options, text);
    }
}

Test(command_run, a_field_that_no_option_names_is_as_the_scenario_says) {
    program_expect(0, "simul run --no-plots smoke --models null --blocks 1");
    const json_t *scenario = recorded_scenario();
    cr_assert_eq(number_in(scenario, NULL, "conversations"), 4);
    cr_assert_eq(number_in(scenario, NULL, "rounds"), 2);
    cr_assert_eq(number_in(scenario, NULL, "speed"), 1000);
}

Test(command_run, a_claim_is_dropped_if_the_work_changes) {
    struct outcome run =
        program_expect(0, "simul run --no-plots urls --conversations 3 --speed 1000 "
                          "--models threads,event-loop");
    cr_assert_str_eq(cell(run.out, "event-loop", "printed"), "-");
    cr_assert_not(program_holds(run.out, "330"));
}

Test(command_run, models_run_by_name_and_by_path_as_they_are_listed) {
    program_write_model("mine.py", true, "");
    struct outcome run =
        program_expect(0, "simul run --no-plots smoke --blocks 1 --models "
                          "threads,./mine.py,null --format json");
    json_t *models = models_of(program_json(run.out), 0);
    static const char *const names[] = {"threads", "mine", "null"};
    cr_assert_eq(json_array_size(models), 3);
    for (size_t i = 0; i < 3; i++) {
        json_t *name = json_object_get(json_array_get(models, i), "name");
        cr_assert_str_eq(json_string_value(name), names[i]);
    }
    cr_assert_eq(
        number_in(program_pick(models, "name", "mine"), "predicted", "simulated_s"),
        80);
}

Test(command_run, a_model_that_does_not_describe_itself_runs_without_a_prediction) {
    program_write_model("plain.py", false, "");
    struct outcome run = program_expect(
        0, "simul run --no-plots smoke --blocks 1 --models \"$PWD/plain.py\"");
    cr_assert_str_eq(cell(run.out, "plain", "predicted"), "-");
    cr_assert_geq(atof(cell(run.out, "plain", "measured")), 80.0);
}

Test(command_run, all_is_every_model_but_those_run_by_name_only) {
    struct outcome run = program_expect(
        0, "simul run --no-plots smoke --blocks 1 --models all --format json");
    struct outcome listed = program_expect(0, "simul models --format json");
    json_t *models = models_of(program_json(run.out), 0);
    json_t *list = program_json(listed.out);
    size_t expected = 0;
    size_t i;
    json_t *model;
    json_array_foreach(list, i, model) {
        bool is_listed = json_is_true(json_object_get(model, "listed")) &&
                         json_is_true(json_object_get(model, "available"));
        const char *name = json_string_value(json_object_get(model, "name"));
        if (is_listed) {
            program_pick(models, "name", name);
            expected++;
        }
    }
    cr_assert_eq(json_array_size(models), expected);
}

Test(command_run, the_directory_holds_all_of_the_run_and_nothing_else) {
    program_expect(0, "simul run smoke --models threads,event-loop --blocks 2");
    struct outcome list = program_expect(0, "cd results/latest && LC_ALL=C ls -A");
    cr_assert_str_eq(list.out, "events\nplots\nrun.json\nsummary.json\ntrials.jsonl\n");
    cr_assert_eq(program_matches("results/.[a-z]*"), 0);
    cr_assert_eq(program_matches("results/latest/events/*"), 8);
}

Test(command_run, every_line_of_trials_names_events_that_are_there) {
    program_expect(0, "simul run --no-plots smoke --models threads,null --blocks 2");
    json_t *trials = recorded_trials();
    size_t i;
    json_t *trial;
    json_array_foreach(trials, i, trial) {
        char path[PATH_MAX];
        const char *events = json_string_value(json_object_get(trial, "events"));
        cr_assert_eq(number_in(trial, NULL, "number"), (double)i + 1);
        snprintf(path, sizeof path, "results/latest/%s", events);
        cr_assert(program_holds(program_read(path), "conversation,round,ready_ns"));
        snprintf(path + strlen(path) - 4, 10, ".api.csv");
        cr_assert(program_holds(program_read(path), "conversation,round,arrival_ns"));
    }
    cr_assert_eq(i, 4);
}

Test(command_run, latest_links_to_the_newest_run) {
    char link[PATH_MAX] = "";
    program_expect(0, "simul run --no-plots smoke --models null --blocks 1");
    program_expect(0, "simul run --no-plots urls --models null --blocks 1");
    cr_assert_gt(readlink("results/latest", link, sizeof link - 1), 0);
    cr_assert_null(strchr(link, '/'));
    cr_assert_str_eq(link + strlen(link) - 5, "-urls");
}

Test(command_run, two_runs_at_once_have_a_directory_each) {
    program_expect(
        0, "simul run --no-plots smoke --models null --blocks 3 & "
           "simul run --no-plots smoke --models null --blocks 3 & "
           "simul run --no-plots smoke --models null --blocks 3; r=$?; wait; exit $r");
    cr_assert_eq(program_matches("results/2*/summary.json"), 3);
    cr_assert_eq(program_matches("results/latest/summary.json"), 1);
}

Test(command_run, several_scenarios_are_one_run) {
    struct outcome run = program_expect(
        0, "simul run --no-plots smoke urls --speed 1000 --models threads "
           "--blocks 1 --format json");
    json_t *summary = program_json(run.out);
    cr_assert_eq(json_array_size(summary), 2);
    cr_assert_eq(number_in(json_array_get(summary, 0), "scenario", "conversations"), 4);
    cr_assert_eq(number_in(json_array_get(summary, 1), "scenario", "conversations"),
                 12);
    for (size_t point = 0; point < 2; point++) {
        json_t *model = json_array_get(models_of(summary, point), 0);
        cr_assert_eq(number_in(model, "measured", "trials"), 1);
    }
    program_find("results/2*-smoke+urls");
}

Test(command_run, a_seed_gives_the_same_order_again) {
    json_t *orders[3];
    for (int i = 0; i < 3; i++) {
        program_expect(0,
                       "simul run --no-plots smoke --models "
                       "null,threads,event-loop --blocks 4 --seed %d",
                       i < 2 ? 7 : 8);
        orders[i] =
            json_object_get(program_json_file("results/latest/run.json"), "order");
    }
    cr_assert(json_equal(orders[0], orders[1]));
    cr_assert_not(json_equal(orders[0], orders[2]));
}

Test(command_run, trials_run_in_the_recorded_order) {
    program_expect(0, "simul run --no-plots smoke --models null,threads --blocks 3");
    json_t *order =
        json_object_get(program_json_file("results/latest/run.json"), "order");
    json_t *trials = recorded_trials();
    size_t i;
    json_t *planned;
    json_array_foreach(order, i, planned) {
        const json_t *trial = json_array_get(trials, i);
        cr_assert(json_equal(json_object_get(planned, "model"),
                             json_object_get(trial, "model")));
        cr_assert(json_equal(json_object_get(planned, "block"),
                             json_object_get(trial, "block")));
    }
    cr_assert_eq(json_array_size(trials), i);
}

Test(command_run, run_json_keeps_the_line_as_it_was_typed) {
    program_expect(0, "simul run --blocks 1 smoke --models null");
    json_t *command =
        json_object_get(program_json_file("results/latest/run.json"), "command");
    const char *text = program_text(command);
    cr_assert_str_eq(
        text, "[\"simul\",\"run\",\"--blocks\",\"1\",\"smoke\",\"--models\",\"null\"]");
}

Test(command_run, an_invalid_trial_is_reported_and_the_others_stay_valid) {
    program_write_model("broken.py", true, "sys.exit('the disk is wet')\n");
    struct outcome run = program_expect(
        1, "simul run --no-plots smoke --blocks 2 --models sequential,./broken.py");
    cr_assert_str_eq(cell(run.out, "broken", "measured"), "invalid");
    cr_assert_geq(atof(cell(run.out, "sequential", "measured")), 80.0);
    cr_assert(program_holds(run.out,
                            "\nbroken: 2 invalid trials, not in its figures\n"
                            "broken: the model failed, exit code 1: the disk is wet\n"),
              "%s", run.out);
    cr_assert_not(program_holds(run.err, "simul: "));
}

Test(command_run, the_example_in_python_runs_beside_its_twin_in_c) {
    struct outcome run = program_expect(
        0, "simul run --no-plots smoke --blocks 1 --models sequential," TEST_SOURCE
           "/models/other/sequential.py");
    cr_assert_geq(atof(cell(run.out, "sequential", "measured")), 80.0);
    cr_assert_geq(atof(cell(run.out, "sequential.py", "measured")), 80.0);
}

Test(command_run, the_fault_of_a_model_is_the_reason) {
    static const struct {
        const char *model; /* its text after "#!" */
        const char *reason;
    } rows[] = {
        {"/bin/true\n", "the model printed nothing on stdout"},
        {"/bin/sh\necho hello\n",
         "not the header of events (see docs/adding_a_model.md): 'hello'"},
        {"/bin/sh\nkill -SEGV $$\n", "killed by signal 11"},
        {"/bin/sh\necho broken >&2\nexit 4\n", "exit code 4: broken"},
        {"/bin/sh\nexec yes\n", "the model was stopped: it printed over 1050880 bytes"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char text[200];
        snprintf(text, sizeof text, "#!%s", rows[i].model);
        program_write("odd", text);
        struct outcome run =
            program_expect(1, "simul run --no-plots smoke --blocks 1 --models ./odd");
        cr_expect(program_holds(run.out, rows[i].reason), "not '%s': %s",
                  rows[i].reason, run.out);
    }
}

Test(command_run, a_mock_api_that_does_not_start_is_reported_at_once) {
    static const struct {
        const char *api;
        const char *message;
    } rows[] = {
        {"#!/bin/sh\nkill -KILL $$\n",
         ": invalid: the mock API did not start, killed by signal 9 (Killed)\n"},
        {"#!/bin/sh\necho no port is free >&2\nexit 2\n",
         "\nsimul: the mock API did not start, exit code 2: no port is free\n"},
    };
    program_copy_bin();
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        program_write("bin/simul-mock-api", rows[i].api);
        struct outcome run = program_expect(
            1, "bin/simul run --no-plots smoke --blocks 1 --models threads");
        cr_expect(program_holds(run.err, rows[i].message), "%s", run.err);
    }
}

Test(command_run, a_model_need_not_speak_utf8) {
    program_write("plain", "#!/bin/sh\nprintf '\\377\\303' >&2\nexit 1\n");
    program_expect(0, "mv plain \"$(printf 'b\\377d')\"");
    struct outcome run = program_expect(
        1, "simul run --no-plots smoke --blocks 1 --models \"./$(printf 'b\\377d')\"");
    cr_assert_str_eq(cell(run.out, "b-d", "measured"), "invalid");
    cr_assert(program_holds(run.out, "\nb-d: the model failed, exit code 1: ??\n"),
              "%s", run.out);
}

Test(command_run, failed_requests_are_counted_in_the_table) {
    struct outcome run = program_expect(
        0, "simul run --no-plots smoke --blocks 1 --models threads --timeout 1ms");
    cr_assert(
        program_holds(run.out, "\nthreads: 8 of 8 requests failed, in 1 of 1 trial,"),
        "%s", run.out);
    cr_assert(program_holds(run.out, ": 8 timeout\n"), "%s", run.out);
    cr_assert_str_eq(cell(run.out, "threads", "measured"), "failed");
}

Test(command_run, a_late_api_is_noted_with_a_speed_that_the_machine_can_keep) {
    program_write_model("plain.py", false, "");
    struct outcome late = program_expect(
        0, "simul run --no-plots smoke --blocks 1 --speed 1000000 --models ./plain.py");
    cr_assert(program_holds(late.out, "; this machine keeps --speed "), "%s", late.out);
    struct outcome hopeless = program_expect(
        0,
        "simul run --no-plots smoke --blocks 1 --speed 0.001 --send 0s --response 1ns "
        "--models ./plain.py");
    cr_assert(program_holds(hopeless.out, "note: the mock API was "), "%s",
              hopeless.out);
    cr_assert_not(program_holds(hopeless.out, "--speed"), "%s", hopeless.out);
}

Test(command_run, a_full_stdout_fails_with_a_sentence_and_the_run_is_kept) {
    struct outcome run = program_expect(
        1, "simul run --no-plots smoke --blocks 1 --models null >/dev/full");
    cr_assert(program_holds(run.err, "\nsimul: cannot write the results to stdout\n"));
    program_find("results/2*/summary.json");
}

Test(command_run, an_unwritable_output_is_refused) {
    static const char *const outputs[] = {"''", "file/x", "/proc/no", "file",
                                          "$(printf %05000d 0)"};
    program_write("file", "");
    for (size_t i = 0; i < sizeof outputs / sizeof outputs[0]; i++) {
        struct outcome run = program_expect(
            2, "simul run --no-plots smoke --blocks 1 --models null --output %s",
            outputs[i]);
        cr_expect_str_eq(run.out, "");
        cr_expect(!strncmp(run.err, "simul: --output: ", 17), "%s: %s", outputs[i],
                  run.err);
    }
}

Test(command_run, a_limit_that_is_met_is_named) {
    static const struct {
        int code;
        const char *limit;
        const char *message;
    } rows[] = {
        {2, "-n 12",
         "simul itself needs 28 descriptors (open files), 12 can be had; "
         "as root, raise the limit (ulimit -n 28)\n"},
        {2, "-f 0",
         " in one file, 0 can be had; raise the limit of a file's size "
         "(ulimit -f)\n"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct outcome run = program_expect(
            rows[i].code,
            "ulimit %s; simul run --no-plots smoke --blocks 1 --models threads",
            rows[i].limit);
        cr_expect(program_holds(run.err, rows[i].message), "%s: %s", rows[i].limit,
                  run.err);
    }
}

Test(command_run, output_may_be_any_path) {
    program_expect(0, "simul run --no-plots smoke --blocks 1 --models threads "
                      "--output \"a b/'ä\n*\"");
    program_find("a b/*/2*/summary.json");
}

/* Sends the signal after the first trial, while the second is under way. */
static void interrupt(int number) {
    struct process process;
    program_start(&process,
                  "exec simul run --no-plots smoke urls --models threads --blocks 1 "
                  "--seed 1 2>&1");
    int64_t deadline_ns = clock_now_ns() + 10 * NS_PER_S;
    process_wait_line(&process, deadline_ns);
    cr_assert(program_holds(process.out, "[1/2] smoke, block 1, threads: "), "%s",
              process.out);
    kill(process.pid, number);
    cr_assert_eq(process_wait(&process, deadline_ns), PROCESS_EXITED);
    cr_assert(WIFEXITED(process.status));
    cr_assert_eq(WEXITSTATUS(process.status), 128 + number);
    cr_assert_str_neq(cell(process.out, "threads", "measured"), "not run");
    cr_assert(program_holds(process.out, "not run"), "%s", process.out);
    process_close(&process);
}

Test(command_run, a_signal_keeps_and_shows_the_finished_trials) {
    static const int signals[] = {SIGINT, SIGTERM};
    for (int i = 0; i < 2; i++) {
        interrupt(signals[i]);
        cr_assert_eq(json_array_size(recorded_trials()), 1);
        cr_assert_eq(program_matches("results/latest/events/*"), 2);
        cr_assert_eq(program_matches("results/latest/summary.json"), 1);
        cr_assert_eq(program_count(""), 0);
    }
}

Test(command_run, a_signal_ends_every_process_that_a_model_started) {
    program_write("nest.sh", "#!/bin/sh\n"
                             "[ \"$1\" = --describe ] && exit 1\n"
                             "trap '' TERM INT HUP\n"
                             "sleep 300 & sleep 300 & touch begun; wait\n");
    struct process process;
    program_start(&process,
                  "exec simul run --no-plots smoke --blocks 1 --models ./nest.sh");
    int64_t deadline_ns = clock_now_ns() + 10 * NS_PER_S;
    while (program_matches("begun") == 0 && clock_now_ns() < deadline_ns) {
        clock_sleep_until_ns(clock_now_ns() + NS_PER_MS); /* it prints no line */
    }
    kill(process.pid, SIGTERM);
    cr_assert_eq(process_wait(&process, deadline_ns), PROCESS_EXITED);
    cr_assert_eq(WEXITSTATUS(process.status), 143);
    process_close(&process);
    cr_assert_eq(program_count("sleep"), 0);
}

Test(command_run, a_model_can_t_leave_a_session_behind) {
    program_write("stray.sh", "#!/bin/sh\n"
                              "setsid sh -c 'touch begun$1; setsid sleep 300 & wait' "
                              "stray $1 &\n"
                              "until [ -e begun$1 ]; do sleep 0.01; done\n"
                              "exit 1\n");
    program_expect(1, "simul run --no-plots smoke --blocks 1 --models ./stray.sh");
    cr_assert_eq(program_matches("begun*"), 2); /* for --describe, and in the trial */
    cr_assert_eq(program_count(""), 0);
}

Test(command_run, a_process_of_another_program_is_not_killed) {
    program_expect(
        0, "(sleep 300 & echo $! >pid; "
           "exec simul run --no-plots smoke --blocks 1 --models threads >table); "
           "kill $(cat pid)");
}

Test(command_run, a_signal_before_the_first_trial_leaves_no_directory) {
    program_copy_bin();
    program_write("bin/simul-model-slow", "#!/bin/sh\nkill -TERM $PPID\nsleep 60\n");
    program_expect(143, "bin/simul run --no-plots smoke --models threads");
    cr_assert_eq(program_matches("results"), 0);
}

Test(command_run, whenever_a_signal_comes_only_finished_trials_have_events) {
    for (int i = 0; i < 20; i++) {
        struct process process;
        program_start(&process,
                      "rm -rf results; exec simul run --no-plots smoke --blocks 20 "
                      "--models threads 2>&1");
        int64_t deadline_ns = clock_now_ns() + 10 * NS_PER_S;
        process_wait_line(&process, deadline_ns);
        /* This sleep waits for nothing: each time it hits another moment of a trial. */
        clock_sleep_until_ns(clock_now_ns() + i * 2 * NS_PER_MS);
        kill(process.pid, SIGTERM);
        cr_assert_eq(process_wait(&process, deadline_ns), PROCESS_EXITED);
        cr_assert_eq(WEXITSTATUS(process.status), 143);
        process_close(&process);
        cr_expect_eq(program_matches("results/latest/events/*"),
                     2 * json_array_size(recorded_trials()), "after %d ms", i * 2);
    }
}

Test(command_run, a_model_that_all_leaves_out_is_reported) {
    program_copy_bin();
    program_write("bin/simul-model-absent",
                  "#!/bin/sh\necho '{\"name\": \"absent\", \"holds\": \"all\", "
                  "\"send_holds\": \"caller\", \"available\": false, \"why\": \"no "
                  "hands\"}'\n");
    struct outcome all =
        program_expect(0, "bin/simul run --no-plots smoke --blocks 1 --models all");
    cr_expect(program_holds(all.err, "'all' leaves out absent: no hands\n"), "%s",
              all.err);
    struct outcome named =
        program_expect(0, "bin/simul run --no-plots smoke --blocks 1 --models threads");
    cr_expect_not(program_holds(named.err, "absent"), "%s", named.err);
}

Test(command_run, a_claim_about_a_model_that_does_not_run_is_noted) {
    struct outcome run = program_expect(
        0, "simul run --no-plots urls --speed 10000 --blocks 1 --models threads");
    cr_expect(program_holds(run.out,
                            "note: not judged: 330 s of event-loop, by Concurrent "
                            "Code with Asyncio, lesson 7: it is not in this run"),
              "%s", run.out);
}

Test(command_run, a_model_that_fails_at_once_is_not_the_fastest) {
    program_write(
        "quitter.py",
        "#!/usr/bin/env python3\n"
        "import sys, time\n"
        "n = int(sys.argv[sys.argv.index('--conversations') + 1])\n"
        "r = int(sys.argv[sys.argv.index('--rounds') + 1])\n"
        "t = time.monotonic_ns()\n"
        "print('conversation,round,ready_ns,begin_ns,first_byte_ns,end_ns,'\n"
        "      'status,error,queue_ns,send_ns,backlog_ns,response_ns')\n"
        "for c in range(n):\n"
        "    for k in range(r):\n"
        "        print(c, k, t, t, '', t, 0, 'limit', '', '', '', '', sep=',')\n");
    struct outcome run = program_expect(
        0, "simul run --no-plots smoke --blocks 2 --models sequential,./quitter.py");
    cr_expect_str_eq(cell(run.out, "quitter", "measured"), "failed");
    cr_expect_str_eq(cell(run.out, "quitter", "vs "), "-");
    cr_expect(
        program_holds(run.out, "\nquitter: 16 of 16 requests failed, in 2 of 2 trials"),
        "%s", run.out);
    cr_expect_str_eq(cell(run.out, "sequential", "vs "), "1.00x");
}

Test(command_run, one_block_runs_the_models_as_they_are_listed) {
    static const struct {
        const char *options;
        const char *order;
    } rows[] = {
        {"--blocks 1", "listed"},
        {"--blocks 2", "random"},
        {"--blocks 2 --order listed", "listed"},
        {"--blocks 1 --order random", "random"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        program_expect(0,
                       "simul run --no-plots smoke --models threads,null,event-loop "
                       "%s",
                       rows[i].options);
        json_t *run = program_json_file("results/latest/run.json");
        json_t *point = json_array_get(json_object_get(run, "points"), 0);
        cr_expect_str_eq(json_string_value(json_object_get(point, "order")),
                         rows[i].order, "%s", rows[i].options);
        static const char *const listed[] = {"threads", "null", "event-loop"};
        json_t *trials = recorded_trials();
        size_t j;
        json_t *trial;
        json_array_foreach(trials, j, trial) {
            const char *model = json_string_value(json_object_get(trial, "model"));
            cr_expect(strcmp(rows[i].order, "listed") != 0 ||
                          !strcmp(model, listed[j % 3]),
                      "%s: %s", rows[i].options, model);
        }
    }
    struct outcome bad = program_expect(2, "simul run smoke --order sorted");
    cr_expect_str_eq(bad.err,
                     "simul: --order: 'sorted' is neither listed nor random\n");
}

Test(command_run, says_before_it_begins_how_long_it_takes) {
    struct outcome run = program_expect(0, "simul run --no-plots urls --speed 150 "
                                           "--blocks 1 --models sequential,threads");
    const char *line = "the run takes about ";
    cr_expect_eq(strncmp(run.err, line, strlen(line)), 0, "%s", run.err);
    cr_expect(program_holds(run.err, " s; sequential is "), "%s", run.err);
    run = program_expect(0, "simul run --no-plots smoke --blocks 1 --models threads");
    cr_expect_not(program_holds(run.err, "the run takes"), "%s", run.err);
}

Test(command_run, that_takes_longer_than_its_most_time_is_refused) {
    struct outcome run = program_expect(2, "simul run urls --speed 1 --max-time 10min");
    cr_expect(program_holds(run.err,
                            "simul: --max-time: the run takes about 57 min, and "
                            "not 10 min; sequential is 63 % of it; "),
              "%s", run.err);
    cr_expect_eq(program_matches("results"), 0);
    run = program_expect(2, "simul run urls --max-time 0s");
    cr_expect_str_eq(run.err, "simul: --max-time: '0s' is no time to run\n");
    run = program_expect(2, "simul run urls --max-time soon");
    cr_expect(program_holds(run.err, "simul: --max-time: "), "%s", run.err);
}

/* The model waits longer than it says, so the second trial is given up. */
Test(command_run, that_reaches_its_most_time_keeps_the_finished_trials) {
    program_write("late.sh",
                  "#!/bin/sh\n"
                  "case $1 in --describe) exec simul-model-threads $1;; esac\n"
                  "sleep 6\n"
                  "exec simul-model-threads \"$@\"\n");
    struct outcome run = program_expect(
        1, "simul run --no-plots smoke --blocks 1 --max-time 4s --models "
           "threads,./late.sh,event-loop");
    cr_expect(program_holds(run.err, "simul: the run ends after 1 of 3 trials: more do "
                                     "not end within --max-time (4 s)\n"),
              "%s", run.err);
    cr_expect_geq(atof(cell(run.out, "threads", "measured")), 20.0);
    cr_expect(program_holds(run.out, "not run"), "%s", run.out);
    cr_expect_eq(json_array_size(recorded_trials()), 1);
    cr_expect_eq(program_matches("results/latest/events/*"), 2);
    cr_expect_eq(program_count(""), 0);
}

/* Nothing is faster than predicted, so such a trial would be thrown away. */
Test(command_run, a_trial_that_cannot_end_in_time_is_not_started) {
    program_write("late.sh",
                  "#!/bin/sh\n"
                  "case $1 in --describe) exec simul-model-threads $1;; esac\n"
                  "sleep 5\n"
                  "exec simul-model-threads \"$@\"\n");
    program_write("long.sh",
                  "#!/bin/sh\n"
                  "case $1 in --describe) exec simul-model-sequential $1;; esac\n"
                  "touch begun\n"
                  "exec simul-model-sequential \"$@\"\n");
    struct outcome run = program_expect(
        1, "simul run --no-plots urls --blocks 1 --max-time 13s --models "
           "./late.sh,./long.sh");
    cr_expect(program_holds(run.err, "the run ends after 1 of 2 trials"), "%s",
              run.err);
    cr_expect_eq(program_matches("begun"), 0);
}
