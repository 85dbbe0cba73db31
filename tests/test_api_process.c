/* bench/api_process.c: the mock API that a trial gets. */
#include "bench/api_process.h"
#include "base/clock.h"
#include "base/witness.h"
#include "tests/folder.h"

#include <criterion/criterion.h>
#include <signal.h>
#include <string.h>

static char folder[PATH_MAX];
static char log_path[PATH_MAX + 8];

static void make_folder(void) {
    alarm(60); /* to hang is to fail */
    folder_make(folder);
    snprintf(log_path, sizeof log_path, "%s/log", folder);
}

static void remove_folder(void) {
    folder_remove(folder);
}

TestSuite(api_process, .init = make_folder, .fini = remove_folder);

Test(api_process, it_says_where_it_is_and_logs) {
    struct scenario scenario;
    struct process api;
    struct error error = {.kind = ERROR_NONE};
    struct witness witness;
    char url[API_URL_BYTES] = "";
    bool interrupted = true;
    scenario_init(&scenario);
    cr_assert(api_process_start(&api, &scenario, 1, log_path, &error), "%s",
              error.message);
    cr_assert(api_process_await(&api, url, &interrupted, &error), "%s", error.message);
    cr_assert_not(interrupted);
    cr_assert_eq(strncmp(url, "http://127.0.0.1:", 17), 0, "%s", url);
    cr_assert(witness_open(&witness, log_path, &error), "%s", error.message);
    cr_assert_geq(witness.header->capacity, 2);
    witness_close(&witness);
    process_close(&api);
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
    cr_assert_not(api_process_await(&api, url, &interrupted, &error));
    cr_assert(strstr(error.message, "the mock API did not start, exit code"), "%s",
              error.message);
    cr_assert(strstr(error.message, "/no/such/folder/log"), "%s", error.message);
    process_close(&api);
    scenario_close(&scenario);
}
