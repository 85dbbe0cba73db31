/* "Did you mean": finds the word of a list that is most like a mistyped one. */
#ifndef SIMUL_BASE_NEAREST_H
#define SIMUL_BASE_NEAREST_H

#include <stddef.h>

/* Returns the word of `words` (NULL-terminated) with the smallest edit distance to
 * `wrong`; a swap of two neighbouring letters counts as one edit. If every
 * distance is over a third of the longer word, it is the shortest word that begins with
 * `wrong` (two letters or more), as in "say" for "say-after"; else NULL. */
const char *nearest_word(const char *wrong, const char *const words[]);

#endif
