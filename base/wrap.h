/* Lines that fit a terminal. A terminal would break a long line within a word. */
#ifndef SIMUL_BASE_WRAP_H
#define SIMUL_BASE_WRAP_H

#include <stdio.h>

/* The number of columns of the terminal behind a descriptor, 80 if it does not say;
 * 0: it is no terminal. */
int wrap_columns(int fd);

/* The number of columns that a text takes. */
int wrap_width(const char *text);

/* Returns a stream that passes lines on to `to`; NULL: out of memory. A line of more
 * than `columns` columns is broken between words, but not between a number and its
 * unit. The rows after its first one are indented to the line's last column (text after
 * two spaces or more), or by two. Only a word that is wider than a row is broken
 * itself. With 0 columns lines stay whole. fclose() passes on the rest, fails if `to`
 * has failed, and leaves `to` open. */
FILE *wrap_open(FILE *to, int columns);

#endif
