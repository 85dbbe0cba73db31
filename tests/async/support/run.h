/* Running a test in a loop, in virtual or in real time. A test that hangs is ended by
 * SIGALRM. */
#ifndef SIMUL_TESTS_ASYNC_SUPPORT_RUN_H
#define SIMUL_TESTS_ASYNC_SUPPORT_RUN_H

#include "async/async.h"

#include <criterion/criterion.h>
#include <unistd.h>

enum { HANG_S = 60, REAL_TIME_HANG_S = 20 };

/* -- Tests whose body is a task ---------------------------------------------------- */

typedef bool async_body(struct async_error *error);

/* ASYNC_TEST(suite, name) { ... return ok; }: a Criterion test whose body is the first
 * task of a new loop, in virtual time. The body has to return true and to leave no task
 * behind. */
#define ASYNC_TEST(suite, name) TEST_WITH_BODY(suite, name, run_async_test)

/* The same with async_run(), in real time. The body has to return true within 20 s. The
 * tasks that it leaves behind are cancelled. No descriptor may stay open, and no child
 * process may be left. */
#define REAL_TIME_TEST(suite, name) TEST_WITH_BODY(suite, name, run_real_time_test)

#define TEST_WITH_BODY(suite, name, runner)                                            \
    static bool name(struct async_error *error);                                       \
    Test(suite, name) {                                                                \
        runner(name);                                                                  \
    }                                                                                  \
    static bool name(struct async_error *error __attribute__((unused)))

void run_async_test(async_body *body);
void run_real_time_test(async_body *body);

/* A coroutine function whose argument is a pointer to an async_body. */
async_function run_body;

/* -- A coroutine in a loop of its own ---------------------------------------------- */

/* These are macros over the functions below, so that the coroutine has its function's
 * name in messages. */

/* In virtual time. Returns whether it succeeded. The tasks that it leaves pending end
 * with the loop. */
#define run(function, argument, value, error)                                          \
    run_coroutine(async_coroutine(function, argument), value, error)

/* In virtual time. It has to succeed. */
#define run_well(function, argument)                                                   \
    run_coroutine_well(async_coroutine(function, argument))

/* In real time. It has to succeed within 20 s. */
#define run_in_real_time(function, argument)                                           \
    run_coroutine_in_real_time(async_coroutine(function, argument))

/* In real time. It has to succeed within 20 s, and to leave no descriptor open and no
 * child process behind. */
#define run_cleanly(function, argument)                                                \
    run_coroutine_cleanly(async_coroutine(function, argument))

bool run_coroutine(struct async_awaitable *coroutine, void **value,
                   struct async_error *error);
void run_coroutine_well(struct async_awaitable *coroutine);
void run_coroutine_in_real_time(struct async_awaitable *coroutine);
void run_coroutine_cleanly(struct async_awaitable *coroutine);

/* -- A loop of the test's ---------------------------------------------------------- */

/* A new loop in virtual time, to be freed with async_loop_free(). */
struct async_loop *new_loop(void);

/* Runs a coroutine in this loop. It has to succeed. */
#define run_in(loop, function, argument)                                               \
    run_coroutine_in((loop), async_coroutine(function, argument))

void run_coroutine_in(struct async_loop *loop, struct async_awaitable *coroutine);

/* Runs exactly so many turns of a loop. */
void run_turns(struct async_loop *loop, int count);

/* Exception handlers. The first ignores what is reported, for a loop that is closed
 * with tasks pending; the second counts it by kind in `context`, an
 * int[REPORT_KINDS]. */
enum { REPORT_KINDS = 8 };
void ignore_reports(struct async_loop *loop, const struct async_report *report,
                    void *context);
void count_reports(struct async_loop *loop, const struct async_report *report,
                   void *context);

/* -- A loop that is closed while a task waits -------------------------------------- */

/* The argument of a coroutine function that close_under() runs. It sets is_waiting just
 * before it waits, and ended_with after its wait has failed. */
struct waiting {
    bool is_waiting;
    enum async_error_kind ended_with;
    void *argument; /* of close_under() */
};

/* Runs it in real time until it waits, and then closes the loop. The wait has to fail
 * with ASYNC_CLOSED. No descriptor may stay open, and no child process may be left. */
void close_under(async_function *function, void *argument);

#endif
