/* A pool of stacks. The mappings are not reserved, so that a page which is never
 * touched costs nothing. They refuse huge pages, because one touch would make 2 MiB
 * resident. */
#include "async/stack/stack.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { GUARDED_CHUNK = 64, SLAB_CHUNK = 1024 };

struct async_stack_chunk {
    struct async_stack_chunk *next;
    char *memory;
    size_t count; /* stacks in it */
    size_t used;  /* stacks that were taken at least once: the first ones */
    bool is_guarded;
};

void async_stacks_open(struct async_stacks *stacks, size_t stack_bytes) {
    size_t page_bytes = (size_t)sysconf(_SC_PAGESIZE);
    *stacks = (struct async_stacks){
        .stack_bytes = (stack_bytes + page_bytes - 1) / page_bytes * page_bytes,
        .guarded = ASYNC_GUARDED_STACKS,
        .page_bytes = page_bytes,
    };
}

static struct async_stack *stack_at(const struct async_stacks *stacks,
                                    const struct async_stack_chunk *chunk,
                                    size_t index) {
    char *end = chunk->memory + stacks->page_bytes + (index + 1) * stacks->stack_bytes;
    /* If all tops lay at one offset of a page, they would share a few lines of the
     * cache. */
    size_t colour_bytes = index * 5 % 16 * 64;
    return (struct async_stack *)(end - colour_bytes - 128);
}

void async_stacks_close(struct async_stacks *stacks) {
    while (stacks->chunks) {
        struct async_stack_chunk *chunk = stacks->chunks;
        stacks->chunks = chunk->next;
        for (size_t i = 0; i < chunk->used; i++) {
            struct async_stack *stack = stack_at(stacks, chunk, i);
            async_sanitizer_forget_stack(&stack->known, stack->bottom, stack);
        }
        munmap(chunk->memory, stacks->page_bytes + chunk->count * stacks->stack_bytes);
        free(chunk);
    }
    stacks->free = NULL;
    stacks->count = 0;
}

/* One page more than the stacks need, because the lowest page is always a guard. */
static bool map_chunk(struct async_stacks *stacks, struct async_stack_chunk *chunk) {
    size_t bytes = stacks->page_bytes + chunk->count * stacks->stack_bytes;
    chunk->memory =
        mmap(NULL, bytes, PROT_READ | PROT_WRITE,
             MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_STACK, -1, 0);
    if (chunk->memory == MAP_FAILED) {
        return false;
    }
    madvise(chunk->memory, bytes, MADV_NOHUGEPAGE); /* fails without huge pages */
    bool ok = mprotect(chunk->memory, stacks->page_bytes, PROT_NONE) == 0;
    for (size_t i = 0; ok && chunk->is_guarded && i < chunk->count; i++) {
        char *guard = chunk->memory + stacks->page_bytes + i * stacks->stack_bytes;
        ok = mprotect(guard, stacks->page_bytes, PROT_NONE) == 0;
    }
    if (!ok) {
        int mprotect_errno = errno;
        munmap(chunk->memory, bytes);
        errno = mprotect_errno;
    }
    return ok;
}

static bool add_chunk(struct async_stacks *stacks, struct async_error *error) {
    bool is_guarded = stacks->guarded > 0;
    struct async_stack_chunk *chunk = malloc(sizeof *chunk);
    if (!chunk) {
        return async_fail_with(error, ASYNC_NO_MEMORY, "out of memory for stacks");
    }
    *chunk = (struct async_stack_chunk){
        .next = stacks->chunks,
        .count = is_guarded ? GUARDED_CHUNK : SLAB_CHUNK,
        .is_guarded = is_guarded,
    };
    if (!map_chunk(stacks, chunk)) {
        free(chunk);
        return async_fail_with(error, ASYNC_NO_MEMORY,
                               "cannot map another stack after %zu of %zu KiB: %s; see "
                               "ulimit -v, vm.max_map_count, vm.overcommit_memory",
                               stacks->count, stacks->stack_bytes / 1024,
                               strerror(errno));
    }
    stacks->guarded -= is_guarded ? GUARDED_CHUNK : 0;
    stacks->chunks = chunk;
    return true;
}

struct async_stack *async_stack_take(struct async_stacks *stacks,
                                     struct async_error *error) {
    struct async_stack *stack = stacks->free;
    if (stack) {
        stacks->free = stack->next_free;
        return stack;
    }
    struct async_stack_chunk *chunk = stacks->chunks;
    if (!chunk || chunk->used == chunk->count) {
        if (!add_chunk(stacks, error)) {
            return NULL;
        }
        chunk = stacks->chunks;
    }
    size_t index = chunk->used++;
    stacks->count++;
    size_t guard_bytes = chunk->is_guarded || index == 0 ? stacks->page_bytes : 0;
    char *bottom = chunk->memory + stacks->page_bytes + index * stacks->stack_bytes +
                   (chunk->is_guarded ? stacks->page_bytes : 0);
    stack = stack_at(stacks, chunk, index);
    *stack = (struct async_stack){
        .bottom = bottom,
        .bytes = (size_t)((char *)stack - bottom),
        .guard_bytes = guard_bytes,
    };
    async_sanitizer_know_stack(&stack->known, bottom, stack);
    return stack;
}

void async_stack_give_back(struct async_stacks *stacks, struct async_stack *stack) {
    async_sanitizer_clean_stack(&stack->known, stack);
    stack->next_free = stacks->free;
    stacks->free = stack;
}
