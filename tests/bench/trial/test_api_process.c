/* bench/trial/api_process.c: the mock API of a trial. */
#include "bench/trial/api_process.h"
#include "base/clock.h"
#include "base/witness.h"
#include "tests/support/api.h"
#include "tests/support/folder.h"

#include <criterion/criterion.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>

static char folder[PATH_MAX];
static char log_path[PATH_MAX + 8];

static void make_folder(void) {
    alarm(60); /* ends a test that hangs */
    folder_make(folder);
    snprintf(log_path, sizeof log_path, "%s/log", folder);
}

static void remove_folder(void) {
    folder_remove(folder);
}

TestSuite(api_process, .init = make_folder, .fini = remove_folder);

Test(api_process, it_prints_its_url_and_writes_a_log) {
    struct scenario scenario;
    struct process api;
    struct error error = {.kind = ERROR_NONE};
    struct witness witness;
    char url[API_URL_BYTES] = "";
    bool interrupted = true;
    scenario_init(&scenario);
    cr_assert(api_process_start(&api, &scenario, 1, log_path, &error), "%s",
              error.message);
    cr_assert(api_process_await(&api, 10 * NS_PER_S, url, &interrupted, &error), "%s",
              error.message);
    cr_assert_not(interrupted);
    cr_assert_eq(strncmp(url, "http://127.0.0.1:", 17), 0, "%s", url);
    cr_assert(witness_open(&witness, log_path, &error), "%s", error.message);
    cr_assert_geq(witness.header->capacity, 2);
    witness_close(&witness);
    process_close(&api);
    scenario_close(&scenario);
}

/* Conversation 1 sends its request, and conversation 0 only after the API has seen
 * it. */
static void start_backwards(const struct scenario *scenario, struct witness *witness) {
    struct process process;
    struct error error = {.kind = ERROR_NONE};
    struct client clients[2];
    char url[API_URL_BYTES] = "";
    bool interrupted;
    cr_assert(api_process_start(&process, scenario, 1, log_path, &error));
    cr_assert(api_process_await(&process, 10 * NS_PER_S, url, &interrupted, &error));
    cr_assert(witness_open(witness, log_path, &error), "%s", error.message);
    for (int i = 0; i < 2; i++) {
        client_open(&clients[i], atoi(strrchr(url, ':') + 1));
    }
    client_send(&clients[1], "GET /1/0 HTTP/1.1\r\nHost: x\r\n\r\n");
    while (witness_count(witness) < 1) {
        sched_yield();
    }
    client_send(&clients[0], "GET /0/0 HTTP/1.1\r\nHost: x\r\n\r\n");
    for (int i = 0; i < 2; i++) {
        static struct reply reply;
        cr_assert(client_read(&clients[i], &reply, false));
        client_close(&clients[i]);
    }
    process_close(&process);
    cr_assert_eq(witness_count(witness), 2);
    cr_assert_eq(witness->records[0].conversation, 1);
}

Test(api_process, drawn_latencies_start_in_the_order_of_numbers) {
    struct scenario scenario;
    struct witness witness;
    scenario_init(&scenario);
    scenario.speed = 1000;
    scenario.send.first_ns = 5 * NS_PER_S;
    scenario.sender_count = 1;
    start_backwards(&scenario, &witness);
    cr_expect_lt(witness.records[0].send_begin_ns, witness.records[1].send_begin_ns);
    witness_close(&witness);
    scenario.response.kind = LATENCY_EXPONENTIAL;
    start_backwards(&scenario, &witness);
    cr_expect_gt(witness.records[0].send_begin_ns, witness.records[1].send_begin_ns);
    witness_close(&witness);
    scenario_close(&scenario);
}

Test(api_process, one_that_does_not_start_says_why) {
    struct scenario scenario;
    struct process api;
    struct error error = {.kind = ERROR_NONE};
    char url[API_URL_BYTES] = "";
    bool interrupted;
    scenario_init(&scenario);
    cr_assert(api_process_start(&api, &scenario, 1, "/no/such/folder/log", &error));
    cr_assert_not(api_process_await(&api, 10 * NS_PER_S, url, &interrupted, &error));
    cr_assert(strstr(error.message, "the mock API did not start, exit code"), "%s",
              error.message);
    cr_assert(strstr(error.message, "/no/such/folder/log"), "%s", error.message);
    process_close(&api);
    scenario_close(&scenario);
}

Test(api_process, one_that_prints_nothing_is_an_error_after_the_patience) {
    struct process api;
    struct error error = {.kind = ERROR_NONE};
    char url[API_URL_BYTES] = "";
    bool interrupted;
    static const char *const argv[] = {"sleep", "1000", NULL};
    struct process_plan plan = {.argv = argv, .stdout_fd = -1, .cgroup_fds = {-1, -1}};
    cr_assert(process_start(&api, &plan, &error), "%s", error.message);
    cr_assert_not(api_process_await(&api, 200 * NS_PER_MS, url, &interrupted, &error));
    cr_assert_str_eq(error.message,
                     "the mock API did not start, it printed nothing within 0.2 s");
    process_close(&api);
}
