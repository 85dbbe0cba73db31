/* "Did you mean": the word of a list that a mistyped one is nearest to. */
#ifndef SIMUL_BASE_NEAREST_H
#define SIMUL_BASE_NEAREST_H

#include <stddef.h>

/* Returns the word of `words` (NULL-terminated) with the smallest edit distance
 * to `wrong`, where a swap of neighbours counts one; NULL where none is near
 * (over a third of it). */
const char *nearest_word(const char *wrong, const char *const words[]);

#endif
