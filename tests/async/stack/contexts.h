/* The checks that every implementation of async/stack/context.h has to pass. Each test
 * program compiles them against its own implementation. */
#ifndef SIMUL_TESTS_ASYNC_STACK_CONTEXTS_H
#define SIMUL_TESTS_ASYNC_STACK_CONTEXTS_H

#include "async/stack/context.h"

#include <criterion/criterion.h>
#include <fenv.h>
#include <stdint.h>
#include <string.h>
#if __has_include(<valgrind/valgrind.h>)
#    include <valgrind/valgrind.h>
#else
#    define VALGRIND_STACK_REGISTER(bottom, top) 0
#endif

enum { CONTEXT_COUNT = 3, CONTEXT_STACK_BYTES = 256 * 1024, ROUNDS = 1000 };

static struct async_context home;
static struct async_context contexts[CONTEXT_COUNT];
_Alignas(64) static char context_stacks[CONTEXT_COUNT][CONTEXT_STACK_BYTES];
static int visits[CONTEXT_COUNT];
static const char *addresses[CONTEXT_COUNT];

/* Counts and goes home, in turns. The sum on its stack has to survive each jump. */
static void count(void *argument) {
    int index = *(int *)argument;
    char local = 0;
    addresses[index] = &local;
    volatile double sum = 0.5;
    for (int i = 0;; i++) {
        cr_assert_eq(visits[index], i);
        cr_assert_float_eq(sum, 0.5 + i, 1e-9);
        visits[index]++;
        sum += 1;
        async_context_jump(&contexts[index], &home);
    }
}

/* Jumps to the next context; the last one jumps home. */
static void hand_on(void *argument) {
    int index = *(int *)argument;
    for (;;) {
        visits[index]++;
        async_context_jump(&contexts[index],
                           index + 1 < CONTEXT_COUNT ? &contexts[index + 1] : &home);
    }
}

static void make_contexts(void (*entry)(void *argument)) {
    static int numbers[CONTEXT_COUNT] = {0, 1, 2};
    for (int i = 0; i < CONTEXT_COUNT; i++) {
        (void)VALGRIND_STACK_REGISTER(context_stacks[i],
                                      context_stacks[i] + CONTEXT_STACK_BYTES);
        async_context_make(&contexts[i], context_stacks[i], CONTEXT_STACK_BYTES, entry,
                           &numbers[i]);
    }
}

static void check_each_goes_on_where_it_stopped(void) {
    make_contexts(count);
    for (int round = 0; round < ROUNDS; round++) {
        for (int i = 0; i < CONTEXT_COUNT; i++) {
            async_context_jump(&home, &contexts[i]);
        }
    }
    for (int i = 0; i < CONTEXT_COUNT; i++) {
        cr_expect_eq(visits[i], ROUNDS);
    }
}

static void check_each_has_its_own_stack(void) {
    make_contexts(count);
    for (int i = 0; i < CONTEXT_COUNT; i++) {
        async_context_jump(&home, &contexts[i]);
        cr_expect(addresses[i] > context_stacks[i] &&
                  addresses[i] < context_stacks[i] + CONTEXT_STACK_BYTES);
    }
}

static void check_a_context_jumps_to_another(void) {
    make_contexts(hand_on);
    for (int round = 0; round < ROUNDS; round++) {
        async_context_jump(&home, &contexts[0]);
    }
    for (int i = 0; i < CONTEXT_COUNT; i++) {
        cr_expect_eq(visits[i], ROUNDS);
    }
}

#endif
