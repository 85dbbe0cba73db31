/* mock_api/main.c through its executable: exit codes, and one line for each error. */
#include "base/clock.h"
#include "tests/support/api.h"

#include <criterion/criterion.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static struct process process;

/* Runs the mock API to its end. Returns the exit code. */
static int run(const char *const options[], int stdout_fd) {
    const char *argv[16] = {TEST_BIN "/simul-mock-api"};
    for (int i = 0; options[i]; i++) {
        argv[i + 1] = options[i];
    }
    struct process_plan plan = {
        .argv = argv, .stdout_fd = stdout_fd, .cgroup_fds = {-1, -1}};
    struct error error = {.kind = ERROR_NONE};
    cr_assert(process_start(&process, &plan, &error), "%s", error.message);
    enum process_end end = process_wait(&process, clock_now_ns() + 10 * NS_PER_S);
    cr_assert_eq(end, PROCESS_EXITED, "it is still running");
    cr_assert(WIFEXITED(process.status));
    return WEXITSTATUS(process.status);
}

#define RUN(...) run((const char *const[]){__VA_ARGS__ __VA_OPT__(, ) NULL}, -1)

/* Exit code 2, nothing on stdout, one line on stderr that contains `part`. */
static void expect_usage(int code, const char *part) {
    cr_expect_eq(code, 2, "%s: exit code %d", part, code);
    cr_expect_eq(process.out_bytes, 0);
    cr_expect_eq(strncmp(process.err, "simul serve: ", 13), 0, "%s", process.err);
    cr_expect_not_null(strstr(process.err, part), "%s", process.err);
    const char *end = strchr(process.err, '\n');
    cr_expect(end && end[1] == '\0', "not one line: %s", process.err);
    process_close(&process);
}

Test(mock_api_main, help_names_every_option) {
    static const char *const names[] = {
        "--listen", "--port", "--send", "--response",     "--senders",
        "--slots",  "--seed", "--log ", "--log-capacity", "--help"};
    cr_assert_eq(RUN("--help"), 0);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        cr_expect_not_null(strstr(process.out, names[i]), "no %s", names[i]);
    }
    cr_expect_str_eq(process.err, "");
    process_close(&process);
}

Test(mock_api_main, help_fits_into_88_columns) {
    cr_assert_eq(RUN("--help"), 0);
    for (char *line = strtok(process.out, "\n"); line; line = strtok(NULL, "\n")) {
        cr_expect_leq(strlen(line), 88, "%s", line);
    }
    process_close(&process);
}

Test(mock_api_main, bad_options_are_usage_errors) {
    expect_usage(RUN("--prot", "0"), "unknown option '--prot'; did you mean '--port'?");
    expect_usage(RUN("--port"), "--port needs a value");
    expect_usage(RUN("--port", "65536"), "'65536'");
    expect_usage(RUN("--send", "5"), "without a unit");
    expect_usage(RUN("--port", "0", "--listen", "localhost"), "no IP address");
    expect_usage(RUN("operand"), "'operand'");
    expect_usage(RUN("-x"), "'-x'");
}

Test(mock_api_main, an_unwritable_log_is_a_usage_error) {
    expect_usage(RUN("--port", "0", "--log", "/nonexistent/log"), "/nonexistent/log");
    expect_usage(RUN("--port", "0", "--log", "/dev/full"), "/dev/full");
}

Test(mock_api_main, a_port_in_use_is_a_usage_error) {
    struct api api;
    char port[20];
    API_START(&api);
    snprintf(port, sizeof port, "%d", api.port);
    expect_usage(RUN("--port", port), "address already in use; try --port 0");
    api_stop(&api);
}

Test(mock_api_main, an_older_log_is_kept_if_the_port_is_in_use) {
    struct api api;
    char port[20];
    char log[] = "/tmp/simul-log-XXXXXX";
    char kept[8] = "";
    int fd = mkstemp(log);
    cr_assert_eq(write(fd, "kept", 4), 4);
    API_START(&api);
    snprintf(port, sizeof port, "%d", api.port);
    expect_usage(RUN("--port", port, "--log", log), "address already in use");
    cr_expect_eq(pread(fd, kept, sizeof kept, 0), 4);
    cr_expect_str_eq(kept, "kept");
    api_stop(&api);
    close(fd);
    unlink(log);
}

Test(mock_api_main, it_prints_its_url_and_nothing_else) {
    struct api api;
    char url[60];
    struct reply reply;
    API_START(&api);
    api_get(&api, "/health", &reply);
    cr_expect_eq(reply.status, 200);
    snprintf(url, sizeof url, "http://127.0.0.1:%d\n", api.port);
    cr_expect_str_eq(api.process.out, url);
    cr_expect_str_eq(api.process.err, "");
    api_stop(&api);
}

Test(mock_api_main, a_url_that_cannot_be_written_is_a_failure) {
    int full = open("/dev/full", O_WRONLY | O_CLOEXEC);
    cr_assert_geq(full, 0);
    const char *const options[] = {"--port", "0", NULL};
    cr_expect_eq(run(options, full), 1);
    cr_expect_not_null(strstr(process.err, "cannot write the URL"), "%s", process.err);
    process_close(&process);
    close(full);
}

Test(mock_api_main, a_help_that_cannot_be_written_is_a_failure) {
    int full = open("/dev/full", O_WRONLY | O_CLOEXEC);
    const char *const options[] = {"--help", NULL};
    cr_expect_eq(run(options, full), 1);
    process_close(&process);
    close(full);
}
