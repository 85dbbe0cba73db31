/* curl's multi interface on a libuv loop: thousands of transfers, called back one by
 * one. It knows of no tasks: async/curl.h makes it awaitable, and an event
 * loop without tasks may use it as it is. */
#ifndef SIMUL_ASYNC_HTTP_MULTI_H
#define SIMUL_ASYNC_HTTP_MULTI_H

#include <curl/curl.h>
#include <stdbool.h>
#include <stddef.h>

struct multi_handles;
struct multi_socket;
struct uv_loop_s;

/* Zeroed: closed. */
struct async_multi {
    CURLM *curl;
    struct multi_handles *handles; /* libuv's: they outlive close() by a pass */
    int epoll_fd;                  /* all of curl's sockets */
    struct multi_socket *sockets;  /* by descriptor */
    size_t socket_count;
    void (*on_done)(CURL *easy, CURLcode code, void *context);
    void *context;
};

/* `on_done` is called from the libuv loop when a transfer has ended; it may start
 * others, the same handle too. The multi must not move until it is closed. False: out
 * of memory or descriptors, with nothing left behind. */
bool async_multi_open(struct async_multi *multi, struct uv_loop_s *uv,
                      void (*on_done)(CURL *easy, CURLcode code, void *context),
                      void *context);

/* Starts a transfer and returns at once. The handle's CURLOPT_CLOSESOCKETFUNCTION
 * becomes the multi's. It stays with the multi when the transfer has ended, until it is
 * started again, stopped or cleaned up: letting go costs a search of the connections,
 * and after the last request that would be for nothing. False: out of memory. */
bool async_multi_start(struct async_multi *multi, CURL *easy);

/* Ends one before its time; its connection is closed. One that has ended is let go. Not
 * from one of curl's callbacks. */
void async_multi_stop(struct async_multi *multi, CURL *easy);

/* Closes the connections that are kept and lets go of all handles, which their owners
 * clean up afterwards, while the struct is still there: connections in shares of their
 * own ask it to close their sockets. libuv's handles are gone with the loop's next
 * pass. One that is closed is left alone. */
void async_multi_close(struct async_multi *multi);

#endif
