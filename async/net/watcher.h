/* A descriptor that the loop watches: loop.add_reader() and loop.add_writer(), for the
 * library's own transports. If libuv sees an event between two turns, the callback is
 * called in the next turn, in line with all other nodes, as in asyncio. */
#ifndef SIMUL_ASYNC_NET_WATCHER_H
#define SIMUL_ASYNC_NET_WATCHER_H

#include "async/loop.h"

struct async_watcher;

/* Watches nothing yet; `context` goes to each callback. NULL with ASYNC_NO_MEMORY, or
 * with ASYNC_SYSTEM if the descriptor cannot be polled (a file) or is watched
 * already. */
struct async_watcher *async_watcher_open(struct async_loop *loop, int fd, void *context,
                                         struct async_error *error);

/* From now on, each turn calls the callback as long as the descriptor can be read or
 * written (or is at its end, or broken). NULL: no more calls; a call that is due is
 * taken back. */
void async_watcher_read(struct async_watcher *watcher, async_callback *callback);
void async_watcher_write(struct async_watcher *watcher, async_callback *callback);

/* Ends both and frees the watcher. The descriptor may be closed afterwards. NULL is
 * left alone. */
void async_watcher_close(struct async_watcher *watcher);

#endif
