/* A curl transfer that a task can wait for. The caller sets a handle up as for
 * curl_easy_perform(); other tasks run while the transfer is in progress. */
#ifndef SIMUL_ASYNC_CURL_H
#define SIMUL_ASYNC_CURL_H

#include "async/loop.h"

#include <curl/curl.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Waits until the transfer has ended. *code (`code` may be NULL) is curl's result. A
 * handle belongs to one task at a time; all handles of a loop share a multi handle and
 * its cache of connections. If the task is cancelled, the call fails with
 * ASYNC_CANCELLED, aborts the transfer at once and closes its connection. Fails with
 * ASYNC_NO_MEMORY; with ASYNC_SYSTEM (EMFILE) if no descriptor is left; and with
 * ASYNC_RUNTIME outside a task, or if the handle is in another multi handle. The library sets the handle's CURLOPT_CLOSESOCKETFUNCTION; CURLOPT_PRIVATE is
 * as before when the call returns. The handle stays the caller's. After the transfer it
 * is still in the loop's multi handle, because taking it out costs a search of the
 * connections: so perform it again, or clean it up before the loop is closed. */
bool async_curl_perform(CURL *easy, CURLcode *code, struct async_error *error);

#ifdef __cplusplus
}
#endif

#endif
