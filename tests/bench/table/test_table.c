/* bench/table/table.c: a summary as an aligned table, with remarks below. */
#include "bench/table/table.h"
#include "base/clock.h"
#include "tests/support/summed.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct summed run;

/* The table in a terminal of so many columns; 0: there is none. */
static char *print_in(const struct summary *summary, int columns) {
    char *text = NULL;
    size_t bytes = 0;
    FILE *out = open_memstream(&text, &bytes);
    cr_assert(out != NULL);
    table_print(summary, columns, out);
    cr_assert_eq(fclose(out), 0);
    return text;
}

static char *print(const struct summary *summary) {
    return print_in(summary, 0);
}

/* The table of the run, which is closed. */
static char *print_run(void) {
    summed_point(&run);
    char *text = print(&run.summary);
    summed_close(&run);
    return text;
}

/* The table of a shipped scenario that is only predicted. */
static char *print_prediction(const char *scenario) {
    struct error error;
    summed_open(&run, scenario);
    cr_assert(summary_make(&run.summary, &run.plan, NULL, &error));
    char *text = print(&run.summary);
    summed_close(&run);
    return text;
}

/* The table of models that are not measured. */
static char *print_models(struct summary_model *models, size_t count) {
    struct scenario scenario;
    scenario_init(&scenario);
    strcpy(scenario.name, "s");
    scenario.conversations = scenario.rounds = 1;
    scenario.send = (struct latency){LATENCY_FIXED, NS_PER_S, 0};
    scenario.response = (struct latency){LATENCY_FIXED, 2 * NS_PER_S, 0};
    scenario.speed = 1;
    struct summary_point point = {
        .scenario = &scenario,
        .models = models,
        .model_count = count,
        .baseline = models,
    };
    return print(&(struct summary){.points = &point, .point_count = 1});
}

/* A model without any figure. */
static struct summary_model make_model(const char *name) {
    struct summary_model model = {
        .printed_s = NAN,
        .predicted = {.closed_form_s = NAN, .simulated_s = NAN, .busy_s = NAN},
    };
    snprintf(model.name, sizeof model.name, "%s", name);
    return model;
}

static int width_of(const char *line, size_t bytes) {
    int width = 0;
    for (size_t i = 0; i < bytes; i++) {
        width += ((unsigned char)line[i] & 0xc0) != 0x80;
    }
    return width;
}

/* Checks that the rows between the first two empty lines have one width; counts them. */
static int count_aligned_rows(const char *text) {
    const char *line = strstr(text, "\n\n");
    cr_assert(line != NULL);
    int rows = 0;
    int width = 0;
    for (line += 2; *line && *line != '\n'; rows++) {
        size_t bytes = strcspn(line, "\n");
        width = rows == 0 ? width_of(line, bytes) : width;
        cr_assert_eq(width_of(line, bytes), width, "%s", text);
        line += bytes + (line[bytes] == '\n');
    }
    return rows;
}

static void assert_holds(const char *text, const char *part) {
    cr_assert(strstr(text, part) != NULL, "'%s' is not in\n%s", part, text);
}

Test(table, a_prediction_is_this_table) {
    char *text = print_prediction("urls");
    static const char expected[] =
        "urls: 12 conversations x 1 round, send 5 s, response 55 s, one sender, 100 "
        "times faster than life\n"
        "\n"
        "model         printed   predicted      that is   by formula   sender busy\n"
        "sequential      720 s     720.0 s       12 min      720.0 s       60.00 s\n"
        "threads             -     115.0 s   1 min 55 s      115.0 s       60.00 s\n"
        "thread-pool         -     195.0 s   3 min 15 s            -       60.00 s\n"
        "event-loop      330 s     115.0 s   1 min 55 s      115.0 s       60.00 s\n"
        "\n"
        "event-loop: 1 min 55 s, not 5 1/2 min: 330 s does not follow from 5 s x 12 + "
        "55 s, which is 115 s; it is "
        "what 55 conversations take; see: simul run urls-330, simul run urls-55\n";
    cr_assert_str_eq(text, expected, "%s", text);
    free(text);
}

Test(table, a_run_has_measured_beside_predicted) {
    summed_open(&run, "urls");
    summed_add(&run, 0, "threads", 1, 1152);
    summed_add(&run, 0, "threads", 2, 1151);
    summed_add(&run, 0, "sequential", 1, 7200);
    char *text = print_run();
    cr_assert_eq(count_aligned_rows(text), 5);
    assert_holds(text, "measured   (min..max of 2)");
    assert_holds(text, "sender busy   vs sequential\n");
    assert_holds(text, "  115.1 s      115.1..115.2");
    assert_holds(text, "+0.13 %");
    assert_holds(text, "6.25x\n");
    assert_holds(text, "not run");
    free(text);
}

