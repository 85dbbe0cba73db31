/* async/stack/stack.c: the pool of stacks. */
#include "async/stack/stack.h"

#include <criterion/criterion.h>
#include <setjmp.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

enum { STACK_BYTES = 64 * 1024 };

static struct async_stacks stacks;

static void open_stacks(void) {
    alarm(60);
    async_stacks_open(&stacks, STACK_BYTES);
}

static void close_stacks(void) {
    async_stacks_close(&stacks);
}

TestSuite(async_stack, .init = open_stacks, .fini = close_stacks);

static struct async_stack *take(void) {
    struct async_error error;
    struct async_stack *stack = async_stack_take(&stacks, &error);
    cr_assert_not_null(stack, "%s", error.message);
    return stack;
}

Test(async_stack, each_stack_is_large_enough_and_overlaps_no_other) {
    static struct async_stack *all[300];
    for (int i = 0; i < 300; i++) {
        all[i] = take();
        cr_assert_geq(all[i]->bytes, (size_t)STACK_BYTES - 4096 - 2048);
        memset(all[i]->bottom, i & 255, all[i]->bytes);
    }
    for (int i = 0; i < 300; i++) {
        cr_assert_eq((unsigned char)all[i]->bottom[0], i & 255);
        cr_assert_eq((unsigned char)all[i]->bottom[all[i]->bytes - 1], i & 255);
        async_stack_give_back(&stacks, all[i]);
    }
}

Test(async_stack, the_stack_given_back_last_is_taken_first) {
    struct async_stack *a = take();
    struct async_stack *b = take();
    async_stack_give_back(&stacks, a);
    async_stack_give_back(&stacks, b);
    cr_expect_eq(take(), b);
    cr_expect_eq(take(), a);
    cr_expect_eq(stacks.count, 2);
}

static sigjmp_buf back;

static void on_fault(int signal_number) {
    (void)signal_number;
    siglongjmp(back, 1);
}

static bool is_writable(volatile char *address) {
    signal(SIGSEGV, on_fault);
    bool ok = sigsetjmp(back, 1) == 0;
    if (ok) {
        *address = 1;
    }
    signal(SIGSEGV, SIG_DFL);
    return ok;
}

Test(async_stack, the_first_stacks_have_a_guard_page_below) {
    for (int i = 0; i < 200; i++) {
        struct async_stack *stack = take();
        cr_assert_gt(stack->guard_bytes, 0);
        cr_assert(is_writable(stack->bottom));
        cr_assert_not(is_writable(stack->bottom - 1), "stack %d", i);
    }
}

Test(async_stack, further_stacks_come_from_slabs_without_guard_pages) {
    size_t unguarded = 0;
    for (int i = 0; i < ASYNC_GUARDED_STACKS + 3000; i++) {
        struct async_stack *stack = take();
        unguarded += stack->guard_bytes == 0;
    }
    cr_expect_gt(unguarded, 2900);
    cr_expect_lt(unguarded, 3000, "the lowest stack of a slab has no guard page");
}

Test(async_stack, an_untouched_stack_costs_one_page) {
    long before;
    long after;
    FILE *statm = fopen("/proc/self/statm", "r");
    cr_assert_eq(fscanf(statm, "%*d %ld", &before), 1);
    fclose(statm);
    for (int i = 0; i < 20000; i++) {
        take();
    }
    statm = fopen("/proc/self/statm", "r");
    cr_assert_eq(fscanf(statm, "%*d %ld", &after), 1);
    fclose(statm);
    cr_expect_leq(after - before, 20000 + 2000, "%ld pages", after - before);
}

Test(async_stack, tops_lie_at_several_offsets_in_a_page) {
    uintptr_t first = (uintptr_t)take() % 4096;
    bool differ = false;
    for (int i = 0; i < 8; i++) {
        differ = differ || (uintptr_t)take() % 4096 != first;
    }
    cr_expect(differ);
}

Test(async_stack, without_memory_the_message_names_the_limits) {
    struct rlimit limit = {.rlim_cur = 1, .rlim_max = RLIM_INFINITY};
    getrlimit(RLIMIT_AS, &limit);
    rlim_t before = limit.rlim_cur;
    limit.rlim_cur = 1024 * 1024;
    cr_assert_eq(setrlimit(RLIMIT_AS, &limit), 0);
    struct async_error error = {.kind = ASYNC_OK};
    struct async_stack *stack = async_stack_take(&stacks, &error);
    limit.rlim_cur = before;
    setrlimit(RLIMIT_AS, &limit);
    cr_expect_null(stack);
    cr_expect_eq(error.kind, ASYNC_NO_MEMORY);
    cr_expect_not_null(strstr(error.message, "vm.max_map_count"), "%s", error.message);
}

Test(async_stack, a_zeroed_pool_may_be_closed) {
    struct async_stacks zeroed = {.count = 0};
    async_stacks_close(&zeroed);
    cr_expect_null(zeroed.free);
}
