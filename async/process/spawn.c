/* posix_spawn() with asyncio's settings. Its failures come back as errno, before the
 * program runs. */
#include "async/process/spawn.h"
#include "async/loop/argument.h"
#include "base/child_end.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

/* The two arguments of posix_spawn(), and the program's ends of the pipes. */
struct spawning {
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    int theirs[3];
};

static void close_all(int fds[3]) {
    for (int i = 0; i < 3; i++) {
        if (fds[i] >= 0) {
            close(fds[i]);
        }
        fds[i] = -1;
    }
}

/* Redirects standard stream `target`. The descriptors of pipes have to be above 2, else
 * they would overwrite each other. asyncio has the same problem if this program's own
 * standard streams are closed. */
static int redirect(struct spawning *spawning, struct async_spawned *spawned,
                    int target, enum async_redirection how) {
    int ends[2];
    int mine = target == STDIN_FILENO ? 1 : 0;
    switch (how) {
    case ASYNC_INHERIT:
        return 0;
    case ASYNC_DEVNULL:
        return posix_spawn_file_actions_addopen(&spawning->actions, target, "/dev/null",
                                                O_RDWR, 0);
    case ASYNC_STDOUT:
        return posix_spawn_file_actions_adddup2(&spawning->actions, STDOUT_FILENO,
                                                target);
    case ASYNC_PIPE:
        break;
    }
    if (pipe2(ends, O_CLOEXEC) != 0) {
        return errno;
    }
    spawned->pipe_fd[target] = ends[mine];
    spawning->theirs[target] = ends[1 - mine];
    fcntl(ends[mine], F_SETFL, O_NONBLOCK);
    return posix_spawn_file_actions_adddup2(&spawning->actions, ends[1 - mine], target);
}

static int set_actions(struct spawning *spawning, struct async_spawned *spawned,
                       const struct async_process_options *options) {
    enum async_redirection how[] = {options->standard_input, options->standard_output,
                                    options->standard_error};
    int code = 0;
    for (int target = 0; target < 3 && code == 0; target++) {
        code = redirect(spawning, spawned, target, how[target]);
    }
    if (code == 0) {
        code = posix_spawn_file_actions_addclosefrom_np(&spawning->actions, 3);
    }
    if (code == 0 && options->directory) {
        code = posix_spawn_file_actions_addchdir_np(&spawning->actions,
                                                    options->directory);
    }
    return code;
}

/* The signal mask is empty and every signal has its default action, as in a program
 * that a shell starts. */
static int set_attributes(struct spawning *spawning,
                          const struct async_process_options *options) {
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawnattr_setsigmask(&spawning->attributes, &none);
    posix_spawnattr_setsigdefault(&spawning->attributes, &all);
    short flags = POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF;
    flags |= options->start_new_session ? POSIX_SPAWN_SETSID : 0;
    return posix_spawnattr_setflags(&spawning->attributes, flags);
}

static int start(struct spawning *spawning, struct async_spawned *spawned,
                 const char *const argv[],
                 const struct async_process_options *options) {
    int code = set_actions(spawning, spawned, options);
    code = code == 0 ? set_attributes(spawning, options) : code;
    char *const *environment =
        options->environment ? (char *const *)options->environment : environ;
    if (code == 0) {
        code = posix_spawnp(&spawned->pid, argv[0], &spawning->actions,
                            &spawning->attributes, (char *const *)argv, environment);
    }
    if (code != 0) {
        return code;
    }
    spawned->end_fd = child_end_open(spawned->pid);
    if (spawned->end_fd < 0) {
        code = errno;
        kill(spawned->pid, SIGKILL);
        waitpid(spawned->pid, NULL, 0);
    }
    return code;
}

static bool check_redirection(const char *name, enum async_redirection how,
                              enum async_redirection most, struct async_error *error) {
    if (how == ASYNC_STDOUT && most < ASYNC_STDOUT) {
        return async_fail_with(error, ASYNC_INVALID_ARGUMENT,
                               "%s: ASYNC_STDOUT can only be used for standard_error",
                               name);
    }
    if ((unsigned)how > most) {
        return async_fail_with(error, ASYNC_INVALID_ARGUMENT,
                               "%s: there is no redirection %d; use one of enum "
                               "async_redirection",
                               name, (int)how);
    }
    return true;
}

static bool check_options(const struct async_process_options *options,
                          struct async_error *error) {
    return check_redirection("standard_input", options->standard_input, ASYNC_DEVNULL,
                             error) &&
           check_redirection("standard_output", options->standard_output, ASYNC_DEVNULL,
                             error) &&
           check_redirection("standard_error", options->standard_error, ASYNC_STDOUT,
                             error) &&
           async_argument_size("limit", options->limit, error);
}

bool async_spawn(const char *const argv[], const struct async_process_options *options,
                 struct async_spawned *spawned, struct async_error *error) {
    struct spawning spawning = {.theirs = {-1, -1, -1}};
    if (!argv || !argv[0]) { /* else glibc's child dies and reports no error */
        return async_fail_with(error, ASYNC_INVALID_ARGUMENT,
                               "there is no program to start: argv is empty");
    }
    if (!check_options(options, error)) {
        return false;
    }
    *spawned = (struct async_spawned){.pipe_fd = {-1, -1, -1}, .end_fd = -1};
    posix_spawn_file_actions_init(&spawning.actions);
    posix_spawnattr_init(&spawning.attributes);
    int code = start(&spawning, spawned, argv, options);
    posix_spawnattr_destroy(&spawning.attributes);
    posix_spawn_file_actions_destroy(&spawning.actions);
    close_all(spawning.theirs);
    if (code != 0) {
        close_all(spawned->pipe_fd);
        return async_fail_system(error, code, argv[0]);
    }
    return true;
}
