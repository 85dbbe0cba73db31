/* async/loop/life.c: a loop that ends with pending tasks or open handles leaks
 * nothing. */
#include "async/loop/core.h"
#include "tests/async/support.h"

#include <uv.h>

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/wait.h>

static int reports[REPORT_KINDS];

/* Returns a loop in which a task of `function` runs three turns, and is then
 * pending. */
static struct async_loop *leave_pending(async_function *function, void *argument) {
    struct async_loop *loop = new_loop();
    async_set_exception_handler(loop, count_reports, reports);
    async_release(async_loop_create_task(loop, async_coroutine(function, argument)));
    run_turns(loop, 3);
    return loop;
}

ASYNC_FUNCTION(hold_memory) {
    char *memory = malloc(100);
    bool ok = async_sleep(NS_PER_S, error);
    trace_end("sleep", ok, error);
    ok = async_sleep(0, error);
    trace_end("again", ok, error);
    free(memory);
    return ok;
}

Test(async_life, a_pending_task_cleans_up_and_cannot_wait_again) {
    async_loop_free(leave_pending(hold_memory, NULL));
    EXPECT_TRACE("sleep GeneratorExit again GeneratorExit");
    cr_expect_eq(reports[ASYNC_REPORT_DESTROYED], 1);
    cr_expect_eq(reports[ASYNC_REPORT_NEVER_RETRIEVED], 0);
}

ASYNC_FUNCTION(hold_tasks) {
    struct async_awaitable *children[3];
    for (int i = 0; i < 3; i++) {
        children[i] = NEW_TASK(hold_memory, NULL);
    }
    struct async_timeout timeout;
    bool ok = async_timeout_enter(&timeout, 3600 * NS_PER_S, error) &&
              async_timeout_exit(&timeout,
                                 async_gather(children, 3, false, NULL, error), error);
    async_cancel(children[0]);
    cr_expect_null(NEW_TASK(hold_memory, NULL));
    for (int i = 0; i < 3; i++) {
        async_release(children[i]);
    }
    return ok;
}

Test(async_life, tasks_that_wait_for_tasks_all_end) {
    async_loop_free(leave_pending(hold_tasks, NULL));
    cr_expect_eq(reports[ASYNC_REPORT_DESTROYED], 4);
}

ASYNC_FUNCTION(use_stack_of_parent) {
    char *name = argument;
    bool ok = async_sleep(NS_PER_S, error);
    trace("%s", name); /* if the stack were reused by now, a sanitizer would say so */
    *name = 'x';
    return ok;
}

ASYNC_FUNCTION(give_from_stack) {
    char names[][2] = {"a", "b", "c"};
    struct async_task_group group;
    bool ok = async_task_group_enter(&group, error);
    for (int i = 0; ok && i < 2; i++) {
        struct async_awaitable *coroutine =
            async_coroutine(use_stack_of_parent, names[i]);
        ok = async_task_group_create_task(&group, coroutine, NULL, error);
    }
    struct async_awaitable *last = async_coroutine(use_stack_of_parent, names[2]);
    ok = ok && async_gather(&last, 1, false, NULL, error);
    trace("parent %s%s%s", names[0], names[1], names[2]);
    return async_task_group_exit(&group, ok, error);
}

Test(async_life, the_youngest_task_ends_first_so_a_parents_stack_outlives_its_tasks) {
    async_loop_free(leave_pending(give_from_stack, NULL));
    EXPECT_TRACE("c b a parent xxx");
}

ASYNC_FUNCTION(swallow_all) {
    for (int i = 0; i < 10; i++) {
        async_sleep(NS_PER_S, error);
        async_error_clear(error);
        async_wait_for(async_coroutine(hold_memory, NULL), NS_PER_S, NULL, error);
        async_shield(NEW_TASK(hold_memory, NULL), NULL, error);
    }
    *value = argument;
    return true;
}

Test(async_life, a_task_that_ignores_errors_ends_too) {
    async_loop_free(leave_pending(swallow_all, NULL));
    cr_expect_eq(reports[ASYNC_REPORT_DESTROYED], 1);
}

/* Most of these calls first make a task or a future, which fails in a closed loop. The
 * error has to say that the loop is closed, not that nothing could be made. */
