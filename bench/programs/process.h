/* A program that is run for us: started, read, waited for with a deadline,
 * and never left behind. */
#ifndef SIMUL_BENCH_PROGRAMS_PROCESS_H
#define SIMUL_BENCH_PROGRAMS_PROCESS_H

#include "base/error.h"

#include <stddef.h>
#include <stdint.h>
#include <sys/resource.h>
#include <sys/types.h>

#define PROCESS_STDERR_BYTES 4096

enum process_end {
    PROCESS_EXITED,
    PROCESS_TIMED_OUT,   /* the deadline came first; it still runs */
    PROCESS_INTERRUPTED, /* bench/programs/interrupt.h's signal came first; it still
                            runs */
};

/* Zeroed: closed. */
struct process {
    pid_t pid;  /* 0: not started or already reaped; also its process group */
    int end_fd; /* readable when it has ended */
    int out_fd; /* -1: its stdout went elsewhere, or is at its end */
    int err_fd;
    int status;          /* wait(2)'s, once it has exited */
    struct rusage usage; /* of it and its children, once it has exited */
    char *out;           /* what it printed so far, ended with a zero byte; owned */
    size_t out_bytes;
    size_t most_out_bytes;              /* beyond that its stdout is cut */
    char err[PROCESS_STDERR_BYTES + 1]; /* the end of its stderr */
    size_t err_bytes;
};

struct process_plan {
    const char *const *argv;  /* argv[0] is a path, or a name for PATH */
    const char *folder;       /* where it works; NULL: where we do */
    char *const *environment; /* "NAME=value"s, NULL-terminated; NULL: ours */
    int stdout_fd;            /* where its stdout goes; -1: into process.out */
    int cgroup_fds[2];        /* open cgroup.procs files that it enters; -1: none */
    size_t most_out_bytes;    /* 0: 64 MiB */
    int64_t most_file_bytes;  /* no file that it writes grows beyond; 0: no limit */
};

/* Starts it in a process group of its own, with stdin from /dev/null; the kernel
 * ends it when this thread dies. Fails where it can't be executed.
 * process_close() in any case. */
bool process_start(struct process *process, const struct process_plan *plan,
                   struct error *error);

/* Reads its output until it has exited, the deadline (on
 * clock_now_ns()) or a signal. */
enum process_end process_wait(struct process *process, int64_t deadline_ns);

/* Who looks on while a process is waited for; called now and then by the waiting
 * thread. `look` returns when it is to be called next, on clock_now_ns(). */
struct process_watch {
    int64_t (*look)(void *context);
    void *context;
};

/* As process_wait(); `watch` may be NULL. */
enum process_end process_wait_watched(struct process *process, int64_t deadline_ns,
                                      const struct process_watch *watch);

/* As process_wait(), but also ends (as PROCESS_EXITED) when its
 * stdout holds a whole line. */
enum process_end process_wait_line(struct process *process, int64_t deadline_ns);

/* It has exited, with code 0. */
bool process_succeeded(const struct process *process);

/* Says in words how it ended: "exit code 3", "killed by signal 9 (Killed)". */
void process_explain(const struct process *process, char *text, size_t bytes);

/* The last line of its stderr, as utf8_mend() leaves it; "" where it printed none. */
void process_last_line(const struct process *process, char *text, size_t bytes);

/* Sends a signal to it and all that it started. */
void process_signal(const struct process *process, int number);

/* Kills what still runs, reaps it, frees. */
void process_close(struct process *process);

/* From now on whatever a program leaves behind in another group or session becomes this
 * process's own child, so that process_end_strays() finds it. Not where it has children
 * already: they are somebody else's. */
void process_adopt_strays(void);

/* Kills and reaps every child; for when no process of ours is open. Does nothing before
 * process_adopt_strays(). */
void process_end_strays(void);

#endif
