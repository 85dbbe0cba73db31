/* What a loop has only where it is used: an executor, signal handlers, a list of its
 * transports. Each such part is made at its first use and ended with the loop. For the
 * library's own files. */
#ifndef SIMUL_ASYNC_LOOP_PART_H
#define SIMUL_ASYNC_LOOP_PART_H

#include "async/loop/core.h"

/* The beginning of each part. The function that ends it is also its name. */
struct async_part {
    struct async_closer closer; /* first */
    struct async_loop *loop;
    void (*end)(struct async_part *part);
};

/* The loop's part of that name; NULL: it has none. */
struct async_part *async_part_find(const struct async_loop *loop,
                                   void (*end)(struct async_part *part));

/* The same, made and zeroed where it is missing. `end` is called once when the loop is
 * closed, after the tasks have ended and before libuv's loop does; the part itself is
 * freed after it. NULL: out of memory, or the loop is closed. */
struct async_part *async_part_get(struct async_loop *loop, size_t bytes,
                                  void (*end)(struct async_part *part),
                                  struct async_error *error);

#endif
