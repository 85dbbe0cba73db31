/* Switches from stack to stack, and tells the sanitizers of each switch. */
#include "async/stack/fiber.h"

#include <stdlib.h>

/* The first code on a new stack. */
static void enter(void *argument) {
    struct async_fiber *fiber = argument;
    struct async_fiber *from =
        (struct async_fiber *)fiber->context.from; /* the context is its first member */
    async_sanitizer_arrive(&fiber->known, &from->known);
    fiber->entry(fiber->argument);
    abort(); /* the entry leaves, it does not return */
}

void async_fiber_make(struct async_fiber *fiber, struct async_stack *stack,
                      void (*entry)(void *argument), void *argument) {
    *fiber = (struct async_fiber){
        .stack = stack,
        .known = {.bottom = stack->bottom,
                  .bytes = stack->bytes,
                  .thread_fiber = stack->known.thread_fiber},
        .entry = entry,
        .argument = argument,
    };
    async_context_make(&fiber->context, stack->bottom, stack->bytes, enter, fiber);
}

void async_fiber_switch(struct async_fiber *from, struct async_fiber *to) {
    async_sanitizer_leave(&from->known, &to->known, false);
    async_context_jump(&from->context, &to->context);
    async_sanitizer_arrive(&from->known,
                           &((struct async_fiber *)from->context.from)->known);
}

void async_fiber_leave(struct async_fiber *from, struct async_fiber *to) {
    async_sanitizer_leave(&from->known, &to->known, true);
    async_context_jump(&from->context, &to->context);
    abort(); /* no switch goes back to a fiber that has left */
}

bool async_fiber_has_overflowed(const struct async_fiber *fiber) {
    const char *here = __builtin_frame_address(0);
    return fiber->stack && here < fiber->stack->bottom;
}
