/* async/process/process.c: other programs beside the loop. */
#include "tests/async/loopback.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>

#define ARGUMENTS(...) ((const char *const[]){__VA_ARGS__, NULL})

static const struct async_process_options all_pipes = {
    .standard_input = ASYNC_PIPE,
    .standard_output = ASYNC_PIPE,
    .standard_error = ASYNC_PIPE,
};

static void expect_no_zombie(void) {
    cr_expect_eq(waitpid(-1, NULL, WNOHANG), -1, "a child is left");
    cr_expect_eq(errno, ECHILD);
}

static bool end_well(void *argument, void **value, struct async_error *error) {
    struct async_process *process;
    int code = -100;
    (void)argument, (void)value;
    GOES_WELL(async_create_subprocess_exec(ARGUMENTS("sh", "-c", "exit 7"), NULL,
                                           &process, error));
    cr_expect_gt(async_process_pid(process), 0);
    cr_expect_null(async_process_stdin(process));
    cr_expect_null(async_process_stdout(process));
    GOES_WELL(async_process_wait(process, &code, error));
    cr_expect_eq(code, 7);
    cr_expect(async_process_returncode(process, &code));
    cr_expect(async_process_returncode(process, NULL));
    GOES_WELL(async_sleep(NS_PER_MS, error));
    FAILS_WITH(ASYNC_SYSTEM, async_process_kill(process, error));
    async_process_release(process);
    return true;
}

Test(async_process, its_code_comes_back) {
    run_cleanly(end_well, NULL);
    expect_no_zombie();
}

static bool signal_one(void *argument, void **value, struct async_error *error) {
    struct async_process *process;
    int code = -100;
    (void)argument, (void)value;
    GOES_WELL(async_create_subprocess_exec(ARGUMENTS("sleep", "1000"), NULL, &process,
                                           error));
    cr_expect_not(async_process_returncode(process, &code));
    GOES_WELL(async_process_terminate(process, error));
    GOES_WELL(async_process_wait(process, &code, error));
    cr_expect_eq(code, -SIGTERM);
    async_process_release(process);
    return true;
}

Test(async_process, a_signal_is_a_negative_code) {
    run_cleanly(signal_one, NULL);
    expect_no_zombie();
}

static bool start_nothing(void *argument, void **value, struct async_error *error) {
    struct async_process *process;
    (void)argument, (void)value;
    cr_assert_not(async_create_subprocess_exec(ARGUMENTS("/no/such/program"),
                                               &all_pipes, &process, error));
    cr_expect_eq(error->kind, ASYNC_SYSTEM);
    cr_expect_eq(error->code, ENOENT);
    return true;
}

Test(async_process, what_cannot_be_started_says_why) {
    run_cleanly(start_nothing, NULL);
    expect_no_zombie();
}

static bool talk(void *argument, void **value, struct async_error *error) {
    struct async_process *process;
    struct async_bytes line = {.data = NULL};
    int code;
    (void)argument, (void)value;
    GOES_WELL(
        async_create_subprocess_exec(ARGUMENTS("cat"), &all_pipes, &process, error));
    struct async_writer *to = async_process_stdin(process);
    for (int i = 0; i < 3; i++) {
        GOES_WELL(async_writer_write(to, "ping\n", 5, error));
        GOES_WELL(async_writer_drain(to, error));
        GOES_WELL(async_reader_readline(async_process_stdout(process), &line, error));
        cr_expect_str_eq(line.data, "ping\n");
    }
    async_writer_close(to);
    GOES_WELL(async_writer_wait_closed(to, error));
    GOES_WELL(async_process_wait(process, &code, error));
    cr_expect_eq(code, 0);
    async_process_release(process);
    async_bytes_free(&line);
    return true;
}

Test(async_process, its_pipes_are_streams) {
    run_cleanly(talk, NULL);
    expect_no_zombie();
}

