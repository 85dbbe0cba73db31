/* async/loop/check.c: what a loop refuses. */
#include "tests/async/support.h"

#include <pthread.h>
#include <signal.h>

#define PARAMETERS void *argument, void **value, struct async_error *error

static struct async_loop *loop;
static struct async_error failure;

static void open_loop(void) {
    loop = new_loop();
}

static void close_loop(void) {
    async_loop_free(loop);
}

TestSuite(async_check, .init = open_loop, .fini = close_loop);

static void note(void *argument) {
    trace("%s", (const char *)argument);
}

static bool start_again(PARAMETERS) {
    (void)value;
    cr_expect(async_loop_is_running(loop));
    bool ok = async_run_forever(loop, error);
    trace_end("forever", ok, error);
    cr_expect_str_eq(error->message, "This event loop is already running");
    ok = async_run_until_complete(loop, async_coroutine(wait_for_ever, NULL), NULL,
                                  error);
    trace_end("until", ok, error);
    cr_expect_str_eq(error->message, "This event loop is already running");
    ok = async_run_forever(argument, error);
    trace_end("other", ok, error);
    cr_expect_str_eq(error->message,
                     "Cannot run the event loop while another loop is running");
    ok = async_run(async_coroutine(wait_for_ever, NULL), NULL, error);
    trace_end("run", ok, error);
    cr_expect_str_eq(error->message,
                     "async_run() cannot be called from a running event loop");
    cr_expect_not(async_loop_close(loop, error));
    cr_expect_str_eq(error->message, "Cannot close a running event loop");
    return true;
}

Test(async_check, a_running_one_is_not_run_again) {
    struct async_loop *other = new_loop();
    cr_expect(async_run_until_complete(loop, async_coroutine(start_again, other), NULL,
                                       &failure));
    EXPECT_TRACE("forever=RuntimeError until=RuntimeError other=RuntimeError "
                 "run=RuntimeError");
    async_loop_free(other);
}

static void *refused_from_thread(void *refusal) {
    async_call_soon(loop, NULL, note, "never", refusal);
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

static bool be_set_by_thread(PARAMETERS) {
    (void)value;
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
    cr_expect(async_run_until_complete(
        loop, async_coroutine(be_set_by_thread, &setting), NULL, &failure));
    cr_expect_eq(setting.refusal.kind, ASYNC_RUNTIME);
}

static bool call_from_thread(PARAMETERS) {
    (void)value;
    pthread_t thread;
    cr_assert_eq(pthread_create(&thread, NULL, refused_from_thread, argument), 0);
    pthread_join(thread, NULL);
    return async_sleep(0, error);
}

Test(async_check, in_debug_mode_a_call_from_another_thread_is_refused) {
    struct async_error refusal = {.kind = ASYNC_OK};
    async_set_debug(loop, true);
    cr_expect(async_get_debug(loop));
    cr_expect(async_run_until_complete(
        loop, async_coroutine(call_from_thread, &refusal), NULL, &failure));
    cr_expect_eq(refusal.kind, ASYNC_RUNTIME);
    cr_expect_not_null(strstr(refusal.message, "Non-thread-safe"));
    EXPECT_TRACE("");
}

/* What async_get_running_loop() says outside of any. */
Test(async_check, where_there_is_none_calls_are_refused) {
    cr_expect_not(async_call_soon(NULL, NULL, note, "never", &failure));
    cr_expect_eq(failure.kind, ASYNC_RUNTIME);
    cr_expect_not(async_call_later(NULL, NULL, 1, note, "never", &failure));
    cr_expect_not(async_call_at(NULL, NULL, 1, note, "never", &failure));
    cr_expect_not(async_call_soon_threadsafe(NULL, note, "never", &failure));
    cr_expect_str_eq(failure.message, "no running event loop");
    cr_expect_not(async_add_signal_handler(NULL, SIGUSR1, note, "never", &failure));
    cr_expect_not(async_remove_signal_handler(NULL, SIGUSR1));
    cr_expect_str_eq(failure.message, "no running event loop");
    cr_expect_not(async_run_forever(NULL, &failure));
    cr_expect_not(async_run_until_complete(NULL, async_coroutine(wait_for_ever, NULL),
                                           NULL, &failure));
    cr_expect_eq(failure.kind, ASYNC_RUNTIME);
}

Test(async_check, a_closed_one_takes_nothing_more) {
    cr_expect(async_loop_close(loop, &failure));
    cr_expect(async_loop_close(loop, &failure));
    cr_expect(async_loop_is_closed(loop));
    cr_expect_not(async_call_soon(loop, NULL, note, "never", &failure));
    cr_expect_str_eq(failure.message, "Event loop is closed");
    cr_expect_not(async_run_forever(loop, &failure));
    cr_expect_str_eq(failure.message, "Event loop is closed");
    cr_expect_null(async_loop_create_task(loop, async_coroutine(wait_for_ever, NULL)));
}
