/* Other programs, as `asyncio.create_subprocess_exec()` runs them: without a shell,
 * their standard streams as streams of tasks, their end as something to wait for.
 *
 *   struct async_process *process;
 *   if (!async_create_subprocess_exec((const char *[]){"sort", "-u", NULL},
 *                                     &(struct async_process_options){
 *                                         .standard_input = ASYNC_PIPE,
 *                                         .standard_output = ASYNC_PIPE},
 *                                     &process, error)) return false;
 *   bool ok = async_process_communicate(process, text, length, &output, NULL, error);
 *   async_process_release(process);
 */
#ifndef SIMUL_ASYNC_PROCESS_H
#define SIMUL_ASYNC_PROCESS_H

#include "async/stream.h"

#include <sys/types.h>

struct async_process;

/* What one of its standard streams is. */
enum async_redirection {
    ASYNC_INHERIT, /* this program's own */
    ASYNC_PIPE,    /* a stream to it or from it */
    ASYNC_DEVNULL, /* nothing, /dev/null */
    ASYNC_STDOUT,  /* standard error: where its output goes */
};

/* Zeroed: everything as this program has it. */
struct async_process_options {
    enum async_redirection standard_input;
    enum async_redirection standard_output;
    enum async_redirection standard_error;
    const char *directory;          /* to run in; NULL: this one */
    const char *const *environment; /* "NAME=value", NULL at the end; NULL: as here */
    size_t limit;                   /* of its streams, see stream.h; 0: 64 KiB */
    bool start_new_session;         /* setsid() */
};

/* Looks argv[0] up in PATH and starts it; descriptors but the standard three are closed
 * in it, signals do what they do by default. argv and options are read during the call
 * (options NULL: everything as this program has it). The process is released by the
 * caller. Nothing was started: ASYNC_SYSTEM: ENOENT, EACCES, ...;
 * ASYNC_INVALID_ARGUMENT: argv is empty. */
bool async_create_subprocess_exec(const char *const argv[],
                                  const struct async_process_options *options,
                                  struct async_process **process,
                                  struct async_error *error);

/* `process.stdin`, `.stdout`, `.stderr`: borrowed until the process is released; NULL:
 * not a pipe. */
struct async_writer *async_process_stdin(struct async_process *process);
struct async_reader *async_process_stdout(struct async_process *process);
struct async_reader *async_process_stderr(struct async_process *process);

pid_t async_process_pid(const struct async_process *process);

/* `process.returncode`: false: it runs still. *code (may be NULL) is what it exited
 * with; -N: signal N ended it; 255: somebody else has buried it, and nobody knows. */
bool async_process_returncode(const struct async_process *process, int *code);

/* `await process.wait()`: until it has ended and all its pipes have: read them, or it
 * may wait for ever, as asyncio's does. `code` may be NULL. ASYNC_CANCELLED: it goes
 * on. */
bool async_process_wait(struct async_process *process, int *code,
                        struct async_error *error);

/* `await process.communicate(input)`: sends all of the input (NULL: leaves stdin alone)
 * and closes stdin, reads both outputs to their ends (where they are pipes), and waits.
 * `output` and `errors` may be NULL; they are replaced. A program that does not read
 * its input is no failure. */
bool async_process_communicate(struct async_process *process, const void *input,
                               size_t input_bytes, struct async_bytes *output,
                               struct async_bytes *errors, struct async_error *error);

/* `process.send_signal()`, `.terminate()`, `.kill()`. ASYNC_SYSTEM with ESRCH: it has
 * ended. */
bool async_process_send_signal(struct async_process *process, int number,
                               struct async_error *error);
bool async_process_terminate(struct async_process *process, struct async_error *error);
bool async_process_kill(struct async_process *process, struct async_error *error);

/* Gives it back with its streams. One that runs still is killed; the loop buries it.
 * NULL is left alone. */
void async_process_release(struct async_process *process);

#endif
