/* The timeline of a lesson as text: a row for each task, a bar for each span. */
#ifndef SIMUL_LESSONS_RUNTIME_TIMELINE_H
#define SIMUL_LESSONS_RUNTIME_TIMELINE_H

#include "lessons/runtime/page.h"

/* Draws the axis, the rows, and a key of the kinds that occur; nothing if there are no
 * spans. */
void timeline_print(const struct spans *spans, const struct page *page);

#endif
