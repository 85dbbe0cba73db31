/* The life of a program beside the loop: base_subprocess.py and subprocess.py in one. A
 * process is finished when the program has ended and its pipes are closed. */
#include "async/loop/circle.h"
#include "async/loop/part.h"
#include "async/process/spawn.h"
#include "async/stream/stream_core.h"
#include "async/sync/line.h"
#include "async/waiting.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

struct async_process {
    uint32_t references; /* the caller's, and one until it is finished */
    struct async_loop *loop;
    pid_t pid;
    int end_fd;
    struct async_watcher *watcher;
    struct async_stream *streams[3];  /* NULL: not a pipe */
    struct async_transport *pipes[3]; /* NULL: not opened, or closed */
    bool is_released;
    bool is_ended;
    bool is_finished;
    int code;
    struct async_line waiting;
    struct async_node finish;
    struct async_node member; /* of the loop's processes */
};

static void drop_reference(struct async_process *process) {
    if (--process->references == 0) {
        free(process);
    }
}

/* -- The end ----------------------------------------------------------------------- */

static void run_finish(struct async_node *node) {
    struct async_process *process = ASYNC_OF(node, struct async_process, finish);
    while (async_line_wake(&process->waiting)) {
    }
    async_node_remove(&process->member);
    drop_reference(process);
}

static void try_finish(struct async_process *process) {
    if (!process->is_ended || process->is_finished) {
        return;
    }
    if (!process->pipes[1] && !process->pipes[2]) {
        if (process->pipes[0]) { /* no process reads it any more */
            async_transport_close(process->pipes[0]);
            return;
        }
        process->is_finished = true;
        async_loop_enqueue(process->loop, &process->finish);
    }
}

static void on_pipe_lost(void *owner, struct async_stream *stream) {
    struct async_process *process = owner;
    for (int i = 0; i < 3; i++) {
        if (process->streams[i] == stream) {
            process->pipes[i] = NULL;
            process->streams[i] = process->is_released ? NULL : stream;
        }
    }
    try_finish(process);
}

/* Takes the exit status of a program that has ended. */
static void reap(struct async_process *process, int options) {
    int status;
    pid_t pid = waitpid(process->pid, &status, options);
    if (pid == 0) {
        return;
    }
    process->is_ended = true;
    if (pid < 0) {
        process->code = 255; /* other code has taken it: asyncio's answer then */
    } else {
        process->code = WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status);
    }
    async_watcher_close(process->watcher);
    close(process->end_fd);
    process->watcher = NULL;
    process->end_fd = -1;
}

static void end_ready(void *argument) {
    struct async_process *process = argument;
    reap(process, WNOHANG);
    try_finish(process);
}

static void end_with_loop(struct async_node *member) {
    struct async_process *process = ASYNC_OF(member, struct async_process, member);
    if (!process->is_ended) {
        kill(process->pid, SIGKILL);
        reap(process, 0);
    }
    for (int i = 0; i < 3; i++) {
        if (process->streams[i]) {
            process->streams[i]->on_lost = NULL;
        }
    }
    process->is_finished = true;
    async_node_remove(&process->finish);
    drop_reference(process);
}

/* -- The beginning ----------------------------------------------------------------- */

static bool open_pipe(struct async_process *process, int index, int fd, size_t limit,
                      struct async_error *error) {
    struct async_stream *stream = async_stream_new(process->loop, limit, error);
    if (!stream) {
        close(fd);
        return false;
    }
    process->streams[index] = stream;
    stream->on_lost = on_pipe_lost;
    stream->owner = process;
    if (index == 0) {
        stream->writer.reader = NULL;
    }
    process->pipes[index] = async_transport_open(
        index == 0 ? &async_write_pipe_transport : &async_read_pipe_transport,
        process->loop, fd, &async_stream_protocol, stream, NULL, error);
    return process->pipes[index] != NULL;
}

