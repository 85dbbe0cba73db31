/* async/thread/signals.c: signals as callbacks. */
#include "tests/async/loopback.h"

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

static bool hear_one(void *argument, void **value, struct async_error *error) {
    struct async_loop *loop = async_get_running_loop();
    struct count count = {.done = async_create_future(NULL)};
    (void)argument, (void)value;
    GOES_WELL(async_add_signal_handler(loop, SIGUSR2, note, &count, error));
    raise(SIGUSR2);
    cr_expect_eq(count.calls, 0, "called from inside the signal");
    GOES_WELL(async_await(count.done, NULL, error));
    cr_expect_eq(count.calls, 1);
    cr_expect(async_remove_signal_handler(loop, SIGUSR2));
    cr_expect_not(async_remove_signal_handler(loop, SIGUSR2));
    async_release(count.done);
    return true;
}

Test(async_signals, a_signal_becomes_a_callback) {
    run_cleanly(hear_one, NULL);
}

static bool replace(void *argument, void **value, struct async_error *error) {
    struct async_loop *loop = async_get_running_loop();
    struct count first = {.calls = 0};
    struct count second = {.done = async_create_future(NULL)};
    (void)argument, (void)value;
    GOES_WELL(async_add_signal_handler(loop, SIGUSR2, note, &first, error));
    GOES_WELL(async_add_signal_handler(loop, SIGUSR2, note, &second, error));
    raise(SIGUSR2);
    GOES_WELL(async_await(second.done, NULL, error));
    cr_expect_eq(first.calls, 0);
    async_release(second.done);
    return true;
}

Test(async_signals, the_second_handler_replaces_the_first) {
    run_cleanly(replace, NULL);
}

/* By the loop's close here: SIGUSR2 ends the program again, as by default. */
Test(async_signals, a_closed_loop_has_removed_its_handlers, .signal = SIGUSR2) {
    run_cleanly(replace, NULL);
    raise(SIGUSR2);
}

Test(async_signals, what_cannot_be_caught_is_refused) {
    struct async_error error;
    struct async_loop *loop = async_new_event_loop(&error);
    cr_expect_not(async_add_signal_handler(loop, SIGKILL, note, NULL, &error));
    cr_expect_eq(error.kind, ASYNC_RUNTIME);
    cr_expect_str_eq(error.message, "sig 9 cannot be caught");
    cr_expect_not(async_add_signal_handler(loop, 1000, note, NULL, &error));
    cr_expect_eq(error.kind, ASYNC_INVALID_ARGUMENT);
    cr_expect_not(async_remove_signal_handler(loop, SIGUSR2));
    async_loop_free(loop);
}

/* -- Who waits for what ---------------------------------------------------------- */

static bool say_nothing(void *argument, void **value, struct async_error *error) {
    (void)value;
    return async_await(argument, NULL, error);
}

static bool list_tasks(void *argument, void **value, struct async_error *error) {
    FILE *output = argument;
    struct async_awaitable *never = async_create_future(NULL);
    struct async_awaitable *task =
        async_create_task(async_coroutine(say_nothing, never));
    (void)value;
    async_set_name(task, "silent one");
    GOES_WELL(
        async_print_tasks_on_signal(async_get_running_loop(), SIGUSR1, output, error));
    GOES_WELL(async_sleep(0, error));
    raise(SIGUSR1);
    while (ftell(output) == 0) {
        GOES_WELL(async_sleep(NS_PER_MS, error));
    }
    async_cancel(task);
    FAILS_WITH(ASYNC_CANCELLED, async_await(task, NULL, error));
    async_release(task);
    async_release(never);
    return true;
}

Test(async_signals, sigusr1_lists_the_tasks_and_what_they_wait_for) {
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
