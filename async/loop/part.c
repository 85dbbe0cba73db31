/* Parts stand in the loop's list of closers, a handful at most. */
#include "async/loop/part.h"
#include "async/loop/check.h"
#include "async/loop/circle.h"
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

static struct async_part *add_part(struct async_loop *loop, size_t bytes,
                                   void (*end)(struct async_part *part),
                                   struct async_error *error) {
    if (!async_loop_check(loop, error)) {
        return NULL;
    }
    struct async_part *part = calloc(1, bytes);
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

struct async_part *async_part_get(struct async_loop *loop, size_t bytes,
                                  void (*end)(struct async_part *part),
                                  struct async_error *error) {
    struct async_part *part = async_part_find(loop, end);
    return part ? part : add_part(loop, bytes, end, error);
}

/* -- Lists ------------------------------------------------------------------------- */

struct async_part_list {
    struct async_part part; /* first */
    void (*end_member)(struct async_node *member);
    struct async_node members; /* the head of a circle */
};

static void end_list(struct async_part *part) {
    struct async_part_list *list = (struct async_part_list *)part;
    struct async_node *member;
    while ((member = async_circle_pop(&list->members))) {
        list->end_member(member);
    }
}

struct async_node *async_part_list_find(const struct async_loop *loop,
                                        void (*end_member)(struct async_node *member)) {
    for (struct async_closer *closer = loop ? loop->closers : NULL; closer;
         closer = closer->next) {
        struct async_part_list *list = (struct async_part_list *)closer;
        if (closer->close == end_part && list->part.end == end_list &&
            list->end_member == end_member) {
            return &list->members;
        }
    }
    return NULL;
}

struct async_node *async_part_list(struct async_loop *loop,
                                   void (*end_member)(struct async_node *member),
                                   struct async_error *error) {
    struct async_node *members = async_part_list_find(loop, end_member);
    if (members) {
        return members;
    }
    struct async_part_list *list =
        (struct async_part_list *)add_part(loop, sizeof *list, end_list, error);
    if (!list) {
        return NULL;
    }
    list->end_member = end_member;
    async_circle_open(&list->members);
    return &list->members;
}
