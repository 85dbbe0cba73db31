/* Three parts of models/other/: languages that may be missing, the code that the models
 * in Python share, and copies of a model. test_contract.c tests the models
 * themselves. */
#include "base/clock.h"
#include "tests/support/program.h"

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

/* In each model in Python, this line begins the part that all of them share. */
static const char common_head[] = "\n# -- The protocol: ";
static const char *const in_python[] = {"sequential", "asyncio_streams"};
enum { PYTHON_COUNT = sizeof in_python / sizeof in_python[0] };

/* Runs a program in Python, which may call the model's functions as model.NAME. */
static void expect_python(const char *model, const char *line, const char *printed) {
    struct process process;
    char program[600];
    snprintf(program, sizeof program,
             "import sys, ssl, socket, errno; sys.path.insert(0, '%s/models/other'); "
             "import %s as model; %s",
             TEST_SOURCE, model, line);
    int code = run(&process, (const char *const[]){"/usr/bin/env", "python3", "-B",
                                                   "-c", program, NULL});
    cr_assert_eq(code, 0, "%s: %s", model, process.err);
    cr_expect_str_eq(process.out, printed, "%s", model);
    process_close(&process);
}

Test(other_models, an_exception_of_python_gets_a_word_of_the_protocol) {
    static const char line[] =
        "print(*map(model.error_of, (EOFError(), "
        "ssl.SSLCertVerificationError(), " /* a ValueError too */
        "socket.gaierror(), TimeoutError(), BrokenPipeError(), "
        "ConnectionRefusedError(), OSError(errno.EMFILE, ''), ValueError())))";
    for (int i = 0; i < PYTHON_COUNT; i++) {
        expect_python(in_python[i], line,
                      "truncated tls resolve timeout reset refused limit protocol\n");
    }
}

Test(other_models, the_common_part_of_the_models_in_python_is_the_same_text,
     .init = program_enter, .fini = program_leave) {
    const char *first = NULL;
    for (int i = 0; i < PYTHON_COUNT; i++) {
        char path[200];
        snprintf(path, sizeof path, TEST_SOURCE "/models/other/%s.py", in_python[i]);
        char *common = strstr(program_read(path), common_head);
        cr_assert_not_null(common, "%s", path);
        char *end = strstr(common, "\nif __name__ == ");
        cr_assert_not_null(end, "%s", path);
        *end = '\0';
        first = first ? first : common;
        cr_expect_str_eq(common, first, "%s: its common part is another one than in %s",
                         path, in_python[0]);
    }
}

/* -- One file is a whole model ----------------------------------------------------- */

/* Runs the three models at `folder`; if there is no node here, the two in Python. */
static void expect_models_at(const char *folder, const char *simul) {
    struct outcome outcome =
        program_expect(0,
                       "at='%s'; node=; if command -v node >/dev/null; then "
                       "node=\",$at/node.mjs\"; fi; "
                       "%s run smoke --no-plots --blocks 1 --models "
                       "\"$at/sequential.py,$at/asyncio_streams.py$node\"",
                       folder, simul);
    cr_expect(program_holds(outcome.out, "\nsequential"), "%s", outcome.out);
    cr_expect(program_holds(outcome.out, "\nasyncio_streams"), "%s", outcome.out);
    cr_expect_not(program_holds(outcome.out, "invalid"), "%s", outcome.out);
}

/* Each file goes to a folder of its own first: it must need no file beside it. */
Test(other_models, a_copy_alone_runs_anywhere, .init = program_enter,
     .fini = program_leave) {
    program_expect(0, "mkdir -p alone 'two words' links elsewhere && "
                      "cp " TEST_SOURCE "/models/other/*.[pm]* alone && "
                      "cp alone/* 'two words' && ln -s \"$PWD\"/alone/* links");
    expect_models_at("alone", "simul");
    expect_models_at("two words", "simul");
    expect_models_at("links", "simul");
    expect_models_at("../alone", "cd elsewhere && simul");
    program_expect(0, "for file in alone/*; do mkdir by-itself && "
                      "cp $file by-itself/ && by-itself/${file#*/} --describe && "
                      "rm -r by-itself || exit; done");
}

Test(other_models, a_copy_runs_by_hand, .init = program_enter, .fini = program_leave) {
    program_expect(0, "cp " TEST_SOURCE "/models/other/sequential.py mine.py");
    struct outcome outcome =
        program_expect(0, "cd / && \"$OLDPWD\"/mine.py --url http://127.0.0.1:1");
    cr_expect(program_holds(outcome.out, ",refused,"), "%s", outcome.out);
}

Test(other_models, are_installed_with_simul, .init = program_enter,
     .fini = program_leave) {
    program_expect(0,
                   "cmake --install " TEST_BUILD " --prefix \"$PWD/it\" >log 2>&1 && "
                   "mkdir mine && cp it/share/simul/models/* mine");
    expect_models_at("mine", "it/bin/simul");
}
