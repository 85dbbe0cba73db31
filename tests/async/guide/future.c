/* docs/async/guide.md: a callback sets a future. */
#include <simul/async.h>

static void ring(void *argument) {
    async_set_result(argument, (void *)"ring", NULL);
}

static void note(struct async_awaitable *future, void *argument) {
    printf("noted: done %d\n", async_done(future));
}

static bool program(void *argument, void **value, struct async_error *error) {
    struct async_loop *loop = async_get_running_loop();
    struct async_handle timer = {0};
    struct async_awaitable *bell = async_create_future(loop);
    void *sound = NULL;
    bool ok = async_add_done_callback(bell, note, NULL, error) &&
              async_call_later(loop, &timer, 10 * NS_PER_MS, ring, bell, error) &&
              async_await(bell, &sound, error);
    if (ok) {
        puts(sound);
    }
    async_handle_cancel(&timer);
    async_release(bell);
    return ok;
}

int main(void) {
    struct async_error error = {0};
    if (!async_run(async_coroutine(program, NULL), NULL, &error)) {
        fprintf(stderr, "%s: %s\n", async_error_name(error.kind), error.message);
        return 1;
    }
    return 0;
}
