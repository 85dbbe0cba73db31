/* Stacks for tasks. They are cut from large mappings and used again. Memory is taken
 * page by page when it is touched, so an idle task costs one page. Each of the first
 * stacks has a guard page below it. A guard page for every stack would reach
 * vm.max_map_count (two mappings a stack, 65,530 in all). So the later stacks have only
 * one guard page for each large mapping. */
#ifndef SIMUL_ASYNC_STACK_STACK_H
#define SIMUL_ASYNC_STACK_STACK_H

#include "async/error.h"
#include "async/stack/sanitizer.h"

#include <stddef.h>
#include <stdint.h>

enum { ASYNC_GUARDED_STACKS = 8192 };

/* Half of what a mapping of 1,024 stacks can have of the address space. */
#define ASYNC_MOST_STACK_BYTES ((size_t)PTRDIFF_MAX / 2048)

/* Lies at the top of the memory that it describes, so it needs no page of its own. */
struct async_stack {
    struct async_stack *next_free;
    char *bottom;       /* lowest usable address; the guard, if any, ends there */
    size_t bytes;       /* from `bottom` to this struct */
    size_t guard_bytes; /* 0: no guard page; another stack lies below */
    struct async_known_stack known;
};

struct async_stack_chunk;

struct async_stacks {
    size_t stack_bytes; /* of each, the guard included */
    size_t guarded;     /* stacks that may still get a guard page */
    struct async_stack *free;
    struct async_stack_chunk *chunks; /* the newest first; the others are used up */
    size_t count;                     /* made so far */
    size_t page_bytes;
};

/* Opens a pool and maps nothing yet. stack_bytes is rounded up to whole pages. */
void async_stacks_open(struct async_stacks *stacks, size_t stack_bytes);

/* Unmaps all stacks, none of which may be in use. A zeroed pool is left alone. */
void async_stacks_close(struct async_stacks *stacks);

/* Takes a stack that is not in use, the last one given back first, because its page is
 * still in the cache. Returns NULL and fails with ASYNC_NO_MEMORY if it cannot map
 * one; the message names the limits. */
struct async_stack *async_stack_take(struct async_stacks *stacks,
                                     struct async_error *error);
void async_stack_give_back(struct async_stacks *stacks, struct async_stack *stack);

#endif
