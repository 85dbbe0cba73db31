/* bench/commands/print.c: a summary as a table and as JSON. */
#include "bench/commands/print.h"
#include "base/clock.h"
#include "bench/summary/json.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct scenario scenario;
static struct summary_model model = {.name = "m"};
static struct summary_point point = {
    .scenario = &scenario, .models = &model, .model_count = 1, .baseline = &model};
static struct summary summary = {.points = &point, .point_count = 1};

static void make_summary(void) {
    scenario_init(&scenario);
    strcpy(scenario.name, "s");
    scenario.conversations = scenario.rounds = 1;
    scenario.send = (struct latency){LATENCY_FIXED, NS_PER_S, 0};
    scenario.response = (struct latency){LATENCY_FIXED, 2 * NS_PER_S, 0};
    scenario.speed = 0.1;
}

TestSuite(print, .init = make_summary);

static char *print(enum output_format format) {
    char *text = NULL;
    size_t bytes = 0;
    struct error error = {.kind = ERROR_NONE};
    FILE *out = open_memstream(&text, &bytes);
    cr_assert(print_summary(&summary, format, out, &error), "%s", error.message);
    cr_assert_eq(fclose(out), 0);
    return text;
}

Test(print, as_json_it_is_the_summary) {
    char *text = print(FORMAT_JSON);
    json_t *expected = summary_to_json(&summary);
    json_t *read = json_loads(text, 0, NULL);
    cr_assert(json_equal(read, expected), "%s", text);
    cr_assert_eq(text[strlen(text) - 1], '\n');
    cr_assert(strstr(text, "\"speed\": 0.1") != NULL, "%s", text);
    json_decref(read);
    json_decref(expected);
    free(text);
}

Test(print, as_a_table_it_begins_with_the_scenario) {
    char *text = print(FORMAT_TABLE);
    cr_assert_eq(strncmp(text, "s: 1 conversation x 1 round", 27), 0, "%s", text);
    free(text);
}

Test(print, leaves_the_summary_as_it_was) {
    for (int format = FORMAT_TABLE; format <= FORMAT_JSON; format++) {
        char *text = print((enum output_format)format);
        char *again = print((enum output_format)format);
        cr_assert_str_eq(text, again);
        free(text);
        free(again);
    }
}

Test(print, a_full_disk_is_reported) {
    static const enum output_format formats[] = {FORMAT_TABLE, FORMAT_JSON};
    for (size_t i = 0; i < 2; i++) {
        struct error error = {.kind = ERROR_NONE};
        FILE *out = fopen("/dev/full", "w");
        cr_assert_not(print_summary(&summary, formats[i], out, &error));
        cr_assert_eq(error.kind, ERROR_FAILED);
        cr_assert_str_eq(error.message, "cannot write the results to stdout");
        fclose(out);
    }
}
