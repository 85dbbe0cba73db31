/* The contract of a lesson: a file lessons/<name>.c defines `lesson`, and is then an
 * executable that `simul lesson` finds. A lesson shows asyncio and nothing else; clock,
 * printing, timeline and closing words are here and in runtime/. */
#ifndef SIMUL_LESSONS_LESSON_H
#define SIMUL_LESSONS_LESSON_H

#include "async/async.h"

#include <stddef.h>

struct lesson {
    const char *shows;    /* one line, for the list */
    double total_s;       /* promised, in the lesson's own seconds; 0: nothing is */
    bool only_computes;   /* no --speed makes it faster: its seconds are real ones */
    const char *instead;  /* another way, "one after the other"; NULL: none */
    double instead_s;     /* what that would take */
    const char *remember; /* the sentence */
    /* One of the two: a whole program, or the coroutine that async_run() is given. */
    bool (*run)(struct async_error *error);
    async_function *program;
};

extern const struct lesson lesson;

/* A line with the time since the start, written at once. From any thread. */
void lesson_say(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* The lesson's own seconds in nanoseconds at the speed that was asked for. */
int64_t lesson_ns(double seconds);

/* `await asyncio.sleep()`, which stands in the timeline as `what` in the row of the
 * current task. Where the task could go on, and others did not let it, that shows. */
bool lesson_sleep(double seconds, const char *what, struct async_error *error);

/* The same, in a row of another name: of somebody who is no task. */
bool lesson_sleep_in(const char *row, double seconds, const char *what,
                     struct async_error *error);

/* `await awaitable`, which stands in the timeline likewise, where that is a task or a
 * future. A coroutine runs in the row of who awaits it: there stands what it does. */
bool lesson_await(struct async_awaitable *awaitable, void **value, const char *what,
                  struct async_error *error);

/* Block the calling thread so long: asleep, or computing. */
void lesson_block(double seconds, const char *what);
void lesson_compute(double seconds, const char *what);

/* A synchronous HTTP request to a server on this machine that takes so long. */
bool lesson_request(double seconds, const char *what, struct async_error *error);

/* Anything else that keeps a thread: begin returns what end is told. The row is the
 * current task's, or that of a thread of the executor; or `row`, where it is not NULL.
 * From any thread. */
size_t lesson_begin(const char *row, const char *what);
void lesson_end(size_t span);

/* Ends a span in which was counted, says how much of it was lost, in a line and in the
 * timeline, and returns that. */
long lesson_count(size_t span, long wanted, long counted);

/* `asyncio.create_task(function(argument), name=name)`. The lesson keeps it and gives
 * it back in the end: a task for a slide. NULL: out of memory. */
struct async_awaitable *lesson_start(async_function *function, void *argument,
                                     const char *name);

/* `loop.set_debug(True)` for the running loop; what it reports becomes a line. */
void lesson_debug(void);

#endif
