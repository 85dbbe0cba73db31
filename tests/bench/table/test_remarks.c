/* bench/table/remarks.c: what is said below a table. */
#include "bench/table/remarks.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

/* The remarks on this scenario, in JSON; the caller frees them. */
static char *remarks_on(const char *json) {
    char *text = NULL;
    size_t bytes = 0;
    json_error_t why;
    json_t *scenario = json_loads(json, 0, &why);
    cr_assert(scenario != NULL, "%s", why.text);
    FILE *out = open_memstream(&text, &bytes);
    cr_assert(out != NULL);
    remarks_print(scenario, out);
    cr_assert_eq(fclose(out), 0);
    json_decref(scenario);
    return text;
}

static void expect_remarks(const char *json, const char *expected) {
    char *text = remarks_on(json);
    cr_expect_str_eq(text, expected, "%s", text);
    free(text);
}

Test(remarks, where_all_is_well_nothing_is_said) {
    expect_remarks("{}", "");
    expect_remarks("{\"claims\": [{\"model\": \"m\", \"holds\": true, \"why\": \"\"}], "
                   "\"models\": [{\"name\": \"m\", \"measured\": {\"invalid\": 0}, "
                   "\"requests\": {\"ok\": 3, \"failed\": 0}}], \"notes\": []}",
                   "");
}

Test(remarks, claims_come_first_then_troubles_then_notes_after_one_empty_line) {
    expect_remarks(
        "{\"notes\": [\"late\"], \"models\": [{\"name\": \"m\", \"measured\": "
        "{\"invalid\": 2}, \"invalid_reasons\": [\"rows are missing\", \"hung\"], "
        "\"requests\": {\"ok\": 3, \"failed\": 0}}], \"claims\": [{\"model\": \"c\", "
        "\"holds\": false, \"why\": \"it is 115 s\"}]}",
        "\nc: it is 115 s\n"
        "m: 2 invalid trials, not in its figures\n"
        "m: rows are missing\n"
        "m: hung\n"
        "note: late\n");
}

Test(remarks, what_was_only_predicted_has_no_troubles) {
    expect_remarks("{\"models\": [{\"name\": \"m\", \"invalid_reasons\": [\"x\"]}]}",
                   "");
}

Test(remarks, failures_are_told_by_kind_and_status) {
    expect_remarks(
        "{\"models\": [{\"name\": \"m\", \"measured\": {\"invalid\": 0, \"trials\": 1, "
        "\"incomplete\": 2, \"incomplete_median_s\": 7.2}, \"requests\": {\"ok\": 30, "
        "\"failed\": 6, \"by_error\": {\"ok\": 30, \"refused\": 2, \"status\": 4}, "
        "\"by_status\": {\"200\": 30, \"0\": 2, \"404\": 3, \"503\": 1}}}]}",
        "\nm: 6 of 36 requests failed, in 2 of 3 trials, over after 7.200 s: 2 "
        "refused, 4 status (404 x 3, 503 x 1)\n"
        "figures are of trials in which every request succeeded; whoever has another "
        "is not compared\n");
}
