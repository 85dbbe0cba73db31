/* Text from elsewhere, made fit for a terminal and for JSON: shown, never obeyed. */
#ifndef SIMUL_BASE_UTF8_H
#define SIMUL_BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* How many bytes of the text are UTF-8 before the first that is not; all of them where
 * it is without fault. */
size_t utf8_span(const char *text, size_t bytes);

/* The character that `bytes` > 0 bytes begin with, and in `taken` how many it takes; -1
 * and one byte where they begin with none. */
int32_t utf8_read(const char *text, size_t bytes, size_t *taken);

/* It tells a terminal to do something, or hides: a control character of either set, a
 * mark that turns the direction of writing, a line separator, an invisible tag. */
bool utf8_is_hostile(int32_t code);

/* How many columns a terminal gives to a character that is not hostile: 0, 1 or 2. A
 * table of blocks, not of characters: for padding and cutting, where one column more
 * or less is no harm. */
int utf8_columns(int32_t code);

/* Makes every hostile character, and every byte that is no UTF-8, a '?'. What was cut
 * in the middle of a character ends with '?' too. The text never grows. */
void utf8_mend(char *text);

/* The locale says that whoever reads us takes UTF-8 (LC_ALL, LC_CTYPE, LANG). */
bool utf8_is_spoken(void);

#endif
