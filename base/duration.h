/* Durations as people write them: 12h30min, 1.5h, 55 s, 250us, 0s. */
#ifndef SIMUL_BASE_DURATION_H
#define SIMUL_BASE_DURATION_H

#include "base/error.h"

#include <stdint.h>

#define DURATION_TEXT_BYTES 40

/* Reads a whole text: decimal numbers with a unit each (h, min, s, ms, us, ns), units
 * descending, each once. Rounds each to the nearest nanosecond. Fails (input) if the
 * text is anything else or the duration is longer than 292 years; the message quotes
 * the text. */
bool duration_parse(const char *text, int64_t *duration_ns, struct error *error);

/* Writes the duration exactly, in the largest unit of s, ms, us and ns that is not
 * longer than the duration: "55 s", "1.5 ms". duration_parse() reads the same
 * nanoseconds back. Returns `text`. */
const char *duration_format(int64_t duration_ns, char text[static DURATION_TEXT_BYTES]);

/* Converts nanoseconds to seconds. It takes a double, because a mean is no whole
 * number. */
double duration_seconds(double duration_ns);

#endif
