/* bench/table/details.c: the lines under a remark. */
#include "bench/table/details.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

static struct scenario scenario;
static struct summary_model model;
static struct summary_point point;
static struct url_file urls;

static void make_point(void) {
    scenario_init(&scenario);
    model = (struct summary_model){.name = "m"};
    point = (struct summary_point){
        .scenario = &scenario, .urls = &urls, .models = &model, .model_count = 1};
}

static void close_point(void) {
    texts_close(&model.stderr_end);
    free(model.stderr_path);
    url_file_close(&urls);
    scenario_close(&scenario);
}

TestSuite(details, .init = make_point, .fini = close_point);

static void expect_details(const char *expected) {
    char *text = NULL;
    size_t bytes = 0;
    FILE *out = open_memstream(&text, &bytes);
    cr_assert(out != NULL);
    details_print_failed(&point, &model, out);
    details_print_stderr(&model, out);
    cr_assert_eq(fclose(out), 0);
    cr_expect_str_eq(text, expected, "%s", text);
    free(text);
}

static void fail(int32_t conversation, int32_t round, int32_t line,
                 enum event_error error, int32_t status) {
    struct failed_requests *first = &model.requests.first_failed;
    first->list[first->count++] =
        (struct failed_request){conversation, round, line, status, error};
    first->total++;
}

static void take_urls(void) {
    static const char text[] = "# mine\nhttp://a.example/?key=1\nhttp://b.example/\n";
    struct error error;
    cr_assert(scenario_set_url_file(&scenario, "my urls.txt"));
    cr_assert(url_file_parse(&urls, "u", text, sizeof text - 1, &error));
}

Test(details, without_trouble_there_are_none) {
    expect_details("");
}

Test(details, a_failed_request_of_the_mock_api_is_named_by_its_path) {
    fail(3, 0, 0, EVENT_TIMEOUT, 0);
    fail(4, 1, 0, EVENT_STATUS, 503);
    expect_details("  /3/0: timeout\n  /4/1: status 503\n");
}

Test(details, a_failed_url_is_named_with_its_line_and_kind_and_the_rest_is_counted) {
    take_urls();
    fail(0, 0, 2, EVENT_REFUSED, 0);
    fail(1, 0, 3, EVENT_STATUS, 404);
    model.requests.first_failed.total = 9;
    expect_details("  my urls.txt:2: http://a.example/?key=1: refused\n"
                   "  my urls.txt:3: http://b.example/: status 404\n"
                   "  and 7 more in the same trial\n");
}

Test(details, a_url_of_several_rounds_has_its_round) {
    take_urls();
    scenario.rounds = 3;
    fail(1, 2, 3, EVENT_RESET, 0);
    expect_details("  my urls.txt:3: http://b.example/, round 2: reset\n");
}

Test(details, if_the_copy_of_the_urls_is_gone_the_line_is_named) {
    take_urls();
    url_file_close(&urls);
    fail(0, 0, 2, EVENT_REFUSED, 0);
    expect_details("  my urls.txt:2: refused\n");
}

Test(details, the_end_of_stderr_stands_under_the_name_of_its_file) {
    model.stderr_path = strdup("events/0002-urls-m-1.stderr.txt");
    cr_assert(texts_add(&model.stderr_end, "  File \"m.py\", line 3"));
    cr_assert(texts_add(&model.stderr_end, "NameError: no x"));
    expect_details(
        "m: the end of its stderr; events/0002-urls-m-1.stderr.txt in the run "
        "directory has all of it:\n"
        "      File \"m.py\", line 3\n"
        "    NameError: no x\n");
}
