/* Where a lesson is written to: how wide it is, and what it can show. */
#ifndef SIMUL_LESSONS_RUNTIME_PAGE_H
#define SIMUL_LESSONS_RUNTIME_PAGE_H

#include "lessons/runtime/span.h"

#include <stdbool.h>
#include <stdio.h>

struct page {
    FILE *out;
    int columns;
    bool utf8;
    bool has_colours;
    bool is_terminal; /* which would cut a longer line in the middle of a word */
};

enum page_ink {
    PAGE_PLAIN,
    PAGE_FAINT,
    PAGE_STRONG,
    PAGE_AWAITS,
    PAGE_HOLDS,
    PAGE_FROZEN
};

/* stdout: its width and its manners where it is a terminal, else 80 columns of UTF-8
 * without colours. */
void page_open(struct page *page);

/* What makes the page write so from now on; "" where it has no colours. */
const char *page_ink(const struct page *page, enum page_ink ink);

enum page_ink page_ink_of(enum span_kind kind);

/* How many columns a text takes. */
int page_width(const char *text);

/* Writes a text in exactly so many columns: cut, or with spaces behind it. */
void page_pad(const struct page *page, int columns, const char *text);

/* Writes a text that begins in column `indent`, without a line break at its end. On a
 * terminal a word that has no room begins a new line, below the first one. */
void page_write(const struct page *page, int indent, const char *text);

#endif
