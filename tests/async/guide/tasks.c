/* docs/async/guide.md: coroutines, tasks, and their results. */
#include <simul/async.h>

struct line {
    int64_t delay_ns;
    const char *word;
};

static bool say_after(void *argument, void **value, struct async_error *error) {
    struct line *line = argument;
    if (!async_sleep(line->delay_ns, error)) {
        return false;
    }
    puts(line->word);
    *value = (void *)line->word;
    return true;
}

static struct async_awaitable *say(int64_t delay_ns, const char *word) {
    struct line line = {delay_ns, word};
    return async_coroutine_copy(say_after, &line, sizeof line);
}

static bool program(void *argument, void **value, struct async_error *error) {
    if (!async_await(say(20 * NS_PER_MS, "awaited"), NULL, error)) {
        return false;
    }
    void *word = NULL;
    struct async_awaitable *slow = async_create_task(say(20 * NS_PER_MS, "slow"));
    struct async_awaitable *fast = async_create_task(say(10 * NS_PER_MS, "fast"));
    bool ok = async_await(slow, &word, error) && async_await(fast, NULL, error);
    if (ok) {
        printf("slow returned %s\n", (const char *)word);
    }
    async_release(slow);
    async_release(fast);
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
