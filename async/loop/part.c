/* Parts hang in the loop's list of what is to be closed, a handful at most. */
#include "async/loop/part.h"
#include "async/loop/check.h"
#include "async/loop/event_loop.h"

#include <stdlib.h>

static void end_part(struct async_closer *closer) {
    struct async_part *part = (struct async_part *)closer;
    part->end(part);
    free(part);
}

struct async_part *async_part_find(const struct async_loop *loop,
                                   void (*end)(struct async_part *part)) {
    for (struct async_closer *closer = loop ? loop->closers : NULL; closer;
         closer = closer->next) {
        struct async_part *part = (struct async_part *)closer;
        if (closer->close == end_part && part->end == end) {
            return part;
        }
    }
    return NULL;
}

struct async_part *async_part_get(struct async_loop *loop, size_t bytes,
                                  void (*end)(struct async_part *part),
                                  struct async_error *error) {
    struct async_part *part = async_part_find(loop, end);
    if (part || !async_loop_check(loop, error)) {
        return part;
    }
    part = calloc(1, bytes);
    if (!part) {
        async_fail_with(error, ASYNC_NO_MEMORY, "out of memory for a part of the loop");
        return NULL;
    }
    part->closer.close = end_part;
    part->loop = loop;
    part->end = end;
    async_loop_add_closer(loop, &part->closer);
    return part;
}
