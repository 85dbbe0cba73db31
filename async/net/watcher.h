/* A descriptor that the loop watches: loop.add_reader() and loop.add_writer(), for the
 * library's own transports. What libuv sees between two turns is called in the next
 * turn, in line with everything else, as asyncio's selector does it. */
#ifndef SIMUL_ASYNC_NET_WATCHER_H
#define SIMUL_ASYNC_NET_WATCHER_H

#include "async/loop.h"

struct async_watcher;

/* Watches nothing yet; `context` goes to each callback. NULL: ASYNC_NO_MEMORY, or
 * ASYNC_SYSTEM: the descriptor cannot be polled (a file), or is watched already. */
struct async_watcher *async_watcher_open(struct async_loop *loop, int fd, void *context,
                                         struct async_error *error);

/* From now on, as long as the descriptor is readable (or at its end, or broken), each
 * turn calls this; NULL: no more, and a call that is due is taken back. */
void async_watcher_read(struct async_watcher *watcher, async_callback *callback);
void async_watcher_write(struct async_watcher *watcher, async_callback *callback);

/* Ends both. The descriptor may be closed afterwards; the watcher is gone. NULL is left
 * alone. */
void async_watcher_close(struct async_watcher *watcher);

#endif
