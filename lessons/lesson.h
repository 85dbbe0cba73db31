/* The contract of a lesson: every file lessons/<name>.c defines `lesson` and becomes an
 * executable that `simul lesson` finds. Its code shows asyncio and nothing else; the
 * clock, the printing, the timeline and the closing sentence are in runtime/. */
#ifndef SIMUL_LESSONS_LESSON_H
#define SIMUL_LESSONS_LESSON_H

#include "async/async.h"

#include <stddef.h>

struct lesson {
    int place;            /* in the order of teaching; 25 comes after 20 */
    const char *shows;    /* one line, for the list */
    double total_s;       /* the promised time, in the lesson's own seconds; 0: none */
    bool only_computes;   /* --speed makes it no faster: its seconds are real seconds */
    const char *instead;  /* another way, "one after the other"; NULL: none */
    double instead_s;     /* the time that the other way would take */
    const char *remember; /* the closing sentence */
    /* One of the two is set: a whole program, or a coroutine for async_run(). */
    bool (*run)(struct async_error *error);
    async_function *program;
};

extern const struct lesson lesson;

/* Prints a line with the time since the start, at once. Any thread may call this. */
void lesson_say(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Turns the lesson's own seconds into real nanoseconds, by --speed. */
int64_t lesson_ns(double seconds);

/* `await asyncio.sleep()`. The timeline shows it as `what` in the row of the current
 * task. If another task holds the thread when the sleep is over, the timeline shows how
 * long. */
bool lesson_sleep(double seconds, const char *what, struct async_error *error);

/* The same in the row `row`, for something that is not a task. */
bool lesson_sleep_in(const char *row, double seconds, const char *what,
                     struct async_error *error);

/* The same two for a person or a machine that works for this time, while the thread is
 * free: a master who moves, a cook. Who acts is orange, who waits is blue. */
bool lesson_act(double seconds, const char *what, struct async_error *error);
bool lesson_act_in(const char *row, double seconds, const char *what,
                   struct async_error *error);

/* `await awaitable`. The timeline shows it in the same way, if it is a task or a
 * future. A coroutine runs in the row of the task that awaits it, where its own spans
 * stand. */
bool lesson_await(struct async_awaitable *awaitable, void **value, const char *what,
                  struct async_error *error);

/* Block the calling thread for this time: the first sleeps, the second computes. */
void lesson_block(double seconds, const char *what);
void lesson_compute(double seconds, const char *what);

/* Makes a synchronous HTTP request to a server on this machine, which answers after
 * this time. */
bool lesson_request(double seconds, const char *what, struct async_error *error);

/* Begin and end a span of other work that holds its thread; begin returns the argument
 * of end. The span stands in `row`; if that is NULL, in the row of the current task, or
 * of the executor's threads. Any thread may call these. */
size_t lesson_begin(const char *row, const char *what);
void lesson_end(size_t span);

/* Ends a span of counting. Says in a line and in the timeline how many counts were
 * lost, and returns this number. */
long lesson_count(size_t span, long wanted, long counted);

/* `asyncio.create_task(function(argument), name=name)`. The runtime owns the task and
 * releases it at the end, so that a lesson fits a slide. NULL: out of memory. */
struct async_awaitable *lesson_start(async_function *function, void *argument,
                                     const char *name);

/* `loop.set_debug(True)` for the running loop; each of its reports becomes a line. */
void lesson_debug(void);

#endif
