/* async/process/spawn.c: starting a program. */
#include "async/process/spawn.h"
#include "tests/async/support.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>

#define ARGUMENTS(...) ((const char *const[]){__VA_ARGS__, NULL})

static int status_of(struct async_spawned *spawned) {
    int status = -1;
    struct pollfd ended = {.fd = spawned->end_fd, .events = POLLIN};
    cr_expect_eq(poll(&ended, 1, 10000), 1, "end_fd did not become readable");
    cr_expect_eq(waitpid(spawned->pid, &status, 0), spawned->pid);
    close(spawned->end_fd);
    return status;
}

Test(async_spawn, without_pipes_in_the_options_none_is_opened) {
    struct async_process_options options = {.standard_output = ASYNC_DEVNULL};
    struct async_spawned spawned;
    struct async_error error;
    int before = count_descriptors();
    SUCCEEDS(async_spawn(ARGUMENTS("echo", "x"), &options, &spawned, &error));
    for (int i = 0; i < 3; i++) {
        cr_expect_eq(spawned.pipe_fd[i], -1);
    }
    cr_expect_eq(status_of(&spawned), 0);
    cr_expect_eq(count_descriptors(), before);
}

Test(async_spawn, no_arguments_are_refused) {
    struct async_process_options options = {.standard_output = ASYNC_DEVNULL};
    struct async_spawned spawned;
    struct async_error error;
    FAILS_WITH(ASYNC_INVALID_ARGUMENT,
               async_spawn((const char *const[]){NULL}, &options, &spawned, &error));
}

Test(async_spawn, pipes_carry_input_and_output) {
    struct async_process_options options = {.standard_input = ASYNC_PIPE,
                                            .standard_output = ASYNC_PIPE};
    struct async_spawned spawned;
    struct async_error error;
    char got[8] = "";
    SUCCEEDS(async_spawn(ARGUMENTS("cat"), &options, &spawned, &error));
    cr_assert_eq(write(spawned.pipe_fd[0], "abc", 3), 3);
    close(spawned.pipe_fd[0]);
    cr_expect_eq(status_of(&spawned), 0);
    cr_expect_eq(read(spawned.pipe_fd[1], got, sizeof got), 3);
    close(spawned.pipe_fd[1]);
}

Test(async_spawn, the_program_starts_with_default_signal_handling) {
    struct async_spawned spawned;
    struct async_error error;
    sigset_t all;
    signal(SIGTERM, SIG_IGN);
    sigfillset(&all);
    sigprocmask(SIG_SETMASK, &all, NULL);
    SUCCEEDS(async_spawn(ARGUMENTS("sleep", "1000"),
                         &(struct async_process_options){.directory = "/"}, &spawned,
                         &error));
    kill(spawned.pid, SIGTERM);
    int status = status_of(&spawned);
    cr_expect(WIFSIGNALED(status) && WTERMSIG(status) == SIGTERM);
}

Test(async_spawn, a_failed_start_leaves_nothing) {
    struct async_process_options options = {.standard_input = ASYNC_PIPE,
                                            .standard_output = ASYNC_PIPE,
                                            .directory = "/no/such/place"};
    struct async_spawned spawned;
    struct async_error error;
    int before = count_descriptors();
    FAILS_WITH(ASYNC_SYSTEM, async_spawn(ARGUMENTS("cat"), &options, &spawned, &error));
    cr_expect_eq(error.code, ENOENT);
    options.directory = NULL;
    cr_assert_not(async_spawn(ARGUMENTS("/etc/passwd"), &options, &spawned, &error));
    cr_expect_eq(error.code, EACCES);
    cr_expect_eq(count_descriptors(), before);
    cr_expect_eq(waitpid(-1, NULL, WNOHANG), -1);
}
