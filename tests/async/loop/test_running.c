/* async/loop/running.c: which loop belongs to a thread. */
#include "tests/async/support.h"

#include <pthread.h>
#include <sys/wait.h>

static struct async_error error;

Test(async_running, outside_a_run_none_runs) {
    cr_expect_null(async_get_running_loop());
    cr_expect_null(async_current_task());
    cr_expect_not(async_sleep(1, &error));
    cr_expect_eq(error.kind, ASYNC_RUNTIME);
}

Test(async_running, get_event_loop_makes_one_and_then_returns_the_same) {
    struct async_loop *loop = async_get_event_loop(&error);
    cr_assert_not_null(loop);
    cr_expect_eq(async_get_event_loop(&error), loop);
    async_loop_free(loop);
    struct async_loop *next = async_get_event_loop(&error);
    cr_expect_not(async_loop_is_closed(next));
    async_loop_free(next);
}

Test(async_running, what_was_set_is_returned) {
    struct async_loop *loop = new_loop();
    async_set_event_loop(loop);
    cr_expect_eq(async_get_event_loop(&error), loop);
    async_set_event_loop(NULL);
    struct async_loop *own = async_get_event_loop(&error);
    cr_expect_neq(own, loop);
    async_loop_free(own);
    async_loop_free(loop);
}

static bool look(void *argument, void **value, struct async_error *cause) {
    (void)value, (void)cause;
    cr_expect_eq(async_get_running_loop(), argument);
    cr_expect_eq(async_get_event_loop(&error), argument);
    return true;
}

Test(async_running, in_a_run_it_is_the_one_that_runs) {
    struct async_loop *loop = new_loop();
    cr_expect(
        async_run_until_complete(loop, async_coroutine(look, loop), NULL, &error));
    cr_expect_null(async_get_running_loop());
    async_loop_free(loop);
}

static void *make_and_forget(void *main_loop) {
    struct async_loop *loop = async_get_event_loop(&error);
    cr_assert_not_null(loop);
    cr_expect_neq(loop, main_loop);
    return NULL; /* freed with the thread: LeakSanitizer looks */
}

Test(async_running, each_thread_has_its_own_which_ends_with_it) {
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

Test(async_running, a_child_in_the_middle_of_a_task_may_run_its_own) {
    alarm(HANG_S);
    cr_expect(async_run(async_coroutine(fork_here, NULL), NULL, &error), "%s",
              error.message);
}

/* In real time: what the child would disturb is the timer. */
Test(async_running, a_childs_hands_are_kept_off_its_parents_loop) {
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
