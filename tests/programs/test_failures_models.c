/* Models that do what a model must not do. Their run has every good trial, a reason for
 * every other, and nothing else. */
#include "tests/support/bad_models.h"
#include "tests/support/program.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

TestSuite(failures_models, .init = program_enter, .fini = program_leave);

/* The first reason why a trial is invalid that the model is to blame for, and not a busy
 * host; NULL: there is none. */
static const char *reason_of(const json_t *trial) {
    size_t i;
    json_t *reason;
    json_array_foreach(json_object_get(trial, "reasons"), i, reason) {
        const char *text = json_string_value(reason);
        if (!program_holds(text, "another machine on the same host took")) {
            return text;
        }
    }
    return NULL;
}

/* Asserts that the trials are as they should be, and that the results folder holds
 * nothing else. */
static void assert_trials(const char *results, const struct bad_model models[]) {
    char path[200];
    snprintf(path, sizeof path, "%s/latest/trials.jsonl", results);
    json_t *trials = program_json_lines(path);
    for (; models->name; models++) {
        json_t *trial = program_pick(trials, "model", models->name);
        const char *reason = reason_of(trial);
        if (models->reason) {
            cr_expect(reason && program_holds(reason, models->reason), "%s: %s",
                      models->name, reason ? reason : "valid");
        } else {
            cr_expect_null(reason, "%s: %s", models->name, reason);
        }
    }
    snprintf(path, sizeof path, "%s/latest/events/*.csv", results);
    cr_expect_eq(program_matches(path), 2 * json_array_size(trials));
    snprintf(path, sizeof path, "%s/latest/events/*[!v]", results);
    int others = program_matches(path);
    snprintf(path, sizeof path, "%s/latest/events/*.stderr.txt", results);
    cr_expect_eq(program_matches(path), others);
    snprintf(path, sizeof path, "%s/latest/.[!.]*", results);
    cr_expect_eq(program_matches(path), 0);
    cr_expect_eq(program_count(""), 0);
}

Test(failures_models, each_has_its_reason_and_the_others_stay_valid) {
    char list[1000] = "sequential";
    bad_models_write(bad_models);
    for (const struct bad_model *model = bad_models; model->name; model++) {
        snprintf(list + strlen(list), sizeof list - strlen(list), ",./%s", model->name);
    }
    /* One of them makes the API die by SIGBUS, which a sanitizer would report. */
    struct outcome run = program_expect(
        1,
        "ASAN_OPTIONS=$ASAN_OPTIONS:handle_sigbus=0 "
        "simul run --no-plots smoke --blocks 1 --models %s --format json",
        list);
    json_t *models =
        json_object_get(json_array_get(program_json(run.out), 0), "models");
    json_t *sequential = program_pick(models, "name", "sequential");
    json_t *measured = json_object_get(sequential, "measured");
    cr_expect_eq(json_integer_value(json_object_get(measured, "trials")), 1);
    assert_trials("results", bad_models);
}

/* The first scripts of a student, and all that they are told. */
Test(failures_models, a_first_script_is_told_what_to_do_next) {
    static const struct {
        const char *name;
        const char *script;
        const char *told[4];
    } rows[] = {
        {"nothing",
         "true",
         {"the model printed nothing on stdout, but it has to print a row for each "
          "request: see docs/adding_a_model.md",
          "no request came to the API: a model sends its requests to the URL in its "
          "option --url; see docs/adding_a_model.md"}},
        {"traceback",
         "printf 'Traceback:\\n  File \"mine.py\", line 3\\nNameError: no x\\n' >&2; "
         "exit 1",
         {"the model failed, exit code 1: NameError: no x",
          "traceback: the end of its stderr; events/0001-smoke-traceback-1.stderr.txt "
          "in "
          "the run directory has all of it:\n    Traceback:\n"
          "      File \"mine.py\", line 3\n    NameError: no x\n"}},
        {"clock",
         "o=$(($(date +%s) - $(cut -d. -f1 /proc/uptime)))000000000\n"
         "$S \"$@\" | awk -F, -v OFS=, -v o=$o 'NR > 1 { for (i = 3; i < 7; i++) "
         "$i = sprintf(\"%.0f\", $i + o) } { print }'",
         {"the times are not nanoseconds of CLOCK_MONOTONIC: ",
          ", ready_ns of /0/0, is Unix time in nanoseconds; in Python, take "
          "time.monotonic_ns()"}},
        {"forgets", "$S \"$@\" | grep -v '^3,0,'", {"rows are missing: 1 of 8: /3/0"}},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const struct bad_model one[] = {{rows[i].name, rows[i].script, NULL},
                                        {.name = NULL}};
        bad_models_write(one);
        struct outcome run = program_expect(
            1, "simul run --no-plots smoke --blocks 1 --models ./%s", rows[i].name);
        for (size_t j = 0; rows[i].told[j]; j++) {
            cr_expect(program_holds(run.out, rows[i].told[j]), "'%s' is not in\n%s",
                      rows[i].told[j], run.out);
        }
    }
}

