/* Runs gnuplot without a shell; the script comes from a file in memory as its stdin, so
 * that no path is quoted. */
#include "lessons/runtime/gnuplot.h"

#include <errno.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

/* Starts gnuplot and waits for it. Returns an errno, and its status as from wait(2). */
static int spawn(char *const argv[], int in_fd, int out_fd, int *status) {
    posix_spawn_file_actions_t actions;
    pid_t pid;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, in_fd, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, out_fd, STDOUT_FILENO);
    int reason = posix_spawnp(&pid, "gnuplot", &actions, NULL, argv, environ);
    posix_spawn_file_actions_destroy(&actions);
    if (reason == 0) {
        while (waitpid(pid, status, 0) < 0 && errno == EINTR) {
        }
    }
    return reason;
}

/* A file in memory with this text, to be read from its begin; -1: errno says why. */
static int open_text(const char *text) {
    int fd = memfd_create("gnuplot", MFD_CLOEXEC);
    size_t length = strlen(text);
    if (fd >= 0 &&
        (write(fd, text, length) != (ssize_t)length || lseek(fd, 0, SEEK_SET) != 0)) {
        close(fd);
        fd = -1;
    }
    return fd;
}

static int run(char *const argv[], const char *script, int out_fd, int *status) {
    int in_fd = open_text(script);
    if (in_fd < 0) {
        return errno;
    }
    int reason = spawn(argv, in_fd, out_fd, status);
    close(in_fd);
    return reason;
}

bool gnuplot_is_there(void) {
    char *const argv[] = {(char[]){"gnuplot"}, (char[]){"--version"}, NULL};
    int status = 0;
    int null_fd = memfd_create("version", MFD_CLOEXEC);
    bool is_there = null_fd >= 0 && run(argv, "", null_fd, &status) == 0 && status == 0;
    if (null_fd >= 0) {
        close(null_fd);
    }
    return is_there;
}

bool gnuplot_run(const char *script, int fd, struct error *error) {
    char *const argv[] = {(char[]){"gnuplot"}, (char[]){"-d"}, (char[]){"-"}, NULL};
    int status = 0;
    int reason = run(argv, script, fd, &status);
    if (reason != 0) {
        return error_failed(error, "cannot execute gnuplot: %s", strerror(reason));
    }
    return status == 0 || error_failed(error, "gnuplot failed; it has said why above");
}
