/* async/stack/sanitizer.c: under a sanitizer, a stack may be left in the middle of its
 * calls and used again from its top. Without one these are tests of fiber.c. */
#include "async/stack/fiber.h"

#include <criterion/criterion.h>
#include <string.h>

static struct async_stacks stacks;
static struct async_fiber home;
static struct async_fiber fiber;
static int visits;

/* Leaves for ever, with red zones around an array that is still in use. */
static void leave_with_array(void *argument) {
    volatile char array[300];
    memset((char *)array, 1, sizeof array);
    visits += array[299];
    (void)argument;
    async_fiber_leave(&fiber, &home);
}

/* Touches the same place, byte by byte, in a frame of another shape. */
static void fill_frame(void *argument) {
    volatile char array[2000];
    for (size_t i = 0; i < sizeof array; i++) {
        array[i] = 1;
    }
    visits += array[1999];
    (void)argument;
    async_fiber_leave(&fiber, &home);
}

static void visit(void (*entry)(void *argument)) {
    struct async_error error;
    struct async_stack *stack = async_stack_take(&stacks, &error);
    cr_assert_not_null(stack, "%s", error.message);
    async_fiber_make(&fiber, stack, entry, NULL);
    async_fiber_switch(&home, &fiber);
    async_stack_give_back(&stacks, stack);
}

Test(async_sanitizer, a_stack_that_was_left_can_be_used_in_another_shape) {
    async_stacks_open(&stacks, 64 * 1024);
    for (int i = 1; i <= 1500; i++) {
        visit(i % 2 ? leave_with_array : fill_frame);
        cr_assert_eq(visits, i);
    }
    async_stacks_close(&stacks);
}

/* The address of what was unmapped may come back as ordinary memory. */
Test(async_sanitizer, memory_of_a_closed_pool_can_be_mapped_again) {
    for (int i = 0; i < 20; i++) {
        async_stacks_open(&stacks, 64 * 1024);
        struct async_error error;
        struct async_stack *stack = async_stack_take(&stacks, &error);
        cr_assert_not_null(stack, "%s", error.message);
        memset(stack->bottom, i, stack->bytes);
        async_stack_give_back(&stacks, stack);
        visit(leave_with_array);
        async_stacks_close(&stacks);
    }
    cr_expect_eq(visits, 20);
}
