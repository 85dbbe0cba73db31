/* bench/scenario/json.c: scenarios and models in run.json are read back the same. */
#include "bench/scenario/file.h"
#include "bench/scenario/json.h"
#include "tests/support/random.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

static void assert_equal(const struct scenario *a, const struct scenario *b) {
    for (const struct scenario_field *field = scenario_fields; field->key; field++) {
        char text_a[SCENARIO_FIELD_BYTES];
        char text_b[SCENARIO_FIELD_BYTES];
        field->format(a, text_a);
        field->format(b, text_b);
        cr_assert_str_eq(text_a, text_b, "%s: %s, %s", field->key, text_a, text_b);
    }
    cr_assert_eq(!a->url_file, !b->url_file);
    cr_assert(!a->url_file || !strcmp(a->url_file, b->url_file));
    cr_assert_eq(a->model_count, b->model_count);
    for (size_t i = 0; i < a->model_count; i++) {
        cr_assert_str_eq(a->models[i], b->models[i]);
    }
    cr_assert_eq(a->claim_count, b->claim_count);
    for (size_t i = 0; i < a->claim_count; i++) {
        cr_assert_str_eq(a->claims[i].model, b->claims[i].model);
        cr_assert_eq(a->claims[i].total_ns, b->claims[i].total_ns);
        cr_assert_str_eq(a->claims[i].source, b->claims[i].source);
    }
}

/* Writes and reads it as the text of a file, as a run does. */
static void assert_round_trip(const struct scenario *scenario) {
    struct error error = {.kind = ERROR_NONE};
    struct scenario again;
    json_t *written = scenario_to_json(scenario);
    cr_assert(written != NULL);
    char *text = json_dumps(written, JSON_REAL_PRECISION(12));
    json_t *read = json_loads(text, 0, NULL);
    cr_assert(read != NULL, "%s", text);
    cr_assert(scenario_from_json(&again, read, &error), "%s: %s", error.message, text);
    assert_equal(scenario, &again);
    scenario_close(&again);
    json_decref(read);
    json_decref(written);
    free(text);
}

Test(scenario_json, every_shipped_scenario_comes_back_the_same) {
    struct error error;
    char **names = scenario_names(&error);
    cr_assert(names != NULL && names[0] != NULL);
    for (char **name = names; *name; name++) {
        struct scenario scenario;
        cr_assert(scenario_load(&scenario, *name, &error), "%s", error.message);
        assert_round_trip(&scenario);
        scenario_close(&scenario);
    }
    scenario_free_names(names);
}

static void set_random(struct scenario *scenario, const char *key, const char *text) {
    struct error error = {.kind = ERROR_NONE};
    cr_assert(scenario_find_field(key)->set(scenario, text, &error), "%s: %s", key,
              error.message);
}

static void draw_latency_text(uint64_t *state, char text[100]) {
    long a = (long)random_between(state, 1, INT64_C(10000000000));
    long b = (long)random_between(state, a, INT64_C(20000000000));
    switch (random_between(state, 0, 3)) {
    case 0:
        snprintf(text, 100, "{uniform: {min: %ldns, max: %ldns}}", a, b);
        break;
    case 1:
        snprintf(text, 100, "{exponential: {mean: %ldns}}", a);
        break;
    case 2:
        snprintf(text, 100, "{lognormal: {median: %ldns, p99: %ldns}}", a, b);
        break;
    default:
        snprintf(text, 100, "%ldns", a);
    }
}

Test(scenario_json, random_scenarios_come_back_the_same) {
    static const char *const counts[] = {"conversations", "rounds",  "slots",
                                         "workers",       "senders", "blocks"};
    static const char *const speeds[] = {"0.001", "0.5",        "1",       "33.3333",
                                         "100",   "1000000000", "1e6",     "0.00123",
                                         "7.25",  "123456.789", "1.00001", "99.999999"};
    int tried = 0;
    for (uint64_t seed = 1; seed <= 1000; seed++) {
        uint64_t state = seed;
        struct scenario scenario;
        char text[100];
        scenario_init(&scenario);
        snprintf(text, sizeof text, "%d", (int)seed); /* a name may be a number */
        set_random(&scenario, "name", text);
        set_random(&scenario, "title", seed % 2 ? "a \"b\" \\ \xc3\xa4" : "");
        for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++) {
            snprintf(text, sizeof text, "%d", (int)random_between(&state, 1, 999));
            set_random(&scenario, counts[i], text);
        }
        draw_latency_text(&state, text);
        set_random(&scenario, "send", text);
        draw_latency_text(&state, text);
        set_random(&scenario, "response", text);
        if (scenario.send.kind == LATENCY_FIXED && seed % 3 == 0) {
            set_random(&scenario, "senders", "client");
            set_random(&scenario, "send_work", seed % 2 ? "cpu" : "sleep");
        } else if (seed % 3 == 1) {
            set_random(&scenario, "senders", "unlimited");
        }
        snprintf(text, sizeof text, "%ldns",
                 (long)random_between(&state, 0, INT64_C(5000000000)));
        set_random(&scenario, "timeout", text);
        set_random(&scenario, "connections", seed % 2 ? "close" : "warm");
        set_random(
            &scenario, "speed",
            speeds[random_between(&state, 0, sizeof speeds / sizeof *speeds - 1)]);
        set_random(&scenario, "story", seed % 2 ? "chess" : "conversations");
        for (int64_t i = random_between(&state, 0, 3); i > 0; i--) {
            cr_assert(scenario_add_model(&scenario, i % 2 ? "threads" : "./a b.py"));
            cr_assert(scenario_add_claim(&scenario, "threads",
                                         random_between(&state, 0, INT64_MAX - 1),
                                         "a book, \"page\" 7"));
        }
        struct error ignored;
        if (scenario_check(&scenario, &ignored)) { /* else no run would accept it */
            assert_round_trip(&scenario);
            tried++;
        }
        scenario_close(&scenario);
    }
    cr_assert_gt(tried, 700);
}

