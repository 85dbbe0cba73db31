/* Stacks for tasks: cut from large mappings, touched page by page, used again. An idle
 * task costs one page. Each of the first ones has a guard page below; beyond, a guard
 * for each would run into vm.max_map_count (two mappings a stack, 65,530 in all), so
 * there only each mapping has one. */
#ifndef SIMUL_ASYNC_STACK_STACK_H
#define SIMUL_ASYNC_STACK_STACK_H

#include "async/error.h"
#include "async/stack/sanitizer.h"

#include <stddef.h>

enum { ASYNC_GUARDED_STACKS = 8192 };

/* Lies at the top of the memory that it describes: no page of its own. */
struct async_stack {
    struct async_stack *next_free;
    char *bottom;       /* lowest usable address; the guard, if any, ends there */
    size_t bytes;       /* from there to this struct */
    size_t guard_bytes; /* 0: none, a neighbour lies below */
    struct async_known_stack known;
};

struct async_stack_chunk;

struct async_stacks {
    size_t stack_bytes; /* of each, the guard included */
    size_t guarded;     /* how many may still get a guard page */
    struct async_stack *free;
    struct async_stack_chunk *chunks; /* the newest first: only it has unused ones */
    size_t count;                     /* made so far */
    size_t page_bytes;
};

/* Nothing is mapped yet; stack_bytes is rounded up to pages. */
void async_stacks_open(struct async_stacks *stacks, size_t stack_bytes);

/* Unmaps them all; none may be in use. Accepts a zeroed one. */
void async_stacks_close(struct async_stacks *stacks);

/* One that nobody uses, the last given back first: its page is warm. NULL with
 * ASYNC_NO_MEMORY, which names the limit. */
struct async_stack *async_stack_take(struct async_stacks *stacks,
                                     struct async_error *error);
void async_stack_give_back(struct async_stacks *stacks, struct async_stack *stack);

#endif
