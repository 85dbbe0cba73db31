/* A part is something that a loop has only if it is used: an executor, signal handlers,
 * a list of its transports. Each part is made at its first use and ended with the loop.
 * For the library's own files. */
#ifndef SIMUL_ASYNC_LOOP_PART_H
#define SIMUL_ASYNC_LOOP_PART_H

#include "async/loop/core.h"

/* The first member of each part. The function that ends it is also its name. */
struct async_part {
    struct async_closer closer; /* first */
    struct async_loop *loop;
    void (*end)(struct async_part *part);
};

/* The loop's part of that name; NULL: the loop has none. */
struct async_part *async_part_find(const struct async_loop *loop,
                                   void (*end)(struct async_part *part));

/* The same, but a missing part is made, zeroed. `end` is called once when the loop is
 * closed, after the tasks have ended and before libuv's loop does; then the part is
 * freed. NULL: out of memory, or the loop is closed. */
struct async_part *async_part_get(struct async_loop *loop, size_t bytes,
                                  void (*end)(struct async_part *part),
                                  struct async_error *error);

/* A part can be a list: of the loop's open transports, of its servers, of its
 * processes. These functions return the head of the circle of its members: append a
 * member to it, and take it out by async_node_remove(). When the loop is closed, each
 * member that is left is taken out, in order, and `end_member` is called with it. That
 * function is also the list's name.
 *
 * The first makes the list if the loop has none. NULL: out of memory, or the loop is
 * closed. */
struct async_node *async_part_list(struct async_loop *loop,
                                   void (*end_member)(struct async_node *member),
                                   struct async_error *error);

/* NULL: the loop has no list of that name. */
struct async_node *async_part_list_find(const struct async_loop *loop,
                                        void (*end_member)(struct async_node *member));

#endif