Test(table, from_six_trials_on_the_range_is_an_interval) {
    summed_open(&run, "urls");
    for (int block = 1; block <= 6; block++) {
        summed_add(&run, 0, "threads", block, 1150);
    }
    char *text = print_run();
    assert_holds(text, "(95 % of 6)");
    cr_assert_eq(count_aligned_rows(text), 5);
    free(text);
}

Test(table, one_trial_is_no_range) {
    summed_open(&run, "urls");
    summed_add(&run, 0, "threads", 1, 1152);
    summed_add(&run, 0, "sequential", 1, 7200);
    char *text = print_run();
    assert_holds(text, "   measured once   ");
    cr_assert_null(strstr(text, " of 1"), "%s", text);
    cr_assert_null(strstr(text, ".."), "%s", text);
    free(text);
    summed_open(&run, "urls");
    summed_add(&run, 0, "threads", 1, 1152);
    summed_add(&run, 0, "threads", 2, 1151);
    summed_add(&run, 0, "sequential", 1, 7200);
    text = print_run();
    assert_holds(text, "   measured   (min..max of 2)   ");
    assert_holds(text, "   720.0 s         one trial   ");
    free(text);
}

Test(table, without_a_prediction_the_measured_time_is_said) {
    summed_open(&run, "urls");
    for (size_t i = 0; i < run.plan.points[0].entry_count; i++) {
        run.plan.points[0].entries[i].prediction.is_known = false;
    }
    summed_add(&run, 0, "threads", 1, 1150);
    char *text = print_run();
    assert_holds(text, "   measured once      that is   ");
    assert_holds(text, "         115.0 s   1 min 55 s   ");
    free(text);
}

Test(table, times_below_a_minute_are_said_in_seconds_only) {
    struct summary_model model = make_model("m");
    model.predicted.simulated_s = 59.5;
    char *text = print_models(&model, 1);
    cr_assert_null(strstr(text, "that is"), "%s", text);
    free(text);
    model.predicted.simulated_s = 60;
    text = print_models(&model, 1);
    assert_holds(text, " 60.00 s     1 min ");
    free(text);
}

/* A run of urls or chess as a terminal shows it. */
static char *print_in_terminal(const char *scenario, int columns) {
    summed_open(&run, scenario);
    for (int block = 1; block <= 2; block++) {
        summed_add(&run, 0, "sequential", block, 43200 + block);
        summed_add(&run, 0, "event-loop", block, 3655 + block);
    }
    summed_point(&run);
    char *text = print_in(&run.summary, columns);
    summed_close(&run);
    return text;
}

static void expect_fits(const char *text, int columns) {
    for (const char *line = text; *line; line += line[0] == '\n') {
        size_t bytes = strcspn(line, "\n");
        cr_expect_leq(width_of(line, bytes), columns, "%d columns:\n%s", columns, text);
        line += bytes;
    }
}

Test(table, no_line_is_wider_than_the_terminal) {
    static const char *const names[] = {"urls", "chess", "urls-330"};
    for (int columns = 20; columns <= 200; columns++) {
        for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
            char *text = print_in_terminal(names[i], columns);
            expect_fits(text, columns);
            free(text);
        }
    }
}

Test(table, in_80_columns_the_least_important_columns_are_left_out) {
    char *text = print_in_terminal("chess", 80);
    assert_holds(
        text,
        "chess: 24 conversations x 30 rounds, send 5 s, response 55 s, one sender, "
        "1000\n"
        "  times faster than life\n"
        "\n"
        "model         printed   predicted         that is    measured  vs sequential\n"
        "sequential   43,200 s  43,200.0 s            12 h  43,201.5 s          1.00x\n"
        "threads             -   3,655.0 s  1 h 0 min 55 s     not run              -\n"
        "thread-pool         -  10,815.0 s  3 h 0 min 15 s     not run              -\n"
        "event-loop    3,600 s   3,655.0 s  1 h 0 min 55 s   3,656.5 s          11.8x\n"
        "(no room in 80 columns for excess/request, sender busy, (min..max of 2), "
        "error;\n"
        "  a wider terminal shows them, and so does '| cat')\n"
        "\n"
        "event-loop: 1 h 0 min 55 s, not 1 h: 3600 s is how long the sender is busy; "
        "the\n"
        "  last answer arrives at 3655 s\n");
    free(text);
}

