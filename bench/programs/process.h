/* A child process: starts a program, reads its output, waits for it with a deadline,
 * and never leaves it running. */
#ifndef SIMUL_BENCH_PROGRAMS_PROCESS_H
#define SIMUL_BENCH_PROGRAMS_PROCESS_H

#include "base/error.h"
#include "bench/programs/transcript.h"

#include <stddef.h>
#include <stdint.h>
#include <sys/resource.h>
#include <sys/types.h>

#define PROCESS_STDERR_BYTES 4096
#define PROCESS_LINES        6
#define PROCESS_LINE_BYTES   200

enum process_end {
    PROCESS_EXITED,
    PROCESS_TIMED_OUT, /* the deadline came first; the process still runs */
    /* a signal came first (bench/programs/interrupt.h); the process still runs */
    PROCESS_INTERRUPTED,
};

/* A zeroed process is closed. */
struct process {
    pid_t pid;  /* also its process group; 0: not started, or already reaped */
    int end_fd; /* readable when it has ended */
    int out_fd; /* -1: its stdout goes elsewhere, or has been read to its end */
    int err_fd;
    int status;          /* as from wait(2), once it has exited */
    int64_t ended_ns;    /* when its exit was seen, on clock_now_ns() */
    struct rusage usage; /* of it and its children, once it has exited */
    char *out;           /* its stdout so far, ended with a zero byte; owned */
    size_t out_bytes;
    size_t most_out_bytes;              /* its stdout is cut after so many bytes */
    char err[PROCESS_STDERR_BYTES + 1]; /* the end of its stderr */
    size_t err_bytes;
    struct transcript transcript; /* of its whole stderr */
};

struct process_plan {
    const char *const *argv;  /* argv[0] is a path, or a name for PATH */
    const char *folder;       /* its working directory; NULL: ours */
    char *const *environment; /* "NAME=value"s, NULL-terminated; NULL: ours */
    int stdout_fd;            /* its stdout; -1: process.out collects it */
    /* a file for its stderr (transcript.h); lives until process_close(); NULL: none */
    const char *stderr_path;
    int cgroup_fds[2];       /* open cgroup.procs files of groups to enter; -1: none */
    size_t most_out_bytes;   /* 0: 64 MiB */
    int64_t most_file_bytes; /* limit for each file that it writes; 0: none */
};

/* Starts the program in a process group of its own, with stdin from /dev/null. If this
 * thread dies, the kernel ends it, and the guard (guard.h) ends what it has started.
 * Fails if it can't be executed. Call process_close() in any case. */
bool process_start(struct process *process, const struct process_plan *plan,
                   struct error *error);

/* Reads its output until it has exited, until the deadline (on clock_now_ns()), or
 * until a signal. */
enum process_end process_wait(struct process *process, int64_t deadline_ns);

/* A function that the waiting thread calls now and then. `look` returns when it is to
 * be called next, on clock_now_ns(). */
struct process_watch {
    int64_t (*look)(void *context);
    void *context;
};

/* As process_wait(); `watch` may be NULL. */
enum process_end process_wait_watched(struct process *process, int64_t deadline_ns,
                                      const struct process_watch *watch);

/* As process_wait(), but also ends when its stdout holds a whole line, and then returns
 * PROCESS_EXITED. */
enum process_end process_wait_line(struct process *process, int64_t deadline_ns);

/* True if it has exited with code 0. */
bool process_succeeded(const struct process *process);

/* Writes how it ended: "exit code 3", "killed by signal 9 (Killed)". */
void process_explain(const struct process *process, char *text, size_t bytes);

/* The last line of its stderr, made valid by utf8_mend(); "" if it printed none. */
void process_last_line(const struct process *process, char *text, size_t bytes);

/* The last lines of its stderr without empty ones, the oldest first, each made valid by
 * utf8_mend(). */
struct process_lines {
    char list[PROCESS_LINES][PROCESS_LINE_BYTES];
    size_t count;
};
void process_last_lines(const struct process *process, struct process_lines *lines);

/* Sends a signal to its process group: to it and to the processes that it started. */
void process_signal(const struct process *process, int number);

/* Kills the process group if the process still runs, reaps it, and frees. */
void process_close(struct process *process);

/* From now on a process that a program leaves behind, in another group or session too,
 * becomes a child of this process, so that process_end_strays() finds it. Does nothing
 * if this process has children already: it inherited them, and they are not ours to
 * end. */
void process_adopt_strays(void);

/* Kills and reaps every child but the guard. Call it only while no struct process is
 * open. Does nothing before process_adopt_strays(). */
void process_end_strays(void);

#endif
