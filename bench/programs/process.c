/* Child processes: pipes for their output, a descriptor that is readable at their
 * end. */
#include "bench/programs/process.h"
#include "base/advice.h"
#include "base/child_end.h"
#include "base/clock.h"
#include "bench/programs/guard.h"
#include "bench/programs/interrupt.h"
#include "base/utf8.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

enum { DEFAULT_MOST_OUT_BYTES = 64 * 1024 * 1024 };

/* The three pipes of a start: stdout, stderr, and the errno of an exec that failed. */
struct pipes {
    int out[2];
    int err[2];
    int exec[2];
};

static void close_fd(int *fd) {
    if (*fd >= 0) {
        close(*fd);
    }
    *fd = -1;
}

static void close_pipes(struct pipes *pipes) {
    for (int end = 0; end < 2; end++) {
        close_fd(&pipes->out[end]);
        close_fd(&pipes->err[end]);
        close_fd(&pipes->exec[end]);
    }
}

/* In the child: sets its process group, control groups and descriptors. False: errno
 * says why. */
static bool settle(const struct process_plan *plan, const struct pipes *pipes) {
    setpgid(0, 0);
    for (int i = 0; i < 2; i++) {
        if (plan->cgroup_fds[i] >= 0 && write(plan->cgroup_fds[i], "0", 1) < 0) {
            return false;
        }
    }
    int null_fd = open("/dev/null", O_RDONLY | O_CLOEXEC);
    int out_fd = plan->stdout_fd >= 0 ? plan->stdout_fd : pipes->out[1];
    return null_fd >= 0 && dup2(null_fd, 0) >= 0 && dup2(out_fd, 1) >= 0 &&
           dup2(pipes->err[1], 2) >= 0 && (!plan->folder || chdir(plan->folder) == 0);
}

/* Lowers the limit of a file's size; a limit that is lower already stays. */
static void limit_files(int64_t most_bytes) {
    struct rlimit limit;
    if (most_bytes > 0 && getrlimit(RLIMIT_FSIZE, &limit) == 0 &&
        limit.rlim_cur > (rlim_t)most_bytes) {
        limit.rlim_cur = (rlim_t)most_bytes;
        setrlimit(RLIMIT_FSIZE, &limit);
    }
}

/* In the child, after fork, so it makes only calls that are safe there. Does not
 * return. */
static void become(const struct process_plan *plan, const struct pipes *pipes,
                   pid_t parent) {
    prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
    if (getppid() != parent) {
        _exit(127); /* the parent died before the prctl() above */
    }
    if (settle(plan, pipes)) {
        guard_add_group(getpid());
        limit_files(plan->most_file_bytes);
        sigset_t none;
        sigemptyset(&none);
        sigprocmask(SIG_SETMASK, &none, NULL);
        signal(SIGPIPE, SIG_DFL);
        signal(SIGXFSZ, SIG_DFL);
        if (plan->environment) {
            environ = (char **)plan->environment;
        }
        /* A path is not given to execvp(), which would run a file without #! in a
         * shell. */
        (strchr(plan->argv[0], '/') ? execv : execvp)(plan->argv[0],
                                                      (char *const *)plan->argv);
    }
    ssize_t written = write(pipes->exec[1], &errno, sizeof errno);
    _exit(written > 0 ? 127 : 126);
}

/* What the user can do if a program can't be executed. */
static const char *advice_for_program(int reason) {
    switch (reason) {
    case ENOEXEC:
        return "; a script begins with #! and the path of its interpreter";
    case ENOENT:
        return "; check the path, and that of the interpreter in its first line";
    case EACCES:
        return "; it has to be a file, and executable (chmod +x)";
    default:
        return advice_for(reason);
    }
}

static bool fork_and_exec(struct process *process, const struct process_plan *plan,
                          struct pipes *pipes, struct error *error) {
    pid_t parent = getpid();
    process->pid = fork();
    if (process->pid < 0) {
        process->pid = 0;
        return error_failed(error, "cannot start a process: %s%s", strerror(errno),
                            advice_for(errno));
    }
    if (process->pid == 0) {
        become(plan, pipes, parent);
    }
    setpgid(process->pid, process->pid);
    close_fd(&pipes->exec[1]);
    int reason = 0;
    if (read(pipes->exec[0], &reason, sizeof reason) > 0) {
        return error_input(error, "cannot execute %s: %s%s", plan->argv[0],
                           strerror(reason), advice_for_program(reason));
    }
    process->end_fd = child_end_open(process->pid);
    if (process->end_fd < 0) {
        return error_failed(error, "cannot watch a process: %s", strerror(errno));
    }
    return true;
}

