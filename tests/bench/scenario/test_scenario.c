/* bench/scenario/scenario.c: the table of fields, its limits, and the checks of fields
 * against each other. */
#include "base/clock.h"
#include "bench/scenario/scenario.h"

#include <criterion/criterion.h>
#include <string.h>

static struct scenario make(const char *const pairs[][2]) {
    struct scenario scenario;
    struct error error = {.kind = ERROR_NONE};
    scenario_init(&scenario);
    for (int i = 0; pairs[i][0]; i++) {
        const struct scenario_field *field = scenario_find_field(pairs[i][0]);
        cr_assert(field != NULL, "%s", pairs[i][0]);
        cr_assert(field->set(&scenario, pairs[i][1], &error), "%s", error.message);
    }
    return scenario;
}

Test(scenario, begins_with_the_defaults_of_the_design) {
    static const char *const expected[][2] = {
        {"name", ""},     {"title", ""},      {"conversations", "1"},
        {"rounds", "1"},  {"send", "0 s"},    {"response", "0 s"},
        {"senders", "1"}, {"slots", "0"},     {"send_work", "sleep"},
        {"workers", "4"}, {"timeout", "0 s"}, {"connections", "keep"},
        {"speed", "100"}, {"blocks", "3"},    {"story", "conversations"},
    };
    struct scenario scenario;
    scenario_init(&scenario);
    for (size_t i = 0; i < sizeof expected / sizeof expected[0]; i++) {
        char text[SCENARIO_FIELD_BYTES];
        scenario_find_field(expected[i][0])->format(&scenario, text);
        cr_assert_str_eq(text, expected[i][1], "%s: %s", expected[i][0], text);
    }
    cr_assert_eq(scenario.model_count, 0);
    cr_assert_eq(scenario.claim_count, 0);
}

Test(scenario, every_field_reads_what_it_writes) {
    static const char *const values[][2] = {
        {"name", "a-b_c.9"},
        {"title", "12 URLs \xe2\x80\x94 5 s"},
        {"conversations", "1"},
        {"conversations", "1000000"},
        {"rounds", "1000000"},
        {"send", "5 s"},
        {"send", "{uniform: {min: 4 s, max: 6 s}}"},
        {"response", "{exponential: {mean: 55 s}}"},
        {"response", "{lognormal: {median: 55 s, p99: 80 s}}"},
        {"senders", "1"},
        {"senders", "1000000"},
        {"senders", "unlimited"},
        {"senders", "client"},
        {"send_work", "sleep"},
        {"send_work", "cpu"},
        {"slots", "0"},
        {"slots", "1000000"},
        {"workers", "1"},
        {"connections", "keep"},
        {"connections", "close"},
        {"connections", "warm"},
        {"timeout", "250 us"},
        {"speed", "0.001"},
        {"speed", "1"},
        {"speed", "12.5"},
        {"speed", "1000000000"},
        {"blocks", "10000"},
        {"story", "conversations"},
        {"story", "chess"},
    };
    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
        const char *pairs[][2] = {{values[i][0], values[i][1]}, {NULL, NULL}};
        char text[SCENARIO_FIELD_BYTES];
        struct scenario scenario = make((const char *const(*)[2])pairs);
        scenario_find_field(values[i][0])->format(&scenario, text);
        cr_assert_str_eq(text, values[i][1]);
    }
}