Test(scenario_json, keys_are_those_of_a_file) {
    struct scenario scenario;
    scenario_init(&scenario);
    json_t *object = scenario_to_json(&scenario);
    size_t count = 0;
    for (const struct scenario_field *field = scenario_fields; field->key; field++) {
        json_t *value = json_object_get(object, field->key);
        cr_assert(value != NULL, "%s", field->key);
        cr_assert_eq(json_is_number(value), field->is_number, "%s", field->key);
        count++;
    }
    cr_assert(json_is_array(json_object_get(object, "models")));
    cr_assert(json_is_array(json_object_get(object, "claims")));
    cr_assert_eq(json_object_size(object), count + 2);
    json_decref(object);
}

Test(scenario_json, a_wrong_key_is_named) {
    static const char *const texts[][2] = {
        {"{\"rounds\": \"many\"}", "rounds: 'many' is not a whole number"},
        {"{\"rounds\": 0}", "rounds: "},
        {"{\"rounds\": null}", "rounds: expected a text or a number"},
        {"{\"rounds\": [1]}", "rounds: expected a text or a number"},
        {"{\"rounds\": 1.5}", "rounds: '1.500000000000'"},
        {"{\"speed\": true}", "speed: expected a text or a number"},
        {"{\"send\": \"soon\"}", "send: 'soon' is no duration"},
        {"{\"models\": [3]}", "models: expected a list of names"},
        {"{\"claims\": [{}]}", "claims: expected model, total and source as texts"},
        {"{\"claims\": [7]}", "claims: expected model, total and source as texts"},
        {"{\"claims\": [{\"model\": \"a\", \"total\": \"x\", \"source\": \"b\"}]}",
         "'x' is no duration"},
        {"{\"send_work\": \"cpu\"}", "'send_work: cpu' needs 'senders: client'"},
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct scenario scenario;
        struct error error = {.kind = ERROR_NONE};
        json_t *object = json_loads(texts[i][0], 0, NULL);
        cr_assert(object != NULL, "%s", texts[i][0]);
        cr_assert_not(scenario_from_json(&scenario, object, &error), "%s", texts[i][0]);
        cr_assert_eq(error.kind, ERROR_INPUT);
        cr_assert_eq(strncmp(error.message, texts[i][1], strlen(texts[i][1])), 0, "%s",
                     error.message);
        scenario_close(&scenario);
        json_decref(object);
    }
}

static const struct model thread_pool = {
    .name = "thread-pool",
    .path = "/bin/simul-model-thread-pool",
    .is_described = true,
    .summary = "some threads",
    .holds = HOLDS_WORKERS,
    .send_holds_loop = true,
    .is_available = true,
};

Test(scenario_json, a_model_comes_back_with_all_that_a_prediction_needs) {
    for (int bits = 0; bits < 16; bits++) {
        struct model model = thread_pool;
        struct model again;
        struct error error = {.kind = ERROR_NONE};
        model.holds = (enum model_holds)(bits & 3);
        model.is_described = bits & 1;
        model.send_holds_loop = bits & 2;
        model.unlisted = bits & 4;
        model.never_waits = bits & 8;
        json_t *object = model_to_json(&model);
        cr_assert(model_from_json(&again, object, &error), "%s", error.message);
        cr_assert_str_eq(again.name, model.name);
        cr_assert_eq(again.holds, model.holds);
        cr_assert_eq(again.is_described, model.is_described);
        cr_assert_eq(again.send_holds_loop, model.send_holds_loop);
        cr_assert_eq(again.unlisted, model.unlisted);
        cr_assert_eq(again.never_waits, model.never_waits);
        json_decref(object);
    }
}

Test(scenario_json, a_path_of_any_bytes_leaves_its_model_in_the_list) {
    struct model model = thread_pool;
    strcpy(model.path, "/tmp/\xff/mine");
    json_t *object = model_to_json(&model);
    cr_assert(object != NULL);
    cr_assert_str_eq(json_string_value(json_object_get(object, "name")), "thread-pool");
    json_decref(object);
}

Test(scenario_json, an_object_that_is_no_model_is_refused) {
    static const char *const texts[] = {
        "{}",
        "[]",
        "{\"name\": \"a\", \"holds\": \"many\", \"send_holds\": \"loop\"}",
        "{\"name\": \"a\", \"holds\": \"all\"}",
        "{\"holds\": \"all\", \"send_holds\": \"loop\"}",
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct model model;
        struct error error = {.kind = ERROR_NONE};
        json_t *object = json_loads(texts[i], 0, NULL);
        cr_assert_not(model_from_json(&model, object, &error), "%s", texts[i]);
        cr_assert_eq(error.kind, ERROR_INPUT);
        json_decref(object);
    }
}

Test(scenario_json, a_url_file_comes_back_only_if_it_was_there) {
    struct scenario scenario;
    scenario_init(&scenario);
    strcpy(scenario.name, "own");
    json_t *written = scenario_to_json(&scenario);
    cr_expect_null(json_object_get(written, "url_file"));
    json_decref(written);
    cr_assert(scenario_set_url_file(&scenario, "some/own.txt"));
    assert_round_trip(&scenario);
    scenario_close(&scenario);
}
