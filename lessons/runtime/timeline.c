/* Draws the timeline in cells of one column. A bar begins with a mark, so that two bars
 * side by side look different, and has its words in its middle. */
#include "lessons/runtime/timeline.h"
#include "base/utf8.h"

#include <math.h>
#include <string.h>

enum {
    MOST_CELLS = 128,
    MOST_STEPS = 8,
    TICK_CELLS = 8,
    GAP = 2,
    TICK_TEXT = 6,
    KEY_GAP = 3
};

/* The columns of the axis, and the seconds that they stand for. */
struct axis {
    int margin; /* the columns of the rows' names and a gap */
    int room;   /* the columns that a row may take after the margin */
    int cells;  /* the columns up to the end of the axis, plus one */
    double step_s;
    double cells_a_step;
};

/* The content of a column: bytes of a text that lives longer than the cell. 0 bytes:
 * the right half of a wide character. Spans that overlap may overwrite one half. */
struct cell {
    enum page_ink ink;
    const char *text; /* NULL: empty */
    size_t bytes;
};

static const char *const marks[SPAN_KINDS + 1][2] = {
    [SPAN_AWAITS] = {"-", "░"}, [SPAN_ACTS] = {"#", "█"},  [SPAN_HOLDS] = {"#", "█"},
    [SPAN_FROZEN] = {"x", "×"}, [SPAN_KINDS] = {"|", "│"}, /* a bar begins */
};

/* If there is room, a step is a whole number of columns, so that the ticks are even.
 * Names take at most half of the page; longer ones are cut. */
static struct axis lay_axis(const struct spans *spans, const char *const rows[],
                            size_t row_count, const struct page *page) {
    struct axis axis = {.margin = 0};
    for (size_t i = 0; i < row_count; i++) {
        int width = page_width(rows[i]);
        axis.margin = width > axis.margin ? width : axis.margin;
    }
    axis.margin = axis.margin < page->columns / 2 ? axis.margin : page->columns / 2;
    axis.margin += GAP;
    axis.room = page->columns - axis.margin;
    axis.room = axis.room < MOST_CELLS ? axis.room : MOST_CELLS;
    int room = axis.room - TICK_TEXT - GAP;
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
        if (column > at || i == 0) { /* else there is no room for this number */
            at += fprintf(page->out, "%*s%.10g s", column - at, "", i * axis->step_s);
        }
    }
    fprintf(page->out, "%s\n", page_ink(page, PAGE_PLAIN));
}

static void set_cell(struct cell *cell, enum page_ink ink, const char *text) {
    *cell = (struct cell){ink, text, strlen(text)};
}

static void write_cells(struct cell cells[], const char *words) {
    struct cell *last = NULL;
    for (size_t taken; *words; words += taken) {
        int32_t code = utf8_read(words, strlen(words), &taken);
        int width = code < 0 ? 1 : utf8_columns(code);
        if (width > 0) {
            last = cells++;
            *last = (struct cell){PAGE_STRONG, words, taken};
        } else if (last) { /* an accent belongs to the column of its letter */
            last->bytes += taken;
        }
        if (width == 2) {
            *cells++ = (struct cell){PAGE_STRONG, words, 0};
        }
    }
}

/* Writes the words in the bar if they fit, with a space on either side if the bar is
 * wide enough; else beside the bar, if the row is free there; else not at all. */
static void write_words(struct cell cells[], int begin, int end, int room,
                        const struct spans *spans, size_t index) {
    const char *words = spans->list[index].what;
    int width = page_width(words);
    int inside = end - begin - 1; /* the columns after the mark */
    int at = begin + 1 + (inside - width) / 2;
    if (width == 0) {
        return;
    }
    if (width <= inside) {
        if (width + 4 <= inside) { /* enough marks stay to show the kind */
            set_cell(&cells[at - 1], PAGE_PLAIN, " ");
            set_cell(&cells[at + width], PAGE_PLAIN, " ");
        }
        write_cells(cells + at, words);
    } else if (!spans_is_last(spans, index)) {
        return;
    } else if (end + 1 + width <= room) {
        write_cells(cells + end + 1, words);
    } else if (spans_is_first(spans, index) && width + 1 <= begin) {
        write_cells(cells + begin - 1 - width, words);
    }
}

static void draw_span(const struct spans *spans, size_t index, const struct axis *axis,
                      const struct page *page, struct cell cells[static MOST_CELLS]) {
    const struct span *span = &spans->list[index];
    int begin = column_of(axis, span->begin_s);
    int end = column_of(axis, span->end_s);
    end = end > begin ? end : begin + 1;
    for (int i = begin; i < end; i++) {
        set_cell(&cells[i], page_ink_of(span->kind), marks[span->kind][page->utf8]);
    }
    if (span->kind != SPAN_FROZEN && end - begin > 1) {
        set_cell(&cells[begin], cells[begin].ink, marks[SPAN_KINDS][page->utf8]);
    }
    write_words(cells, begin, end, axis->room, spans, index);
}

static void print_row(const char *row, const struct spans *spans,
                      const struct axis *axis, const struct page *page) {
    struct cell cells[MOST_CELLS] = {{.text = NULL}};
    int used = 0;
    for (size_t i = 0; i < spans->count; i++) {
        if (!strcmp(spans->list[i].row, row)) {
            draw_span(spans, i, axis, page, cells);
        }
    }
    for (int i = 0; i < MOST_CELLS; i++) {
        used = cells[i].text ? i + 1 : used;
    }
    page_pad(page, axis->margin - GAP, row);
    fprintf(page->out, "%*s", GAP, "");
    for (int i = 0; i < used; i++) {
        bool is_new = i == 0 || cells[i].ink != cells[i - 1].ink;
        fputs(is_new ? page_ink(page, cells[i].ink) : "", page->out);
        if (cells[i].text) {
            fwrite(cells[i].text, 1, cells[i].bytes, page->out);
        } else {
            putc(' ', page->out);
        }
    }
    fprintf(page->out, "%s\n", page_ink(page, PAGE_PLAIN));
}

/* Prints the key on one line, or one line for each kind if the page is too narrow. */
static void print_key(const struct spans *spans, const struct axis *axis,
                      const struct page *page) {
    int sum = 0;
    int widest = 0;
    for (int i = 0; i < SPAN_KINDS; i++) {
        int width = 3 + page_width(span_kind_name((enum span_kind)i)) + KEY_GAP;
        width = spans_have(spans, (enum span_kind)i) ? width : 0;
        widest = width > widest ? width : widest;
        sum += width;
    }
    bool is_one_line = axis->margin + sum - KEY_GAP <= page->columns;
    int indent = page->columns - widest + KEY_GAP;
    indent = indent > axis->margin ? axis->margin : indent > 0 ? indent : 0;
    for (int i = 0, shown = 0; i < SPAN_KINDS; i++) {
        const char *mark = marks[i][page->utf8];
        if (spans_have(spans, (enum span_kind)i)) {
            bool is_new = shown == 0 || !is_one_line;
            fprintf(page->out, "%s%*s", shown > 0 && is_new ? "\n" : "",
                    is_new ? indent : KEY_GAP, "");
            fprintf(page->out, "%s%s%s%s %s%s",
                    page_ink(page, page_ink_of((enum span_kind)i)), mark, mark,
                    page_ink(page, PAGE_FAINT), span_kind_name((enum span_kind)i),
                    page_ink(page, PAGE_PLAIN));
            shown++;
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
