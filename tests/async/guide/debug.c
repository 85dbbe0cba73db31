/* docs/async/guide.md: a slow step, the waiting tasks, an error that is not awaited. */
#include <simul/async.h>
#include <time.h>

static void on_report(struct async_loop *loop, const struct async_report *report,
                      void *context) {
    if (report->kind == ASYNC_REPORT_SLOW) {
        printf("slow: %s\n", async_get_name(report->awaitable));
    } else {
        puts(report->message);
    }
}

static bool freeze(void *argument, void **value, struct async_error *error) {
    nanosleep(&(struct timespec){.tv_nsec = 150 * NS_PER_MS}, NULL);
    return async_fail(error, 0, "no task awaits this");
}

static bool program(void *argument, void **value, struct async_error *error) {
    struct async_loop *loop = async_get_running_loop();
    async_set_debug(loop, true);
    async_set_exception_handler(loop, on_report, NULL);
    struct async_awaitable *task = async_create_task(async_coroutine(freeze, NULL));
    async_set_name(task, "freezer");
    printf("%zu tasks\n", async_all_tasks(loop, NULL, 0));
    async_release(task); /* no task will await it */
    bool ok = async_sleep(NS_PER_MS, error);
    async_print_tasks(loop, stderr); /* with what each of them waits for */
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
