/* The widths of letters in the font Inter, so that a text's room is known before it is
 * drawn, and an SVG keeps its widths where another font replaces Inter. */
#ifndef SIMUL_BENCH_PICTURES_LETTERS_H
#define SIMUL_BENCH_PICTURES_LETTERS_H

#include <stdbool.h>
#include <stddef.h>

/* How many characters a UTF-8 text has. */
size_t letters_count(const char *text);

/* The width of a UTF-8 text in parts of the font size. A character outside of ASCII
 * counts as one of average width. */
double letters_width(const char *text, bool is_bold);

/* True: the width of each letter of the text is known. */
bool letters_are_known(const char *text);

#endif
