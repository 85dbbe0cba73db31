/* asyncio.start_server(): a task for each connection. */
#include "async/loop/argument.h"
#include "async/loop/circle.h"
#include "async/loop/part.h"
#include "async/net/server_core.h"
#include "async/stream/stream_core.h"

#include <stdlib.h>

/* The connections of one server share this. The server holds it, and so does each
 * connection until its handler has ended. */
struct async_stream_server {
    size_t references;
    async_client_connected *handler;
    void *argument;
    struct async_loop *loop;
    size_t limit;
    const char *name;
    const char *file;
    int line;
};

static void release_shared(void *argument) {
    struct async_stream_server *server = argument;
    if (--server->references == 0) {
        free(server);
    }
}

static void release_accepted(struct async_stream *stream) {
    async_node_remove(&stream->accepted);
    async_node_remove(&stream->unbegun);
    release_shared(stream->owner);
    async_stream_release(stream);
}

/* A stream whose handler has not begun belongs to no task: if the loop is closed before
 * that, the stream is released here. */
static void release_with_loop(struct async_node *member) {
    release_accepted(ASYNC_OF(member, struct async_stream, accepted));
}

static bool add_accepted(struct async_stream *stream) {
    struct async_node *all = async_part_list(stream->loop, release_with_loop, NULL);
    if (all) {
        async_circle_append(all, &stream->accepted);
    }
    return all != NULL;
}

/* The handler's task ended without having begun: it was cancelled. */
static void run_unbegun(struct async_node *node) {
    release_accepted(ASYNC_OF(node, struct async_stream, unbegun));
}

static bool run_handler(void *argument, void **value, struct async_error *error) {
    struct async_stream *stream = argument;
    struct async_stream_server *server = stream->owner;
    (void)value;
    async_node_remove(&stream->accepted);
    async_node_remove(&stream->unbegun);
    bool ok =
        server->handler(&stream->reader, &stream->writer, server->argument, error);
    release_shared(server);
    async_stream_release(stream);
    return ok;
}

static void serve(void *owner, struct async_stream *stream) {
    const struct async_stream_server *server = owner;
    struct async_awaitable *task = async_loop_create_task(
        stream->loop, async_coroutine_at(run_handler, stream, 0, server->name,
                                         server->file, server->line));
    if (task) {
        stream->unbegun.run = run_unbegun;
        async_future_watch(task, &stream->unbegun);
        async_release(task);
    } else {
        async_transport_abort(stream->transport);
        release_accepted(stream);
    }
}

static void *new_stream(void *argument) {
    struct async_stream_server *server = argument;
    struct async_stream *stream = async_stream_new(server->loop, server->limit, NULL);
    if (stream && !add_accepted(stream)) {
        async_stream_release(stream);
        return NULL;
    }
    if (stream) {
        async_stream_join(stream);
        server->references++;
        stream->owner = server;
        stream->on_made = serve;
    }
    return stream;
}

bool async_start_server_at(async_client_connected *handler, void *argument,
                           const char *host, int port,
                           const struct async_server_options *options,
                           struct async_server **server, struct async_error *error,
                           const char *name, const char *file, int line) {
    if (options && !async_argument_size("limit", options->limit, error)) {
        return false;
    }
    struct async_loop *loop = async_need_running_loop(error);
    struct async_stream_server *shared = loop ? malloc(sizeof *shared) : NULL;
    if (!shared) {
        return loop &&
               async_fail_with(error, ASYNC_NO_MEMORY, "out of memory for a server");
    }
    *shared = (struct async_stream_server){
        .references = 1,
        .handler = handler,
        .argument = argument,
        .loop = loop,
        .limit = options ? options->limit : 0,
        .name = name,
        .file = file,
        .line = line,
    };
    return async_server_open(host, port, options, &async_stream_protocol, new_stream,
                             shared, release_shared, server, error);
}