/* They run at the same time, because each takes ten seconds of patience. */
Test(failures_models, that_hang_are_ended_with_all_that_they_started) {
    char line[2000] = "";
    bad_models_write(bad_models_that_hang);
    for (const struct bad_model *model = bad_models_that_hang; model->name; model++) {
        snprintf(
            line + strlen(line), sizeof line - strlen(line),
            "simul run --no-plots smoke --blocks 1 --models ./%s --output of-%s & ",
            model->name, model->name);
    }
    program_expect(0, "%swait", line);
    for (const struct bad_model *model = bad_models_that_hang; model->name; model++) {
        char results[100];
        const struct bad_model one[] = {*model, {.name = NULL}};
        snprintf(results, sizeof results, "of-%s", model->name);
        assert_trials(results, one);
    }
}

/* It awaits each answer in its loop, so it sends one request after the other. */
Test(failures_models, that_hold_less_than_they_say_are_measured_and_named) {
    program_write("naive",
                  "#!/bin/sh\n[ \"$1\" = --describe ] && { echo '"
                  "{\"name\": \"naive\", \"summary\": \"awaits in its loop\", "
                  "\"holds\": \"all\", \"send_holds\": \"loop\", \"listed\": true, "
                  "\"available\": true, \"why\": \"\"}'; exit; }\n"
                  "exec " TEST_BIN "/simul-model-sequential \"$@\"\n");
    struct outcome run = program_expect(
        0, "simul run --no-plots urls --speed 1000 --blocks 1 --models ./naive");
    cr_expect(program_holds(run.out,
                            "naive: at most 1 request in flight, though it says "
                            "that it holds all; the prediction has 12"),
              "%s", run.out);
}

Test(failures_models, if_one_vanishes_the_others_stay_valid) {
    program_write("vanishing", "#!/bin/sh\nrm \"$0\"\nexit 1\n");
    static const struct bad_model models[] = {
        {"vanishing", NULL, "cannot execute ./vanishing: No such file or directory"},
        {"sequential", NULL, NULL},
        {.name = NULL},
    };
    program_expect(
        1, "simul run --no-plots smoke --blocks 1 --models ./vanishing,sequential");
    assert_trials("results", models);
}

Test(failures_models, that_can_t_be_executed_are_refused_before_anything_starts) {
    static const struct {
        const char *prepare;
        const char *message;
    } rows[] = {
        {"mkdir m", "cannot execute ./m: Permission denied; it has to be a file"},
        {"echo hello >m", "cannot execute ./m: Permission denied; it has to be a file"},
        {"echo hello >m; chmod +x m", "cannot execute ./m: Exec format error"},
        {"echo '#!/no/such/shell' >m; chmod +x m", "cannot execute ./m: No such file"},
        {"true", "cannot execute ./m: No such file or directory; check the path"},
        /* The head of an ELF file for another processor (PDP-11). */
        {"printf '\\177ELF\\1\\1\\1\\0\\0\\0\\0\\0\\0\\0\\0\\0\\2\\0\\101\\0' >m; "
         "chmod +x m",
         "cannot execute ./m: Exec format error"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct outcome run = program_expect(
            2, "rm -rf m; %s; simul run --no-plots smoke --models sequential,./m",
            rows[i].prepare);
        cr_expect(program_holds(run.err, rows[i].message), "%s", run.err);
        cr_expect_eq(program_matches("results"), 0);
    }
}

Test(failures_models, whose_description_hangs_or_is_nonsense_run_without_one) {
    static const char *const answers[] = {"exec sleep 300", "head -c 5000 /dev/urandom",
                                          "exec yes", "sleep 300 & exit 0",
                                          "echo '{\"holds\": \"some\"}'"};
    char list[200] = "";
    for (size_t i = 0; i < sizeof answers / sizeof answers[0]; i++) {
        char name[20];
        char text[300];
        snprintf(name, sizeof name, "answer-%zu", i);
        snprintf(text, sizeof text,
                 "#!/bin/sh\n[ \"$1\" = --describe ] && { %s; exit; }\n"
                 "exec " TEST_BIN "/simul-model-sequential \"$@\"\n",
                 answers[i]);
        program_write(name, text);
        snprintf(list + strlen(list), sizeof list - strlen(list), "%s./%s",
                 i ? "," : "", name);
    }
    struct outcome run = program_expect(
        0, "simul run --no-plots smoke --blocks 1 --models %s --format json", list);
    json_t *models =
        json_object_get(json_array_get(program_json(run.out), 0), "models");
    cr_expect_eq(json_array_size(models), 5);
    size_t i;
    json_t *model;
    json_array_foreach(models, i, model) {
        cr_expect(json_is_null(json_object_get(model, "predicted")));
    }
}