ASYNC_FUNCTION(wait_in_all_ways) {
    bool ok = async_sleep(NS_PER_S, error);
    struct async_error e;
    struct async_timeout timeout;
    struct async_task_group group;
    struct async_as_completed all;
    struct async_server *server;
    struct async_writer *writer;
    struct async_process *process;
    struct async_awaitable *task = NEW_TASK(hold_memory, NULL);
#define NEW() async_coroutine(hold_memory, NULL)
    trace_end("gather", async_gather(ASYNC_LIST(NEW(), NEW()), false, NULL, &e), &e);
    trace_end("wait_for", async_wait_for(NEW(), 1, NULL, &e), &e);
    trace_end("wait", async_wait(&task, 1, 1, ASYNC_ALL_COMPLETED, NULL, &e), &e);
    trace_end("shield", async_shield(NEW(), NULL, &e), &e);
    trace_end("thread", async_to_thread(hold_memory, NULL, NULL, &e), &e);
    trace_end("timeout", async_timeout_enter(&timeout, 1, &e), &e);
    trace_end("group", async_task_group_enter(&group, &e), &e);
    trace_end("completed",
              async_as_completed_open(&all, ASYNC_LIST(NEW(), NEW()), 1, &e), &e);
    trace_end("server", async_start_server(NULL, NULL, NULL, 0, NULL, &server, &e), &e);
    trace_end("connection", async_open_connection("localhost", 1, 0, NULL, &writer, &e),
              &e);
    trace_end("process",
              async_create_subprocess_exec((const char *[]){"true", NULL}, NULL,
                                           &process, &e),
              &e);
#undef NEW
    return ok;
}

Test(async_life, every_wait_says_that_the_loop_is_closed) {
    async_loop_free(leave_pending(wait_in_all_ways, NULL));
    const char *line = trace_lines();
    int count = 0;
    for (; *line; line = strchr(line, '\n') + 1, count++) {
        const char *kind = strchr(line, ' ');
        cr_expect_eq(strncmp(kind, " GeneratorExit\n", 15), 0, "%s", line);
    }
    cr_expect_eq(count, 11);
}

/* To await a coroutine is a call, which needs no turn of the loop. */
ASYNC_FUNCTION(answer) {
    *value = argument;
    return true;
}

ASYNC_FUNCTION(clean_up_by_coroutines) {
    bool ok = async_sleep(NS_PER_S, error);
    struct async_error failure = {.kind = ASYNC_OK};
    trace_end("cleanup", async_await(async_coroutine(answer, "x"), NULL, &failure),
              &failure);
    return ok;
}

Test(async_life, a_cleanup_may_await_coroutines_that_do_not_wait) {
    async_loop_free(leave_pending(clean_up_by_coroutines, NULL));
    EXPECT_TRACE("cleanup done");
}

Test(async_life, callbacks_are_not_called_and_their_handles_are_free) {
    struct async_loop *loop = new_loop();
    struct async_error error;
    struct async_handle soon = {.loop = NULL};
    struct async_handle later = {.loop = NULL};
    SUCCEEDS(async_call_soon(loop, NULL, trace_word, "a", &error));
    SUCCEEDS(async_call_soon(loop, &soon, trace_word, "b", &error));
    SUCCEEDS(async_call_later(loop, NULL, NS_PER_S, trace_word, "c", &error));
    SUCCEEDS(async_call_later(loop, &later, NS_PER_S, trace_word, "d", &error));
    SUCCEEDS(async_call_soon_threadsafe(loop, trace_word, "e", &error));
    SUCCEEDS(async_loop_close(loop, &error));
    async_handle_cancel(&soon);
    async_handle_cancel(&later);
    async_loop_free(loop);
    EXPECT_TRACE("");
}

ASYNC_FUNCTION(fail_and_finish) {
    async_release(NEW_TASK(hold_memory, NULL)); /* never begins */
    return async_fail(error, 0, "ended before");
}

Test(async_life, a_task_that_never_began_is_reported_and_freed) {
    struct async_loop *loop = new_loop();
    async_set_exception_handler(loop, count_reports, reports);
    async_release(async_loop_create_task(loop, async_coroutine(fail_and_finish, NULL)));
    run_turns(loop, 1);
    async_loop_free(loop);
    EXPECT_TRACE("");
    cr_expect_eq(reports[ASYNC_REPORT_DESTROYED], 1);
}

static void close_one(struct async_closer *closer) {
    trace("%c", *(const char *)(closer + 1));
}

Test(async_life, closers_are_called_once_and_the_last_added_is_the_first) {
    struct {
        struct async_closer closer;
        char name;
    } closers[] = {{{.close = close_one}, 'a'}, {{.close = close_one}, 'b'}};
    struct async_loop *loop = new_loop();
    async_loop_add_closer(loop, &closers[0].closer);
    async_loop_add_closer(loop, &closers[1].closer);
    struct async_error error;
    SUCCEEDS(async_loop_close(loop, &error));
    EXPECT_TRACE("b a");
    async_loop_free(loop);
    EXPECT_TRACE("b a");
}

