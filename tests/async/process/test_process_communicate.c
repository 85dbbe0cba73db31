/* async/process/process_communicate.c: one call sends the input, reads both outputs and
 * waits for the end. */
#include "tests/async/support.h"

#include <stdlib.h>
#include <string.h>

#define ARGUMENTS(...) ((const char *const[]){__VA_ARGS__, NULL})

static const struct async_process_options all_pipes = {
    .standard_input = ASYNC_PIPE,
    .standard_output = ASYNC_PIPE,
    .standard_error = ASYNC_PIPE,
};

ASYNC_FUNCTION(sort) {
    struct async_process *process;
    struct async_bytes output = {.data = NULL};
    struct async_bytes errors = {.data = NULL};
    int code;
    SUCCEEDS(async_create_subprocess_exec(ARGUMENTS("sh", "-c", "sort; echo done >&2"),
                                          &all_pipes, &process, error));
    SUCCEEDS(async_process_communicate(process, "b\na\n", 4, &output, &errors, error));
    cr_expect_str_eq(output.data, "a\nb\n");
    cr_expect_str_eq(errors.data, "done\n");
    cr_expect(async_process_returncode(process, &code) && code == 0);
    async_process_release(process);
    async_bytes_free(&output);
    async_bytes_free(&errors);
    return true;
}

Test(async_process_communicate, both_outputs_come_back) {
    run_cleanly(sort, NULL);
}

enum { MUCH = 3 * 1024 * 1024 };

/* More than a pipe holds, in both directions at once, and on both outputs. */
REAL_TIME_TEST(async_process_communicate, large_input_and_outputs_do_not_deadlock) {
    struct async_process *process;
    struct async_bytes output = {.data = NULL};
    struct async_bytes errors = {.data = NULL};
    char *much = malloc(MUCH);
    memset(much, 'x', MUCH);
    SUCCEEDS(async_create_subprocess_exec(ARGUMENTS("tee", "/dev/stderr"), &all_pipes,
                                          &process, error));
    SUCCEEDS(async_process_communicate(process, much, MUCH, &output, &errors, error));
    cr_expect_eq(output.count, (size_t)MUCH);
    cr_expect_eq(errors.count, (size_t)MUCH);
    async_process_release(process);
    async_bytes_free(&output);
    async_bytes_free(&errors);
    free(much);
    return true;
}

REAL_TIME_TEST(async_process_communicate,
               a_program_that_does_not_read_its_input_is_no_failure) {
    struct async_process *process;
    char *much = calloc(1, MUCH);
    int code;
    SUCCEEDS(
        async_create_subprocess_exec(ARGUMENTS("true"), &all_pipes, &process, error));
    SUCCEEDS(async_process_communicate(process, much, MUCH, NULL, NULL, error));
    cr_expect(async_process_returncode(process, &code) && code == 0);
    async_process_release(process);
    free(much);
    return true;
}

REAL_TIME_TEST(async_process_communicate, input_without_a_pipe_is_refused) {
    struct async_process *process;
    SUCCEEDS(async_create_subprocess_exec(ARGUMENTS("true"), NULL, &process, error));
    FAILS_WITH(ASYNC_INVALID_ARGUMENT,
               async_process_communicate(process, "x", 1, NULL, NULL, error));
    async_process_release(process);
    return true;
}

ASYNC_FUNCTION(communicate) {
    return async_process_communicate(argument, "x", 1, NULL, NULL, error);
}

REAL_TIME_TEST(async_process_communicate, it_may_be_cancelled) {
    struct async_process *process;
    SUCCEEDS(async_create_subprocess_exec(ARGUMENTS("sleep", "1000"), &all_pipes,
                                          &process, error));
    FAILS_WITH(ASYNC_TIMEOUT, async_wait_for(async_coroutine(communicate, process),
                                             2 * NS_PER_MS, NULL, error));
    async_process_release(process);
    return true;
}
