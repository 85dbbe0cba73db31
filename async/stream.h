/* TCP streams: connections that tasks read and write, instead of a protocol with
 * callbacks.
 *
 *   struct async_reader *reader;
 *   struct async_writer *writer;
 *   if (!async_open_connection("127.0.0.1", 8080, 0, &reader, &writer, error)) ...
 *   struct async_bytes line = {0};
 *   bool ok = async_writer_write(writer, "ping\n", 5, error) &&
 *             async_writer_drain(writer, error) &&
 *             async_reader_readline(reader, &line, error);
 *   async_bytes_free(&line);
 *   async_writer_release(writer);
 *
 * Reader and writer are two views of one stream. Both live until the writer is
 * released; then no task may still wait in either of them. */
#ifndef SIMUL_ASYNC_STREAM_H
#define SIMUL_ASYNC_STREAM_H

#include "async/bytes.h"
#include "async/server.h"

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

struct async_reader;
struct async_writer;

/* -- Connections ------------------------------------------------------------------- */

/* `asyncio.open_connection()`. The caller releases the writer, which ends the reader
 * too; `reader` may be NULL if the caller does not read. `limit` is the longest line in
 * bytes (0: 64 KiB); if there is more than twice as much unread data, the peer has to
 * wait. Fails as async_create_connection() does, and with ASYNC_INVALID_ARGUMENT
 * (ValueError) if the limit is a negative number. */
bool async_open_connection(const char *host, int port, size_t limit,
                           struct async_reader **reader, struct async_writer **writer,
                           struct async_error *error);

/* The same over a connected socket, which is given away, even if the call fails. */
bool async_open_connection_socket(int fd, size_t limit, struct async_reader **reader,
                                  struct async_writer **writer,
                                  struct async_error *error);

/* What a server does with each connection, in a task of its own. When it returns, the
 * writer is released: unsent data is still sent, and the connection closed. Retain the
 * writer to keep the connection longer. If it fails, the error is reported as the error
 * of any task that is not awaited. */
typedef bool async_client_connected(struct async_reader *reader,
                                    struct async_writer *writer, void *argument,
                                    struct async_error *error);

/* `asyncio.start_server()`: as async_create_server(). The argument stays the caller's
 * and has to live as long as handlers run. Fails as async_create_server() does, and with
 * ASYNC_INVALID_ARGUMENT if the limit in `options` is a negative number. */
#define async_start_server(handler, argument, host, port, options, server, error)      \
    async_start_server_at((handler), (argument), (host), (port), (options), (server),  \
                          (error), #handler, __FILE__, __LINE__)
bool async_start_server_at(async_client_connected *handler, void *argument,
                           const char *host, int port,
                           const struct async_server_options *options,
                           struct async_server **server, struct async_error *error,
                           const char *name, const char *file, int line);

/* -- Reading ----------------------------------------------------------------------- */

#define ASYNC_TO_EOF SIZE_MAX

/* The next four functions replace what is in *bytes. Only one task at a time may wait
 * in them; a second one fails with ASYNC_RUNTIME. Data that they do not return stays
 * for the next call, also after a cancellation. They fail with ASYNC_SYSTEM if the
 * connection broke (ECONNRESET, ...).
 *
 * `read(n)`: waits until there is data and returns up to `count` bytes of it; no bytes
 * mean the end. ASYNC_TO_EOF reads until the end; if that fails, *bytes has the data
 * that came before. */
bool async_reader_read(struct async_reader *reader, size_t count,
                       struct async_bytes *bytes, struct async_error *error);

/* `readexactly(n)`. Fails with ASYNC_INCOMPLETE_READ if the stream ends before that;
 * *bytes has the data that came. Fails with ASYNC_INVALID_ARGUMENT (ValueError) if
 * `count` is a negative number. */
bool async_reader_readexactly(struct async_reader *reader, size_t count,
                              struct async_bytes *bytes, struct async_error *error);

/* `readuntil(separator)`: reads up to the separator and returns it too. Fails with
 * ASYNC_INCOMPLETE_READ if the stream ends before it; *bytes has the data that came.
 * Fails with ASYNC_LIMIT_OVERRUN if the separator does not come within the limit; the
 * data stays unread, and `error->code` is the number of bytes that lie before the
 * separator for certain. Fails with ASYNC_INVALID_ARGUMENT if there is no separator. */
bool async_reader_readuntil(struct async_reader *reader, const void *separator,
                            size_t separator_bytes, struct async_bytes *bytes,
                            struct async_error *error);

/* `readline()`: one line with its newline. The last line may lack the newline; after it
 * comes an empty one. Fails with ASYNC_INVALID_ARGUMENT if the line is longer than the
 * limit; that line is dropped. */
bool async_reader_readline(struct async_reader *reader, struct async_bytes *bytes,
                           struct async_error *error);

/* True if everything was read and no more data will come. */
bool async_reader_at_eof(const struct async_reader *reader);

/* -- Writing ----------------------------------------------------------------------- */

/* The same as the functions of these names in transport.h. They never wait. */
bool async_writer_write(struct async_writer *writer, const void *data, size_t count,
                        struct async_error *error);
bool async_writer_writelines(struct async_writer *writer, const struct iovec parts[],
                             size_t part_count, struct async_error *error);
void async_writer_write_eof(struct async_writer *writer);
bool async_writer_can_write_eof(const struct async_writer *writer);

/* `await writer.drain()`: if more unsent data than the high mark has piled up, waits
 * until it is down to the low mark. Fails with ASYNC_SYSTEM if the connection broke, or
 * with ECONNRESET "Connection lost" if it is closed. */
bool async_writer_drain(struct async_writer *writer, struct async_error *error);

/* `writer.close()`: sends what is left and closes the connection. `await
 * writer.wait_closed()`: waits until it is closed. Fails with the error that broke the
 * connection, with ASYNC_CANCELLED, or with ASYNC_RUNTIME outside a task. */
void async_writer_close(struct async_writer *writer);
bool async_writer_is_closing(const struct async_writer *writer);
bool async_writer_wait_closed(struct async_writer *writer, struct async_error *error);

/* `writer.transport`, borrowed: for the addresses, the marks and
 * async_transport_abort(). */
struct async_transport *async_writer_transport(struct async_writer *writer);

/* Add and remove one owner. The last release closes the stream if it is open; then
 * neither reader nor writer may be used any more. Release leaves NULL alone. */
struct async_writer *async_writer_retain(struct async_writer *writer);
void async_writer_release(struct async_writer *writer);

#ifdef __cplusplus
}
#endif

#endif
