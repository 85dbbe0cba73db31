/* "Did you mean": finds the word of a list that is most like a mistyped one. */
#ifndef SIMUL_BASE_NEAREST_H
#define SIMUL_BASE_NEAREST_H

#include <stddef.h>

/* Returns the word of `words` (NULL-terminated) with the smallest edit distance to
 * `wrong`; a swap of two neighbouring letters counts as one edit. Returns NULL if every
 * distance is over a third of the longer word. */
const char *nearest_word(const char *wrong, const char *const words[]);

#endif