static bool set_everything(void *argument, void **value, struct async_error *error) {
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
    (void)argument, (void)value;
    GOES_WELL(async_create_subprocess_exec(
        ARGUMENTS("sh", "-c", "pwd; echo $WORD >&2; cat; ls /proc/self/fd | wc -w"),
        &options, &process, error));
    GOES_WELL(async_process_communicate(process, NULL, 0, &output, NULL, error));
    cr_expect_str_eq(output.data, "/\nhere\n4\n", "and no descriptor but ls's own");
    async_process_release(process);
    async_bytes_free(&output);
    return true;
}

Test(async_process, its_surroundings_are_as_asked) {
    run_cleanly(set_everything, NULL);
    expect_no_zombie();
}

/* -- Ends that were not waited for ----------------------------------------------- */

static bool release_it(void *argument, void **value, struct async_error *error) {
    struct async_process *process;
    pid_t *pid = argument;
    (void)value;
    GOES_WELL(async_create_subprocess_exec(ARGUMENTS("sleep", "1000"), &all_pipes,
                                           &process, error));
    *pid = async_process_pid(process);
    async_process_release(process);
    while (kill(*pid, 0) == 0) {
        GOES_WELL(async_sleep(NS_PER_MS, error));
    }
    return true;
}

Test(async_process, one_that_is_given_back_is_killed_and_buried) {
    pid_t pid;
    run_cleanly(release_it, &pid);
    expect_no_zombie();
}

static bool leave_it(void *argument, void **value, struct async_error *error) {
    struct async_process *process;
    (void)argument, (void)value;
    GOES_WELL(async_create_subprocess_exec(ARGUMENTS("sleep", "1000"), &all_pipes,
                                           &process, error));
    async_process_release(process);
    return true;
}

Test(async_process, the_loop_buries_what_is_left) {
    run_cleanly(leave_it, NULL);
    expect_no_zombie();
}

static bool wait_for_ever(void *argument, void **value, struct async_error *error) {
    struct waiting *waiting = argument;
    struct async_process *process;
    (void)value;
    GOES_WELL(async_create_subprocess_exec(ARGUMENTS("sleep", "1000"), &all_pipes,
                                           &process, error));
    waiting->is_waiting = true;
    bool ok = async_process_wait(process, NULL, error);
    waiting->ended_with = error->kind;
    async_process_release(process);
    return ok;
}

Test(async_process, a_loop_closes_under_who_waits_for_it) {
    close_under(wait_for_ever, NULL);
    expect_no_zombie();
}

static bool start_slowly(void *argument, void **value, struct async_error *error) {
    struct async_process *process;
    (void)argument, (void)value;
    return async_create_subprocess_exec(ARGUMENTS("sleep", "1000"), &all_pipes,
                                        &process, error);
}

static bool cancel_the_start(void *argument, void **value, struct async_error *error) {
    struct async_awaitable *task =
        async_create_task(async_coroutine(start_slowly, NULL));
    (void)argument, (void)value;
    GOES_WELL(async_sleep(0, error));
    async_cancel(task);
    FAILS_WITH(ASYNC_CANCELLED, async_await(task, NULL, error));
    async_release(task);
    return true;
}

Test(async_process, a_start_that_is_cancelled_leaves_nothing) {
    run_cleanly(cancel_the_start, NULL);
    expect_no_zombie();
}

static bool wait_and_cancel(void *argument, void **value, struct async_error *error) {
    struct async_process *process;
    int code = 0;
    (void)argument, (void)value;
    GOES_WELL(
        async_create_subprocess_exec(ARGUMENTS("cat"), &all_pipes, &process, error));
    struct async_timeout timeout;
    GOES_WELL(async_timeout_enter(&timeout, NS_PER_MS, error));
    bool ok = async_process_wait(process, NULL, error);
    FAILS_WITH(ASYNC_TIMEOUT, async_timeout_exit(&timeout, ok, error));
    cr_expect_not(async_process_returncode(process, &code), "it goes on");
    GOES_WELL(async_process_kill(process, error));
    GOES_WELL(async_process_wait(process, &code, error));
    cr_expect_eq(code, -SIGKILL);
    async_process_release(process);
    return true;
}

Test(async_process, waiting_may_be_cancelled_and_done_again) {
    run_cleanly(wait_and_cancel, NULL);
    expect_no_zombie();
}
