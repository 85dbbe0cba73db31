/* The stream through which simul prints. The name of a scenario, a model or a file may
 * hold control characters; this stream replaces them, so that a terminal does not obey
 * them. */
#ifndef SIMUL_BASE_TAME_H
#define SIMUL_BASE_TAME_H

#include <stdio.h>

/* Returns a stream that passes text on to `to`; NULL: out of memory. Line breaks,
 * tabs and printable characters stay. Every other character becomes '?' (base/utf8.h),
 * and so does every character beyond ASCII if `to` is a terminal that takes no UTF-8.
 * If `to` refuses a write, the write to this stream fails too. fclose() passes on the
 * rest and leaves `to` open. */
FILE *tame_open(FILE *to);

#endif
