/* A fiber is a context with its stack; each task that has begun runs on one. The loop's
 * fiber is the thread's own stack. */
#ifndef SIMUL_ASYNC_STACK_FIBER_H
#define SIMUL_ASYNC_STACK_FIBER_H

#include "async/stack/context.h"
#include "async/stack/stack.h"

struct async_fiber {
    struct async_context context;
    struct async_stack *stack; /* NULL: the thread's own */
    struct async_known_fiber known;
    void (*entry)(void *argument);
    void *argument;
};

/* Makes a fiber on a stack that stays the caller's. The first switch to it calls
 * entry(argument), which ends with async_fiber_leave(). */
void async_fiber_make(struct async_fiber *fiber, struct async_stack *stack,
                      void (*entry)(void *argument), void *argument);

/* Suspends *from, which is running, and goes on in *to. */
void async_fiber_switch(struct async_fiber *from, struct async_fiber *to);

/* The same, but *from never runs again: when *to goes on, the stack of *from is
 * free. */
_Noreturn void async_fiber_leave(struct async_fiber *from, struct async_fiber *to);

/* True if the running fiber has used more stack than it has. A guard page stops an
 * overflow at once; this check is for stacks without one. It sees an overflow that
 * still lasts when the fiber switches. */
bool async_fiber_has_overflowed(const struct async_fiber *fiber);

#endif