Test(table, a_column_without_a_figure_is_left_out_first) {
    struct summary_model models[] = {make_model("a"), make_model("b")};
    models[0].predicted.simulated_s = models[0].predicted.busy_s = 1;
    struct summary_point point;
    struct scenario scenario;
    scenario_init(&scenario);
    point = (struct summary_point){
        .scenario = &scenario, .models = models, .model_count = 2, .baseline = models};
    char *text = print_in(&(struct summary){.points = &point, .point_count = 1}, 41);
    assert_holds(text, "\nmodel  predicted  by formula  sender busy\n"
                       "a        1.000 s           -      1.000 s\n"
                       "b              -           -            -\n");
    cr_assert_null(strstr(text, "no room"), "printed has no figure: %s", text);
    free(text);
}

Test(table, in_40_columns_it_is_a_list_for_each_model) {
    char *text = print_in_terminal("chess", 40);
    assert_holds(text, "\n\nsequential\n"
                       "  printed          43,200 s\n"
                       "  predicted        43,200.0 s\n"
                       "  that is          12 h\n"
                       "  measured         43,201.5 s\n"
                       "  (min..max of 2)  43,201.0..43,202.0\n"
                       "  error            +0.00 %\n");
    assert_holds(text, "\nthreads\n"
                       "  predicted        3,655.0 s\n"
                       "  that is          1 h 0 min 55 s\n"
                       "  measured         not run\n"
                       "thread-pool\n");
    cr_assert_null(strstr(text, "no room"), "%s", text);
    free(text);
}

Test(table, the_chess_table_shows_busy_time_and_makespan) {
    char *text = print_prediction("chess");
    assert_holds(text,
                 "sequential    43,200 s   43,200.0 s             12 h   43,200.0 s  "
                 "   3,600.0 s");
    assert_holds(text,
                 "event-loop     3,600 s    3,655.0 s   1 h 0 min 55 s    3,655.0 s  "
                 "   3,600.0 s");
    assert_holds(text, "\nevent-loop: 1 h 0 min 55 s, not 1 h: 3600 s is how long the "
                       "sender is busy; the last "
                       "answer arrives at 3655 s\n");
    cr_assert_eq(count_aligned_rows(text), 5);
    free(text);
}

Test(table, a_claim_that_holds_has_no_remark) {
    char *text = print_prediction("urls-330");
    cr_assert_null(strstr(text, "follow"), "%s", text);
    cr_assert_null(strstr(text, "\n\nsequential:"), "%s", text);
    free(text);
}

Test(table, every_shipped_scenario_is_aligned) {
    static const char *const names[] = {"chess",       "chess-12",      "chess-clones",
                                        "urls",        "urls-330",      "urls-55",
                                        "urls-client", "urls-unlimited"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        char *text = print_prediction(names[i]);
        cr_assert_geq(count_aligned_rows(text), 3);
        free(text);
        summed_open(&run, names[i]);
        summed_add(&run, 0, "threads", 1, 123456);
        text = print_run();
        cr_assert_geq(count_aligned_rows(text), 3);
        free(text);
    }
}

Test(table, invalid_trials_are_listed_with_their_reasons) {
    summed_open(&run, "urls");
    lecture_keep_invalid(&run.trials, lecture_trial(0, "threads", 1, 1150),
                         "rows missing");
    char *text = print_run();
    assert_holds(text, "\nthreads: 1 invalid trial, not in its figures\n"
                       "threads: rows missing\n");
    assert_holds(text, "   invalid   ");
    cr_assert_eq(count_aligned_rows(text), 5);
    free(text);
}

Test(table, failed_requests_are_counted) {
    summed_open(&run, "urls");
    lecture_tally(&summed_add(&run, 0, "threads", 1, 1150)->by_error, 2,
                  (struct tally_row[]){{EVENT_OK, 11}, {EVENT_TIMEOUT, 1}});
    char *text = print_run();
    assert_holds(text,
                 "\nthreads: 1 of 12 requests failed, in 1 of 1 trial, over after "
                 "115.0 s (1 min 55 s): 1 timeout\n"
                 "figures are of trials in which every request succeeded; "
                 "a model with a failed request is not compared\n");
    assert_holds(text, "   failed   ");
    free(text);
}

Test(table, notes_stand_below) {
    summed_open(&run, "urls");
    summed_add(&run, 0, "threads", 1, 1150)->figures[TRIAL_API_LATENESS_NS] = 30000000;
    char *text = print_run();
    assert_holds(text, "\nnote: the mock API was 30000 us late, 5.0 % of a request");
    free(text);
}

