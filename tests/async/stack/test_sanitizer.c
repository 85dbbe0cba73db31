/* async/stack/sanitizer.c: a sanitizer has to accept that a fiber leaves its stack in
 * the middle of its calls, and that the stack is used again from its top. Without a
 * sanitizer these tests test fiber.c. */
#include "async/stack/fiber.h"

#include <criterion/criterion.h>
#include <string.h>

static struct async_stacks stacks;
static struct async_fiber home;
static struct async_fiber fiber;
static int visits;

/* Never returns, so the red zones around its array stay in place. */
static void leave_with_array(void *argument) {
    volatile char array[300];
    memset((char *)array, 1, sizeof array);
    visits += array[299];
    (void)argument;
    async_fiber_leave(&fiber, &home);
}

/* Writes to the same addresses in a frame of another size. */
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

Test(async_sanitizer, a_left_stack_may_hold_a_frame_of_another_size) {
    async_stacks_open(&stacks, 64 * 1024);
    for (int i = 1; i <= 1500; i++) {
        visit(i % 2 ? leave_with_array : fill_frame);
        cr_assert_eq(visits, i);
    }
    async_stacks_close(&stacks);
}

/* The system may give out unmapped addresses again, as ordinary memory. */
Test(async_sanitizer, memory_of_a_closed_pool_may_be_mapped_again) {
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
