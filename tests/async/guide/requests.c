/* docs/async/guide.md: an HTTP request. */
#include <simul/async.h>
#include <simul/http.h>

static bool answer(struct async_reader *reader, struct async_writer *writer,
                   void *argument, struct async_error *error) {
    static const char text[] = "HTTP/1.0 404 Not Found\r\nX-Cook: Anna\r\n\r\nno soup";
    struct async_bytes request = {0};
    bool ok = async_reader_readuntil(reader, "\r\n\r\n", 4, &request, error) &&
              async_writer_write(writer, text, sizeof text - 1, error);
    async_bytes_free(&request);
    return ok;
}

static bool fetch(const char *url, struct async_error *error) {
    struct async_http_response response = {0};
    struct async_http_options options = {.timeout_ns = 10 * NS_PER_S};
    bool ok = async_http_get(url, &options, &response, error);
    if (ok) { /* an answer with any status is a success */
        size_t length;
        const char *cook = async_http_header(&response, "x-cook", &length);
        printf("%d %s\n", response.status, response.body.data);
        printf("cook: %.*s\n", (int)length, cook);
    }
    async_http_response_free(&response);
    return ok;
}

static bool program(void *argument, void **value, struct async_error *error) {
    struct async_server *server;
    char url[100];
    if (!async_start_server(answer, NULL, "127.0.0.1", 0, NULL, &server, error)) {
        return false;
    }
    snprintf(url, sizeof url, "http://127.0.0.1:%d/", async_server_get_port(server));
    bool ok = fetch(url, error);
    async_server_close(server);
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
