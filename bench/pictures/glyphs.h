/* Makes a text from elsewhere fit for a picture: it keeps only characters that a font
 * of this machine can draw. A character without a glyph makes cairo fill half of the
 * picture; one that turns the direction of writing would turn the picture's own texts.
 */
#ifndef SIMUL_BENCH_PICTURES_GLYPHS_H
#define SIMUL_BENCH_PICTURES_GLYPHS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define GLYPHS_MOST_ASKED 64

/* The characters that fontconfig was asked about. A zeroed struct is empty. */
struct glyphs {
    uint32_t codes[GLYPHS_MOST_ASKED];
    bool is_drawn[GLYPHS_MOST_ASKED];
    size_t count;
};

/* Replaces by '?' every control character, every character that turns the direction of
 * writing, every byte that is no UTF-8, and every character that no font draws. It runs
 * fontconfig's fc-list once for each character that not every font has, about 10 ms
 * each. If fc-list is not installed, or after GLYPHS_MOST_ASKED characters, such a
 * character is always replaced. The text gets no longer. */
void glyphs_mend(struct glyphs *glyphs, char *text);

#endif
