/* async/context_*.c: the one that was chosen at configure time. */
#include "tests/async/contexts.h"

Test(async_context, each_goes_on_where_it_stopped) {
    check_each_goes_on_where_it_stopped();
}

Test(async_context, each_has_its_own_stack) {
    check_each_has_its_own_stack();
}

Test(async_context, one_jumps_to_the_other_without_the_first) {
    check_one_jumps_to_the_other_without_the_first();
}

Test(async_context, it_has_a_name) {
    cr_expect(strcmp(async_context_name, "fcontext") == 0 ||
              strcmp(async_context_name, "ucontext") == 0);
}
