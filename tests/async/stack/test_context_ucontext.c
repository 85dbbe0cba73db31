/* async/stack/context_ucontext.c: the fallback, even if it was not chosen. */
#define async_context_make ucontext_make
#define async_context_jump ucontext_jump
#define async_context_name ucontext_name
#include "async/stack/context_ucontext.c"
#include "tests/async/stack/contexts.h"

/* AddressSanitizer prints a warning at every makecontext(), which would fail the
 * test. */
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

Test(async_context_ucontext, a_context_jumps_to_another_without_going_home) {
    SKIP_UNDER_SANITIZER();
    check_a_context_jumps_to_another();
}

Test(async_context_ucontext, its_name_is_ucontext) {
    cr_expect_str_eq(ucontext_name, "ucontext");
}