Test(scenario, every_field_refuses_bad_values) {
    static const char *const values[][2] = {
        {"name", ""},
        {"name", ".hidden"},
        {"name", "-option"},
        {"name", "a/b"},
        {"name", "a b"},
        {"name", "\xc3\xa4"},
        {"name", "0123456789012345678901234567890123456789012345678901234567890123"},
        {"title", "a\nb"},
        {"title", "a\x7f"},
        {"conversations", "0"},
        {"conversations", "-1"},
        {"conversations", "1000001"},
        {"conversations", "12.0"},
        {"conversations", "1e3"},
        {"conversations", ""},
        {"conversations", "12 "},
        {"rounds", "0"},
        {"rounds", "99999999999999999999"},
        {"send", "5"},
        {"send", "-5s"},
        {"send", "soon"},
        {"send", "{normal: {mean: 5s}}"},
        {"response", ""},
        {"senders", "0"},
        {"senders", "-1"},
        {"senders", "Client"},
        {"senders", "1.5"},
        {"senders", ""},
        {"send_work", "gpu"},
        {"send_work", ""},
        {"slots", "-1"},
        {"slots", "1000001"},
        {"workers", "0"},
        {"connections", "open"},
        {"timeout", "1"},
        {"speed", "0"},
        {"speed", "0.0009"},
        {"speed", "1000000001"},
        {"speed", "-1"},
        {"speed", "nan"},
        {"speed", "inf"},
        {"speed", "0x10"},
        {"speed", "100x"},
        {"speed", ""},
        {"speed", "1e400"},
        {"blocks", "0"},
        {"blocks", "10001"},
        {"story", "Chess"},
        {"story", ""},
    };
    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
        struct scenario scenario;
        struct error error = {.kind = ERROR_NONE};
        scenario_init(&scenario);
        const struct scenario_field *field = scenario_find_field(values[i][0]);
        cr_assert_not(field->set(&scenario, values[i][1], &error), "%s: '%s'",
                      values[i][0], values[i][1]);
        cr_assert_eq(error.kind, ERROR_INPUT);
        cr_assert_neq(error.message[0], '\0');
    }
}

Test(scenario, a_title_of_199_bytes_fits_and_one_of_200_does_not) {
    struct scenario scenario;
    struct error error;
    char title[201];
    scenario_init(&scenario);
    memset(title, 'x', sizeof title);
    title[199] = '\0';
    cr_assert(scenario_find_field("title")->set(&scenario, title, &error));
    cr_assert_str_eq(scenario.title, title);
    title[199] = 'x';
    title[200] = '\0';
    cr_assert_not(scenario_find_field("title")->set(&scenario, title, &error));
}

Test(scenario, an_unknown_key_has_no_field) {
    cr_assert_null(scenario_find_field("round"));
    cr_assert_null(scenario_find_field(""));
    cr_assert_null(scenario_find_field("models"));
}

Test(scenario, each_key_stands_in_the_table_once) {
    int count = 0;
    for (const struct scenario_field *field = scenario_fields; field->key; field++) {
        cr_assert_eq(scenario_find_field(field->key), field);
        cr_assert_not_null(field->help);
        count++;
    }
    cr_assert_eq(count, 15);
}

Test(scenario, a_check_refuses_what_goes_beyond_64_bits) {
    static const char *const too_much[][5][2] = {
        {{"conversations", "1000000"}, {"rounds", "101"}, {NULL, NULL}},
        {{"conversations", "1000000"},
         {"send", "40h"},
         {"rounds", "100"},
         {NULL, NULL}},
        {{"send", "1000000h"}, {"response", "1000000h"}, {NULL, NULL}},
        {{"send", "{exponential: {mean: 100000h}}"}, {NULL, NULL}},
        {{"response", "{lognormal: {median: 1h, p99: 2500000h}}"}, {NULL, NULL}},
        {{"send", "2562047h"}, {"response", "2562047h"}, {NULL, NULL}},
        /* The simulation adds a timeout to its present time. */
        {{"rounds", "30"}, {"response", "1h"}, {"timeout", "2562047h"}, {NULL, NULL}},
        /* Slower than life: the real durations are longer than the scenario's. */
        {{"speed", "0.001"}, {"response", "1000000h"}, {NULL, NULL}},
        {{"speed", "0.001"}, {"timeout", "1000000h"}, {NULL, NULL}},
    };
    for (size_t i = 0; i < sizeof too_much / sizeof too_much[0]; i++) {
        struct scenario scenario = make(too_much[i]);
        struct error error = {.kind = ERROR_NONE};
        cr_assert_not(scenario_check(&scenario, &error), "row %zu", i);
        cr_assert_eq(error.kind, ERROR_INPUT);
    }
}

