/* Text from elsewhere, made fit for a picture: only what some font here can draw. A
 * character without a glyph makes cairo fill half of the picture; one that turns the
 * direction of writing would turn ours. */
#ifndef SIMUL_BENCH_PICTURES_GLYPHS_H
#define SIMUL_BENCH_PICTURES_GLYPHS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define GLYPHS_MOST_ASKED 64

/* What fontconfig was asked about so far. Zeroed: nothing. */
struct glyphs {
    uint32_t codes[GLYPHS_MOST_ASKED];
    bool is_drawn[GLYPHS_MOST_ASKED];
    size_t count;
};

/* Makes '?' of every control character, of what turns the direction of writing, of
 * what is no UTF-8, and of every character that no font draws. Beyond what every
 * font has it asks fontconfig's fc-list, once a character and about 10 ms each; where
 * that is not there, or after GLYPHS_MOST_ASKED of them, nothing more is drawn. The
 * text becomes no longer. */
void glyphs_mend(struct glyphs *glyphs, char *text);

#endif