bool process_start(struct process *process, const struct process_plan *plan,
                   struct error *error) {
    *process = (struct process){.end_fd = -1, .out_fd = -1, .err_fd = -1};
    process->transcript.path = plan->stderr_path;
    process->most_out_bytes =
        plan->most_out_bytes ? plan->most_out_bytes : DEFAULT_MOST_OUT_BYTES;
    struct pipes pipes = {{-1, -1}, {-1, -1}, {-1, -1}};
    bool ok = pipe2(pipes.out, O_CLOEXEC) == 0 && pipe2(pipes.err, O_CLOEXEC) == 0 &&
              pipe2(pipes.exec, O_CLOEXEC) == 0;
    if (!ok) {
        int reason = errno;
        error_input(error, "cannot start %s: %s%s", plan->argv[0], strerror(reason),
                    advice_for(reason));
    } else {
        ok = fork_and_exec(process, plan, &pipes, error);
    }
    if (ok) {
        process->err_fd = pipes.err[0];
        pipes.err[0] = -1;
        if (plan->stdout_fd < 0) {
            process->out_fd = pipes.out[0];
            pipes.out[0] = -1;
        }
    }
    close_pipes(&pipes);
    return ok;
}

/* Keeps the bytes that fit and drops the rest, so that the writer does not stall. */
static void append_out(struct process *process, const char *bytes, size_t count) {
    size_t room = process->most_out_bytes - process->out_bytes;
    count = count < room ? count : room;
    char *out = realloc(process->out, process->out_bytes + count + 1);
    if (!out) {
        return;
    }
    memcpy(out + process->out_bytes, bytes, count);
    process->out = out;
    process->out_bytes += count;
    out[process->out_bytes] = '\0';
}

/* Keeps the end, because the last line explains a failure. */
static void append_err(struct process *process, const char *bytes, size_t count) {
    transcript_append(&process->transcript, bytes, count);
    if (count > PROCESS_STDERR_BYTES) {
        bytes += count - PROCESS_STDERR_BYTES;
        count = PROCESS_STDERR_BYTES;
    }
    size_t keep = PROCESS_STDERR_BYTES - count;
    if (process->err_bytes > keep) {
        memmove(process->err, process->err + process->err_bytes - keep, keep);
        process->err_bytes = keep;
    }
    memcpy(process->err + process->err_bytes, bytes, count);
    process->err_bytes += count;
    process->err[process->err_bytes] = '\0';
}

/* Reads once; closes the descriptor at the end of the output. */
static void read_some(struct process *process, int *fd) {
    char bytes[65536];
    ssize_t count = read(*fd, bytes, sizeof bytes);
    if (count > 0 && fd == &process->out_fd) {
        append_out(process, bytes, (size_t)count);
    } else if (count > 0) {
        append_err(process, bytes, (size_t)count);
    } else if (count == 0 || errno != EINTR) {
        close_fd(fd);
    }
}

/* Reads what is still in the pipe after the process has exited, and does not wait for
 * the end of the output, because a grandchild may hold the pipe open. */
static void read_rest(struct process *process, int *fd) {
    while (*fd >= 0) {
        struct pollfd poll_fd = {.fd = *fd, .events = POLLIN};
        if (poll(&poll_fd, 1, 0) <= 0) {
            return;
        }
        read_some(process, fd);
    }
}

static void reap(struct process *process) {
    /* Ends the processes that it left in its group. wait4() frees the group's number,
     * so this comes first. */
    kill(-process->pid, SIGKILL);
    guard_drop_group(process->pid);
    while (wait4(process->pid, &process->status, 0, &process->usage) < 0 &&
           errno == EINTR) {
    }
    process->ended_ns = clock_now_ns();
    process->pid = 0;
    read_rest(process, &process->out_fd);
    read_rest(process, &process->err_fd);
}

static bool has_line(const struct process *process) {
    return process->out && strchr(process->out, '\n');
}

static enum process_end wait_for(struct process *process, int64_t deadline_ns,
                                 bool for_line, const struct process_watch *watch) {
    int64_t look_ns = watch ? 0 : INT64_MAX;
    while (process->pid > 0 && !(for_line && has_line(process))) {
        int64_t now_ns = clock_now_ns();
        if (now_ns >= look_ns) {
            look_ns = watch->look(watch->context);
        }
        int64_t left_ns = deadline_ns - now_ns;
        if (interrupt_is_pending()) {
            return PROCESS_INTERRUPTED;
        }
        if (left_ns <= 0) {
            return PROCESS_TIMED_OUT;
        }
        left_ns = look_ns - now_ns < left_ns ? look_ns - now_ns : left_ns;
        left_ns = left_ns > 0 ? left_ns : 0;
        struct timespec left = {.tv_sec = left_ns / NS_PER_S,
                                .tv_nsec = left_ns % NS_PER_S};
        struct pollfd fds[] = {
            {.fd = process->end_fd, .events = POLLIN},
            {.fd = process->out_fd, .events = POLLIN},
            {.fd = process->err_fd, .events = POLLIN},
            {.fd = interrupt_fd(), .events = POLLIN},
        };
        if (ppoll(fds, 4, &left, NULL) < 0) {
            continue; /* mostly a signal; another failure ends at the deadline */
        }
        if (fds[1].revents) {
            read_some(process, &process->out_fd);
        }
        if (fds[2].revents) {
            read_some(process, &process->err_fd);
        }
        if (fds[0].revents) {
            reap(process);
        }
    }
    return PROCESS_EXITED;
}

