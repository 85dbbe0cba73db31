/* async/stack/fiber.c: switching from stack to stack. */
#include "async/stack/fiber.h"

#include <criterion/criterion.h>

static struct async_stacks stacks;
static struct async_fiber home;
static struct async_fiber fibers[2];
static int steps;

static void open_stacks(void) {
    async_stacks_open(&stacks, 64 * 1024);
}

static void close_stacks(void) {
    async_stacks_close(&stacks);
}

TestSuite(async_fiber, .init = open_stacks, .fini = close_stacks);

static void make(struct async_fiber *fiber, void (*entry)(void *argument)) {
    struct async_error error;
    struct async_stack *stack = async_stack_take(&stacks, &error);
    cr_assert_not_null(stack);
    async_fiber_make(fiber, stack, entry, fiber);
}

static void step_twice(void *fiber) {
    steps++;
    async_fiber_switch(fiber, &home);
    steps++;
    async_fiber_leave(fiber, &home);
}

Test(async_fiber, a_fiber_goes_on_where_it_stopped) {
    make(&fibers[0], step_twice);
    cr_expect_eq(steps, 0);
    async_fiber_switch(&home, &fibers[0]);
    cr_expect_eq(steps, 1);
    async_fiber_switch(&home, &fibers[0]);
    cr_expect_eq(steps, 2);
}

static void start_other(void *fiber) {
    async_fiber_switch(fiber, &fibers[1]);
    async_fiber_leave(fiber, &home);
}

Test(async_fiber, a_fiber_switches_to_another_which_goes_home) {
    make(&fibers[0], start_other);
    make(&fibers[1], step_twice);
    async_fiber_switch(&home, &fibers[0]);
    cr_expect_eq(steps, 1);
    async_fiber_switch(&home, &fibers[0]);
    async_fiber_switch(&home, &fibers[1]);
    cr_expect_eq(steps, 2);
}

Test(async_fiber, the_stack_of_an_ended_fiber_is_used_again) {
    for (int i = 1; i <= 3000; i++) {
        make(&fibers[0], step_twice);
        async_fiber_switch(&home, &fibers[0]);
        async_fiber_switch(&home, &fibers[0]);
        async_stack_give_back(&stacks, fibers[0].stack);
        cr_assert_eq(steps, 2 * i);
    }
    cr_expect_eq(stacks.count, 1);
}

static bool has_overflowed;

static void look(void *fiber) {
    has_overflowed = async_fiber_has_overflowed(fiber);
    async_fiber_leave(fiber, &home);
}

Test(async_fiber, an_overflow_without_a_guard_page_is_detected) {
    make(&fibers[0], look);
    async_fiber_switch(&home, &fibers[0]);
    cr_expect_not(has_overflowed);
    make(&fibers[0], look);
    struct async_stack pretended = *fibers[0].stack;
    pretended.bottom += pretended.bytes; /* as if the fiber had used all of it */
    fibers[0].stack = &pretended;
    async_fiber_switch(&home, &fibers[0]);
    cr_expect(has_overflowed);
    cr_expect_not(async_fiber_has_overflowed(&home));
}
