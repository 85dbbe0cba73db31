/* async/process/process_communicate.c: input, outputs and the end in one call. */
#include "tests/async/loopback.h"

#include <stdlib.h>
#include <string.h>

#define ARGUMENTS(...) ((const char *const[]){__VA_ARGS__, NULL})

static const struct async_process_options all_pipes = {
    .standard_input = ASYNC_PIPE,
    .standard_output = ASYNC_PIPE,
    .standard_error = ASYNC_PIPE,
};

static bool sort(void *argument, void **value, struct async_error *error) {
    struct async_process *process;
    struct async_bytes output = {.data = NULL};
    struct async_bytes errors = {.data = NULL};
    int code;
    (void)argument, (void)value;
    GOES_WELL(async_create_subprocess_exec(ARGUMENTS("sh", "-c", "sort; echo done >&2"),
                                           &all_pipes, &process, error));
    GOES_WELL(async_process_communicate(process, "b\na\n", 4, &output, &errors, error));
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

/* More than any pipe holds, both ways at once, and on both outputs. */
static bool send_much(void *argument, void **value, struct async_error *error) {
    struct async_process *process;
    struct async_bytes output = {.data = NULL};
    struct async_bytes errors = {.data = NULL};
    char *much = malloc(MUCH);
    (void)argument, (void)value;
    memset(much, 'x', MUCH);
    GOES_WELL(async_create_subprocess_exec(ARGUMENTS("tee", "/dev/stderr"), &all_pipes,
                                           &process, error));
    GOES_WELL(async_process_communicate(process, much, MUCH, &output, &errors, error));
    cr_expect_eq(output.count, (size_t)MUCH);
    cr_expect_eq(errors.count, (size_t)MUCH);
    async_process_release(process);
    async_bytes_free(&output);
    async_bytes_free(&errors);
    free(much);
    return true;
}

Test(async_process_communicate, nobody_waits_for_the_other_for_ever) {
    run_cleanly(send_much, NULL);
}

static bool talk_to_the_deaf(void *argument, void **value, struct async_error *error) {
    struct async_process *process;
    char *much = calloc(1, MUCH);
    int code;
    (void)argument, (void)value;
    GOES_WELL(
        async_create_subprocess_exec(ARGUMENTS("true"), &all_pipes, &process, error));
    GOES_WELL(async_process_communicate(process, much, MUCH, NULL, NULL, error));
    cr_expect(async_process_returncode(process, &code) && code == 0);
    async_process_release(process);
    free(much);
    return true;
}

Test(async_process_communicate, who_does_not_read_its_input_is_no_failure) {
    run_cleanly(talk_to_the_deaf, NULL);
}

static bool talk_to_nobody(void *argument, void **value, struct async_error *error) {
    struct async_process *process;
    (void)argument, (void)value;
    GOES_WELL(async_create_subprocess_exec(ARGUMENTS("true"), NULL, &process, error));
    FAILS_WITH(ASYNC_INVALID_ARGUMENT,
               async_process_communicate(process, "x", 1, NULL, NULL, error));
    async_process_release(process);
    return true;
}

Test(async_process_communicate, input_needs_a_pipe) {
    run_cleanly(talk_to_nobody, NULL);
}

static bool communicate(void *argument, void **value, struct async_error *error) {
    (void)value;
    return async_process_communicate(argument, "x", 1, NULL, NULL, error);
}

static bool cancel_it(void *argument, void **value, struct async_error *error) {
    struct async_process *process;
    (void)argument, (void)value;
    GOES_WELL(async_create_subprocess_exec(ARGUMENTS("sleep", "1000"), &all_pipes,
                                           &process, error));
    FAILS_WITH(ASYNC_TIMEOUT, async_wait_for(async_coroutine(communicate, process),
                                             2 * NS_PER_MS, NULL, error));
    async_process_release(process);
    return true;
}

Test(async_process_communicate, it_may_be_cancelled) {
    run_cleanly(cancel_it, NULL);
}
