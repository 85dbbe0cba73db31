/* async/thread/signals.c: signals become callbacks. */
#include "tests/async/support.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

struct count {
    int calls;
    struct async_awaitable *done;
};

static void note(void *argument) {
    struct count *count = argument;
    count->calls++;
    if (count->done) {
        async_set_result(count->done, NULL, NULL);
    }
}

REAL_TIME_TEST(async_signals, a_signal_becomes_a_callback) {
    struct async_loop *loop = async_get_running_loop();
    struct count count = {.done = async_create_future(NULL)};
    SUCCEEDS(async_add_signal_handler(loop, SIGUSR2, note, &count, error));
    raise(SIGUSR2);
    cr_expect_eq(count.calls, 0, "the signal handler itself called it");
    SUCCEEDS(async_await(count.done, NULL, error));
    cr_expect_eq(count.calls, 1);
    cr_expect(async_remove_signal_handler(loop, SIGUSR2));
    cr_expect_not(async_remove_signal_handler(loop, SIGUSR2));
    async_release(count.done);
    return true;
}

ASYNC_FUNCTION(replace) {
    struct async_loop *loop = async_get_running_loop();
    struct count first = {.calls = 0};
    struct count second = {.done = async_create_future(NULL)};
    SUCCEEDS(async_add_signal_handler(loop, SIGUSR2, note, &first, error));
    SUCCEEDS(async_add_signal_handler(loop, SIGUSR2, note, &second, error));
    raise(SIGUSR2);
    SUCCEEDS(async_await(second.done, NULL, error));
    cr_expect_eq(first.calls, 0);
    async_release(second.done);
    return true;
}

Test(async_signals, the_second_handler_replaces_the_first) {
    run_cleanly(replace, NULL);
}

/* The close of the loop removes the handler, so SIGUSR2 ends the program. */
Test(async_signals, a_closed_loop_has_removed_its_handlers, .signal = SIGUSR2) {
    run_cleanly(replace, NULL);
    raise(SIGUSR2);
}

Test(async_signals, a_signal_that_cannot_be_caught_is_refused) {
    struct async_error error;
    struct async_loop *loop = async_new_event_loop(&error);
    FAILS_WITH(ASYNC_RUNTIME,
               async_add_signal_handler(loop, SIGKILL, note, NULL, &error));
    cr_expect_str_eq(error.message, "sig 9 cannot be caught");
    FAILS_WITH(ASYNC_INVALID_ARGUMENT,
               async_add_signal_handler(loop, 1000, note, NULL, &error));
    cr_expect_not(async_remove_signal_handler(loop, SIGUSR2));
    async_loop_free(loop);
}

/* -- The list of tasks ------------------------------------------------------------- */

ASYNC_FUNCTION(wait_silently) {
    return async_await(argument, NULL, error);
}

ASYNC_FUNCTION(list_tasks) {
    FILE *output = argument;
    struct async_awaitable *never = async_create_future(NULL);
    struct async_awaitable *task = NEW_TASK(wait_silently, never);
    async_set_name(task, "silent one");
    SUCCEEDS(
        async_print_tasks_on_signal(async_get_running_loop(), SIGUSR1, output, error));
    SUCCEEDS(async_sleep(0, error));
    raise(SIGUSR1);
    while (ftell(output) == 0) {
        SUCCEEDS(async_sleep(NS_PER_MS, error));
    }
    async_cancel(task);
    FAILS_WITH(ASYNC_CANCELLED, async_await(task, NULL, error));
    async_release(task);
    async_release(never);
    return true;
}

Test(async_signals, sigusr1_lists_the_tasks_and_the_futures_they_wait_for) {
    char *text = NULL;
    size_t length;
    FILE *output = open_memstream(&text, &length);
    run_cleanly(list_tasks, output);
    fclose(output);
    cr_expect(strstr(text, "silent one"), "%s", text);
    cr_expect(strstr(text, "wait_for=<Future"), "%s", text);
    cr_expect(strstr(text, "name='Task-1'"), "%s", text);
    free(text);
}
