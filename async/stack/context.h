/* A context: the place where a suspended stack goes on, and the jump from one stack to
 * another. Two files implement it, and SIMUL_CONTEXT chooses one at configure time:
 * context_fcontext.c (Boost.Context's assembly) or context_ucontext.c (the C library;
 * slower, because each jump saves the signal mask by a system call). */
#ifndef SIMUL_ASYNC_STACK_CONTEXT_H
#define SIMUL_ASYNC_STACK_CONTEXT_H

#include <stddef.h>

struct async_context {
    void *place;                /* valid while it is suspended */
    struct async_context *from; /* the context that jumped here last */
    void (*entry)(void *argument);
    void *argument;
};

/* The first jump to it calls entry(argument) on that stack. The entry never returns; it
 * ends with a jump to another context. `bottom` is the lowest address of the stack. */
void async_context_make(struct async_context *context, void *bottom, size_t bytes,
                        void (*entry)(void *argument), void *argument);

/* Suspends the caller in *from and goes on at *to. Returns when another context jumps
 * to *from. */
void async_context_jump(struct async_context *from, struct async_context *to);

/* "fcontext" or "ucontext". */
extern const char async_context_name[];

#endif