enum process_end process_wait(struct process *process, int64_t deadline_ns) {
    return wait_for(process, deadline_ns, false, NULL);
}

enum process_end process_wait_watched(struct process *process, int64_t deadline_ns,
                                      const struct process_watch *watch) {
    return wait_for(process, deadline_ns, false, watch);
}

enum process_end process_wait_line(struct process *process, int64_t deadline_ns) {
    return wait_for(process, deadline_ns, true, NULL);
}

bool process_succeeded(const struct process *process) {
    return process->pid == 0 && WIFEXITED(process->status) &&
           WEXITSTATUS(process->status) == 0;
}

void process_explain(const struct process *process, char *text, size_t bytes) {
    if (process->pid > 0) {
        snprintf(text, bytes, "still running");
    } else if (WIFSIGNALED(process->status)) {
        int number = WTERMSIG(process->status);
        snprintf(text, bytes, "killed by signal %d (%s)", number, strsignal(number));
    } else {
        snprintf(text, bytes, "exit code %d", WEXITSTATUS(process->status));
    }
}

/* Finds the line of stderr that ends before `end`, and moves `end` to its last
 * character; skips empty lines. False: there is none. */
static bool find_line(const struct process *process, size_t *begin, size_t *end) {
    while (*end > 0 && strchr("\r\n \t", process->err[*end - 1])) {
        --*end;
    }
    *begin = *end;
    while (*begin > 0 && process->err[*begin - 1] != '\n') {
        --*begin;
    }
    return *end > 0;
}

static void copy_line(const struct process *process, size_t begin, size_t end,
                      char *text, size_t bytes) {
    size_t length = 0;
    for (size_t i = begin; i < end && length + 1 < bytes; i++) {
        text[length++] = process->err[i] ? process->err[i] : '?';
    }
    text[length] = '\0';
    utf8_mend(text);
}

void process_last_line(const struct process *process, char *text, size_t bytes) {
    size_t begin;
    size_t end = process->err_bytes;
    find_line(process, &begin, &end);
    copy_line(process, begin, end, text, bytes);
}

void process_last_lines(const struct process *process, struct process_lines *lines) {
    size_t begins[PROCESS_LINES];
    size_t ends[PROCESS_LINES];
    size_t end = process->err_bytes;
    size_t count = 0;
    while (count < PROCESS_LINES && find_line(process, &begins[count], &end)) {
        ends[count] = end;
        end = begins[count++];
    }
    *lines = (struct process_lines){.count = count};
    for (size_t i = 0; i < count; i++) {
        copy_line(process, begins[count - 1 - i], ends[count - 1 - i], lines->list[i],
                  PROCESS_LINE_BYTES);
    }
}

void process_signal(const struct process *process, int number) {
    if (process->pid > 0) {
        kill(-process->pid, number);
    }
}

void process_close(struct process *process) {
    if (process->pid > 0) {
        process_signal(process, SIGKILL);
        reap(process);
    }
    if (process->end_fd > 0) {
        close(process->end_fd);
    }
    if (process->out_fd > 0) {
        close(process->out_fd);
    }
    if (process->err_fd > 0) {
        close(process->err_fd);
    }
    free(process->out);
    transcript_close(&process->transcript, process->err, process->err_bytes);
    *process = (struct process){.end_fd = -1, .out_fd = -1, .err_fd = -1};
}

/* The process id of a child of this thread that is not the guard; 0: none, or the kernel
 * does not say. */
static pid_t find_child(void) {
    char path[64];
    int pid = 0;
    snprintf(path, sizeof path, "/proc/self/task/%d/children", (int)gettid());
    FILE *file = fopen(path, "re");
    while (file && fscanf(file, "%d", &pid) == 1 && pid == guard_pid()) {
        pid = 0;
    }
    if (file) {
        fclose(file);
    }
    return pid;
}

void process_adopt_strays(void) {
    if (find_child() == 0) { /* else: children of the program that became us by exec */
        prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
    }
}

/* If a stray is killed, its own children become ours, so this repeats, up to a
 * limit. */
void process_end_strays(void) {
    enum { MOST_STRAYS = 10000 };
    int adopts = 0;
    pid_t pid = 0;
    prctl(PR_GET_CHILD_SUBREAPER, &adopts, 0, 0, 0);
    for (int i = 0; adopts && i < MOST_STRAYS && (pid = find_child()) > 0; i++) {
        kill(pid, SIGKILL);
        waitpid(pid, NULL, 0);
    }
}
