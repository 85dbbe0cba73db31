/* The way out for all that simul prints: whatever a scenario, a model or a file was
 * called, a terminal shows it and does not obey it. */
#ifndef SIMUL_BASE_TAME_H
#define SIMUL_BASE_TAME_H

#include <stdio.h>

/* A stream that passes text on to `to`: line breaks, tabs and characters that are shown
 * stay, all else is a '?' (base/utf8.h), and so is everything beyond ASCII where `to`
 * is a terminal that takes no UTF-8. A write that `to` refuses is an error of this
 * stream too. NULL: out of memory. fclose() passes on what is left, and leaves `to`
 * open. */
FILE *tame_open(FILE *to);

#endif
