/* bench/scenario/yaml.c: every key, every refusal with its place, and texts that attack
 * the parser. */
#include "base/clock.h"
#include "bench/scenario/file.h"
#include "bench/scenario/yaml.h"
#include "tests/support/folder.h"
#include "tests/support/random.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct scenario read_text(const char *text) {
    struct scenario scenario;
    struct error error;
    cr_assert(scenario_read(&scenario, "x.yaml", text, strlen(text), &error), "%s: %s",
              text, error.message);
    return scenario;
}

static struct error refuse_bytes(const char *text, size_t bytes) {
    struct scenario scenario;
    struct error error;
    cr_assert_not(scenario_read(&scenario, "x.yaml", text, bytes, &error), "%s", text);
    cr_assert_eq(error.kind, ERROR_INPUT, "%s", error.message);
    scenario_close(&scenario);
    return error;
}

static void assert_field(const struct scenario *scenario, const char *key,
                         const char *expected) {
    char text[SCENARIO_FIELD_BYTES];
    scenario_find_field(key)->format(scenario, text);
    cr_assert_str_eq(text, expected, "%s: %s", key, text);
}

/* The whole message: the sentence, the line, the caret. */
static void assert_message(const char *text, const char *expected) {
    struct error error = refuse_bytes(text, strlen(text));
    cr_assert_str_eq(error.message, expected, "%s\n--- instead of\n%s", error.message,
                     expected);
}

/* True if the caret of the message stands under this word of the line above it. */
static bool points_at(const char *message, const char *word) {
    const char *line = strchr(message, '\n');
    const char *caret_line = line ? strchr(line + 1, '\n') : NULL;
    const char *found = line ? strstr(line, word) : NULL;
    if (!caret_line || !found || found > caret_line) {
        return false;
    }
    long column = 0; /* in columns of a terminal */
    for (const char *at = line + 1; at < found; at++) {
        column += ((unsigned char)*at & 0xc0) != 0x80;
    }
    return strchr(caret_line, '^') - (caret_line + 1) == column;
}

Test(scenario_yaml, reads_every_key) {
    struct scenario scenario = read_text("name: all-keys\n"
                                         "title: Every key, once\n"
                                         "conversations: 12\n"
                                         "rounds: 3\n"
                                         "send: 5s\n"
                                         "response: {uniform: {min: 50s, max: 60s}}\n"
                                         "senders: client\n"
                                         "send_work: cpu\n"
                                         "slots: 7\n"
                                         "workers: 9\n"
                                         "connections: warm\n"
                                         "timeout: 1min\n"
                                         "speed: 12.5\n"
                                         "blocks: 8\n"
                                         "story: chess\n"
                                         "models: [sequential, ./mine.py]\n"
                                         "claims:\n"
                                         "  - {model: sequential, total: 720s, source: "
                                         "\"a, b: c\"}\n"
                                         "  - model: threads\n"
                                         "    total: 1h\n"
                                         "    source: it\n");
    static const char *const expected[][2] = {
        {"name", "all-keys"},    {"title", "Every key, once"},
        {"conversations", "12"}, {"rounds", "3"},
        {"send", "5 s"},         {"response", "{uniform: {min: 50 s, max: 60 s}}"},
        {"senders", "client"},   {"send_work", "cpu"},
        {"slots", "7"},          {"workers", "9"},
        {"connections", "warm"}, {"timeout", "60 s"},
        {"speed", "12.5"},       {"blocks", "8"},
        {"story", "chess"},
    };
    for (size_t i = 0; i < sizeof expected / sizeof expected[0]; i++) {
        assert_field(&scenario, expected[i][0], expected[i][1]);
    }
    cr_assert_eq(scenario.model_count, 2);
    cr_assert_str_eq(scenario.models[0], "sequential");
    cr_assert_str_eq(scenario.models[1], "./mine.py");
    cr_assert_eq(scenario.claim_count, 2);
    cr_assert_str_eq(scenario.claims[0].model, "sequential");
    cr_assert_eq(scenario.claims[0].total_ns, 720 * NS_PER_S);
    cr_assert_str_eq(scenario.claims[0].source, "a, b: c");
    cr_assert_eq(scenario.claims[1].total_ns, 3600 * NS_PER_S);
    scenario_close(&scenario);
}

