/* bench/commands/print.c: a summary on its way out. */
#include "bench/commands/print.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static json_t *make_summary(void) {
    json_error_t why;
    json_t *summary =
        json_loads("[{\"scenario\": {\"name\": \"s\", \"conversations\": 1, "
                   "\"rounds\": 1, \"send\": "
                   "\"1 s\", \"response\": \"2 s\", \"senders\": \"1\", \"slots\": 0, "
                   "\"speed\": 0.1}, "
                   "\"baseline\": \"m\", \"models\": [{\"name\": \"m\"}]}]",
                   0, &why);
    cr_assert(summary != NULL, "%s", why.text);
    return summary;
}

static char *print(enum output_format format) {
    char *text = NULL;
    size_t bytes = 0;
    struct error error = {.kind = ERROR_NONE};
    FILE *out = open_memstream(&text, &bytes);
    cr_assert(print_summary(make_summary(), format, out, &error), "%s", error.message);
    cr_assert_eq(fclose(out), 0);
    return text;
}

Test(print, as_json_it_is_the_summary) {
    char *text = print(FORMAT_JSON);
    json_t *expected = make_summary();
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

Test(print, lets_go_of_the_summary) {
    json_t *summary = make_summary();
    struct error error;
    FILE *out = fopen("/dev/null", "w");
    json_incref(summary);
    cr_assert(print_summary(summary, FORMAT_JSON, out, &error));
    cr_assert_eq(summary->refcount, 1);
    json_decref(summary);
    fclose(out);
}

Test(print, a_full_disk_is_told) {
    static const enum output_format formats[] = {FORMAT_TABLE, FORMAT_JSON};
    for (size_t i = 0; i < 2; i++) {
        struct error error = {.kind = ERROR_NONE};
        FILE *out = fopen("/dev/full", "w");
        cr_assert_not(print_summary(make_summary(), formats[i], out, &error));
        cr_assert_eq(error.kind, ERROR_FAILED);
        cr_assert_str_eq(error.message, "cannot write the results to stdout");
        fclose(out);
    }
}

Test(print, no_summary_is_no_memory) {
    struct error error;
    cr_assert_not(print_summary(NULL, FORMAT_JSON, stdout, &error));
    cr_assert_eq(error.kind, ERROR_FAILED);
    cr_assert_str_eq(error.message, "out of memory for the summary");
}
