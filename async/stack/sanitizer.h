/* Tells AddressSanitizer, ThreadSanitizer and valgrind of stacks that are not the
 * thread's own. The functions are empty if none of these tools is there. */
#ifndef SIMUL_ASYNC_STACK_SANITIZER_H
#define SIMUL_ASYNC_STACK_SANITIZER_H

#include <stdbool.h>
#include <stddef.h>

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

/* The data of these tools about a stack. */
struct async_known_stack {
    unsigned uses;      /* counted for ThreadSanitizer */
    unsigned valgrind;  /* valgrind's number for it */
    void *thread_fiber; /* ThreadSanitizer's */
};

/* Their data about a fiber. */
struct async_known_fiber {
    const void *bottom; /* of its stack, for AddressSanitizer */
    size_t bytes;
    void *fake_stack; /* AddressSanitizer's, while it is suspended */
    /* ThreadSanitizer's; NULL: the thread's own, which was not asked for yet. */
    void *thread_fiber;
};

/* Called before a stack is used for the first time, after each task that used it, and
 * before it is unmapped. The stack lies from bottom to top. */
void async_sanitizer_know_stack(struct async_known_stack *known, void *bottom,
                                void *top);
void async_sanitizer_clean_stack(struct async_known_stack *known, void *top);
void async_sanitizer_forget_stack(struct async_known_stack *known, void *bottom,
                                  void *top);

/* Called around a jump: async_sanitizer_leave() before it, on the old stack (is_last:
 * the old stack never runs again), async_sanitizer_arrive() after it, on the new
 * one. */
#ifdef WITH_FIBER_SANITIZER
void async_sanitizer_leave(struct async_known_fiber *from, struct async_known_fiber *to,
                           bool is_last);
void async_sanitizer_arrive(struct async_known_fiber *at,
                            struct async_known_fiber *from);
#else /* no calls, because every switch comes here */
#    define async_sanitizer_leave(from, to, is_last) ((void)0)
#    define async_sanitizer_arrive(at, from)         ((void)(from))
#endif

#endif
