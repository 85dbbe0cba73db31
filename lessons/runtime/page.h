/* The page that a lesson prints on: its width, and what it can show. */
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
    bool is_terminal; /* a terminal breaks a longer line in the middle of a word */
};

enum page_ink {
    PAGE_PLAIN,
    PAGE_FAINT,
    PAGE_STRONG,
    PAGE_AWAITS,
    PAGE_ACTS,
    PAGE_HOLDS,
    PAGE_FROZEN
};

/* Describes stdout: if it is a terminal, with its width, encoding and colours; else 80
 * columns of UTF-8 without colours. */
void page_open(struct page *page);

/* The text that makes a terminal write in this ink; "" if the page has no colours. */
const char *page_ink(const struct page *page, enum page_ink ink);

enum page_ink page_ink_of(enum span_kind kind);

/* The number of columns that a text takes. */
int page_width(const char *text);

/* Writes a text in exactly this many columns: cut, or with spaces after it. */
void page_pad(const struct page *page, int columns, const char *text);

/* Writes a text that begins in column `indent`, without a line break at its end. On a
 * terminal, a word that has no room begins a new line in column `indent`. */
void page_write(const struct page *page, int indent, const char *text);

#endif
