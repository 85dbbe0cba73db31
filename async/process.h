/* Subprocesses, as `asyncio.create_subprocess_exec()` runs them: without a shell. Tasks
 * read and write their standard streams, and wait for their end.
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

#ifdef __cplusplus
extern "C" {
#endif

struct async_process;

/* The place to which a standard stream of the process leads. */
enum async_redirection {
    ASYNC_INHERIT, /* to the same place as this program's stream */
    ASYNC_PIPE,    /* to this program, as a reader or a writer */
    ASYNC_DEVNULL, /* to /dev/null */
    ASYNC_STDOUT,  /* standard error only: to the same place as its output */
};

/* A zeroed struct leaves everything as it is in this program. */
struct async_process_options {
    enum async_redirection standard_input;
    enum async_redirection standard_output;
    enum async_redirection standard_error;
    const char *directory;          /* to run in; NULL: the current one */
    const char *const *environment; /* "NAME=value", ends with NULL; NULL: ours */
    size_t limit;                   /* of its readers, see stream.h; 0: 64 KiB */
    bool start_new_session;         /* setsid() */
};

/* Looks `argv[0]` up in PATH and starts it. The child has no descriptors but its
 * standard streams, and its signals are set to their defaults. argv and options are
 * read during the call; options may be NULL, which leaves everything as it is in this
 * program. The caller releases the process. If the call fails, no program is left
 * running. Fails with ASYNC_SYSTEM (ENOENT, EACCES, ...), or with
 * ASYNC_INVALID_ARGUMENT if argv is empty, a redirection does not exist, ASYNC_STDOUT
 * stands for input or output, or the limit is a negative number. */
bool async_create_subprocess_exec(const char *const argv[],
                                  const struct async_process_options *options,
                                  struct async_process **process,
                                  struct async_error *error);

/* `process.stdin`, `.stdout`, `.stderr`: borrowed until the process is released; NULL
 * if the stream is not a pipe. */
struct async_writer *async_process_stdin(struct async_process *process);
struct async_reader *async_process_stdout(struct async_process *process);
struct async_reader *async_process_stderr(struct async_process *process);

pid_t async_process_pid(const struct async_process *process);

/* `process.returncode`: returns false if the process still runs. *code (`code` may be
 * NULL) is its exit code; -N if signal N ended it; 255 if other code in this program
 * has already waited for it, because then its exit code is lost. */
bool async_process_returncode(const struct async_process *process, int *code);

/* `await process.wait()`: returns at once if the process has ended; else waits until it
 * has ended and its pipes are closed. As in asyncio, it may wait for ever if its output
 * is not read. `code` may be NULL. If the task is cancelled (ASYNC_CANCELLED), the
 * process goes on. */
bool async_process_wait(struct async_process *process, int *code,
                        struct async_error *error);

/* `await process.communicate(input)`: sends the input and closes stdin (`input` NULL
 * leaves stdin alone), reads both outputs to their ends if they are pipes, and waits
 * for the process. The data replaces what is in *output and *errors; both pointers may
 * be NULL. It is no failure if the program does not read its input. Fails with
 * ASYNC_INVALID_ARGUMENT if there is input but stdin is not a pipe, and as
 * async_reader_read() does. */
bool async_process_communicate(struct async_process *process, const void *input,
                               size_t input_bytes, struct async_bytes *output,
                               struct async_bytes *errors, struct async_error *error);

/* `process.send_signal()`, `.terminate()`, `.kill()`. Fail with ASYNC_SYSTEM and ESRCH
 * if the process has ended and its pipes are closed, or EINVAL if no signal has that
 * number. */
bool async_process_send_signal(struct async_process *process, int number,
                               struct async_error *error);
bool async_process_terminate(struct async_process *process, struct async_error *error);
bool async_process_kill(struct async_process *process, struct async_error *error);

/* Frees it with its streams. A process that still runs is killed, and the loop waits
 * for it, so that no zombie is left. NULL is left alone. */
void async_process_release(struct async_process *process);

#ifdef __cplusplus
}
#endif

#endif
