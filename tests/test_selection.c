/* bench/commands/selection.c: options and scenarios become a plan. */
#include "base/clock.h"
#include "bench/commands/selection.h"
#include "tests/folder.h"

#include <criterion/criterion.h>
#include <string.h>

/* Parses a command line as `simul run` does. */
static bool parse(const char *const words[], struct selection *selection,
                  struct plan *plan, struct error *error) {
    static char copies[32][200];
    char *argv[33] = {copies[0]};
    int argc = 1;
    for (int i = 0; words[i]; i++, argc++) {
        snprintf(copies[argc], sizeof copies[argc], "%s", words[i]);
        argv[argc] = copies[argc];
    }
    struct option_row rows[SELECTION_OPTIONS];
    int scenario_count = 0;
    bool help = false;
    *plan = (struct plan){.scenarios = NULL};
    *error = (struct error){.kind = ERROR_NONE};
    selection_init(selection);
    selection_options(rows, true);
    return options_parse(rows, selection, argc, argv, &scenario_count, &help, error) &&
           selection_make_plan(selection, scenario_count, argv + 1, plan, error);
}

#define WORDS(...) ((const char *[]){__VA_ARGS__, NULL})

static struct plan plan_of(const char *const words[]) {
    struct selection selection;
    struct plan plan;
    struct error error;
    cr_assert(parse(words, &selection, &plan, &error), "%s", error.message);
    return plan;
}

static void assert_refused(const char *const words[], const char *message) {
    struct selection selection;
    struct plan plan;
    struct error error;
    cr_assert_not(parse(words, &selection, &plan, &error), "%s", words[0]);
    cr_assert_eq(error.kind, ERROR_INPUT);
    cr_assert(strstr(error.message, message) != NULL, "'%s' is not in '%s'", message,
              error.message);
    plan_close(&plan);
}

static void assert_models(const struct plan_scenario *planned,
                          const char *const names[]) {
    size_t count = 0;
    for (; names[count]; count++) {
        cr_assert_lt(count, planned->entry_count);
        cr_assert_str_eq(planned->entries[count].model.name, names[count]);
    }
    cr_assert_eq(planned->entry_count, count);
}

Test(selection, without_options_a_scenario_is_as_it_is_shipped) {
    struct plan plan = plan_of(WORDS("urls"));
    cr_assert_eq(plan.scenario_count, 1);
    cr_assert_eq(plan.seed, 1);
    cr_assert_str_eq(plan.scenarios[0].scenario.name, "urls");
    cr_assert_eq(plan.scenarios[0].scenario.conversations, 12);
    cr_assert_eq(plan.scenarios[0].scenario.claim_count, 2);
    assert_models(&plan.scenarios[0],
                  WORDS("sequential", "threads", "thread-pool", "event-loop"));
    cr_assert_eq(plan.trial_count, 3 * 4);
    plan_close(&plan);
}

Test(selection, every_field_has_its_option) {
    static const char *const options[][3] = {
        {"--conversations", "conversations", "3"},
        {"--rounds", "rounds", "7"},
        {"--send", "send", "1.5 s"},
        {"--response", "response", "{exponential: {mean: 9 s}}"},
        {"--senders", "senders", "unlimited"},
        {"--slots", "slots", "2"},
        {"--workers", "workers", "9"},
        {"--connections", "connections", "close"},
        {"--timeout", "timeout", "2 s"},
        {"--speed", "speed", "12.5"},
        {"--blocks", "blocks", "11"},
    };
    for (size_t i = 0; i < sizeof options / sizeof options[0]; i++) {
        char text[SCENARIO_FIELD_BYTES];
        struct plan plan = plan_of(WORDS(options[i][0], options[i][2], "urls"));
        scenario_find_field(options[i][1])->format(&plan.scenarios[0].scenario, text);
        cr_assert_str_eq(text, options[i][2], "%s", options[i][0]);
        plan_close(&plan);
    }
}

Test(selection, a_send_that_computes_is_the_client_s) {
    struct plan plan = plan_of(WORDS("urls", "--senders=client", "--send-work", "cpu"));
    cr_assert_eq(plan.scenarios[0].scenario.send_work, SEND_WORK_CPU);
    plan_close(&plan);
    assert_refused(WORDS("urls", "--send-work", "cpu"),
                   "urls: send_work: cpu is for senders: client");
}

Test(selection, options_hold_for_every_scenario) {
    struct plan plan = plan_of(WORDS("urls", "--speed", "7", "chess", "--blocks", "2"));
    cr_assert_eq(plan.scenario_count, 2);
    for (size_t i = 0; i < 2; i++) {
        cr_assert_eq(plan.scenarios[i].scenario.speed, 7);
        cr_assert_eq(plan.scenarios[i].scenario.blocks, 2);
    }
    cr_assert_str_eq(plan.scenarios[1].scenario.name, "chess");
    plan_close(&plan);
}

