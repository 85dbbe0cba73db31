/* Where a stack stands, and the jump from one to the other. Two files implement it, and
 * SIMUL_CONTEXT chooses at configure time: context_fcontext.c (Boost.Context's
 * assembly) or context_ucontext.c (the C library, slower: it saves the signal mask, by
 * two system calls). */
#ifndef SIMUL_ASYNC_STACK_CONTEXT_H
#define SIMUL_ASYNC_STACK_CONTEXT_H

#include <stddef.h>

struct async_context {
    void *place;                /* valid while it is suspended */
    struct async_context *from; /* who jumped here last */
    void (*entry)(void *argument);
    void *argument;
};

/* The first jump to it calls entry(argument) on that stack. The entry never returns: it
 * jumps away for ever. Bottom is the lowest address. */
void async_context_make(struct async_context *context, void *bottom, size_t bytes,
                        void (*entry)(void *argument), void *argument);

/* Suspends the caller, in *from, and goes on at *to. Returns when somebody jumps to
 * *from. */
void async_context_jump(struct async_context *from, struct async_context *to);

/* "fcontext" or "ucontext". */
extern const char async_context_name[];

#endif