Test(scenario_yaml, a_name_alone_is_enough) {
    struct scenario scenario = read_text("name: bare");
    struct scenario defaults;
    scenario_init(&defaults);
    for (const struct scenario_field *field = scenario_fields + 1; field->key;
         field++) {
        char text[SCENARIO_FIELD_BYTES];
        field->format(&defaults, text);
        assert_field(&scenario, field->key, text);
    }
    cr_assert_eq(scenario.model_count, 0);
    cr_assert_eq(scenario.claim_count, 0);
    scenario_close(&scenario);
}

Test(scenario_yaml, reads_the_latencies_that_the_design_names) {
    static const char *const latencies[][2] = {
        {"5s", "5 s"},
        {"\"5 s\"", "5 s"},
        {"1h30min", "5400 s"},
        {"{uniform: {min: 4s, max: 6s}}", "{uniform: {min: 4 s, max: 6 s}}"},
        {"{exponential: {mean: 5s}}", "{exponential: {mean: 5 s}}"},
        {"{lognormal: {median: 55s, p99: 80s}}",
         "{lognormal: {median: 55 s, p99: 80 s}}"},
        {"{ uniform : { max: 6s, min: 4s } }", "{uniform: {min: 4 s, max: 6 s}}"},
        {"\n  uniform:\n    min: 4s\n    max: 6s", "{uniform: {min: 4 s, max: 6 s}}"},
        {"\n  exponential: {mean: 5s}", "{exponential: {mean: 5 s}}"},
    };
    for (size_t i = 0; i < sizeof latencies / sizeof latencies[0]; i++) {
        char text[200];
        snprintf(text, sizeof text, "name: x\nsend: %s\n", latencies[i][0]);
        struct scenario scenario = read_text(text);
        assert_field(&scenario, "send", latencies[i][1]);
        scenario_close(&scenario);
    }
}

Test(scenario_yaml, reads_comments_quotes_and_windows_lines) {
    struct scenario scenario = read_text("# first\r\n---\r\nname: 'a'  # second\r\n"
                                         "rounds: \"3\"\r\n");
    assert_field(&scenario, "name", "a");
    assert_field(&scenario, "rounds", "3");
    scenario_close(&scenario);
}

Test(scenario_yaml, reads_a_file_that_begins_with_a_byte_order_mark) {
    struct scenario scenario = read_text("\xef\xbb\xbfname: a\n");
    assert_field(&scenario, "name", "a");
    scenario_close(&scenario);
}

Test(scenario_yaml, reads_an_empty_list_of_models_and_claims) {
    struct scenario scenario = read_text("name: a\nmodels: []\nclaims: []\n");
    cr_assert_eq(scenario.model_count, 0);
    cr_assert_eq(scenario.claim_count, 0);
    scenario_close(&scenario);
}

Test(scenario_yaml, a_mistyped_key_gets_its_place_and_a_suggestion) {
    assert_message("name: urls\nround: 3\n",
                   "x.yaml:2:1: unknown key 'round'; did you mean 'rounds'?\n"
                   "  round: 3\n"
                   "  ^");
    assert_message("name: urls\nsenders: 1\nRespone: 55s\n",
                   "x.yaml:3:1: unknown key 'Respone'; did you mean 'response'?\n"
                   "  Respone: 55s\n"
                   "  ^");
}

Test(scenario_yaml, a_key_that_is_near_none_gets_the_list) {
    struct error error = refuse_bytes("name: a\nquux: 3\n", 16);
    cr_assert(strstr(error.message,
                     "x.yaml:2:1: unknown key 'quux'; known are models "
                     "claims url_file name title conversations rounds") != NULL,
              "%s", error.message);
}

