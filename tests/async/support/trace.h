/* The trace: the events of a test in their order, one on a line. Criterion runs each
 * test in its own process, so each test has its own trace. A thread beside the loop
 * must not trace. */
#ifndef SIMUL_TESTS_ASYNC_SUPPORT_TRACE_H
#define SIMUL_TESTS_ASYNC_SUPPORT_TRACE_H

#include "async/async.h"

#include <criterion/criterion.h>

/* Adds a line, with a format as for printf(). */
void trace(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Adds how `name` ended: "name done", or the kind of its error, "name TimeoutError".
 * Returns ok. */
bool trace_end(const char *name, bool ok, const struct async_error *error);

/* Awaits a task, traces how it ended, and releases it. */
void settle(const char *name, struct async_awaitable *task);

/* A callback, for async_call_soon() and its kin: traces its argument, a word. */
void trace_word(void *word);

/* The lines, each with its '\n'. Valid for as long as the process. */
const char *trace_lines(void);

/* The lines joined by spaces. With a name: only those that begin with this word, and
 * without it. Valid until the next call. */
const char *trace_of(const char *name);

/* The whole trace is this: EXPECT_TRACE("a waits a done"). */
#define EXPECT_TRACE(expected) EXPECT_TRACE_OF(NULL, expected)

/* The lines of one name are these, if two names may trace in any order:
 * EXPECT_TRACE_OF("a", "waits done"). */
#define EXPECT_TRACE_OF(name, expected)                                                \
    cr_expect_str_eq(trace_of(name), (expected), "the trace is: %s", trace_of(name))

#endif
