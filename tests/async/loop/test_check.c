/* async/loop/check.c: the calls that a loop refuses. */
#include "tests/async/support.h"

#include <pthread.h>
#include <signal.h>

static struct async_loop *loop;

static void open_loop(void) {
    loop = new_loop();
}

static void close_loop(void) {
    async_loop_free(loop);
}

TestSuite(async_check, .init = open_loop, .fini = close_loop);

ASYNC_FUNCTION(start_again) {
    cr_expect(async_loop_is_running(loop));
    FAILS_WITH(ASYNC_RUNTIME, async_run_forever(loop, error));
    cr_expect_str_eq(error->message, "This event loop is already running");
    FAILS_WITH(ASYNC_RUNTIME,
               async_run_until_complete(loop, async_coroutine(wait_for_ever, NULL),
                                        NULL, error));
    cr_expect_str_eq(error->message, "This event loop is already running");
    FAILS_WITH(ASYNC_RUNTIME, async_run_forever(argument, error));
    cr_expect_str_eq(error->message,
                     "Cannot run the event loop while another loop is running");
    FAILS_WITH(ASYNC_RUNTIME,
               async_run(async_coroutine(wait_for_ever, NULL), NULL, error));
    cr_expect_str_eq(error->message,
                     "async_run() cannot be called from a running event loop");
    FAILS_WITH(ASYNC_RUNTIME, async_loop_close(loop, error));
    cr_expect_str_eq(error->message, "Cannot close a running event loop");
    return true;
}

Test(async_check, a_running_loop_is_not_run_again) {
    struct async_loop *other = new_loop();
    run_in(loop, start_again, other);
    async_loop_free(other);
}

static void *refused_from_thread(void *refusal) {
    async_call_soon(loop, NULL, trace_word, "never", refusal);
    return NULL;
}

struct setting {
    struct async_awaitable *future;
    struct async_error refusal;
};

static void *set_from_thread(void *argument) {
    struct setting *setting = argument;
    cr_expect_not(async_set_result(setting->future, NULL, &setting->refusal));
    cr_expect_not(async_set_exception(setting->future, &setting->refusal, NULL));
    return NULL;
}

ASYNC_FUNCTION(be_set_by_thread) {
    struct setting *setting = argument;
    pthread_t thread;
    setting->future = async_create_future(loop);
    cr_assert_eq(pthread_create(&thread, NULL, set_from_thread, setting), 0);
    pthread_join(thread, NULL);
    cr_expect_not(async_done(setting->future));
    bool ok = async_set_result(setting->future, NULL, error);
    async_release(setting->future);
    return ok;
}

Test(async_check, in_debug_mode_a_future_is_not_set_by_another_thread) {
    struct setting setting = {.future = NULL};
    async_set_debug(loop, true);
    run_in(loop, be_set_by_thread, &setting);
    cr_expect_eq(setting.refusal.kind, ASYNC_RUNTIME);
}

ASYNC_FUNCTION(call_from_thread) {
    pthread_t thread;
    cr_assert_eq(pthread_create(&thread, NULL, refused_from_thread, argument), 0);
    pthread_join(thread, NULL);
    return async_sleep(0, error);
}

Test(async_check, in_debug_mode_a_call_from_another_thread_is_refused) {
    struct async_error refusal = {.kind = ASYNC_OK};
    async_set_debug(loop, true);
    cr_expect(async_get_debug(loop));
    run_in(loop, call_from_thread, &refusal);
    cr_expect_eq(refusal.kind, ASYNC_RUNTIME);
    cr_expect_not_null(strstr(refusal.message, "Non-thread-safe"));
    EXPECT_TRACE("");
}

/* Outside of a run async_get_running_loop() returns NULL. */
Test(async_check, without_a_loop_calls_are_refused) {
    struct async_error error;
    FAILS_WITH(ASYNC_RUNTIME, async_call_soon(NULL, NULL, trace_word, "never", &error));
    FAILS_WITH(ASYNC_RUNTIME,
               async_call_later(NULL, NULL, 1, trace_word, "never", &error));
    FAILS_WITH(ASYNC_RUNTIME,
               async_call_at(NULL, NULL, 1, trace_word, "never", &error));
    FAILS_WITH(ASYNC_RUNTIME,
               async_call_soon_threadsafe(NULL, trace_word, "never", &error));
    cr_expect_str_eq(error.message, "no running event loop");
    FAILS_WITH(ASYNC_RUNTIME,
               async_add_signal_handler(NULL, SIGUSR1, trace_word, "never", &error));
    cr_expect_not(async_remove_signal_handler(NULL, SIGUSR1));
    cr_expect_str_eq(error.message, "no running event loop");
    FAILS_WITH(ASYNC_RUNTIME, async_run_forever(NULL, &error));
    FAILS_WITH(ASYNC_RUNTIME,
               async_run_until_complete(NULL, async_coroutine(wait_for_ever, NULL),
                                        NULL, &error));
}

Test(async_check, a_closed_loop_refuses_every_call) {
    struct async_error error;
    SUCCEEDS(async_loop_close(loop, &error));
    SUCCEEDS(async_loop_close(loop, &error));
    cr_expect(async_loop_is_closed(loop));
    FAILS_WITH(ASYNC_RUNTIME, async_call_soon(loop, NULL, trace_word, "never", &error));
    cr_expect_str_eq(error.message, "Event loop is closed");
    FAILS_WITH(ASYNC_RUNTIME, async_run_forever(loop, &error));
    cr_expect_str_eq(error.message, "Event loop is closed");
    cr_expect_null(async_loop_create_task(loop, async_coroutine(wait_for_ever, NULL)));
}
