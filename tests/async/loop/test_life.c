/* async/loop/life.c: a loop that ends with tasks pending leaks nothing, and each thread
 * has its own default loop. */
#include "async/loop/core.h"
#include "tests/async/support.h"

#define PARAMETERS void *argument, void **value, struct async_error *error

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/wait.h>

static int reports[8];

/* A loop in which `function` was started, and then left pending. */
static struct async_loop *leave_pending(async_function *function, void *argument) {
    struct async_loop *loop = new_loop();
    async_set_exception_handler(loop, count_report, reports);
    async_release(async_loop_create_task(loop, async_coroutine(function, argument)));
    struct async_error error;
    for (int turn = 0; turn < 3; turn++) {
        async_loop_stop(loop);
        cr_assert(async_run_forever(loop, &error));
    }
    return loop;
}

static bool hold_memory(PARAMETERS) {
    (void)argument, (void)value;
    char *memory = malloc(100);
    bool ok = async_sleep(NS_PER_S, error);
    trace_end("sleep", ok, error);
    ok = async_sleep(0, error);
    trace_end("again", ok, error);
    free(memory);
    return ok;
}

Test(async_life, a_task_that_waits_cleans_up_and_waits_no_more) {
    async_loop_free(leave_pending(hold_memory, NULL));
    EXPECT_TRACE("sleep=GeneratorExit again=GeneratorExit");
    cr_expect_eq(reports[ASYNC_REPORT_DESTROYED], 1);
    cr_expect_eq(reports[ASYNC_REPORT_NEVER_RETRIEVED], 0);
}

