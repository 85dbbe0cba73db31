/* async/stack/context_*.c: the implementation that was chosen at configure time. */
#include "tests/async/stack/contexts.h"

Test(async_context, each_goes_on_where_it_stopped) {
    check_each_goes_on_where_it_stopped();
}

Test(async_context, each_has_its_own_stack) {
    check_each_has_its_own_stack();
}

Test(async_context, a_context_jumps_to_another_without_going_home) {
    check_a_context_jumps_to_another();
}

Test(async_context, it_has_a_name) {
    cr_expect(strcmp(async_context_name, "fcontext") == 0 ||
              strcmp(async_context_name, "ucontext") == 0);
}
