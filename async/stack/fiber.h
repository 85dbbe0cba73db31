/* A context with its stack: what a task runs on. The loop's own is the thread's. */
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

/* On a stack that stays the caller's; the first switch calls entry(argument), which
 * ends with async_fiber_leave(). */
void async_fiber_make(struct async_fiber *fiber, struct async_stack *stack,
                      void (*entry)(void *argument), void *argument);

/* Suspends *from, which is running, and goes on in *to. */
void async_fiber_switch(struct async_fiber *from, struct async_fiber *to);

/* As switch, for ever: when *to goes on, the stack of *from is free. */
_Noreturn void async_fiber_leave(struct async_fiber *from, struct async_fiber *to);

/* Has the running fiber used more stack than there is? Only where no guard page says so
 * at once: an overflow that is still there is seen at the next switch. */
bool async_fiber_has_overflowed(const struct async_fiber *fiber);

#endif
