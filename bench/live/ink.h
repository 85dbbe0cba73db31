/* The look of each phase: a glyph that can be told without colour, and a colour that
 * colour-blind readers can tell. */
#ifndef SIMUL_BENCH_LIVE_INK_H
#define SIMUL_BENCH_LIVE_INK_H

#include "bench/live/population.h"

#include <stdbool.h>

enum ink {
    INK_PLAIN,
    INK_FAINT,
    INK_STRONG,
    INK_WAITING,
    INK_QUEUE,
    INK_SEND,
    INK_BACKLOG,
    INK_RESPONSE,
    INK_DONE,
    INK_FAILED,
    INK_COUNT,
};

enum ink_colours { INK_NO_COLOURS, INK_256_COLOURS, INK_TRUE_COLOURS };

enum ink ink_of_phase(enum phase phase);

/* One column wide. */
const char *ink_glyph(enum phase phase, bool utf8);

/* The code that sets a terminal's ink for the text after it; "" without colours. */
const char *ink_code(enum ink ink, enum ink_colours colours);

#endif
