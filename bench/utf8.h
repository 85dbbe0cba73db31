/* Text from elsewhere, made fit for a terminal and for JSON. */
#ifndef SIMUL_BENCH_UTF8_H
#define SIMUL_BENCH_UTF8_H

#include <stddef.h>

/* How many bytes of the text are UTF-8 before the first that is not; all of them where
 * it is without fault. */
size_t utf8_span(const char *text, size_t bytes);

/* Makes every control character, and every byte that is no UTF-8, a '?'. What was cut
 * in the middle of a character ends with '?' too. The length stays. */
void utf8_mend(char *text);

#endif