static bool hold_tasks(PARAMETERS) {
    (void)argument, (void)value;
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

Test(async_life, tasks_that_wait_for_tasks_are_all_ended) {
    async_loop_free(leave_pending(hold_tasks, NULL));
    cr_expect_eq(reports[ASYNC_REPORT_DESTROYED], 4);
}

static bool use_stack_of_parent(PARAMETERS) {
    (void)value;
    char *name = argument;
    bool ok = async_sleep(NS_PER_S, error);
    trace("%s", name); /* what is reused by then, a sanitizer sees as well */
    *name = 'x';
    return ok;
}

static bool give_from_stack(PARAMETERS) {
    (void)argument, (void)value;
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

Test(async_life, the_youngest_ends_first_so_a_parents_stack_outlives_its_tasks) {
    async_loop_free(leave_pending(give_from_stack, NULL));
    EXPECT_TRACE("c b a parent xxx");
}

static bool swallow_all(PARAMETERS) {
    for (int i = 0; i < 10; i++) {
        async_sleep(NS_PER_S, error);
        async_error_clear(error);
        async_wait_for(async_coroutine(hold_memory, NULL), NS_PER_S, NULL, error);
        async_shield(NEW_TASK(hold_memory, NULL), NULL, error);
    }
    *value = argument;
    return true;
}

Test(async_life, one_that_does_not_listen_is_ended_too) {
    async_loop_free(leave_pending(swallow_all, NULL));
    cr_expect_eq(reports[ASYNC_REPORT_DESTROYED], 1);
}

/* Most of them would have to make something first, and cannot: that is not the news. */
static bool wait_in_all_ways(PARAMETERS) {
    (void)argument, (void)value;
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

Test(async_life, every_wait_says_that_it_is_closed) {
    async_loop_free(leave_pending(wait_in_all_ways, NULL));
    for (char *word = trace_text; (word = strchr(word, '=')); word++) {
        cr_expect_eq(strncmp(word, "=GeneratorExit", 14), 0, "%s", word);
    }
    cr_expect_not_null(strstr(trace_text, "process="), "%s", trace_text);
}

/* A coroutine that is awaited is a call, and cleanup is made of calls. */
static bool answer(PARAMETERS) {
    (void)error;
    *value = argument;
    return true;
}

static bool clean_up_by_coroutines(PARAMETERS) {
    (void)argument, (void)value;
    bool ok = async_sleep(NS_PER_S, error);
    struct async_error failure = {.kind = ASYNC_OK};
    trace_end("cleanup", async_await(async_coroutine(answer, "x"), NULL, &failure),
              &failure);
    return ok;
}

Test(async_life, a_cleanup_may_await_its_coroutines) {
    async_loop_free(leave_pending(clean_up_by_coroutines, NULL));
    EXPECT_TRACE("cleanup=None");
}

static void never(void *argument) {
    trace("%s", (const char *)argument);
}

Test(async_life, callbacks_are_forgotten_and_their_storage_is_free) {
    struct async_loop *loop = new_loop();
    struct async_error error;
    struct async_handle soon = {.loop = NULL};
    struct async_handle later = {.loop = NULL};
    cr_assert(async_call_soon(loop, NULL, never, "a", &error));
    cr_assert(async_call_soon(loop, &soon, never, "b", &error));
    cr_assert(async_call_later(loop, NULL, NS_PER_S, never, "c", &error));
    cr_assert(async_call_later(loop, &later, NS_PER_S, never, "d", &error));
    cr_assert(async_call_soon_threadsafe(loop, never, "e", &error));
    cr_assert(async_loop_close(loop, &error));
    async_handle_cancel(&soon);
    async_handle_cancel(&later);
    async_loop_free(loop);
    EXPECT_TRACE("");
}

static bool fail_and_finish(PARAMETERS) {
    (void)argument, (void)value;
    async_release(NEW_TASK(hold_memory, NULL)); /* never begins */
    return async_fail(error, 0, "ended before");
}

Test(async_life, a_task_that_never_began_is_reported_and_gone) {
    struct async_loop *loop = new_loop();
    async_set_exception_handler(loop, count_report, reports);
    struct async_error error;
    async_release(async_loop_create_task(loop, async_coroutine(fail_and_finish, NULL)));
    async_loop_stop(loop);
    cr_assert(async_run_forever(loop, &error));
    async_loop_free(loop);
    EXPECT_TRACE("");
    cr_expect_eq(reports[ASYNC_REPORT_DESTROYED], 1);
}

static void close_one(struct async_closer *closer) {
    trace("%c", *(const char *)(closer + 1));
}

Test(async_life, closers_are_called_once_the_last_added_first) {
    struct {
        struct async_closer closer;
        char name;
    } closers[] = {{{.close = close_one}, 'a'}, {{.close = close_one}, 'b'}};
    struct async_loop *loop = new_loop();
    async_loop_add_closer(loop, &closers[0].closer);
    async_loop_add_closer(loop, &closers[1].closer);
    struct async_error error;
    cr_expect(async_loop_close(loop, &error));
    EXPECT_TRACE("b a");
    async_loop_free(loop);
    EXPECT_TRACE("b a");
}

Test(async_life, a_task_that_was_held_stays_pending) {
    struct async_loop *loop = new_loop();
    async_set_exception_handler(loop, count_report, reports);
    struct async_awaitable *task =
        async_loop_create_task(loop, async_coroutine(wait_for_ever, NULL));
    struct async_error error;
    async_loop_stop(loop);
    cr_assert(async_run_forever(loop, &error));
    async_loop_free(loop);
    cr_expect_not(async_done(task));
    cr_expect_not(async_result(task, NULL, &error));
    cr_expect_eq(error.kind, ASYNC_INVALID_STATE);
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
    }
    return NULL;
}

/* So often that a thread is met between its look at the loop and its write. */
Test(async_life, threads_may_send_meanwhile) {
    for (int round = 0; round < 300; round++) {
        struct sender sender = {.loop = new_loop()};
        struct async_error error;
        pthread_t threads[2];
        for (int i = 0; i < 2; i++) {
            pthread_create(&threads[i], NULL, send_until_closed, &sender);
        }
        while (!atomic_load(&sender.has_sent)) {
            async_loop_stop(sender.loop);
            cr_assert(async_run_forever(sender.loop, &error));
        }
        cr_assert(async_loop_close(sender.loop, &error), "%s", error.message);
        for (int i = 0; i < 2; i++) {
            pthread_join(threads[i], NULL);
        }
        async_loop_free(sender.loop);
    }
}

/* -- The default of a thread ------------------------------------------------------- */

static struct async_error error;

Test(async_life, get_event_loop_makes_one_and_then_returns_the_same) {
    struct async_loop *loop = async_get_event_loop(&error);
    cr_assert_not_null(loop);
    cr_expect_eq(async_get_event_loop(&error), loop);
    async_loop_free(loop);
    struct async_loop *next = async_get_event_loop(&error);
    cr_expect_not(async_loop_is_closed(next));
    async_loop_free(next);
}

Test(async_life, what_was_set_is_returned) {
    struct async_loop *loop = new_loop();
    async_set_event_loop(loop);
    cr_expect_eq(async_get_event_loop(&error), loop);
    async_set_event_loop(NULL);
    struct async_loop *own = async_get_event_loop(&error);
    cr_expect_neq(own, loop);
    async_loop_free(own);
    async_loop_free(loop);
}

static void *make_and_forget(void *main_loop) {
    struct async_loop *loop = async_get_event_loop(&error);
    cr_assert_not_null(loop);
    cr_expect_neq(loop, main_loop);
    return NULL; /* freed with the thread: LeakSanitizer looks */
}

Test(async_life, each_thread_has_its_own_which_ends_with_it) {
    struct async_loop *loop = async_get_event_loop(&error);
    pthread_t thread;
    cr_assert_eq(pthread_create(&thread, NULL, make_and_forget, loop), 0);
    pthread_join(thread, NULL);
    cr_expect_eq(async_get_event_loop(&error), loop);
    async_loop_free(loop);
}

/* -- After fork() ------------------------------------------------------------------ */

static int status_of(pid_t child) {
    int status = -1;
    waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static bool sleep_a_little(void *argument, void **value, struct async_error *failure) {
    (void)argument, (void)value;
    return async_sleep(NS_PER_MS, failure);
}

static bool fork_here(void *argument, void **value, struct async_error *failure) {
    (void)argument, (void)value;
    pid_t child = fork();
    if (child == 0) {
        bool ok = !async_get_running_loop() && !async_current_task() &&
                  async_run(async_coroutine(sleep_a_little, NULL), NULL, &error);
        _exit(ok ? 0 : 1);
    }
    cr_expect_eq(status_of(child), 0, "the child could not run its own");
    return async_sleep(NS_PER_MS, failure);
}

Test(async_life, a_child_in_the_middle_of_a_task_may_run_its_own) {
    alarm(HANG_S);
    cr_expect(async_run(async_coroutine(fork_here, NULL), NULL, &error), "%s",
              error.message);
}

/* In real time: what the child would disturb is the timer. */
Test(async_life, a_childs_hands_are_kept_off_its_parents_loop) {
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
    cr_expect(async_run_until_complete(loop, async_coroutine(sleep_a_little, NULL),
                                       NULL, &error),
              "%s", error.message);
    async_loop_free(loop);
}