Test(scenario, a_check_accepts_the_largest_scenario) {
    static const char *const rows[][4][2] = {
        {{"conversations", "1000000"},
         {"rounds", "100"},
         {"send", "30s"},
         {NULL, NULL}},
        {{"send", "1000000h"}, {"response", "100000h"}, {NULL, NULL}},
        {{"timeout", "1000000h"}, {NULL, NULL}},
        {{"speed", "0.001"}, {"send", "1000h"}, {NULL, NULL}},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct scenario scenario = make(rows[i]);
        struct error error = {.kind = ERROR_NONE};
        cr_assert(scenario_check(&scenario, &error), "row %zu: %s", i, error.message);
    }
}

Test(scenario, a_check_refuses_a_client_s_drawn_send) {
    static const char *const pairs[][2] = {
        {"senders", "client"}, {"send", "{exponential: {mean: 5s}}"}, {NULL, NULL}};
    struct scenario scenario = make(pairs);
    struct error error;
    cr_assert_not(scenario_check(&scenario, &error));
    cr_assert_str_eq(error.message,
                     "with 'senders: client', 'send' has to be one fixed duration");
}

Test(scenario, a_check_refuses_computing_sends_that_are_not_the_client_s) {
    static const char *const pairs[][2] = {{"send_work", "cpu"}, {NULL, NULL}};
    struct scenario scenario = make(pairs);
    struct error error;
    cr_assert_not(scenario_check(&scenario, &error));
    cr_assert_str_eq(error.message, "'send_work: cpu' needs 'senders: client'");
    scenario.senders = SENDERS_CLIENT;
    cr_assert(scenario_check(&scenario, &error));
}

Test(scenario, asks_for_conversations_times_rounds) {
    struct scenario scenario = {.conversations = 1000000, .rounds = 1000000};
    cr_assert_eq(scenario_requests(&scenario), INT64_C(1000000000000));
}

Test(scenario, owns_copies_of_its_models_and_claims) {
    struct scenario scenario;
    char name[] = "threads";
    char source[] = "a book";
    scenario_init(&scenario);
    cr_assert(scenario_add_model(&scenario, name));
    cr_assert(scenario_add_model(&scenario, "all"));
    cr_assert(scenario_add_claim(&scenario, name, 7 * NS_PER_S, source));
    name[0] = source[0] = '\0';
    cr_assert_str_eq(scenario.models[0], "threads");
    cr_assert_str_eq(scenario.models[1], "all");
    cr_assert_str_eq(scenario.claims[0].model, "threads");
    cr_assert_str_eq(scenario.claims[0].source, "a book");
    cr_assert_eq(scenario.claims[0].total_ns, 7 * NS_PER_S);
    scenario_clear_models(&scenario);
    scenario_clear_claims(&scenario);
    cr_assert_eq(scenario.model_count, 0);
    cr_assert_eq(scenario.claim_count, 0);
    cr_assert(scenario_add_model(&scenario, "again"));
    scenario_close(&scenario);
    scenario_close(&scenario);
}

Test(scenario, a_given_field_is_told_from_a_default) {
    struct scenario scenario;
    struct error error = {.kind = ERROR_NONE};
    scenario_init(&scenario);
    cr_expect_not(scenario_is_given(&scenario, "speed"));
    cr_assert(scenario_set(&scenario, scenario_find_field("speed"), "100", &error));
    cr_expect(scenario_is_given(&scenario, "speed"));
    cr_expect_not(scenario_is_given(&scenario, "send"));
}

