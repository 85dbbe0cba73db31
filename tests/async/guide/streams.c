/* docs/async/guide.md: a TCP server and its client. */
#include <simul/async.h>

static bool echo(struct async_reader *reader, struct async_writer *writer,
                 void *argument, struct async_error *error) {
    struct async_bytes line = {0};
    bool ok;
    while ((ok = async_reader_readline(reader, &line, error)) && line.count > 0) {
        async_writer_write(writer, line.data, line.count, NULL);
        if (!(ok = async_writer_drain(writer, error))) {
            break;
        }
    }
    async_bytes_free(&line);
    return ok; /* then the library closes the writer */
}

static bool ask(int port, struct async_error *error) {
    struct async_reader *reader;
    struct async_writer *writer;
    if (!async_open_connection("127.0.0.1", port, 0, &reader, &writer, error)) {
        return false;
    }
    struct async_bytes line = {0};
    bool ok = async_writer_write(writer, "hello\n", 6, error) &&
              async_writer_drain(writer, error) &&
              async_reader_readline(reader, &line, error);
    if (ok) {
        printf("echo: %s", line.data);
    }
    async_bytes_free(&line);
    async_writer_release(writer); /* closes the connection */
    return ok;
}

static bool program(void *argument, void **value, struct async_error *error) {
    struct async_server *server;
    if (!async_start_server(echo, NULL, "127.0.0.1", 0, NULL, &server, error)) {
        return false;
    }
    bool ok = ask(async_server_get_port(server), error);
    async_server_close(server);
    ok = ok && async_server_wait_closed(server, error);
    async_server_release(server);
    return ok;
}

int main(void) {
    struct async_error error = {0};
    if (!async_run(async_coroutine(program, NULL), NULL, &error)) {
        fprintf(stderr, "%s: %s\n", async_error_name(error.kind), error.message);
        return 1;
    }
    return 0;
}
