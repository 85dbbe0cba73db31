/* process.communicate(): all the input and output of a program in one call. */
#include "async/process.h"
#include "async/stream/stream_core.h"

/* Lifts the limit, so that both outputs arrive side by side without a task for each: no
 * transport is paused. */
static void let_in_all(struct async_reader *reader) {
    if (reader) {
        reader->limit = SIZE_MAX / 4;
    }
}

static bool read_all(struct async_reader *reader, struct async_bytes *bytes,
                     struct async_error *error) {
    struct async_bytes unwanted = {.data = NULL};
    bool ok = !reader ||
              async_reader_read(reader, ASYNC_TO_EOF, bytes ? bytes : &unwanted, error);
    async_bytes_free(&unwanted);
    return ok;
}

bool async_process_communicate(struct async_process *process, const void *input,
                               size_t input_bytes, struct async_bytes *output,
                               struct async_bytes *errors, struct async_error *error) {
    struct async_writer *to = async_process_stdin(process);
    if (input && !to) {
        return async_fail_with(error, ASYNC_INVALID_ARGUMENT,
                               "the process has no pipe for this input; set "
                               "standard_input to ASYNC_PIPE");
    }
    /* async_writer_close() still sends the rest. It is no error if the program does not
     * read it. */
    if (input) {
        if (!async_writer_write(to, input, input_bytes, error)) {
            return false;
        }
        async_writer_close(to);
    }
    let_in_all(async_process_stdout(process));
    let_in_all(async_process_stderr(process));
    return read_all(async_process_stdout(process), output, error) &&
           read_all(async_process_stderr(process), errors, error) &&
           async_process_wait(process, NULL, error);
}