Test(table, one_empty_line_sets_the_remarks_off) {
    summed_open(&run, "urls");
    struct past_trial *trial = summed_add(&run, 0, "threads", 1, 1150);
    trial->is_valid = false;
    trial->figures[TRIAL_API_LATENESS_NS] = 30000000;
    char *text = print_run();
    int empty = 0;
    for (const char *at = text; (at = strstr(at, "\n\n")); at += 2) {
        empty++;
    }
    cr_assert_eq(empty, 2, "%s", text); /* above the table, and below it */
    free(text);
}

Test(table, a_number_has_four_digits_and_groups) {
    static const struct {
        double seconds;
        const char *text;
    } rows[] = {
        {0, " 0.000 s"},           {0.00123456, " 0.001235 s"},
        {0.0123456, " 0.01235 s"}, {0.123456, " 0.1235 s"},
        {1.23456, " 1.235 s"},     {12.3456, " 12.35 s"},
        {123.456, " 123.5 s"},     {1234.56, " 1,234.6 s"},
        {43200, " 43,200.0 s"},    {1234567.8, " 1,234,567.8 s"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct summary_model model = make_model("m");
        model.predicted.simulated_s = rows[i].seconds;
        char *text = print_models(&model, 1);
        assert_holds(text, rows[i].text);
        free(text);
    }
}

Test(table, a_name_of_any_letters_keeps_the_columns) {
    struct summary_model models[] = {make_model("\xc3\xa4\xe2\x82\xac"),
                                     make_model("abcdef")};
    char *text = print_models(models, 2);
    cr_assert_eq(count_aligned_rows(text), 3);
    free(text);
}

Test(table, a_model_without_figures_has_dashes) {
    struct summary_model model = make_model("m");
    char *text = print_models(&model, 1);
    assert_holds(text, "model   printed   predicted   by formula   sender busy\n"
                       "m             -           -            -             -\n");
    free(text);
}

Test(table, the_setting_is_a_sentence) {
    static const char *const settings[][2] = {
        {"urls-client", "the client's own send, 100 times faster than life\n"},
        {"urls-unlimited", ", unlimited senders, 100 times"},
        {"chess", "chess: 24 conversations x 30 rounds, send 5 s, response 55 s, one "
                  "sender, 1000 times faster than life\n"},
    };
    for (size_t i = 0; i < sizeof settings / sizeof settings[0]; i++) {
        char *text = print_prediction(settings[i][0]);
        assert_holds(text, settings[i][1]);
        free(text);
    }
    struct summary_model model = make_model("m");
    char *text = print_models(&model, 1);
    assert_holds(text,
                 "s: 1 conversation x 1 round, send 1 s, response 2 s, one sender, "
                 "in real time\n");
    free(text);
}

Test(table, several_scenarios_stand_below_each_other) {
    struct error error;
    summed_open(&run, "urls");
    lecture_add(&run.plan, "chess");
    cr_assert(summary_make(&run.summary, &run.plan, NULL, &error));
    char *text = print(&run.summary);
    assert_holds(text, "urls: 12 conversations");
    assert_holds(text, "\n\nchess: 24 conversations");
    free(text);
    summed_close(&run);
}

Test(table, a_table_of_the_user_s_own_api_has_no_prediction_column) {
    summed_open(&run, "urls");
    struct plan_point *point = &run.plan.points[0];
    cr_assert(scenario_set_url_file(&point->scenario, "own.txt"));
    scenario_clear_claims(&point->scenario);
    point->scenario.speed = 1;
    point->scenario.timeout_ns = INT64_C(60000000000);
    point->entry_count = 2;
    for (size_t i = 0; i < point->entry_count; i++) {
        point->entries[i].prediction.is_known = false;
    }
    summed_add(&run, 0, "sequential", 1, 7200);
    struct past_trial *trial = summed_add(&run, 0, "threads", 1, 1150);
    lecture_tally(
        &trial->by_error, 3,
        (struct tally_row[]){{EVENT_OK, 7}, {EVENT_STATUS, 3}, {EVENT_RESET, 2}});
    lecture_tally(&trial->by_status, 4,
                  (struct tally_row[]){{200, 7}, {503, 2}, {404, 1}, {0, 2}});
    char *text = print_run();
    cr_expect_str_eq(
        text,
        "urls: 12 conversations x 1 round, a URL each of own.txt, in real time, at "
        "most "
        "60 s a request\n\n"
        "model        measured once   at once   answered   vs sequential\n"
        "sequential         7.200 s        11   12 of 12           1.00x\n"
        "threads             failed         -    7 of 12               -\n"
        "\n"
        "threads: 5 of 12 requests failed, in 1 of 1 trial, over after 1.150 s: 3 "
        "status "
        "(503 x 2, 404 x 1), 2 reset\n"
        "figures are of trials in which every request succeeded; a model with a "
        "failed request is not compared\n",
        "%s", text);
    free(text);
}
