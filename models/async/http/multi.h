/* curl's multi interface on a libuv loop: thousands of transfers, called back one by
 * one. It knows of no tasks: models/async/http/curl.h makes it awaitable, and an event
 * loop without tasks may use it as it is. */
#ifndef SIMUL_MODELS_ASYNC_HTTP_MULTI_H
#define SIMUL_MODELS_ASYNC_HTTP_MULTI_H

#include <curl/curl.h>
#include <stdbool.h>

struct async_multi;
struct uv_loop_s;

/* `on_done` is called from the libuv loop when a transfer has ended; it may start
 * others, the same handle too. NULL: out of memory or descriptors, with nothing left
 * behind. */
struct async_multi *async_multi_open(struct uv_loop_s *uv,
                                     void (*on_done)(CURL *easy, CURLcode code,
                                                     void *context),
                                     void *context);

/* Starts a transfer and returns at once. The handle's CURLOPT_CLOSESOCKETFUNCTION
 * becomes the multi's. False: out of memory. */
bool async_multi_start(struct async_multi *multi, CURL *easy);

/* Ends one before its time; its connection is closed. Not from one of curl's callbacks.
 */
void async_multi_stop(struct async_multi *multi, CURL *easy);

/* Closes the connections that are kept. Transfers are stopped before; handles that have
 * a connection in a share of their own are cleaned up before. The memory goes with the
 * next pass of the libuv loop. NULL is left alone. */
void async_multi_close(struct async_multi *multi);

#endif