Test(selection, claims_go_where_an_option_changes_what_they_are_about) {
    const struct {
        const char *words[4];
        size_t claims;
    } rows[] = {
        {{"urls", "--speed", "5", NULL}, 2},
        {{"urls", "--blocks", "5", NULL}, 2},
        {{"urls", "--connections", "close", NULL}, 2},
        {{"urls", "--conversations", "12", NULL}, 2}, /* as it was */
        {{"urls", "--send", "5000ms", NULL}, 2},      /* as it was */
        {{"urls", "--conversations", "13", NULL}, 0},
        {{"urls", "--rounds", "2", NULL}, 0},
        {{"urls", "--send", "6s", NULL}, 0},
        {{"urls", "--response", "6s", NULL}, 0},
        {{"urls", "--senders", "unlimited", NULL}, 0},
        {{"urls", "--slots", "3", NULL}, 0},
        {{"urls", "--workers", "3", NULL}, 0},
        {{"urls", "--timeout", "300s", NULL}, 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct plan plan = plan_of(rows[i].words);
        cr_assert_eq(plan.scenarios[0].scenario.claim_count, rows[i].claims, "%s",
                     rows[i].words[1]);
        plan_close(&plan);
    }
}

Test(selection, models_are_named_with_commas_between) {
    struct plan plan = plan_of(WORDS("urls", "--models", "threads,sequential"));
    assert_models(&plan.scenarios[0], WORDS("threads", "sequential"));
    plan_close(&plan);
}

Test(selection, all_is_every_listed_model) {
    struct plan plan = plan_of(WORDS("urls", "--models", "all"));
    cr_assert_geq(plan.scenarios[0].entry_count, 4);
    for (size_t i = 0; i < plan.scenarios[0].entry_count; i++) {
        cr_assert(plan.scenarios[0].entries[i].model.is_listed);
    }
    plan_close(&plan);
}

Test(selection, a_model_may_be_given_by_its_path) {
    struct plan plan =
        plan_of(WORDS("urls", "--models", TEST_BIN "/simul-model-threads,null"));
    assert_models(&plan.scenarios[0], WORDS("threads", "null"));
    plan_close(&plan);
}

Test(selection, a_scenario_without_models_runs_all) {
    char folder[PATH_MAX];
    char path[PATH_MAX];
    folder_make(folder);
    folder_write(folder, "mine.yaml", "name: mine\n", 11, path);
    struct plan plan = plan_of(WORDS(path));
    cr_assert_str_eq(plan.scenarios[0].scenario.name, "mine");
    cr_assert_geq(plan.scenarios[0].entry_count, 4);
    plan_close(&plan);
    folder_remove(folder);
}

Test(selection, an_empty_list_of_models_is_refused) {
    assert_refused(WORDS("urls", "--models", ""), "name models with commas between");
    assert_refused(WORDS("urls", "--models", ","), "name models with commas between");
    assert_refused(WORDS("urls", "--models", ",,,"), "name models with commas between");
}

Test(selection, what_cannot_be_is_refused_with_its_option) {
    assert_refused(WORDS("urls", "--rounds", "0"),
                   "--rounds: '0' is not a whole number");
    assert_refused(WORDS("urls", "--send", "soon"), "--send: 'soon' is no duration");
    assert_refused(WORDS("urls", "--speed", "0"), "--speed: ");
    assert_refused(WORDS("urls", "--seed", "-1"), "--seed: ");
    assert_refused(WORDS("urls", "--seed", "9223372036854775808"), "--seed: ");
    assert_refused(WORDS("urls", "--format", "xml"),
                   "--format: 'xml' is neither 'table' nor 'json'");
    assert_refused(WORDS("urls", "--rounds"), "--rounds");
    assert_refused(WORDS("urls", "--rouns", "3"), "did you mean '--rounds'");
}

Test(selection, what_does_not_fit_together_names_its_scenario) {
    assert_refused(
        WORDS("urls", "--senders", "client", "--send", "{exponential: {mean: 5s}}"),
        "urls: with senders: client the send is one fixed duration");
    assert_refused(WORDS("chess", "--conversations", "1000000", "--rounds", "1000000"),
                   "chess: 1000000 conversations x 1000000 rounds are over");
}

Test(selection, no_scenario_is_refused_with_an_example) {
    assert_refused(WORDS("--speed", "5"), "name a scenario, for example 'urls'");
}

Test(selection, what_is_not_there_is_refused_with_a_suggestion) {
    assert_refused(WORDS("urlz"), "there is no scenario 'urlz'; did you mean 'urls'?");
    assert_refused(WORDS("urls", "nowhere.yaml"), "cannot open nowhere.yaml");
    assert_refused(WORDS("urls", "--models", "thread"), "did you mean 'threads'?");
    assert_refused(WORDS("urls", "--models", "threads,threads"),
                   "the model 'threads' is there twice");
}

Test(selection, seed_format_and_output_are_kept) {
    struct selection selection;
    struct plan plan;
    struct error error;
    cr_assert(parse(WORDS("urls", "--seed", "9223372036854775807", "--format", "json",
                          "--output", "/tmp/there"),
                    &selection, &plan, &error),
              "%s", error.message);
    cr_assert_eq(plan.seed, INT64_MAX);
    cr_assert_eq(selection.format, FORMAT_JSON);
    cr_assert_str_eq(selection.output, "/tmp/there");
    plan_close(&plan);
}

Test(selection, begins_with_a_table_in_results) {
    struct selection selection;
    selection_init(&selection);
    cr_assert_eq(selection.seed, 1);
    cr_assert_eq(selection.format, FORMAT_TABLE);
    cr_assert_str_eq(selection.output, "results");
}

Test(selection, the_output_is_an_option_of_what_writes_a_run) {
    struct option_row rows[SELECTION_OPTIONS];
    int counts[2] = {0, 0};
    for (int writes = 0; writes < 2; writes++) {
        bool has_output = false;
        selection_options(rows, writes);
        for (; rows[counts[writes]].name; counts[writes]++) {
            const struct option_row *row = &rows[counts[writes]];
            has_output = has_output || !strcmp(row->name, "output");
            cr_assert_null(strchr(row->name, '_'), "%s", row->name);
            cr_assert_not_null(row->help);
        }
        cr_assert_eq(has_output, writes == 1);
    }
    cr_assert_eq(counts[1], counts[0] + 1);
}
