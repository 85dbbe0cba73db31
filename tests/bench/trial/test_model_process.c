/* bench/trial/model_process.c: a model's command line, and the time that it may
 * take. */
#include "bench/trial/model_process.h"
#include "base/clock.h"
#include "tests/support/folder.h"

#include <criterion/criterion.h>
#include <string.h>

static char folder[PATH_MAX];

static void make_folder(void) {
    alarm(60); /* ends a test that hangs */
    folder_make(folder);
}

static void remove_folder(void) {
    folder_remove(folder);
}

TestSuite(model_process, .init = make_folder, .fini = remove_folder);

static void set(struct scenario *scenario, const char *key, const char *text) {
    struct error error = {.kind = ERROR_NONE};
    cr_assert(scenario_find_field(key)->set(scenario, text, &error), "%s",
              error.message);
}

/* The command line of a model, which prints it. The caller frees it. */
static char *start_echo(const struct scenario *scenario) {
    char program[PATH_MAX];
    char events_path[PATH_MAX + 16];
    struct process model;
    struct error error = {.kind = ERROR_NONE};
    int64_t start_ns = 0;
    folder_write_script(folder, "echo.sh", "#!/bin/sh\necho \"$*\"\n", program);
    snprintf(events_path, sizeof events_path, "%s/events.csv", folder);
    struct workload workload = {.scenario = scenario,
                                .program = program,
                                .url = "http://127.0.0.1:1",
                                .cores = 3,
                                .events_path = events_path,
                                .cgroup_fds = {-1, -1}};
    int64_t before_ns = clock_now_ns();
    cr_assert(model_process_start(&model, &workload, &start_ns, &error), "%s",
              error.message);
    cr_assert_geq(start_ns, before_ns);
    cr_assert_eq(process_wait(&model, clock_now_ns() + 10 * NS_PER_S), PROCESS_EXITED);
    process_close(&model);
    return folder_read(events_path);
}

Test(model_process, it_is_given_the_scenario_at_its_speed) {
    struct scenario scenario;
    scenario_init(&scenario);
    set(&scenario, "conversations", "12");
    set(&scenario, "rounds", "2");
    set(&scenario, "send", "5s");
    set(&scenario, "timeout", "30s");
    set(&scenario, "connections", "close");
    char *told = start_echo(&scenario);
    cr_assert_str_eq(told, "--url http://127.0.0.1:1 --conversations 12 --rounds 2 "
                           "--workers 4 --cores 3 --send-hold 0 --send-work sleep "
                           "--timeout 300000000 --connections close\n");
    free(told);
}

Test(model_process, a_client_s_own_send_is_given_as_its_hold) {
    struct scenario scenario;
    scenario_init(&scenario);
    set(&scenario, "senders", "client");
    set(&scenario, "send_work", "cpu");
    set(&scenario, "send", "5s");
    char *told = start_echo(&scenario);
    cr_assert(strstr(told, "--send-hold 50000000 --send-work cpu"), "%s", told);
    free(told);
}

/* Asserts the limits in milliseconds. */
static void assert_limits(const struct scenario *scenario,
                          const struct prediction *prediction, int64_t patience_ns,
                          const int64_t expected_ms[3]) {
    struct time_limits limits = model_process_limits(scenario, prediction, patience_ns);
    cr_assert_eq(limits.expected_ns, expected_ms[0] * NS_PER_MS);
    cr_assert_eq(limits.idle_ns, expected_ms[1] * NS_PER_MS);
    cr_assert_eq(limits.most_ns, expected_ms[2] * NS_PER_MS);
}

Test(model_process, a_model_has_ten_times_its_prediction_plus_the_patience) {
    struct scenario scenario;
    scenario_init(&scenario);
    set(&scenario, "conversations", "2");
    set(&scenario, "send", "5s");
    set(&scenario, "response", "55s");
    struct prediction known = {.is_known = true,
                               .simulated = {.makespan_ns = 65 * NS_PER_S}};
    struct prediction unknown = {.is_known = false};
    struct prediction slow = {.is_known = true,
                              .simulated = {.makespan_ns = 400 * NS_PER_S}};
    assert_limits(&scenario, &known, 10 * NS_PER_S, (int64_t[]){16500, 16000, 22000});
    assert_limits(&scenario, &unknown, 10 * NS_PER_S, (int64_t[]){22000, 16000, 22000});
    assert_limits(&scenario, &unknown, NS_PER_S, (int64_t[]){13000, 7000, 13000});
    assert_limits(&scenario, &slow, NS_PER_S, (int64_t[]){41000, 7000, 41000});
}

Test(model_process, with_a_url_file_it_is_given_the_file) {
    struct scenario scenario;
    scenario_init(&scenario);
    scenario.speed = 1;
    scenario.url_file = (char[]){"own.txt"};
    set(&scenario, "conversations", "3");
    char program[PATH_MAX];
    char events_path[PATH_MAX + 16];
    struct process model;
    struct error error = {.kind = ERROR_NONE};
    int64_t start_ns;
    folder_write_script(folder, "echo.sh", "#!/bin/sh\necho \"$*\"\n", program);
    snprintf(events_path, sizeof events_path, "%s/events.csv", folder);
    struct workload workload = {.scenario = &scenario,
                                .program = program,
                                .url_file = "/run/urls-0.txt",
                                .cores = 1,
                                .events_path = events_path,
                                .cgroup_fds = {-1, -1}};
    cr_assert(model_process_start(&model, &workload, &start_ns, &error));
    cr_assert_eq(process_wait(&model, clock_now_ns() + 10 * NS_PER_S), PROCESS_EXITED);
    process_close(&model);
    char *told = folder_read(events_path);
    cr_expect(strstr(told, "--url-file /run/urls-0.txt --conversations 3 ") == told,
              "%s", told);
    free(told);
}

Test(model_process, with_the_user_s_own_api_it_has_all_timeouts_plus_the_patience) {
    struct scenario scenario;
    struct prediction unknown = {.is_known = false};
    scenario_init(&scenario);
    scenario.speed = 1;
    scenario.url_file = (char[]){"own.txt"};
    scenario.conversations = 12;
    scenario.rounds = 2;
    scenario.timeout_ns = 60 * NS_PER_S;
    assert_limits(&scenario, &unknown, 10 * NS_PER_S,
                  (int64_t[]){1450000, 1450000, 1450000});
    scenario.timeout_ns = 0;
    struct time_limits limits =
        model_process_limits(&scenario, &unknown, 10 * NS_PER_S);
    cr_assert_geq(limits.expected_ns, INT64_C(100) * 365 * 86400 * NS_PER_S, "no end");
}