/* Opens the pipes of a started program and watches it, or kills it. */
static bool adopt(struct async_process *process, const struct async_spawned *spawned,
                  size_t limit, struct async_error *error) {
    bool ok = true;
    process->pid = spawned->pid;
    process->end_fd = spawned->end_fd;
    for (int i = 0; i < 3; i++) {
        int fd = spawned->pipe_fd[i];
        if (fd >= 0 && ok) {
            ok = open_pipe(process, i, fd, limit, error);
        } else if (fd >= 0) {
            close(fd);
        }
    }
    if (ok) {
        process->watcher =
            async_watcher_open(process->loop, process->end_fd, process, error);
    }
    if (!process->watcher) {
        kill(process->pid, SIGKILL);
        reap(process, 0);
        try_finish(process);
        return false;
    }
    async_watcher_read(process->watcher, end_ready);
    return true;
}

bool async_create_subprocess_exec(const char *const argv[],
                                  const struct async_process_options *options,
                                  struct async_process **process,
                                  struct async_error *error) {
    static const struct async_process_options defaults;
    options = options ? options : &defaults;
    struct async_awaitable *task =
        async_need_current_task("async_create_subprocess_exec()", error);
    struct async_node *all =
        task ? async_part_list(task->loop, end_with_loop, error) : NULL;
    struct async_process *started = all ? calloc(1, sizeof *started) : NULL;
    if (!started) {
        return all &&
               async_fail_with(error, ASYNC_NO_MEMORY, "out of memory for a process");
    }
    *started = (struct async_process){
        .references = 2, .loop = task->loop, .finish.run = run_finish, .end_fd = -1};
    struct async_spawned spawned;
    if (!async_spawn(argv, options, &spawned, error)) {
        free(started);
        return false;
    }
    async_circle_append(all, &started->member);
    bool ok = adopt(started, &spawned, options->limit, error) &&
              async_sleep(0, error); /* now the pipes are connected */
    if (ok) {
        *process = started;
    } else {
        async_process_release(started);
    }
    return ok;
}

/* -- Questions and signals --------------------------------------------------------- */

struct async_writer *async_process_stdin(struct async_process *process) {
    return process->streams[0] ? &process->streams[0]->writer : NULL;
}

struct async_reader *async_process_stdout(struct async_process *process) {
    return process->streams[1] ? &process->streams[1]->reader : NULL;
}

struct async_reader *async_process_stderr(struct async_process *process) {
    return process->streams[2] ? &process->streams[2]->reader : NULL;
}

pid_t async_process_pid(const struct async_process *process) {
    return process->pid;
}

bool async_process_returncode(const struct async_process *process, int *code) {
    if (process->is_ended && code) {
        *code = process->code;
    }
    return process->is_ended;
}

bool async_process_wait(struct async_process *process, int *code,
                        struct async_error *error) {
    bool is_woken;
    process->references++;
    bool ok = process->is_ended ||
              async_line_wait(&process->waiting, "process.wait", &is_woken, error);
    if (ok && code) {
        *code = process->code;
    }
    drop_reference(process);
    return ok;
}

/* Until its exit status is taken, no other process can have its number. */
bool async_process_send_signal(struct async_process *process, int number,
                               struct async_error *error) {
    if (process->is_finished) {
        return async_fail_system(error, ESRCH, "send_signal");
    }
    if (!process->is_ended && kill(process->pid, number) != 0) {
        return async_fail_system(error, errno, "send_signal");
    }
    return true;
}

bool async_process_terminate(struct async_process *process, struct async_error *error) {
    return async_process_send_signal(process, SIGTERM, error);
}

bool async_process_kill(struct async_process *process, struct async_error *error) {
    return async_process_send_signal(process, SIGKILL, error);
}

void async_process_release(struct async_process *process) {
    if (!process) {
        return;
    }
    if (!process->is_ended) {
        kill(process->pid, SIGKILL);
    }
    process->is_released = true;
    for (int i = 0; i < 3; i++) {
        struct async_stream *stream = process->streams[i];
        if (process->pipes[i] && !stream->transport) { /* it is not connected yet */
            async_transport_lose(process->pipes[i]);
            process->pipes[i] = NULL;
        } else if (process->pipes[i]) {
            async_transport_abort(process->pipes[i]);
        }
        process->streams[i] = process->pipes[i] ? stream : NULL;
        if (stream) {
            async_stream_release(stream);
        }
    }
    try_finish(process);
    drop_reference(process);
}
