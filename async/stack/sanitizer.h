/* What AddressSanitizer, ThreadSanitizer and valgrind have to be told of stacks that
 * are not the thread's own. Empty functions where none of them is there. */
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

/* What they know of a stack. */
struct async_known_stack {
    unsigned uses;      /* counted for ThreadSanitizer */
    unsigned valgrind;  /* as which valgrind knows it */
    void *thread_fiber; /* ThreadSanitizer's */
};

/* What they know of a fiber. */
struct async_known_fiber {
    const void *bottom; /* of its stack, for AddressSanitizer */
    size_t bytes;
    void *fake_stack; /* AddressSanitizer's, while it is suspended */
    void *
        thread_fiber; /* ThreadSanitizer's; NULL: the thread's own, not asked for yet */
};

/* A stack is used for the first time; for the next task; never again. It lies from
 * bottom to top. */
void async_sanitizer_know_stack(struct async_known_stack *known, void *bottom,
                                void *top);
void async_sanitizer_clean_stack(struct async_known_stack *known, void *top);
void async_sanitizer_forget_stack(struct async_known_stack *known, void *bottom,
                                  void *top);

/* Around a jump: before it, on the old stack (is_last: which never goes on), and after
 * it, on the new. */
#ifdef WITH_FIBER_SANITIZER
void async_sanitizer_leave(struct async_known_fiber *from, struct async_known_fiber *to,
                           bool is_last);
void async_sanitizer_arrive(struct async_known_fiber *at,
                            struct async_known_fiber *from);
#else /* on the path of every switch: not even a call */
#    define async_sanitizer_leave(from, to, is_last) ((void)0)
#    define async_sanitizer_arrive(at, from)         ((void)(from))
#endif

#endif