Test(async_life, a_task_that_is_held_stays_pending) {
    struct async_loop *loop = new_loop();
    async_set_exception_handler(loop, count_reports, reports);
    struct async_awaitable *task =
        async_loop_create_task(loop, async_coroutine(wait_for_ever, NULL));
    struct async_error error;
    run_turns(loop, 1);
    async_loop_free(loop);
    cr_expect_not(async_done(task));
    FAILS_WITH(ASYNC_INVALID_STATE, async_result(task, NULL, &error));
    async_release(task);
}

/* -- Threads that still send ------------------------------------------------------- */

struct sender {
    struct async_loop *loop;
    atomic_bool has_sent;
};

static void ignore(void *argument) {
    (void)argument;
}

static void *send_until_closed(void *argument) {
    struct sender *sender = argument;
    while (async_call_soon_threadsafe(sender->loop, ignore, NULL, NULL)) {
        atomic_store(&sender->has_sent, true);
        sched_yield(); /* else the loop may be given more than it can take */
    }
    return NULL;
}

/* 300 rounds, so that some close falls between a thread's look at the loop and its
 * write. */
Test(async_life, threads_may_send_while_the_loop_closes) {
    for (int round = 0; round < 300; round++) {
        struct sender sender = {.loop = new_loop()};
        struct async_error error;
        pthread_t threads[2];
        for (int i = 0; i < 2; i++) {
            pthread_create(&threads[i], NULL, send_until_closed, &sender);
        }
        while (!atomic_load(&sender.has_sent)) {
            run_turns(sender.loop, 1);
        }
        SUCCEEDS(async_loop_close(sender.loop, &error));
        for (int i = 0; i < 2; i++) {
            pthread_join(threads[i], NULL);
        }
        async_loop_free(sender.loop);
    }
}

/* -- A handle of the user's that is still open -------------------------------------- */

/* In real time: libuv's own timers know no other. */
Test(async_life, a_loop_with_an_open_handle_can_be_freed_after_the_handle_is_closed) {
    open_what_stays();
    int before = count_descriptors();
    struct async_error error = {.kind = ASYNC_OK};
    struct async_loop *loop = async_new_event_loop(&error);
    uv_timer_t timer;
    cr_assert_eq(uv_timer_init(async_loop_uv(loop), &timer), 0);
    async_set_event_loop(loop);
    FAILS_WITH(ASYNC_RUNTIME, async_loop_close(loop, &error));
    FAILS_WITH(ASYNC_RUNTIME, async_loop_close(loop, &error));
    async_loop_free(loop);
    cr_expect(async_loop_is_closed(loop), "it was freed under the handle");
    cr_expect_eq(async_get_event_loop(&error), loop);
    uv_close((uv_handle_t *)&timer, NULL);
    SUCCEEDS(async_loop_close(loop, &error));
    async_loop_free(loop);
    expect_descriptors(before);
}

/* -- After fork() ------------------------------------------------------------------ */

static int status_of(pid_t child) {
    int status = -1;
    waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

ASYNC_FUNCTION(sleep_a_little) {
    return async_sleep(NS_PER_MS, error);
}

REAL_TIME_TEST(async_life, a_child_forked_inside_a_task_may_run_its_own_loop) {
    pid_t child = fork();
    if (child == 0) {
        bool ok = !async_get_running_loop() && !async_current_task() &&
                  async_run(async_coroutine(sleep_a_little, NULL), NULL, error);
        _exit(ok ? 0 : 1);
    }
    cr_expect_eq(status_of(child), 0, "the child could not run its own loop");
    return async_sleep(NS_PER_MS, error);
}

/* In real time, because the child would disturb the timer. */
Test(async_life, a_child_cannot_use_its_parents_loop) {
    struct async_error error;
    alarm(HANG_S);
    struct async_loop *loop = async_new_event_loop(&error);
    async_set_event_loop(loop);
    pid_t child = fork();
    if (child == 0) {
        bool ok = async_get_event_loop(&error) != loop &&
                  !async_run_until_complete(loop, async_coroutine(sleep_a_little, NULL),
                                            NULL, &error) &&
                  error.kind == ASYNC_RUNTIME && !async_loop_close(loop, &error) &&
                  error.kind == ASYNC_RUNTIME;
        async_loop_free(loop);
        _exit(ok ? 0 : 1);
    }
    cr_expect_eq(status_of(child), 0, "the child could use it");
    run_in(loop, sleep_a_little, NULL);
    async_loop_free(loop);
}
