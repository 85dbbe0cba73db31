/* Contexts by the C library, for machines that Boost.Context does not support. The
 * state of a suspended context lies on its own stack. */
#include "async/stack/context.h"

#include <stdint.h>
#include <ucontext.h>

const char async_context_name[] = "ucontext";

/* makecontext() passes only ints, so the pointer comes in two halves. */
static void enter(unsigned high, unsigned low) {
    struct async_context *context =
        (struct async_context *)(uintptr_t)((uint64_t)high << 32 | low);
    context->entry(context->argument);
}

void async_context_make(struct async_context *context, void *bottom, size_t bytes,
                        void (*entry)(void *argument), void *argument) {
    context->entry = entry;
    context->argument = argument;
    size_t rest = (bytes - sizeof(ucontext_t)) & ~(size_t)63;
    ucontext_t *first = (ucontext_t *)((char *)bottom + rest);
    getcontext(first);
    first->uc_stack.ss_sp = bottom;
    first->uc_stack.ss_size = rest;
    first->uc_link = NULL;
    uint64_t pointer = (uint64_t)(uintptr_t)context;
    makecontext(first, (void (*)(void))enter, 2, (unsigned)(pointer >> 32),
                (unsigned)pointer);
    context->place = first;
}

void async_context_jump(struct async_context *from, struct async_context *to) {
    ucontext_t here;
    from->place = &here;
    to->from = from;
    swapcontext(&here, to->place);
}
