/* What AddressSanitizer, ThreadSanitizer and valgrind have to be told of stacks that
 * are not the thread's own. Empty functions where none of them is there. */
#ifndef SIMUL_ASYNC_STACK_SANITIZER_H
#define SIMUL_ASYNC_STACK_SANITIZER_H

#include "async/stack/fiber.h"
#include "async/stack/stack.h"

#if defined(__has_feature)
#    define SANITIZER_FEATURE(name) __has_feature(name)
#else
#    define SANITIZER_FEATURE(name) 0
#endif
#if defined(__SANITIZE_ADDRESS__) || SANITIZER_FEATURE(address_sanitizer)
#    define WITH_ADDRESS_SANITIZER 1
#    define WITH_FIBER_SANITIZER   1
#endif
#if defined(__SANITIZE_THREAD__) || SANITIZER_FEATURE(thread_sanitizer)
#    define WITH_THREAD_SANITIZER 1
#    define WITH_FIBER_SANITIZER  1
#endif

/* A stack is used for the first time; for the next task; never again. */
void async_sanitizer_know_stack(struct async_stack *stack);
void async_sanitizer_clean_stack(struct async_stack *stack);
void async_sanitizer_forget_stack(struct async_stack *stack);

/* Around a jump: before it, on the old stack (is_last: which never goes on), and after
 * it, on the new. */
#ifdef WITH_FIBER_SANITIZER
void async_sanitizer_leave(struct async_fiber *from, struct async_fiber *to,
                           bool is_last);
void async_sanitizer_arrive(struct async_fiber *at, struct async_fiber *from);
#else /* on the path of every switch: not even a call */
#    define async_sanitizer_leave(from, to, is_last) ((void)0)
#    define async_sanitizer_arrive(at, from)         ((void)(from))
#endif

#endif
