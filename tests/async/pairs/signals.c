/* Signal handlers: when they are called, and the signals that are refused. */
#include "tests/async/pairs/pair.h"

#include <signal.h>

struct handler {
    const char *word;
    struct async_awaitable *called;
};

static void handle(void *argument) {
    struct handler *handler = argument;
    trace("handler %s", handler->word);
    async_set_result(handler->called, NULL, NULL);
}

PAIR(signals, a_handler_is_called_by_the_loop) {
    struct async_loop *loop = async_get_running_loop();
    struct handler a = {"a", async_create_future(NULL)};
    bool ok = async_add_signal_handler(loop, SIGUSR2, handle, &a, error);
    raise(SIGUSR2);
    trace("raised");
    ok = ok && async_await(a.called, NULL, error);
    trace("removed %d", async_remove_signal_handler(loop, SIGUSR2));
    trace("removed %d", async_remove_signal_handler(loop, SIGUSR2));
    async_release(a.called);
    return ok;
}

PAIR(signals, the_second_handler_replaces_the_first) {
    struct async_loop *loop = async_get_running_loop();
    struct async_awaitable *called = async_create_future(NULL);
    struct handler a = {"a", called};
    struct handler b = {"b", called};
    bool ok = async_add_signal_handler(loop, SIGUSR2, handle, &a, error) &&
              async_add_signal_handler(loop, SIGUSR2, handle, &b, error);
    raise(SIGUSR2);
    ok = ok && async_await(called, NULL, error);
    async_remove_signal_handler(loop, SIGUSR2);
    async_release(called);
    return ok;
}

PAIR(signals, a_signal_that_cannot_be_caught_is_refused) {
    const int numbers[] = {SIGKILL, SIGSTOP, 32, 1000, 0};
    struct handler never = {.word = "never"};
    for (int i = 0; i < 5; i++) {
        if (!async_add_signal_handler(async_get_running_loop(), numbers[i], handle,
                                      &never, error)) {
            trace("%s %s", async_error_name(error->kind), error->message);
            async_error_clear(error);
        }
    }
    return true;
}
