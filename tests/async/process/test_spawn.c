/* async/process/spawn.c: programs as they are started. */
#include "async/process/spawn.h"
#include "tests/async/loopback.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>

#define ARGUMENTS(...) ((const char *const[]){__VA_ARGS__, NULL})

static int end_of(struct async_spawned *spawned) {
    int status = -1;
    struct pollfd ended = {.fd = spawned->end_fd, .events = POLLIN};
    cr_expect_eq(poll(&ended, 1, 10000), 1, "it tells no end");
    cr_expect_eq(waitpid(spawned->pid, &status, 0), spawned->pid);
    close(spawned->end_fd);
    return status;
}

Test(async_spawn, without_pipes_there_is_none) {
    struct async_process_options options = {.standard_output = ASYNC_DEVNULL};
    struct async_spawned spawned;
    struct async_error error;
    int before = count_descriptors();
    cr_assert(async_spawn(ARGUMENTS("echo", "x"), &options, &spawned, &error));
    for (int i = 0; i < 3; i++) {
        cr_expect_eq(spawned.pipe_fd[i], -1);
    }
    cr_expect_eq(end_of(&spawned), 0);
    cr_expect_eq(count_descriptors(), before);
}

Test(async_spawn, nothing_is_no_program) {
    struct async_process_options options = {.standard_output = ASYNC_DEVNULL};
    struct async_spawned spawned;
    struct async_error error;
    cr_expect_not(async_spawn((const char *const[]){NULL}, &options, &spawned, &error));
    cr_expect_eq(error.kind, ASYNC_INVALID_ARGUMENT);
}

Test(async_spawn, pipes_lead_there_and_back) {
    struct async_process_options options = {.standard_input = ASYNC_PIPE,
                                            .standard_output = ASYNC_PIPE};
    struct async_spawned spawned;
    struct async_error error;
    char got[8] = "";
    cr_assert(async_spawn(ARGUMENTS("cat"), &options, &spawned, &error));
    cr_assert_eq(write(spawned.pipe_fd[0], "abc", 3), 3);
    close(spawned.pipe_fd[0]);
    cr_expect_eq(end_of(&spawned), 0);
    cr_expect_eq(read(spawned.pipe_fd[1], got, sizeof got), 3);
    close(spawned.pipe_fd[1]);
}

Test(async_spawn, signals_do_what_they_do_by_default) {
    struct async_spawned spawned;
    struct async_error error;
    sigset_t all;
    signal(SIGTERM, SIG_IGN);
    sigfillset(&all);
    sigprocmask(SIG_SETMASK, &all, NULL);
    cr_assert(async_spawn(ARGUMENTS("sleep", "1000"),
                          &(struct async_process_options){.directory = "/"}, &spawned,
                          &error));
    kill(spawned.pid, SIGTERM);
    int status = end_of(&spawned);
    cr_expect(WIFSIGNALED(status) && WTERMSIG(status) == SIGTERM);
}

Test(async_spawn, what_fails_leaves_nothing) {
    struct async_process_options options = {.standard_input = ASYNC_PIPE,
                                            .standard_output = ASYNC_PIPE,
                                            .directory = "/no/such/place"};
    struct async_spawned spawned;
    struct async_error error;
    int before = count_descriptors();
    cr_assert_not(async_spawn(ARGUMENTS("cat"), &options, &spawned, &error));
    cr_expect_eq(error.kind, ASYNC_SYSTEM);
    cr_expect_eq(error.code, ENOENT);
    options.directory = NULL;
    cr_assert_not(async_spawn(ARGUMENTS("/etc/passwd"), &options, &spawned, &error));
    cr_expect_eq(error.code, EACCES);
    cr_expect_eq(count_descriptors(), before);
    cr_expect_eq(waitpid(-1, NULL, WNOHANG), -1);
}
