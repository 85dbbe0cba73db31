/* TCP streams: connections for tasks, which read and write where a protocol is called
 * back.
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
 * Reader and writer are two views of one stream and live as long as the writer is not
 * released; nobody may wait in either when it is. */
#ifndef SIMUL_ASYNC_STREAM_H
#define SIMUL_ASYNC_STREAM_H

#include "async/bytes.h"
#include "async/server.h"

#include <stdint.h>

struct async_reader;
struct async_writer;

/* -- Connections ------------------------------------------------------------------- */

/* `asyncio.open_connection()`. The writer is to be released, and with it goes the
 * reader (`reader` may be NULL: nobody reads). limit 0: 64 KiB; so long a line may be,
 * and at twice as much unread data the peer is held up. Fails as
 * async_create_connection() does. */
bool async_open_connection(const char *host, int port, size_t limit,
                           struct async_reader **reader, struct async_writer **writer,
                           struct async_error *error);

/* The same over a connected socket, which is given away, also where it fails. */
bool async_open_connection_socket(int fd, size_t limit, struct async_reader **reader,
                                  struct async_writer **writer,
                                  struct async_error *error);

/* What a server does with each connection, in a task of its own. The writer is released
 * when it returns: closed, with what was written still sent. To keep it longer, retain
 * it. A failure that is returned is reported, as any task's that nobody awaits. */
typedef bool async_client_connected(struct async_reader *reader,
                                    struct async_writer *writer, void *argument,
                                    struct async_error *error);

/* `asyncio.start_server()`: as async_create_server(). The argument is the caller's and
 * has to live as long as handlers run. */
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

/* All of these replace what is in *bytes; one task at a time may wait in them, else
 * ASYNC_RUNTIME. What they do not return stays for the next, also where they are
 * cancelled. ASYNC_SYSTEM: the connection broke (ECONNRESET, ...).
 *
 * `read(n)`: waits for something and returns up to `count` bytes of it; none: the end.
 * ASYNC_TO_EOF: all until the end (where it fails, what came before is in *bytes). */
bool async_reader_read(struct async_reader *reader, size_t count,
                       struct async_bytes *bytes, struct async_error *error);

/* `readexactly(n)`. ASYNC_INCOMPLETE_READ: the end came before; *bytes has what came.
 */
bool async_reader_readexactly(struct async_reader *reader, size_t count,
                              struct async_bytes *bytes, struct async_error *error);

/* `readuntil(separator)`: up to and with it. ASYNC_INCOMPLETE_READ: the end came
 * before; *bytes has what came. ASYNC_LIMIT_OVERRUN: longer than the limit; it stays
 * unread, and error->code says how much of it can be read before the separator.
 * ASYNC_INVALID_ARGUMENT: the separator is empty. */
bool async_reader_readuntil(struct async_reader *reader, const void *separator,
                            size_t separator_bytes, struct async_bytes *bytes,
                            struct async_error *error);

/* `readline()`: with its newline; at the end what is left, then nothing.
 * ASYNC_INVALID_ARGUMENT: longer than the limit; it is dropped. */
bool async_reader_readline(struct async_reader *reader, struct async_bytes *bytes,
                           struct async_error *error);

/* Everything was read, and no more will come. */
bool async_reader_at_eof(const struct async_reader *reader);

/* -- Writing ----------------------------------------------------------------------- */

/* As the transport's: they never wait. See transport.h. */
bool async_writer_write(struct async_writer *writer, const void *data, size_t count,
                        struct async_error *error);
bool async_writer_writelines(struct async_writer *writer, const struct iovec parts[],
                             size_t part_count, struct async_error *error);
void async_writer_write_eof(struct async_writer *writer);
bool async_writer_can_write_eof(const struct async_writer *writer);

/* `await writer.drain()`: waits while more than the high mark is unsent. ASYNC_SYSTEM:
 * the connection broke, or (ECONNRESET "Connection lost") is closed. */
bool async_writer_drain(struct async_writer *writer, struct async_error *error);

/* `writer.close()`, `await writer.wait_closed()`: sends what is left and ends it; waits
 * until it has ended, and fails with what broke it. */
void async_writer_close(struct async_writer *writer);
bool async_writer_is_closing(const struct async_writer *writer);
bool async_writer_wait_closed(struct async_writer *writer, struct async_error *error);

/* `writer.transport`, borrowed: for the addresses, the marks and abort(). */
struct async_transport *async_writer_transport(struct async_writer *writer);

/* Another owner; one owner less. The last one closes the stream, if it is open, and
 * neither reader nor writer may be used any more. NULL is left alone. */
struct async_writer *async_writer_retain(struct async_writer *writer);
void async_writer_release(struct async_writer *writer);

#endif
