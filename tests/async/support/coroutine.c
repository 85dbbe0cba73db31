#include "tests/async/support/coroutine.h"

#include "tests/async/support/trace.h"

bool sleep_ms(void *argument, void **value, struct async_error *error) {
    *value = argument;
    return async_sleep(*(int *)argument * NS_PER_MS, error);
}

bool fail_now(void *argument, void **value, struct async_error *error) {
    (void)value;
    return async_fail(error, 7, "%s", (const char *)argument);
}

bool wait_for_ever(void *argument, void **value, struct async_error *error) {
    (void)value;
    bool ok = async_sleep(3600 * NS_PER_S, error);
    if (argument) {
        trace_end(argument, ok, error);
    }
    return ok;
}

bool turns(int count, struct async_error *error) {
    bool ok = true;
    while (ok && count-- > 0) {
        ok = async_sleep(0, error);
    }
    return ok;
}

enum async_error_kind end_of(struct async_awaitable *task) {
    struct async_error error = {.kind = ASYNC_OK};
    async_await(task, NULL, &error);
    async_release(task);
    return error.kind;
}
