/* Makes text from users, files and programs safe for a terminal and valid for JSON. */
#ifndef SIMUL_BASE_UTF8_H
#define SIMUL_BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The number of bytes before the first one that is not valid UTF-8; all, if every byte
 * is valid. */
size_t utf8_span(const char *text, size_t bytes);

/* Returns the first character of the text (`bytes` > 0), and in `taken` its number of
 * bytes; -1 and one byte if the text does not begin with a valid character. */
int32_t utf8_read(const char *text, size_t bytes, size_t *taken);

/* True if the character controls a terminal or hides text: a control character (C0,
 * C1), a mark that turns the direction of writing, a line separator, an invisible
 * tag. */
bool utf8_is_hostile(int32_t code);

/* The number of columns that a terminal gives to a character that is not hostile: 0, 1
 * or 2. The table knows blocks, not single characters. This is enough to pad and cut
 * text, where an error of one column does no harm. */
int utf8_columns(int32_t code);

/* Replaces every hostile character, and every byte that is not valid UTF-8, with '?';
 * also the bytes of a character that is cut off at the end. The text never grows. */
void utf8_mend(char *text);

/* True if the locale (LC_ALL, LC_CTYPE, LANG) says that the terminal takes UTF-8. */
bool utf8_is_spoken(void);

#endif