Test(scenario_yaml, a_bad_value_gets_its_place) {
    assert_message(
        "name: urls\nrounds:   many\n",
        "x.yaml:2:11: rounds: 'many' is not a whole number from 1 to 1000000\n"
        "  rounds:   many\n"
        "            ^");
}

Test(scenario_yaml, every_refusal_points_at_its_cause) {
    static const struct {
        const char *text;
        const char *place;
        const char *word; /* the caret stands under it */
    } rows[] = {
        {"name: a b\n", "x.yaml:1:7: name: ", "a b"},
        {"name: ''\n", "x.yaml:1:8: name: ", "'\n"},
        {"name: ../x\n", "x.yaml:1:7: name: ", "../x"},
        {"name: a\ntitle: \"b\\nc\"\n", "x.yaml:2:9: title: holds a control", "b"},
        {"name: a\nconversations: 0\n", "x.yaml:2:16: conversations: ", "0"},
        {"name: a\nconversations: 1000001\n",
         "x.yaml:2:16: conversations: ", "1000001"},
        {"name: a\nrounds: -1\n", "x.yaml:2:9: rounds: ", "-1"},
        {"name: a\nsend: 5\n", "x.yaml:2:7: send: '5' has a number without a unit",
         "5"},
        {"name: a\nresponse: 5 parsec\n", "x.yaml:2:11: response: ", "5 parsec"},
        {"name: a\nsend: {uniform: {min: 6s, max: 4s}}\n",
         "x.yaml:2:8: send: ", "uniform"},
        {"name: a\nsend: {gamma: {k: 6s}}\n", "x.yaml:2:8: send: ", "gamma"},
        {"name: a\nsend: [5s]\n", "x.yaml:2:8: send: write a single value", "5s"},
        {"name: a\nsend: []\n", "x.yaml:2:1: send: write a single value", "send"},
        {"name: a\nsend: {}\n", "x.yaml:2:1: send: ", "send"},
        {"name: a\nsend:\n", "x.yaml:2:", "send"},
        {"name: a\nsenders: 0\n", "x.yaml:2:10: senders: ", "0"},
        {"name: a\nsenders: [1]\n", "x.yaml:2:11: senders: ", "1"},
        {"name: a\nsend_work: gpu\n", "x.yaml:2:12: send_work: ", "gpu"},
        {"name: a\nslots: -1\n", "x.yaml:2:8: slots: ", "-1"},
        {"name: a\nworkers: 0\n", "x.yaml:2:10: workers: ", "0"},
        {"name: a\nconnections: open\n", "x.yaml:2:14: connections: ", "open"},
        {"name: a\ntimeout: 5\n", "x.yaml:2:10: timeout: ", "5"},
        {"name: a\nspeed: fast\n", "x.yaml:2:8: speed: ", "fast"},
        {"name: a\nblocks: 0\n", "x.yaml:2:9: blocks: ", "0"},
        {"name: a\nmodels: threads\n", "x.yaml:2:9: models is a list", "threads"},
        {"name: a\nmodels: {a: b}\n", "x.yaml:2:10: models is a list", "a: b"},
        {"name: a\nmodels: [threads, [x]]\n", "x.yaml:2:20: write a model's name",
         "x]"},
        {"name: a\nmodels: [threads, '']\n", "x.yaml:2:20: write a model's name", "']"},
        {"name: a\nclaims: 12h\n", "x.yaml:2:9: claims is a list", "12h"},
        {"name: a\nclaims: [12h]\n", "x.yaml:2:10: a claim is {model", "12h"},
        {"name: a\nclaims: [{model: b, total: 1s}]\n", "x.yaml:2:11: a claim is",
         "model"},
        {"name: a\nclaims: [{model: b, total: 1, source: c}]\n",
         "x.yaml:2:28: total: '1' has", "1"},
        {"name: a\nclaims: [{modell: b}]\n",
         "x.yaml:2:11: unknown key 'modell'; did you mean 'model'?", "modell"},
        {"name: a\nclaims: [{model: [b], total: 1s, source: c}]\n",
         "x.yaml:2:19: write a text here", "b]"},
        {"name: a\nrounds: 1\nrounds: 2\n", "x.yaml:3:1: duplicate key", "rounds"},
        {"name: a\nclaims: [{model: b, model: c}]\n", "x.yaml:2:", "model: c"},
        {"name: a\n1: 2\n", "x.yaml:2:1: unknown key '1'", "1"},
        {"name: a\n[x]: 2\n", "x.yaml:2:", "x]"},
        {"name: a\n  rounds: 2\n", "x.yaml:1:7: invalid multiline", "a\n"},
        {"name: a\nrounds 2\n", "x.yaml:", NULL},
        {"name: a\nmodels: [threads\n", "x.yaml:", NULL},
        {"name: a\ntitle: \"open\n", "x.yaml:", NULL},
        {"name: a\ntitle: @\n", "x.yaml:2:8: ", "@"},
        {"rounds: 3\n", "x.yaml:1:1: the key 'name' is missing", "rounds"},
        {"- a\n- b\n", "x.yaml:1:1: a scenario is keys and values", "- a"},
        {"hello\n", "x.yaml:1:1: a scenario is keys and values", "hello"},
        {"name: a\nsend_work: cpu\n", "x.yaml:1:1: 'send_work: cpu' needs", "name"},
        {"name: a\nsenders: client\nsend: {exponential: {mean: 1s}}\n",
         "x.yaml:1:1: with 'senders: client'", "name"},
        {"name: a\nconversations: 1000000\nrounds: 1000\n",
         "x.yaml:1:1: 1000000 conversations x 1000 rounds are over", "name"},
        {"name: a\nsend: 2000000h\n", "x.yaml:1:1: in sequence these", "name"},
        {"name: a\nsend: 3000000h\n", "x.yaml:2:7: send: ", "3000000h"},
        {"name: a\ntimeout: 2000000h\n", "x.yaml:1:1: the timeout is over", "name"},
        {"name: a\n---\nname: b\n", "x.yaml:1:1: a second document follows", "name"},
        {"name: a\nsend: 5s\n...\n---\n- b\n", "x.yaml:1:1: a second document", "name"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct error error = refuse_bytes(rows[i].text, strlen(rows[i].text));
        cr_expect(strncmp(error.message, rows[i].place, strlen(rows[i].place)) == 0,
                  "%s gave\n%s\nnot %s", rows[i].text, error.message, rows[i].place);
        cr_expect(!rows[i].word || points_at(error.message, rows[i].word),
                  "%s gave\n%s\nnot a caret under %s", rows[i].text, error.message,
                  rows[i].word);
    }
}

Test(scenario_yaml, a_caret_behind_other_letters_stands_in_its_column) {
    assert_message(
        "name: a\nclaims: [{source: \"\xc3\xa4\xe2\x82\xac\", total: 1s, "
        "modle: b}]\n",
        "x.yaml:2:36: unknown key 'modle'; did you mean 'model'?\n"
        "  claims: [{source: \"\xc3\xa4\xe2\x82\xac\", total: 1s, modle: b}]\n"
        "                                     ^");
}

Test(scenario_yaml, a_tab_is_refused_with_its_place) {
    assert_message("name: a\ntitle: \xc3\xa4 \tb\n",
                   "x.yaml:2:10: a tab; write spaces\n"
                   "  title: \xc3\xa4  b\n"
                   "           ^");
    refuse_bytes("? a:\t|", 6); /* it crashed the parser */
}

Test(scenario_yaml, bytes_that_are_no_utf_8_are_refused_at_once) {
    alarm(5);                                      /* ends a test that hangs */
    struct error error = refuse_bytes("%\x88", 2); /* it hung the parser */
    cr_assert_str_eq(error.message, "x.yaml: byte 2 (0x88) is no text");
    error = refuse_bytes("name: a\xc3", 8);
    cr_assert_str_eq(error.message, "x.yaml: byte 8 (0xc3) is no text");
    error = refuse_bytes("name: \x1b[31m\n", 12);
    cr_assert_str_eq(error.message, "x.yaml: byte 7 (0x1b) is no text");
    error = refuse_bytes("name: a\x7f", 8);
    cr_assert_str_eq(error.message, "x.yaml: byte 8 (0x7f) is no text");
}

Test(scenario_yaml, a_line_of_windows_is_shown_without_its_end) {
    assert_message("name: a\r\nround: 3\r\n",
                   "x.yaml:2:1: unknown key 'round'; did you mean 'rounds'?\n"
                   "  round: 3 \n"
                   "  ^");
}

Test(scenario_yaml, a_very_long_line_is_cut_and_keeps_its_place) {
    char text[20100];
    strcpy(text, "name: a\nmodels: [");
    size_t used = strlen(text);
    memset(text + used, 'm', 20000);
    strcpy(text + used + 20000, ", []]\n");
    struct error error = refuse_bytes(text, strlen(text));
    cr_assert_lt(strlen(error.message), 1000);
    cr_assert(strncmp(error.message, "x.yaml:2:", 9) == 0, "%s", error.message);
}

Test(scenario_yaml, a_cut_line_holds_no_half_letter) {
    char text[500] = "name: a\nround: \"";
    for (int i = 0; i < 100; i++) {
        strcat(text, "\xe2\x82\xac");
    }
    strcat(text, "\"\n");
    for (int shift = 0; shift < 3; shift++) { /* cuts at each byte of a character */
        struct error error = refuse_bytes(text, strlen(text));
        const char *line = strchr(error.message, '\n') + 1;
        size_t length = strcspn(line, "\n");
        while (length > 0 && ((unsigned char)line[length - 1] & 0xc0) == 0x80) {
            length--;
        }
        cr_assert_eq((unsigned char)line[length - 1], 0xe2, "%s", error.message);
        cr_assert_eq((unsigned char)line[length], 0x82, "%s", error.message);
        cr_assert_eq((unsigned char)line[length + 1], 0xac, "%s", error.message);
        memmove(text + 9, text + 8, strlen(text + 8) + 1);
        text[8] = 'x';
    }
}

Test(scenario_yaml, an_empty_file_is_refused) {
    static const char *const texts[] = {"", "\n\n", "# nothing here\n"};
    for (size_t i = 0; i < 3; i++) {
        struct error error = refuse_bytes(texts[i], strlen(texts[i]));
        cr_assert(strncmp(error.message, "x.yaml:1:1: the file is empty", 29) == 0,
                  "%s", error.message);
    }
}

Test(scenario_yaml, a_zero_byte_is_refused_with_its_place) {
    struct error error = refuse_bytes("name: a\nti\0le: b\n", 17);
    cr_assert_str_eq(error.message, "x.yaml: byte 11 (0x00) is no text");
    error = refuse_bytes("name: \"a\\0b\"\n", 13);
    cr_assert_str_eq(error.message, "x.yaml:1:8: name: write a single value here\n"
                                    "  name: \"a\\0b\"\n"
                                    "         ^");
}

Test(scenario_yaml, an_alias_is_refused) {
    assert_message("name: &n a\ntitle: *n\n",
                   "x.yaml:2:9: aliases are not supported; write the value out\n"
                   "  title: *n\n"
                   "          ^");
    static const char merge[] = "name: a\n<<: *n\n";
    refuse_bytes(merge, sizeof merge - 1);
}

Test(scenario_yaml, an_alias_bomb_is_refused_at_once) {
    alarm(5); /* ends a test that hangs */
    static const char bomb[] = "a: &a [x,x,x,x,x,x,x,x,x]\n"
                               "b: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\n"
                               "c: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\n"
                               "d: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]\n"
                               "e: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d]\n"
                               "f: &f [*e,*e,*e,*e,*e,*e,*e,*e,*e]\n"
                               "g: &g [*f,*f,*f,*f,*f,*f,*f,*f,*f]\n"
                               "h: &h [*g,*g,*g,*g,*g,*g,*g,*g,*g]\n"
                               "i: [*h,*h,*h,*h,*h,*h,*h,*h,*h]\n";
    struct error error = refuse_bytes(bomb, sizeof bomb - 1);
    cr_assert(strstr(error.message, "x.yaml:2:9: aliases are not supported") != NULL,
              "%s", error.message);
}

Test(scenario_yaml, ten_thousand_brackets_are_refused_at_once) {
    alarm(20); /* ends a test that hangs */
    static const char *const openings[] = {"[", "{", "[{", "- ", "{a: ", "? "};
    for (size_t i = 0; i < sizeof openings / sizeof openings[0]; i++) {
        char *text = malloc(SCENARIO_FILE_BYTES);
        cr_assert(text != NULL);
        size_t used = (size_t)sprintf(text, "models: ");
        size_t length = strlen(openings[i]);
        for (int depth = 0; depth < 10000; depth++, used += length) {
            memcpy(text + used, openings[i], length);
        }
        struct error error = refuse_bytes(text, used);
        cr_assert_neq(error.message[0], '\0');
        free(text);
    }
}

Test(scenario_yaml, many_keys_are_refused_at_once) {
    alarm(20); /* ends a test that hangs */
    char *text = malloc(SCENARIO_FILE_BYTES);
    cr_assert(text != NULL);
    size_t used = 0;
    for (int i = 0; i < 8000; i++) {
        used += (size_t)sprintf(text + used, "k%d:\n", i);
    }
    refuse_bytes(text, used);
    free(text);
}

Test(scenario_yaml, random_bytes_are_refused_and_never_crash) {
    alarm(60); /* ends a test that hangs */
    for (uint64_t seed = 1; seed <= 3000; seed++) {
        uint64_t state = seed;
        char bytes[300];
        size_t count = (size_t)random_between(&state, 1, sizeof bytes);
        for (size_t i = 0; i < count; i++) {
            /* Every second seed gives no zero byte. */
            bytes[i] = (char)random_between(&state, seed % 2, 255);
        }
        refuse_bytes(bytes, count);
    }
}

Test(scenario_yaml, random_changes_of_a_good_file_never_crash) {
    alarm(60); /* ends a test that hangs */
    static const char good[] =
        "name: urls\ntitle: \"12 URLs\"\nsend: {uniform: {min: 4s, max: 6s}}\n"
        "models: [a, b]\nclaims:\n  - {model: a, total: 12h, source: \"b\"}\n";
    static const char marks[] = "{}[]:,-?!|>&*#%@`'\"\n\t \\\r~<=.\xc3\x80\xff";
    for (uint64_t seed = 1; seed <= 5000; seed++) {
        uint64_t state = seed;
        char text[sizeof good];
        memcpy(text, good, sizeof good);
        for (int64_t i = random_between(&state, 1, 6); i > 0; i--) {
            text[random_between(&state, 0, sizeof good - 2)] =
                marks[random_between(&state, 0, sizeof marks - 2)];
        }
        struct scenario scenario;
        struct error error;
        if (!scenario_read(&scenario, "x.yaml", text, strlen(text), &error)) {
            cr_assert_eq(error.kind, ERROR_INPUT, "%s gave %s", text, error.message);
            cr_assert(strncmp(error.message, "x.yaml:", 7) == 0, "%s", error.message);
        }
        scenario_close(&scenario);
    }
}

Test(scenario_yaml, a_cut_off_file_never_crashes) {
    static const char good[] =
        "name: urls\ntitle: \"12 URLs\"\nsend: {uniform: {min: 4s, max: 6s}}\n"
        "models: [a, b]\nclaims:\n  - {model: a, total: 12h, source: \"b\"}\n";
    for (size_t count = 0; count < sizeof good; count++) {
        struct scenario scenario;
        struct error error;
        if (!scenario_read(&scenario, "x.yaml", good, count, &error)) {
            cr_assert_eq(error.kind, ERROR_INPUT);
        }
        scenario_close(&scenario);
    }
}
