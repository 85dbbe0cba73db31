/* Two parts of models/other/: languages that may be missing, and the code that the
 * models in Python share. test_contract.c tests the models themselves. */
#include "base/clock.h"
#include "bench/programs/process.h"

#include <criterion/criterion.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static const char node[] = TEST_SOURCE "/models/other/node.mjs";

static int run(struct process *process, const char *const argv[]) {
    struct error error = {.kind = ERROR_NONE};
    struct process_plan plan = {.argv = argv, .stdout_fd = -1, .cgroup_fds = {-1, -1}};
    cr_assert(process_start(process, &plan, &error), "%s", error.message);
    cr_assert_eq(process_wait(process, clock_now_ns() + 60 * NS_PER_S), PROCESS_EXITED);
    cr_assert(WIFEXITED(process->status));
    return WEXITSTATUS(process->status);
}

/* Sets a PATH without any program. */
static void forget_programs(void) {
    setenv("PATH", "/nonexistent", 1);
}

Test(other_models, without_node_its_model_is_not_available, .init = forget_programs) {
    struct process process;
    int code = run(&process, (const char *const[]){node, "--describe", NULL});
    cr_assert_eq(code, 0, "%s", process.err);
    json_t *description = json_loads(process.out, 0, NULL);
    cr_assert_not_null(description, "no JSON: %s", process.out);
    cr_expect(json_is_false(json_object_get(description, "available")));
    const char *why = json_string_value(json_object_get(description, "why"));
    cr_expect(why && strstr(why, "apt-get install nodejs"), "%s", process.out);
    json_decref(description);
    process_close(&process);
}

Test(other_models, without_node_its_model_prints_one_line_of_error,
     .init = forget_programs) {
    struct process process;
    int code =
        run(&process, (const char *const[]){node, "--url", "http://[::1]", NULL});
    cr_expect_eq(code, 2);
    cr_expect_str_eq(process.err,
                     "node.mjs: there is no node here: apt-get install nodejs\n");
    process_close(&process);
}

/* A Python expression about protocol.py prints this. */
static void expect_python(const char *expression, const char *printed) {
    struct process process;
    char program[400];
    snprintf(program, sizeof program,
             "import sys, ssl, socket, errno; sys.path.insert(0, '%s/models/other'); "
             "import protocol; print(%s)",
             TEST_SOURCE, expression);
    int code = run(&process, (const char *const[]){"/usr/bin/env", "python3", "-B",
                                                   "-c", program, NULL});
    cr_assert_eq(code, 0, "%s: %s", expression, process.err);
    cr_expect(!strncmp(process.out, printed, strlen(printed)) &&
                  !strcmp(process.out + strlen(printed), "\n"),
              "%s is %s, not %s", expression, process.out, printed);
    process_close(&process);
}

Test(other_models, an_exception_of_python_gets_a_word_of_the_protocol) {
    static const char *const cases[][2] = {
        {"EOFError()", "truncated"},
        {"ssl.SSLCertVerificationError()", "tls"}, /* a ValueError too */
        {"socket.gaierror()", "resolve"},
        {"TimeoutError()", "timeout"},
        {"BrokenPipeError()", "reset"},
        {"ConnectionRefusedError()", "refused"},
        {"OSError(errno.EMFILE, '')", "limit"},
        {"ValueError()", "protocol"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char expression[120];
        snprintf(expression, sizeof expression, "protocol.error_of(%s)", cases[i][0]);
        expect_python(expression, cases[i][1]);
    }
}
