/* What all functions of lesson.h play on: the clock with its speed, the page, the
 * spans. The one mutable thing of a lesson's process that its functions share without
 * handing it on: else every line of every lesson would. */
#ifndef SIMUL_LESSONS_RUNTIME_STAGE_H
#define SIMUL_LESSONS_RUNTIME_STAGE_H

#include "lessons/runtime/page.h"

#include <stdint.h>

/* Looks at the page; the lesson will run so many times faster than life. */
void stage_open(double speed);

/* Starts the lesson's clock, now. */
void stage_start(void);

/* Stops it. The spans, with the total, live until the process ends. No other thread
 * may use the stage any more. */
const struct spans *stage_close(void);

const struct page *stage_page(void);

/* A moment of clock_now_ns() in the lesson's own seconds since its start. */
double stage_seconds(int64_t at_ns);

double stage_speed(void);

/* A span begins, in that row or, where it is NULL, in the current task's or thread's.
 * Returns what end is told. From any thread, as is end. */
size_t stage_begin(const char *row, const char *what, enum span_kind kind,
                   double begin_s);

/* It ends. The span, for whoever began it; NULL: there was no room for it. */
struct span *stage_end(size_t index, double end_s);

#endif
