/* Subprocesses: pipes, ends, signals. */
#include "tests/async/pairs/pair.h"

#include <errno.h>

#define ARGUMENTS(...) ((const char *const[]){__VA_ARGS__, NULL})

static const struct async_process_options pipes = {
    .standard_input = ASYNC_PIPE,
    .standard_output = ASYNC_PIPE,
    .standard_error = ASYNC_PIPE,
};

static int code_of(const struct async_process *process) {
    int code = -1000;
    async_process_returncode(process, &code);
    return code;
}

PAIR(processes, communicate_gives_both_outputs_and_the_end) {
    struct async_process *process;
    struct async_bytes output = {.data = NULL};
    struct async_bytes errors = {.data = NULL};
    int code;
    if (!async_create_subprocess_exec(
            ARGUMENTS("sh", "-c", "sort; echo done >&2; exit 3"), &pipes, &process,
            error)) {
        return false;
    }
    trace("running %d", !async_process_returncode(process, &code));
    bool ok = async_process_communicate(process, "b\na\n", 4, &output, &errors, error);
    trace("output %s errors %s", output.data, errors.data);
    trace("code %d", code_of(process));
    ok = ok && async_process_wait(process, &code, error);
    trace("wait %d", code);
    async_process_release(process);
    async_bytes_free(&output);
    async_bytes_free(&errors);
    return ok;
}

PAIR(processes, a_program_that_does_not_read_its_input_is_no_failure) {
    static const char much[1 << 20];
    struct async_process *process;
    struct async_bytes output = {.data = NULL};
    bool ok =
        async_create_subprocess_exec(ARGUMENTS("true"), &pipes, &process, error) &&
        async_process_communicate(process, much, sizeof much, &output, NULL, error);
    trace("code %d %zu", code_of(process), output.count);
    async_process_release(process);
    async_bytes_free(&output);
    return ok;
}

PAIR(processes, a_signal_is_a_negative_exit_code) {
    struct async_process *process;
    int code = 0;
    if (!async_create_subprocess_exec(ARGUMENTS("sleep", "1000"), NULL, &process,
                                      error)) {
        return false;
    }
    trace("stdin %d", async_process_stdin(process) != NULL);
    bool ok = async_process_terminate(process, error) &&
              async_process_wait(process, &code, error);
    trace("code %d", code);
    if (!async_process_kill(process, error) && error->code == ESRCH) {
        trace("no such process");
        async_error_clear(error);
    }
    async_process_release(process);
    return ok;
}

PAIR(processes, a_program_that_cannot_be_started_fails_with_errno) {
    const char *programs[] = {"/no/such/program", "/etc/passwd"};
    struct async_process *process;
    for (int i = 0; i < 2; i++) {
        if (!async_create_subprocess_exec(ARGUMENTS(programs[i]), &pipes, &process,
                                          error)) {
            trace("%s %d", async_error_name(error->kind), error->code);
            async_error_clear(error);
        }
    }
    return true;
}

PAIR(processes, its_pipes_are_streams) {
    struct async_process *process;
    struct async_bytes bytes = {.data = NULL};
    const char *words[] = {"one\n", "two\n"};
    int code = -1;
    bool ok = async_create_subprocess_exec(ARGUMENTS("cat"), &pipes, &process, error);
    struct async_writer *to = async_process_stdin(process);
    struct async_reader *from = async_process_stdout(process);
    for (int i = 0; i < 2 && ok; i++) {
        ok = async_writer_write(to, words[i], 4, error) &&
             async_writer_drain(to, error) &&
             async_reader_readline(from, &bytes, error);
        trace("line %s", bytes.data);
    }
    async_writer_close(to);
    ok = ok && async_writer_wait_closed(to, error);
    trace("closed");
    ok = ok && async_reader_read(from, ASYNC_TO_EOF, &bytes, error);
    trace("rest %zu %d", bytes.count, async_reader_at_eof(from));
    ok = ok && async_process_wait(process, &code, error);
    trace("code %d", code);
    async_process_release(process);
    async_bytes_free(&bytes);
    return ok;
}

ACTOR(wait_for_it) {
    return async_process_wait(self->thing, NULL, error);
}

PAIR(processes, waiting_may_be_cancelled_and_repeated) {
    struct async_process *process;
    int code = -1;
    bool ok = async_create_subprocess_exec(ARGUMENTS("cat"), &pipes, &process, error);
    if (!async_wait_for(AS(wait_for_it, "a", process), NS_PER_S, NULL, error)) {
        trace("%s, running %d", async_error_name(error->kind),
              !async_process_returncode(process, &code));
        async_error_clear(error);
    }
    ok = ok && async_process_kill(process, error) &&
         async_process_wait(process, &code, error);
    trace("code %d", code);
    async_process_release(process);
    return ok;
}