Test(scenario, there_is_room_to_note_every_field_as_given) {
    int count = 0;
    while (scenario_fields[count].key) {
        count++;
    }
    cr_assert_leq(count, 32, "scenario.given has 32 bits");
}

static const struct latency fixed = {LATENCY_FIXED, 5 * NS_PER_S, 0};
static const struct latency uniform = {LATENCY_UNIFORM, 4 * NS_PER_S, 6 * NS_PER_S};
static const struct latency exponential = {LATENCY_EXPONENTIAL, 5 * NS_PER_S, 0};
static const struct latency lognormal = {LATENCY_LOGNORMAL, 55 * NS_PER_S,
                                         80 * NS_PER_S};

Test(scenario, a_run_at_speed_100_takes_a_hundredth) {
    struct scenario scenario = {.speed = 100};
    cr_expect_float_eq(scenario_real_ns(&scenario, 720e9), 7.2e9, 1);
    cr_expect_float_eq(scenario_seconds(&scenario, 7.2e9), 720, 1e-9);
    scenario.speed = 0.5;
    cr_expect_float_eq(scenario_real_ns(&scenario, 720e9), 1440e9, 1);
    cr_expect_float_eq(scenario_seconds(&scenario, 1440e9), 720, 1e-9);
}

Test(scenario, seconds_of_the_real_time_are_the_own_time_again) {
    static const double speeds[] = {0.001, 0.5, 1, 3, 7, 100, 999.9, 1e9};
    for (size_t i = 0; i < sizeof speeds / sizeof speeds[0]; i++) {
        struct scenario scenario = {.speed = speeds[i]};
        double seconds = scenario_seconds(&scenario, scenario_real_ns(&scenario, 55e9));
        cr_expect_float_eq(seconds, 55, 1e-12 * 55, "%g: %.17g", speeds[i], seconds);
    }
}

static void expect_latency(double speed, struct latency own, struct latency expected) {
    struct scenario scenario = {.speed = speed};
    struct latency real = scenario_real_latency(&scenario, own);
    cr_expect_eq(real.kind, expected.kind);
    cr_expect_eq(real.first_ns, expected.first_ns);
    cr_expect_eq(real.second_ns, expected.second_ns);
}

Test(scenario, a_run_divides_every_duration_of_a_latency) {
    expect_latency(100, fixed, (struct latency){LATENCY_FIXED, 50 * NS_PER_MS, 0});
    expect_latency(100, uniform,
                   (struct latency){LATENCY_UNIFORM, 40 * NS_PER_MS, 60 * NS_PER_MS});
    expect_latency(0.5, lognormal,
                   (struct latency){LATENCY_LOGNORMAL, 110 * NS_PER_S, 160 * NS_PER_S});
    expect_latency(1, fixed, fixed);
    expect_latency(10, (struct latency){LATENCY_UNIFORM, 14, 15},
                   (struct latency){LATENCY_UNIFORM, 1, 2});
    expect_latency(10, (struct latency){LATENCY_LOGNORMAL, 4, 5},
                   (struct latency){LATENCY_LOGNORMAL, 1, 1});
    expect_latency(0.001, (struct latency){LATENCY_FIXED, INT64_MAX, 0},
                   (struct latency){LATENCY_FIXED, INT64_MAX, 0});
}

Test(scenario, a_real_latency_draws_the_same_quantile) {
    struct scenario scenario = {.speed = 100};
    struct latency all[] = {uniform, exponential, lognormal};
    for (int i = 0; i < 3; i++) {
        struct latency real = scenario_real_latency(&scenario, all[i]);
        for (int conversation = 0; conversation < 1000; conversation++) {
            int64_t slow_ns = latency_draw(all[i], 1, conversation, 0, LATENCY_SEND);
            int64_t fast_ns = latency_draw(real, 1, conversation, 0, LATENCY_SEND);
            cr_assert_float_eq((double)slow_ns / 100, (double)fast_ns, 2);
        }
    }
}
