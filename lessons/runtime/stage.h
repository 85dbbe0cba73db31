/* The state behind the functions of lesson.h: the clock with its speed, the page, the
 * spans. It is a global, because else every call in every lesson would have to pass
 * it. */
#ifndef SIMUL_LESSONS_RUNTIME_STAGE_H
#define SIMUL_LESSONS_RUNTIME_STAGE_H

#include "lessons/runtime/page.h"

#include <stdint.h>

/* Opens the page, and sets the speed of the lesson's clock. */
void stage_open(double speed);

/* Starts the lesson's clock. */
void stage_start(void);

/* Stops the clock and returns the spans with the total, which live until the process
 * ends. The program's first task has the row SPAN_MAIN: if other tasks have spans and it
 * has none, it awaited them from begin to end. No other thread may use the stage any
 * more. */
const struct spans *stage_close(void);

const struct page *stage_page(void);

/* Turns a time of clock_now_ns() into the lesson's own seconds since its start. */
double stage_seconds(int64_t at_ns);

double stage_speed(void);

/* Begins a span in `row`, or in the row of the current task or thread if that is NULL.
 * Returns the index for stage_end(). Any thread may call both. */
size_t stage_begin(const char *row, const char *what, enum span_kind kind,
                   double begin_s);

/* Ends a span and returns it; NULL if there was no room for it. */
struct span *stage_end(size_t index, double end_s);

#endif
