/* async/loop/watch.c: debug mode reports a slow step. */
#include "tests/async/support.h"

static struct async_loop *loop;

static void open_loop(void) {
    loop = new_loop();
}

static void close_loop(void) {
    async_loop_free(loop);
}

TestSuite(async_watch, .init = open_loop, .fini = close_loop);

ASYNC_FUNCTION(block) {
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

Test(async_watch, debug_mode_reports_a_slow_step_with_name_and_place) {
    int64_t long_ns = 20 * NS_PER_MS;
    async_set_debug(loop, true);
    async_set_slow_callback_ns(loop, 10 * NS_PER_MS);
    async_set_exception_handler(loop, keep_slow, NULL);
    run_in(loop, block, &long_ns);
    cr_expect_not_null(strstr(slow_message, "name='Task-1'"), "%s", slow_message);
    cr_expect_not_null(strstr(slow_message, "block() at "), "%s", slow_message);
    cr_expect_not_null(strstr(slow_message, " took 0."), "%s", slow_message);
}
