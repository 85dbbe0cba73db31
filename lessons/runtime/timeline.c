/* A cell is one column; a bar begins with a mark, so that two in a row are told apart,
 * and carries its words in its middle. */
#include "lessons/runtime/timeline.h"

#include <math.h>
#include <string.h>

enum { MOST_CELLS = 128, MOST_STEPS = 8, TICK_CELLS = 8, GAP = 2 };

/* How the columns lie over the seconds. */
struct axis {
    int margin; /* the rows' names and a gap */
    int cells;
    double step_s;
    double cells_a_step;
};

struct cell {
    enum page_ink ink;
    const char *glyph; /* NULL: letter */
    char letter;
};

static const char *const marks[SPAN_KINDS + 1][2] = {
    [SPAN_AWAITS] = {"-", "░"},
    [SPAN_HOLDS] = {"#", "█"},
    [SPAN_FROZEN] = {"x", "×"},
    [SPAN_KINDS] = {"|", "│"}, /* a bar begins */
};

/* Whole columns a step where there is room for that: ticks then stand evenly. */
static struct axis lay_axis(const struct spans *spans, const char *const rows[],
                            size_t row_count, const struct page *page) {
    struct axis axis = {.margin = 0};
    for (size_t i = 0; i < row_count; i++) {
        int length = (int)strlen(rows[i]);
        axis.margin = length > axis.margin ? length : axis.margin;
    }
    axis.margin += GAP;
    int room = page->columns - axis.margin - GAP - 6; /* the last tick's text */
    room = room > MOST_CELLS - 1 ? MOST_CELLS - 1 : room;
    int most = room / TICK_CELLS < MOST_STEPS ? room / TICK_CELLS : MOST_STEPS;
    axis.step_s = spans_step(spans->total_s, most > 1 ? most : 1);
    double steps = spans->total_s / axis.step_s;
    axis.cells_a_step = room / steps >= 2 ? floor(room / steps) : room / steps;
    axis.cells = (int)lround(steps * axis.cells_a_step) + 1;
    return axis;
}

static int column_of(const struct axis *axis, double at_s) {
    int column = (int)lround(at_s / axis->step_s * axis->cells_a_step);
    return column < 0 ? 0 : column < axis->cells ? column : axis->cells - 1;
}

static void print_axis(const struct axis *axis, const struct spans *spans,
                       const struct page *page) {
    int at = 0;
    fprintf(page->out, "%s%*s", page_ink(page, PAGE_FAINT), axis->margin, "");
    for (int i = 0; i * axis->step_s <= spans->total_s * 1.01; i++) {
        int column = column_of(axis, i * axis->step_s);
        if (column > at || i == 0) { /* else there is no room for it */
            at += fprintf(page->out, "%*s%.10g s", column - at, "", i * axis->step_s);
        }
    }
    fprintf(page->out, "%s\n", page_ink(page, PAGE_PLAIN));
}

static void write_words(struct cell cells[], int begin, int end, const char *words) {
    int length = (int)strlen(words);
    int room = end - begin - 1; /* behind the mark */
    if (length == 0 || length + 2 > room) {
        return;
    }
    int at = begin + 1 + (room - length - 2) / 2;
    cells[at].glyph = cells[at + length + 1].glyph = " ";
    for (int i = 0; i < length; i++) {
        cells[at + 1 + i] = (struct cell){.ink = PAGE_STRONG, .letter = words[i]};
    }
}

static void draw_span(const struct span *span, const struct axis *axis,
                      const struct page *page, struct cell cells[static MOST_CELLS]) {
    int begin = column_of(axis, span->begin_s);
    int end = column_of(axis, span->end_s);
    end = end > begin ? end : begin + 1;
    for (int i = begin; i < end; i++) {
        cells[i] = (struct cell){.ink = page_ink_of(span->kind),
                                 .glyph = marks[span->kind][page->utf8]};
    }
    if (span->kind != SPAN_FROZEN && end - begin > 1) {
        cells[begin].glyph = marks[SPAN_KINDS][page->utf8];
    }
    write_words(cells, begin, end, span->what);
}

static void print_row(const char *row, const struct spans *spans,
                      const struct axis *axis, const struct page *page) {
    struct cell cells[MOST_CELLS] = {{.glyph = NULL}};
    int used = 0;
    for (size_t i = 0; i < spans->count; i++) {
        if (!strcmp(spans->list[i].row, row)) {
            draw_span(&spans->list[i], axis, page, cells);
        }
    }
    for (int i = 0; i < MOST_CELLS; i++) {
        used = cells[i].glyph || cells[i].letter ? i + 1 : used;
    }
    fprintf(page->out, "%-*s", axis->margin, row);
    for (int i = 0; i < used; i++) {
        bool is_new = i == 0 || cells[i].ink != cells[i - 1].ink;
        fputs(is_new ? page_ink(page, cells[i].ink) : "", page->out);
        if (cells[i].glyph) {
            fputs(cells[i].glyph, page->out);
        } else {
            putc(cells[i].letter ? cells[i].letter : ' ', page->out);
        }
    }
    fprintf(page->out, "%s\n", page_ink(page, PAGE_PLAIN));
}

static void print_key(const struct spans *spans, const struct axis *axis,
                      const struct page *page) {
    bool occurs[SPAN_KINDS] = {false};
    bool is_first = true;
    for (size_t i = 0; i < spans->count; i++) {
        occurs[spans->list[i].kind] = true;
    }
    fprintf(page->out, "%*s", axis->margin, "");
    for (int i = 0; i < SPAN_KINDS; i++) {
        if (occurs[i]) {
            const char *mark = marks[i][page->utf8];
            fprintf(page->out, "%s%s%s%s%s %s%s", is_first ? "" : "   ",
                    page_ink(page, page_ink_of((enum span_kind)i)), mark, mark,
                    page_ink(page, PAGE_FAINT), span_kind_name((enum span_kind)i),
                    page_ink(page, PAGE_PLAIN));
            is_first = false;
        }
    }
    putc('\n', page->out);
}

void timeline_print(const struct spans *spans, const struct page *page) {
    const char *rows[SPANS_MOST];
    size_t row_count = spans_rows(spans, rows);
    if (row_count == 0 || !(spans->total_s > 0)) {
        return;
    }
    struct axis axis = lay_axis(spans, rows, row_count, page);
    print_axis(&axis, spans, page);
    for (size_t i = 0; i < row_count; i++) {
        print_row(rows[i], spans, &axis, page);
    }
    print_key(spans, &axis, page);
}
