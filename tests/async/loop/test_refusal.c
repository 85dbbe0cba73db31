/* async/loop/refusal.c: to await NULL fails with the reason why no awaitable was made. */
#include "async/loop/refusal.h"
#include "tests/async/support.h"

#include <errno.h>
#include <sys/resource.h>

/* With its argument, the coroutine has more bytes than any object may have. */
static struct async_awaitable *too_large(void) {
    return async_coroutine_at(wait_for_ever, "", PTRDIFF_MAX, "f", __FILE__, __LINE__);
}

/* To await or to read NULL fails with this kind and message. */
#define NULL_FAILS_WITH(expected, text)                                                \
    do {                                                                               \
        FAILS_WITH((expected), async_result(NULL, NULL, &error));                      \
        cr_expect_str_eq(error.message, (text));                                       \
    } while (0)

Test(async_refusal, without_a_reason_the_program_itself_passed_null) {
    struct async_error error = {.kind = ASYNC_OK};
    NULL_FAILS_WITH(ASYNC_INVALID_ARGUMENT, "an awaitable is needed here, not NULL");
}

Test(async_refusal, without_a_loop_nothing_is_made) {
    struct async_error error = {.kind = ASYNC_OK};
    cr_expect_null(async_create_task(async_coroutine(wait_for_ever, NULL)));
    NULL_FAILS_WITH(ASYNC_RUNTIME, "no running event loop");
    async_refuse(ASYNC_OUT_OF_MEMORY);
    cr_expect_null(async_ensure_future(async_coroutine(wait_for_ever, NULL), NULL));
    NULL_FAILS_WITH(ASYNC_RUNTIME, "no running event loop");
    async_refuse(ASYNC_OUT_OF_MEMORY);
    cr_expect_null(
        async_gather_future(ASYNC_LIST(async_coroutine(wait_for_ever, NULL)), false));
    NULL_FAILS_WITH(ASYNC_RUNTIME, "no running event loop");
    async_refuse(ASYNC_OUT_OF_MEMORY);
    cr_expect_null(async_shield_future(async_coroutine(wait_for_ever, NULL)));
    NULL_FAILS_WITH(ASYNC_RUNTIME, "no running event loop");
    async_refuse(ASYNC_OUT_OF_MEMORY);
    cr_expect_null(async_run_in_executor(NULL, NULL, wait_for_ever, NULL));
    NULL_FAILS_WITH(ASYNC_RUNTIME, "no running event loop");
    async_refuse(ASYNC_OUT_OF_MEMORY);
    cr_expect_null(async_create_future(NULL));
    NULL_FAILS_WITH(ASYNC_RUNTIME, "no running event loop");
}

Test(async_refusal, a_closed_loop_makes_nothing) {
    struct async_error error = {.kind = ASYNC_OK};
    struct async_loop *loop = new_loop();
    struct async_awaitable *future = async_create_future(loop);
    SUCCEEDS(async_loop_close(loop, &error));
    cr_expect_null(async_loop_create_task(loop, async_coroutine(wait_for_ever, NULL)));
    NULL_FAILS_WITH(ASYNC_RUNTIME, "Event loop is closed");
    async_refuse(ASYNC_OUT_OF_MEMORY);
    cr_expect_null(async_gather_future(ASYNC_LIST(future), false));
    NULL_FAILS_WITH(ASYNC_RUNTIME, "Event loop is closed");
    async_refuse(ASYNC_OUT_OF_MEMORY);
    cr_expect_null(async_run_in_executor(loop, NULL, wait_for_ever, NULL));
    NULL_FAILS_WITH(ASYNC_RUNTIME, "Event loop is closed");
    async_release(future);
    async_loop_free(loop);
}

Test(async_refusal, a_future_is_no_coroutine) {
    struct async_error error = {.kind = ASYNC_OK};
    struct async_loop *loop = new_loop();
    struct async_awaitable *future = async_create_future(loop);
    cr_expect_null(async_loop_create_task(loop, future));
    NULL_FAILS_WITH(ASYNC_INVALID_ARGUMENT,
                    "a coroutine was expected, not a task or a future");
    async_release(future);
    async_loop_free(loop);
}

