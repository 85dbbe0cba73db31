/* async/stack/context_ucontext.c: the fallback, also where it was not chosen. */
#define async_context_make ucontext_make
#define async_context_jump ucontext_jump
#define async_context_name ucontext_name
#include "async/stack/context_ucontext.c"
#include "tests/async/contexts.h"

/* AddressSanitizer warns at every makecontext(), and a warning is a report. */
#if defined(__SANITIZE_ADDRESS__)
#    define SKIP_UNDER_SANITIZER() cr_skip("not under AddressSanitizer")
#else
#    define SKIP_UNDER_SANITIZER() (void)0
#endif

Test(async_context_ucontext, each_goes_on_where_it_stopped) {
    SKIP_UNDER_SANITIZER();
    check_each_goes_on_where_it_stopped();
}

Test(async_context_ucontext, each_has_its_own_stack) {
    SKIP_UNDER_SANITIZER();
    check_each_has_its_own_stack();
}

Test(async_context_ucontext, one_jumps_to_the_other_without_the_first) {
    SKIP_UNDER_SANITIZER();
    check_one_jumps_to_the_other_without_the_first();
}

Test(async_context_ucontext, it_is_called_so) {
    cr_expect_str_eq(ucontext_name, "ucontext");
}
