#include "tests/async/support/run.h"

#include "tests/async/support/descriptors.h"
#include "tests/async/support/expect.h"

#include <sys/wait.h>

/* -- Tests whose body is a task ---------------------------------------------------- */

bool run_body(void *argument, void **value, struct async_error *error) {
    (void)value;
    return (*(async_body *const *)argument)(error);
}

void run_async_test(async_body *body) {
    struct async_loop *loop = new_loop();
    run_in(loop, run_body, &body);
    cr_assert_eq(async_all_tasks(loop, NULL, 0), 0, "a task is left behind");
    async_loop_free(loop);
}

void run_real_time_test(async_body *body) {
    run_cleanly(run_body, &body);
}

/* -- A coroutine in a loop of its own ---------------------------------------------- */

bool run_coroutine(struct async_awaitable *coroutine, void **value,
                   struct async_error *error) {
    struct async_loop *loop = new_loop();
    bool ok = async_run_until_complete(loop, coroutine, value, error);
    async_loop_free(loop);
    return ok;
}

void run_coroutine_well(struct async_awaitable *coroutine) {
    struct async_error error = {.kind = ASYNC_OK};
    SUCCEEDS(run_coroutine(coroutine, NULL, &error));
}

void run_coroutine_in_real_time(struct async_awaitable *coroutine) {
    struct async_error error = {.kind = ASYNC_OK};
    alarm(REAL_TIME_HANG_S);
    SUCCEEDS(async_run(coroutine, NULL, &error));
    alarm(0);
}

/* Leaves a child that has ended as it is. */
static bool has_children(void) {
    siginfo_t child;
    return waitid(P_ALL, 0, &child, WEXITED | WNOHANG | WNOWAIT) == 0;
}

void run_coroutine_cleanly(struct async_awaitable *coroutine) {
    open_what_stays();
    int before = count_descriptors();
    bool had_children = has_children();
    run_coroutine_in_real_time(coroutine);
    cr_expect(had_children || !has_children(), "a child process is left");
    expect_descriptors(before);
}

/* -- A loop of the test's ---------------------------------------------------------- */

struct async_loop *new_loop(void) {
    alarm(HANG_S);
    struct async_error error = {.kind = ASYNC_OK};
    struct async_loop *loop = async_new_event_loop(&error);
    cr_assert_not_null(loop, "%s", error.message);
    async_use_virtual_time(loop);
    return loop;
}

void run_coroutine_in(struct async_loop *loop, struct async_awaitable *coroutine) {
    struct async_error error = {.kind = ASYNC_OK};
    SUCCEEDS(async_run_until_complete(loop, coroutine, NULL, &error));
}

/* A stop before the run lets one turn pass. */
void run_turns(struct async_loop *loop, int count) {
    struct async_error error = {.kind = ASYNC_OK};
    for (int i = 0; i < count; i++) {
        async_loop_stop(loop);
        SUCCEEDS(async_run_forever(loop, &error));
    }
}

void ignore_reports(struct async_loop *loop, const struct async_report *report,
                    void *context) {
    (void)loop, (void)report, (void)context;
}

void count_reports(struct async_loop *loop, const struct async_report *report,
                   void *context) {
    (void)loop;
    ((int *)context)[report->kind]++;
}

/* -- A loop that is closed while a task waits -------------------------------------- */

void close_under(async_function *function, void *argument) {
    struct waiting waiting = {.argument = argument};
    struct async_error error = {.kind = ASYNC_OK};
    open_what_stays();
    int before = count_descriptors();
    bool had_children = has_children();
    struct async_loop *loop = async_new_event_loop(&error);
    cr_assert_not_null(loop, "%s", error.message);
    async_set_exception_handler(loop, ignore_reports, NULL);
    async_release(async_loop_create_task(loop, async_coroutine(function, &waiting)));
    alarm(REAL_TIME_HANG_S);
    while (!waiting.is_waiting) {
        run_turns(loop, 1);
    }
    SUCCEEDS(async_loop_close(loop, &error));
    alarm(0);
    async_loop_free(loop);
    cr_expect_eq(waiting.ended_with, ASYNC_CLOSED);
    cr_expect(had_children || !has_children(), "a child process is left");
    expect_descriptors(before);
}