/* The reason goes through the functions that take the NULL. */
Test(async_refusal, a_coroutine_that_is_too_large_is_out_of_memory) {
    struct async_error error = {.kind = ASYNC_OK};
    struct async_loop *loop = new_loop();
    FAILS_WITH(ASYNC_NO_MEMORY, async_run(too_large(), NULL, &error));
    FAILS_WITH(ASYNC_NO_MEMORY,
               async_run_until_complete(loop, too_large(), NULL, &error));
    cr_expect_null(async_loop_create_task(loop, too_large()));
    NULL_FAILS_WITH(ASYNC_NO_MEMORY, "out of memory for an awaitable");
    FAILS_WITH(ASYNC_NO_MEMORY, async_set_result(NULL, NULL, &error));
    FAILS_WITH(ASYNC_NO_MEMORY, async_add_done_callback(NULL, NULL, NULL, &error));
    async_loop_free(loop);
}

/* Each wait of a task, with NULL for an awaitable that is too large. */
ASYNC_FUNCTION(wait_for_too_large) {
    struct async_as_completed all;
    struct async_task_group group;
    FAILS_WITH(ASYNC_NO_MEMORY, async_await(too_large(), NULL, error));
    FAILS_WITH(ASYNC_NO_MEMORY, async_wait_for(too_large(), 1, NULL, error));
    FAILS_WITH(ASYNC_NO_MEMORY, async_shield(too_large(), NULL, error));
    FAILS_WITH(ASYNC_NO_MEMORY,
               async_gather(ASYNC_LIST(too_large()), false, NULL, error));
    FAILS_WITH(ASYNC_NO_MEMORY, async_wait(ASYNC_LIST(too_large()), ASYNC_FOREVER,
                                           ASYNC_ALL_COMPLETED, NULL, error));
    FAILS_WITH(ASYNC_NO_MEMORY, async_as_completed_open(&all, ASYNC_LIST(too_large()),
                                                        ASYNC_FOREVER, error));
    SUCCEEDS(async_task_group_enter(&group, error));
    FAILS_WITH(ASYNC_NO_MEMORY,
               async_task_group_create_task(&group, too_large(), NULL, error));
    SUCCEEDS(async_task_group_exit(&group, true, error));
    return true;
}

Test(async_refusal, each_wait_tells_the_reason) {
    run_well(wait_for_too_large, NULL);
}

/* -- Several tasks ----------------------------------------------------------------- */

ASYNC_FUNCTION(be_refused) {
    async_release(async_create_task(argument)); /* it is a future */
    return async_sleep(0, error);
}

ASYNC_TEST(async_refusal, each_task_is_told_its_own_reason) {
    struct async_awaitable *future = async_create_future(NULL);
    struct async_awaitable *none = too_large();
    struct async_awaitable *other = NEW_TASK(be_refused, future);
    SUCCEEDS(async_await(other, NULL, error));
    FAILS_WITH(ASYNC_NO_MEMORY, async_await(none, NULL, error));
    async_release(other);
    async_release(future);
    return true;
}

/* -- Threads ------------------------------------------------------------------------ */

#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
/* With no address space left no thread has a stack, but small objects still fit in the
 * heap. A sanitizer's own allocator would end the process. */
ASYNC_TEST(async_refusal, a_thread_that_cannot_start_is_an_error_of_the_system) {
    struct rlimit limit;
    cr_assert_eq(getrlimit(RLIMIT_AS, &limit), 0);
    rlim_t before = limit.rlim_cur;
    struct async_loop *loop = async_get_running_loop();
    struct async_executor *executor = async_executor_new(1, error);
    limit.rlim_cur = 1024 * 1024;
    cr_assert_eq(setrlimit(RLIMIT_AS, &limit), 0);
    struct async_awaitable *future =
        async_run_in_executor(loop, executor, wait_for_ever, NULL);
    limit.rlim_cur = before;
    setrlimit(RLIMIT_AS, &limit);
    FAILS_WITH(ASYNC_SYSTEM, async_await(future, NULL, error));
    cr_expect_eq(error->code, EAGAIN);
    async_release(future);
    async_executor_free(executor);
    return true;
}
#endif
