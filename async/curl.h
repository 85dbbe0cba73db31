/* Any curl transfer as something to wait for: set a handle up as for
 * curl_easy_perform(), and the other tasks go on meanwhile. */
#ifndef SIMUL_ASYNC_CURL_H
#define SIMUL_ASYNC_CURL_H

#include "async/loop.h"

#include <curl/curl.h>

/* Waits until the transfer has ended, with what curl says became of it in *code (may be
 * NULL). One handle at a time belongs to one task; all of a loop share a multi handle
 * and its cache of connections. False: ASYNC_CANCELLED (the transfer is aborted at
 * once, its connection closed); ASYNC_NO_MEMORY, where descriptors are out, too;
 * ASYNC_RUNTIME. The handle's CURLOPT_CLOSESOCKETFUNCTION is used; CURLOPT_PRIVATE is
 * as before when it returns. The handle stays the caller's, but with the loop's multi
 * handle when it has ended (taking it out costs a search of its connections): perform
 * it again, or clean it up before the loop is closed. */
bool async_curl_perform(CURL *easy, CURLcode *code, struct async_error *error);

#endif
