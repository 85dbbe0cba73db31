/* async/loop/watch.c: debug mode, in which a slow step is reported. */
#include "tests/async/support.h"

#define PARAMETERS void *argument, void **value, struct async_error *error

static struct async_loop *loop;
static struct async_error failure;

static void open_loop(void) {
    loop = new_loop();
}

static void close_loop(void) {
    async_loop_free(loop);
}

TestSuite(async_watch, .init = open_loop, .fini = close_loop);

static bool block(PARAMETERS) {
    (void)value, (void)error;
    clock_sleep_until_ns(clock_now_ns() + *(int64_t *)argument);
    return true;
}

static char slow_message[256];

static void keep_slow(struct async_loop *reporting, const struct async_report *report,
                      void *context) {
    (void)reporting, (void)context;
    cr_assert_eq(report->kind, ASYNC_REPORT_SLOW);
    cr_expect_geq(report->duration_ns, 20 * NS_PER_MS);
    snprintf(slow_message, sizeof slow_message, "%s", report->message);
}

Test(async_watch, in_debug_mode_a_slow_step_is_reported_with_name_and_place) {
    int64_t long_ns = 20 * NS_PER_MS;
    async_set_debug(loop, true);
    async_set_slow_callback_ns(loop, 10 * NS_PER_MS);
    async_set_exception_handler(loop, keep_slow, NULL);
    cr_expect(async_run_until_complete(loop, async_coroutine(block, &long_ns), NULL,
                                       &failure));
    cr_expect_not_null(strstr(slow_message, "name='Task-1'"), "%s", slow_message);
    cr_expect_not_null(strstr(slow_message, "block() at "), "%s", slow_message);
    cr_expect_not_null(strstr(slow_message, " took 0."), "%s", slow_message);
}
