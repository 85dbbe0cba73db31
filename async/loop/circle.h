/* Lines of nodes as circles around a head: in constant time, a node can leave from any
 * place and a whole line can move. */
#ifndef SIMUL_ASYNC_LOOP_CIRCLE_H
#define SIMUL_ASYNC_LOOP_CIRCLE_H

#include "async/loop.h"

#include <stddef.h>

/* The struct in which a node is embedded. */
#define ASYNC_OF(node, type, member) ((type *)((char *)(node)-offsetof(type, member)))

static inline void async_circle_open(struct async_node *head) {
    head->next = head->previous = head;
}

static inline bool async_circle_is_empty(const struct async_node *head) {
    return head->next == head;
}

/* A node that is in no circle has no neighbours. */
static inline bool async_node_is_linked(const struct async_node *node) {
    return node->next != NULL;
}

static inline void async_circle_append(struct async_node *head,
                                       struct async_node *node) {
    node->next = head;
    node->previous = head->previous;
    head->previous->next = node;
    head->previous = node;
}

/* A node that is in no circle is left alone. */
static inline void async_circle_remove(struct async_node *node) {
    if (node->next) {
        node->previous->next = node->next;
        node->next->previous = node->previous;
        node->next = node->previous = NULL;
    }
}

/* Takes out the first node. NULL: the circle is empty. */
static inline struct async_node *async_circle_pop(struct async_node *head) {
    struct async_node *first = head->next;
    if (first == head) {
        return NULL;
    }
    async_circle_remove(first);
    return first;
}

/* Moves all nodes of `from` to the end of `to`. */
static inline void async_circle_move(struct async_node *to, struct async_node *from) {
    if (from->next == from) {
        return;
    }
    from->next->previous = to->previous;
    to->previous->next = from->next;
    from->previous->next = to;
    to->previous = from->previous;
    from->next = from->previous = from;
}

#endif
