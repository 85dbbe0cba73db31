/* simul predict, as a whole program: figures without a network. */
#include "tests/support/program.h"
#include "tests/support/pty.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

TestSuite(command_predict, .init = program_enter, .fini = program_leave);

static json_t *predict(const char *line) {
    return program_json(program_expect(0, "simul predict %s --format json", line).out);
}

static json_t *model_of(const json_t *summary, const char *name) {
    json_t *models = json_object_get(json_array_get(summary, 0), "models");
    return program_pick(models, "name", name);
}

static double predicted(const json_t *model, const char *key) {
    const json_t *value = json_object_get(json_object_get(model, "predicted"), key);
    return json_is_number(value) ? json_number_value(value) : -1;
}

Test(command_predict, the_course_s_figures_and_the_true_ones) {
    static const struct {
        const char *line;
        const char *model;
        double printed_s; /* -1: there is no claim */
        double simulated_s;
        double closed_form_s; /* -1: there is none */
        double busy_s;
    } rows[] = {
        {"urls", "sequential", 720, 720, 720, 60},
        {"urls", "threads", -1, 115, 115, 60},
        {"urls", "event-loop", 330, 115, 115, 60},
        {"urls", "thread-pool", -1, 195, -1, 60},
        {"urls-55", "event-loop", 330, 330, 330, 275},
        {"urls-unlimited", "event-loop", -1, 60, 60, 5},
        {"urls-unlimited", "thread-pool", -1, 180, -1, 15},
        {"urls-client", "threads", -1, 60, 60, 5},
        {"urls-client", "event-loop", -1, 115, 115, 60},
        {"chess", "sequential", 43200, 43200, 43200, 3600},
        {"chess", "event-loop", 3600, 3655, 3655, 3600},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        json_t *model = model_of(predict(rows[i].line), rows[i].model);
        json_t *printed = json_object_get(model, "printed_s");
        double printed_s = json_is_null(printed) ? -1 : json_number_value(printed);
        cr_expect_eq(printed_s, rows[i].printed_s, "row %zu", i);
        cr_expect_eq(predicted(model, "simulated_s"), rows[i].simulated_s, "row %zu",
                     i);
        cr_expect_eq(predicted(model, "closed_form_s"), rows[i].closed_form_s,
                     "row %zu", i);
        cr_expect_eq(predicted(model, "busy_s"), rows[i].busy_s, "row %zu", i);
    }
}

Test(command_predict, a_pool_never_takes_330_s_for_12_urls) {
    static const double seconds[] = {720, 365, 250, 195, 185, 145,
                                     140, 135, 130, 125, 120, 115};
    for (int workers = 1; workers <= 12; workers++) {
        char line[60];
        snprintf(line, sizeof line, "urls --models thread-pool --workers %d", workers);
        json_t *model = model_of(predict(line), "thread-pool");
        cr_expect_eq(predicted(model, "simulated_s"), seconds[workers - 1], "%s", line);
    }
}

Test(command_predict, the_table_has_printed_predicted_formula_and_busy) {
    struct outcome table = program_expect(0, "simul predict chess");
    cr_assert(program_holds(
        table.out,
        "model          printed    predicted          that is   by formula   "
        "sender busy\n"
        "sequential    43,200 s   43,200.0 s             12 h   43,200.0 s   "
        "  3,600.0 s\n"));
    cr_assert(program_holds(table.out, "event-loop: 1 h 0 min 55 s, not 1 h: 3600 s is "
                                       "how long the sender is busy; the last "
                                       "answer arrives at 3655 s\n"));
}

Test(command_predict, no_line_of_its_table_is_wider_than_the_terminal) {
    static const int widths[] = {40, 80, 140};
    for (size_t i = 0; i < sizeof widths / sizeof widths[0]; i++) {
        struct pty pty;
        pty_start(&pty, 40, widths[i], "exec simul predict urls chess");
        pty_finish(&pty);
        cr_expect_eq(pty.code, 0);
        cr_expect_eq(pty_count(&pty, "1 h 0 min 55 s, not 1 h:"), 1, "%s", pty.text);
        for (const char *line = pty.text; *line; line += *line == '\n') {
            size_t bytes = strcspn(line, "\r\n");
            cr_expect_leq(bytes, (size_t)widths[i], "%s", pty.text);
            line += strcspn(line, "\n");
        }
        pty_close(&pty);
    }
}

Test(command_predict, its_help_offers_only_what_it_takes) {
    struct outcome help = program_expect(0, "simul predict --help");
    static const char *const hidden[] = {"url-file", "connections", "blocks", "story"};
    for (size_t i = 0; i < sizeof hidden / sizeof hidden[0]; i++) {
        cr_expect_not(program_holds(help.out, hidden[i]), "%s: %s", hidden[i],
                      help.out);
    }
    cr_expect(program_holds(help.out, "--seed N            for drawn latencies (1)\n"),
              "%s", help.out);
    program_expect(0, "simul predict urls --blocks 2 --connections warm");
}

Test(command_predict, its_json_follows_the_schema) {
    static const char *const lines[] = {
        "$(simul scenarios | cut -d' ' -f1)",
        "urls --send '{uniform: {min: 4s, max: 6s}}'",
        "urls --senders client --send-work cpu",
        "smoke --models ./plain.py,null",
    };
    program_write_model("plain.py", false, "");
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        program_expect(0, "simul predict %s --format json >found.json", lines[i]);
        program_expect_schema("found.json");
    }
}

Test(command_predict, it_needs_no_mock_api) {
    program_copy_bin();
    program_expect(0, "rm bin/simul-mock-api && simul predict urls >there && "
                      "bin/simul predict urls >here && cmp here there");
}

Test(command_predict, it_writes_nothing) {
    program_expect(0, "simul predict urls");
    cr_assert_eq(program_matches("*"), 0);
}

Test(command_predict, claims_are_dropped_only_if_the_work_changes) {
    static const struct {
        const char *options;
        size_t claims;
    } rows[] = {
        {"", 2},
        {"--speed 1", 2},
        {"--blocks 9", 2},
        {"--connections close", 2},
        {"--conversations 12 --send 5000ms", 2},
        {"--models event-loop", 1},
        {"--conversations 13", 0},
        {"--rounds 2", 0},
        {"--send 6s", 0},
        {"--response 56s", 0},
        {"--senders 2", 0},
        {"--slots 4", 0},
        {"--workers 5", 0},
        {"--timeout 1h", 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char line[100];
        snprintf(line, sizeof line, "urls %s", rows[i].options);
        json_t *summary = predict(line);
        json_t *claims = json_object_get(json_array_get(summary, 0), "claims");
        cr_expect_eq(json_array_size(claims), rows[i].claims, "%s", rows[i].options);
    }
}

Test(command_predict, a_model_that_does_not_describe_itself_has_no_prediction) {
    program_write_model("plain.py", false, "");
    json_t *summary = predict("smoke --models ./plain.py");
    cr_assert(json_is_null(json_object_get(model_of(summary, "plain"), "predicted")));
}

Test(command_predict, a_seed_draws_the_same_latencies_again) {
    program_expect(
        0, "for seed in 5 5 6; do simul predict urls --seed $seed "
           "--response '{exponential: {mean: 55s}}' >$seed.$((n = n + 1)); done; "
           "cmp 5.1 5.2 && ! cmp 5.1 6.3");
}
