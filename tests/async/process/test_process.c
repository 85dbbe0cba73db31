/* async/process/process.c: other programs as processes of the loop. */
#include "tests/async/support.h"

#include <errno.h>
#include <signal.h>
#include <string.h>

#define ARGUMENTS(...) ((const char *const[]){__VA_ARGS__, NULL})

static const struct async_process_options all_pipes = {
    .standard_input = ASYNC_PIPE,
    .standard_output = ASYNC_PIPE,
    .standard_error = ASYNC_PIPE,
};

REAL_TIME_TEST(async_process, its_exit_code_comes_back) {
    struct async_process *process;
    int code = -100;
    SUCCEEDS(async_create_subprocess_exec(ARGUMENTS("sh", "-c", "exit 7"), NULL,
                                          &process, error));
    cr_expect_gt(async_process_pid(process), 0);
    cr_expect_null(async_process_stdin(process));
    cr_expect_null(async_process_stdout(process));
    SUCCEEDS(async_process_wait(process, &code, error));
    cr_expect_eq(code, 7);
    cr_expect(async_process_returncode(process, &code));
    cr_expect(async_process_returncode(process, NULL));
    SUCCEEDS(async_sleep(NS_PER_MS, error));
    FAILS_WITH(ASYNC_SYSTEM, async_process_kill(process, error));
    async_process_release(process);
    return true;
}

REAL_TIME_TEST(async_process, a_signal_is_a_negative_exit_code) {
    struct async_process *process;
    int code = -100;
    SUCCEEDS(async_create_subprocess_exec(ARGUMENTS("sleep", "1000"), NULL, &process,
                                          error));
    cr_expect_not(async_process_returncode(process, &code));
    SUCCEEDS(async_process_terminate(process, error));
    SUCCEEDS(async_process_wait(process, &code, error));
    cr_expect_eq(code, -SIGTERM);
    async_process_release(process);
    return true;
}

REAL_TIME_TEST(async_process, a_program_that_cannot_be_started_fails_with_errno) {
    struct async_process *process;
    FAILS_WITH(ASYNC_SYSTEM, async_create_subprocess_exec(ARGUMENTS("/no/such/program"),
                                                          &all_pipes, &process, error));
    cr_expect_eq(error->code, ENOENT);
    return true;
}

REAL_TIME_TEST(async_process, its_pipes_are_streams) {
    struct async_process *process;
    struct async_bytes line = {.data = NULL};
    int code;
    SUCCEEDS(
        async_create_subprocess_exec(ARGUMENTS("cat"), &all_pipes, &process, error));
    struct async_writer *to = async_process_stdin(process);
    for (int i = 0; i < 3; i++) {
        SUCCEEDS(async_writer_write(to, "ping\n", 5, error));
        SUCCEEDS(async_writer_drain(to, error));
        SUCCEEDS(async_reader_readline(async_process_stdout(process), &line, error));
        cr_expect_str_eq(line.data, "ping\n");
    }
    async_writer_close(to);
    SUCCEEDS(async_writer_wait_closed(to, error));
    SUCCEEDS(async_process_wait(process, &code, error));
    cr_expect_eq(code, 0);
    async_process_release(process);
    async_bytes_free(&line);
    return true;
}

REAL_TIME_TEST(async_process,
               directory_environment_and_streams_are_those_of_the_options) {
    struct async_process *process;
    struct async_bytes output = {.data = NULL};
    struct async_process_options options = {
        .standard_input = ASYNC_DEVNULL,
        .standard_output = ASYNC_PIPE,
        .standard_error = ASYNC_STDOUT,
        .directory = "/",
        .environment = ARGUMENTS("WORD=here", "PATH=/usr/bin:/bin"),
        .start_new_session = true,
    };
    SUCCEEDS(async_create_subprocess_exec(
        ARGUMENTS("sh", "-c", "pwd; echo $WORD >&2; cat; ls /proc/self/fd | wc -w"),
        &options, &process, error));
    SUCCEEDS(async_process_communicate(process, NULL, 0, &output, NULL, error));
    cr_expect_str_eq(output.data, "/\nhere\n4\n", "it has inherited a descriptor");
    async_process_release(process);
    async_bytes_free(&output);
    return true;
}

/* -- Ends that no task waits for --------------------------------------------------- */

ASYNC_FUNCTION(release_it) {
    struct async_process *process;
    pid_t *pid = argument;
    SUCCEEDS(async_create_subprocess_exec(ARGUMENTS("sleep", "1000"), &all_pipes,
                                          &process, error));
    *pid = async_process_pid(process);
    async_process_release(process);
    while (kill(*pid, 0) == 0) {
        SUCCEEDS(async_sleep(NS_PER_MS, error));
    }
    return true;
}

Test(async_process, a_released_process_is_killed_and_reaped) {
    pid_t pid;
    run_cleanly(release_it, &pid);
}

REAL_TIME_TEST(async_process, a_loop_that_closes_reaps_its_processes) {
    struct async_process *process;
    SUCCEEDS(async_create_subprocess_exec(ARGUMENTS("sleep", "1000"), &all_pipes,
                                          &process, error));
    async_process_release(process);
    return true;
}

ASYNC_FUNCTION(wait_until_closed) {
    struct waiting *waiting = argument;
    struct async_process *process;
    SUCCEEDS(async_create_subprocess_exec(ARGUMENTS("sleep", "1000"), &all_pipes,
                                          &process, error));
    waiting->is_waiting = true;
    bool ok = async_process_wait(process, NULL, error);
    waiting->ended_with = error->kind;
    async_process_release(process);
    return ok;
}

Test(async_process, a_loop_may_close_while_a_task_waits_for_a_process) {
    close_under(wait_until_closed, NULL);
}

ASYNC_FUNCTION(start_slowly) {
    struct async_process *process;
    return async_create_subprocess_exec(ARGUMENTS("sleep", "1000"), &all_pipes,
                                        &process, error);
}

REAL_TIME_TEST(async_process, a_cancelled_start_leaves_no_process) {
    struct async_awaitable *task = NEW_TASK(start_slowly, NULL);
    SUCCEEDS(async_sleep(0, error));
    async_cancel(task);
    FAILS_WITH(ASYNC_CANCELLED, async_await(task, NULL, error));
    async_release(task);
    return true;
}

REAL_TIME_TEST(async_process, waiting_may_be_cancelled_and_repeated) {
    struct async_process *process;
    int code = 0;
    SUCCEEDS(
        async_create_subprocess_exec(ARGUMENTS("cat"), &all_pipes, &process, error));
    struct async_timeout timeout;
    SUCCEEDS(async_timeout_enter(&timeout, NS_PER_MS, error));
    bool ok = async_process_wait(process, NULL, error);
    cr_expect_not(async_timeout_exit(&timeout, ok, error));
    cr_expect_eq(error->kind, ASYNC_TIMEOUT);
    cr_expect_not(async_process_returncode(process, &code),
                  "the process has ended with the wait");
    SUCCEEDS(async_process_kill(process, error));
    SUCCEEDS(async_process_wait(process, &code, error));
    cr_expect_eq(code, -SIGKILL);
    async_process_release(process);
    return true;
}
