/* curl's multi interface on a libuv loop: thousands of transfers, and a callback for
 * each. It knows nothing of tasks: async/curl.h makes it awaitable, and an event loop
 * without tasks may use it as it is. */
#ifndef SIMUL_ASYNC_HTTP_MULTI_H
#define SIMUL_ASYNC_HTTP_MULTI_H

#include <curl/curl.h>
#include <stdbool.h>
#include <stddef.h>

struct multi_handles;
struct multi_socket;
struct uv_loop_s;

/* A zeroed multi is closed. */
struct async_multi {
    CURLM *curl;
    struct multi_handles *handles; /* libuv frees them in its pass after the close */
    int epoll_fd;                  /* watches all of curl's sockets */
    struct multi_socket *sockets;  /* indexed by descriptor */
    size_t socket_count;
    void (*on_done)(CURL *easy, CURLcode code, void *context);
    void *context;
};

/* Opens a multi. `on_done` is called from the libuv loop when a transfer has ended; it
 * may start others, also with the same handle. The multi must not move until it is
 * closed. False with errno: out of memory or descriptors; nothing is left open then. */
bool async_multi_open(struct async_multi *multi, struct uv_loop_s *uv,
                      void (*on_done)(CURL *easy, CURLcode code, void *context),
                      void *context);

/* Starts a transfer and returns at once. Sets the handle's CURLOPT_CLOSESOCKETFUNCTION.
 * When the transfer has ended, the handle stays with the multi until it is started
 * again, stopped or cleaned up. It is not removed at once, because that costs a search
 * of all connections. False with errno: out of memory, or EBUSY if another multi has the
 * handle. */
bool async_multi_start(struct async_multi *multi, CURL *easy);

/* Ends a transfer before its time and closes its connection. If the transfer has ended,
 * only removes its handle. Must not be called from one of curl's callbacks. */
void async_multi_stop(struct async_multi *multi, CURL *easy);

/* Closes the connections that are kept and removes all handles. The owners of the
 * handles clean them up afterwards, and the struct has to stay in memory until then: a
 * handle may have a share of its own (CURLOPT_SHARE) that keeps a connection, and the
 * struct is needed to close its socket. libuv's handles are freed in the loop's next
 * pass. A closed multi is left alone. */
void async_multi_close(struct async_multi *multi);

#endif
