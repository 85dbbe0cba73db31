/* Tells the sanitizers and valgrind of stacks and switches, as far as the build has
 * them. */
#include "async/stack/sanitizer.h"

#ifdef WITH_ADDRESS_SANITIZER
#    include <sanitizer/asan_interface.h>
#    include <sanitizer/common_interface_defs.h>
#endif
#ifdef WITH_THREAD_SANITIZER
#    include <sanitizer/tsan_interface.h>
#endif
#if defined(__has_include)
#    if __has_include(<valgrind/valgrind.h>)
#        include <valgrind/valgrind.h>
#        define WITH_VALGRIND 1
#    endif
#endif

void async_sanitizer_know_stack(struct async_known_stack *known, void *bottom,
                                void *top) {
#ifdef WITH_VALGRIND
    known->valgrind = VALGRIND_STACK_REGISTER(bottom, top);
#endif
#ifdef WITH_THREAD_SANITIZER
    known->thread_fiber = __tsan_create_fiber(0);
#endif
    (void)known, (void)bottom, (void)top;
}

/* The first frames of a task never return. So AddressSanitizer still marks their red
 * zones, and they stay in ThreadSanitizer's own record of calls, which holds some ten
 * thousand. */
void async_sanitizer_clean_stack(struct async_known_stack *known, void *top) {
#ifdef WITH_ADDRESS_SANITIZER
    enum { FIRST_FRAMES_BYTES = 4096 };
    __asan_unpoison_memory_region((char *)top - FIRST_FRAMES_BYTES, FIRST_FRAMES_BYTES);
#endif
#ifdef WITH_THREAD_SANITIZER
    enum { TASKS_PER_FIBER = 1000 }; /* a new one costs half a millisecond */
    if (++known->uses % TASKS_PER_FIBER == 0) {
        __tsan_destroy_fiber(known->thread_fiber);
        known->thread_fiber = __tsan_create_fiber(0);
    }
#endif
    (void)known, (void)top;
}

void async_sanitizer_forget_stack(struct async_known_stack *known, void *bottom,
                                  void *top) {
#ifdef WITH_ADDRESS_SANITIZER
    __asan_unpoison_memory_region(bottom, (size_t)((char *)top - (char *)bottom));
#endif
#ifdef WITH_VALGRIND
    VALGRIND_STACK_DEREGISTER(known->valgrind);
#endif
#ifdef WITH_THREAD_SANITIZER
    __tsan_destroy_fiber(known->thread_fiber);
#endif
    (void)known, (void)bottom, (void)top;
}

#ifdef WITH_FIBER_SANITIZER
void async_sanitizer_leave(struct async_known_fiber *from, struct async_known_fiber *to,
                           bool is_last) {
#    ifdef WITH_ADDRESS_SANITIZER
    __sanitizer_start_switch_fiber(is_last ? NULL : &from->fake_stack, to->bottom,
                                   to->bytes);
#    endif
#    ifdef WITH_THREAD_SANITIZER
    if (!from->thread_fiber) {
        from->thread_fiber = __tsan_get_current_fiber();
    }
    __tsan_switch_to_fiber(to->thread_fiber, 0);
#    endif
    (void)from, (void)to, (void)is_last;
}

void async_sanitizer_arrive(struct async_known_fiber *at,
                            struct async_known_fiber *from) {
#    ifdef WITH_ADDRESS_SANITIZER
    /* Only this call tells where a thread's own stack lies. */
    __sanitizer_finish_switch_fiber(at->fake_stack, &from->bottom, &from->bytes);
#    endif
    (void)at, (void)from;
}
#endif
