/* Draws the timeline for a slide. From top to bottom: caption, rows, axis, key. The rows
 * share the room that is left; a row is at most MOST_PITCH high. */
#include "lessons/runtime/picture.h"
#include "base/advice.h"
#include "base/thousands.h"
#include "lessons/runtime/canvas.h"
#include "lessons/runtime/gnuplot.h"
#include "lessons/runtime/svg.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    EDGE = 60, /* the left and the right margin */
    TITLE_Y = 84,
    TITLE_PX = 44,
    NOTE_PX = 26,
    MOST_PITCH = 190,
    AXIS_DOWN = 36,                     /* from the rows to the axis' numbers */
    KEY_DOWN = 92,                      /* from the rows to the key */
    BOTTOM_DOWN = KEY_DOWN + 44,        /* from the rows to the picture's end */
    MOST_MARGIN = CANVAS_WIDTH * 2 / 5, /* for the rows' names */
    TEXT_PX = 26,
    GAP = 20, /* between a text and its row or bar */
    MOST_STEPS = 10,
    LEAST_PITCH_OF_WORDS = 60, /* a lower row marks what is said, without the words */
    LINE_BYTES = 256,
};

/* The height of a bar in a row's pitch, alone and with words below it. */
static const double BAR = 0.78;
static const double BAR_ABOVE_WORDS = 0.56;

/* As in the pictures of runs: who acts is orange, who waits is blue. */
static const char *const colours[SPAN_KINDS] = {
    [SPAN_AWAITS] = "#56B4E9",
    [SPAN_ACTS] = "#D55E00",
    [SPAN_HOLDS] = "#D55E00",
    [SPAN_FROZEN] = "#F0C8A0",
};

struct layout {
    const char *rows[SPANS_MOST];
    size_t row_count;
    double pitch;  /* from row to row */
    double bar;    /* of a pitch */
    double px;     /* the size of a row's text */
    double top;    /* of the first row */
    double left;   /* where the axis begins */
    double right;  /* where it ends */
    double bottom; /* of the rows */
    double end_s;  /* of the axis */
    bool has_other_way;
    bool has_sayings; /* in one of the rows */
};

/* Puts the rows between `top` and the axis, and all below the caption in the middle of
 * the room that is left. */
static void lay_rows(struct layout *layout, double top) {
    double rows = layout->row_count > 0 ? (double)layout->row_count : 1;
    double room = CANVAS_HEIGHT - BOTTOM_DOWN - top - GAP / 2;
    layout->pitch = room / (rows - 1 + BAR);
    layout->pitch = layout->pitch < MOST_PITCH ? layout->pitch : MOST_PITCH;
    layout->px = layout->pitch * layout->bar * 0.9;
    layout->px = layout->px < TEXT_PX ? layout->px : TEXT_PX;
    layout->top = top + (room - layout->pitch * (rows - 1 + BAR)) / 2;
    layout->top = layout->top > top ? layout->top : top;
    layout->bottom = layout->top + layout->pitch * (rows - 1 + BAR) + GAP / 2;
}

/* The axis goes on to the end of the other way, if this lesson fills at least half of
 * it: so the pictures of both ways have the same scale. */
static struct layout lay_out(const struct spans *spans, const struct caption *caption,
                             double top) {
    struct layout layout = {.right = CANVAS_WIDTH - EDGE, .end_s = spans->total_s};
    layout.has_other_way = caption->other_way_s > spans->total_s &&
                           caption->other_way_s <= 2 * spans->total_s;
    if (layout.has_other_way) {
        layout.end_s = caption->other_way_s;
    }
    double margin = 0;
    layout.row_count = spans_rows(spans, layout.rows);
    for (size_t i = 0; i < spans->saying_count; i++) {
        layout.has_sayings =
            layout.has_sayings ||
            spans_has_row(spans, spans_saying_row(spans, &spans->sayings[i]));
    }
    layout.bar = layout.has_sayings ? BAR_ABOVE_WORDS : BAR;
    lay_rows(&layout, top);
    for (size_t i = 0; i < layout.row_count; i++) {
        double width = svg_text_width(layout.rows[i], layout.px);
        margin = width > margin ? width : margin;
    }
    layout.left = EDGE + (margin < MOST_MARGIN ? margin : MOST_MARGIN) + GAP;
    return layout;
}

static double x_of(const struct layout *layout, double at_s) {
    return layout->left + (layout->right - layout->left) * at_s / layout->end_s;
}

/* A vertical line. */
static void draw_line(struct canvas *canvas, double x, double y, double to_y,
                      double width, const char *colour) {
    canvas_box(canvas, x - width / 2, y, width, to_y - y, colour);
}

static void draw_axis(struct canvas *canvas, const struct layout *layout) {
    double step_s = spans_step(layout->end_s, MOST_STEPS);
    char text[32];
    for (int i = 0; i * step_s <= layout->end_s * 1.001; i++) {
        double x = x_of(layout, i * step_s);
        draw_line(canvas, x, layout->top - 10, layout->bottom, 1.2, "#DDDDDD");
        snprintf(text, sizeof text - 8, "%.10g", i * step_s);
        thousands_group(text);
        strcat(text, i > 0 ? " s" : "");
        canvas_text(canvas, x, layout->bottom + AXIS_DOWN, TEXT_PX, CANVAS_TIC, text);
    }
}

/* Writes the words in the bar if they fit; else beside it, if the row is free there;
 * else not at all. */
static void draw_words(struct canvas *canvas, const struct layout *layout,
                       const struct spans *spans, size_t index, double baseline) {
    const struct span *span = &spans->list[index];
    double x = x_of(layout, span->begin_s);
    double end = x_of(layout, span->end_s);
    double needed = svg_text_width(span->what, layout->px) + GAP / 2;
    if (needed <= end - x) {
        canvas_text(canvas, (x + end) / 2, baseline, layout->px, CANVAS_INSIDE,
                    span->what);
    } else if (!spans_is_last(spans, index)) {
        return;
    } else if (end + needed <= CANVAS_WIDTH - GAP) {
        canvas_box(canvas, end + 2, baseline - layout->px, needed, layout->px * 1.3,
                   "#FFFFFF"); /* no line of the grid runs through the words */
        canvas_text(canvas, end + GAP / 2, baseline, layout->px, CANVAS_BESIDE,
                    span->what);
    } else if (spans_is_first(spans, index) && x - needed >= layout->left) {
        canvas_text(canvas, x - GAP / 2, baseline, layout->px, CANVAS_ROW, span->what);
    }
}

/* A bar has a white edge on its left, so that two bars side by side look different. */
static void draw_bars(struct canvas *canvas, const struct layout *layout,
                      const struct spans *spans, const char *row, double y) {
    double height = layout->pitch * layout->bar;
    for (size_t i = 0; i < spans->count; i++) {
        const struct span *span = &spans->list[i];
        double x = x_of(layout, span->begin_s);
        double width = x_of(layout, span->end_s) - x - 2;
        if (!strcmp(span->row, row)) {
            canvas_box(canvas, x, y, 2, height, "#FFFFFF");
            canvas_box(canvas, x + 2, y, width > 2 ? width : 2, height,
                       colours[span->kind]);
            draw_words(canvas, layout, spans, i, y + height / 2 + layout->px * 0.36);
        }
    }
}

/* Marks each line that is printed in this row when it is printed, and writes it below
 * the bar, unless it has no room beside the one before. */
static void draw_sayings(struct canvas *canvas, const struct layout *layout,
                         const struct spans *spans, const char *row, double y) {
    double bar_end = y + layout->pitch * layout->bar;
    double px = layout->px * 0.85;
    double free_x = layout->left - GAP;
    for (size_t i = 0; i < spans->saying_count; i++) {
        const struct saying *saying = &spans->sayings[i];
        double x = x_of(layout, saying->at_s);
        double half = svg_text_width(saying->text, px) / 2;
        if (strcmp(spans_saying_row(spans, saying), row) != 0) {
            continue;
        }
        draw_line(canvas, x, y, bar_end + 6, 3, "#000000");
        double middle = x + half < CANVAS_WIDTH - GAP ? x : CANVAS_WIDTH - GAP - half;
        middle = middle - half > free_x ? middle : free_x + half;
        bool is_near = x >= middle - half && x <= middle + half;
        if (layout->pitch >= LEAST_PITCH_OF_WORDS && is_near) {
            canvas_box(canvas, middle - half, bar_end + 7, 2 * half, px * 1.1,
                       "#FFFFFF");
            canvas_text(canvas, middle, bar_end + 8 + px, px, CANVAS_INSIDE,
                        saying->text);
            free_x = middle + half + GAP / 2;
        }
    }
}

static void draw_row(struct canvas *canvas, const struct layout *layout,
                     const struct spans *spans, size_t row) {
    const char *name = layout->rows[row];
    double y = layout->top + layout->pitch * (double)row;
    double px = svg_text_px(name, layout->px, layout->left - GAP - EDGE);
    canvas_text(canvas, layout->left - GAP,
                y + layout->pitch * layout->bar / 2 + layout->px * 0.36, px, CANVAS_ROW,
                name);
    draw_bars(canvas, layout, spans, name, y);
    draw_sayings(canvas, layout, spans, name, y);
}

static void draw_other_way(struct canvas *canvas, const struct layout *layout,
                           const struct caption *caption) {
    enum { DASH = 10, PERIOD = 18 };
    double x = x_of(layout, caption->other_way_s);
    for (double y = layout->top - 10; y < layout->bottom; y += PERIOD) {
        draw_line(canvas, x, y, y + DASH, 3, "#222222");
    }
    canvas_text(canvas, x, layout->top - GAP, TEXT_PX, CANVAS_ROW, caption->other_way);
}

/* Writes a word of the key behind its sign, which is 24 wide; returns where the next
 * one begins. */
static double draw_key_word(struct canvas *canvas, double x, double y,
                            const char *name) {
    canvas_text(canvas, x + 36, y, TEXT_PX, CANVAS_BESIDE, name);
    return x + 36 + svg_text_width(name, TEXT_PX) + 2 * GAP;
}

static void draw_key(struct canvas *canvas, const struct layout *layout,
                     const struct spans *spans) {
    double x = layout->left;
    double y = layout->bottom + KEY_DOWN;
    for (int kind = 0; kind < SPAN_KINDS; kind++) {
        if (spans_have(spans, (enum span_kind)kind)) {
            canvas_box(canvas, x, y - 21, 24, 24, colours[kind]);
            x = draw_key_word(canvas, x, y, span_kind_name((enum span_kind)kind));
        }
    }
    if (layout->has_sayings) {
        draw_line(canvas, x + 12, y - 21, y + 3, 3, "#000000");
        draw_key_word(canvas, x, y, "prints");
    }
}

/* The bytes of the text's first line of this width; all, if it fits. */
static size_t measure_line(const char *text, double px, double width) {
    char line[LINE_BYTES];
    size_t fits = 0;
    for (size_t i = 0; i < sizeof line - 1; i++) {
        if (text[i] == ' ' || text[i] == '\0') {
            snprintf(line, sizeof line, "%.*s", (int)i, text);
            fits = svg_text_width(line, px) <= width || fits == 0 ? i : fits;
        }
        if (text[i] == '\0') {
            break;
        }
    }
    return fits;
}

/* Writes the title, in two lines of about the same length if it is too long for one, and
 * smaller if it is too long for two. Returns the base line of the last. */
static double draw_title(struct canvas *canvas, const char *title) {
    const double width = CANVAS_WIDTH - 2 * EDGE;
    double needed = svg_text_width(title, TITLE_PX);
    double px = TITLE_PX;
    size_t first = strlen(title);
    if (needed > width) {
        px = svg_text_px(title, TITLE_PX, width * 1.7);
        first = measure_line(title, px, svg_text_width(title, px) * 0.58);
    }
    char line[LINE_BYTES];
    snprintf(line, sizeof line, "%.*s", (int)first, title);
    canvas_text(canvas, EDGE, TITLE_Y, px, CANVAS_TITLE, line);
    if (!title[first]) {
        return TITLE_Y;
    }
    canvas_text(canvas, EDGE, TITLE_Y + px * 1.2, px, CANVAS_TITLE, title + first + 1);
    return TITLE_Y + px * 1.2;
}

/* Returns where the rows may begin. */
static double draw_caption(struct canvas *canvas, const struct caption *caption) {
    const double width = CANVAS_WIDTH - 2 * EDGE;
    double y = draw_title(canvas, caption->title) + 50;
    canvas_text(canvas, EDGE, y, svg_text_px(caption->words, NOTE_PX, width),
                CANVAS_NOTE, caption->words);
    y += 38;
    canvas_text(canvas, EDGE, y, svg_text_px(caption->total, NOTE_PX, width),
                CANVAS_NOTE, caption->total);
    return y + 64;
}

static void draw_all(struct canvas *canvas, const struct spans *spans,
                     const struct caption *caption) {
    canvas_begin(canvas, caption->title);
    struct layout layout = lay_out(spans, caption, draw_caption(canvas, caption));
    draw_axis(canvas, &layout);
    if (layout.has_other_way) {
        draw_other_way(canvas, &layout, caption);
    }
    for (size_t i = 0; i < layout.row_count; i++) {
        draw_row(canvas, &layout, spans, i);
    }
    draw_key(canvas, &layout, spans);
    canvas_end(canvas);
}

static bool refuse(const char *path, struct error *error) {
    return error_input(error, "cannot write %.200s: %s%s", path, strerror(errno),
                       advice_for(errno));
}

bool picture_check(const char *path, struct error *error) {
    enum canvas_format format;
    if (!canvas_format_of(path, &format)) {
        return error_input(error, "'%.200s' does not end with .svg, .png or .pdf",
                           path);
    }
    if (format != CANVAS_SVG && !gnuplot_is_there()) {
        return error_input(error, "gnuplot draws a PNG or a PDF, and is not there: "
                                  "install gnuplot-nox, or write an .svg");
    }
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (fd >= 0) {
        unlink(path);
    } else if (errno == EEXIST) {
        fd = open(path, O_WRONLY | O_CLOEXEC | O_NONBLOCK);
    }
    if (fd < 0) {
        return refuse(path, error);
    }
    close(fd);
    return true;
}

/* Draws into memory first, because gnuplot reads its script from there. */
static bool draw_text(const struct spans *spans, const struct caption *caption,
                      enum canvas_format format, char **text, size_t *bytes,
                      struct error *error) {
    struct canvas canvas = {.out = open_memstream(text, bytes), .format = format};
    if (!canvas.out) {
        return error_failed(error, "out of memory for the picture");
    }
    draw_all(&canvas, spans, caption);
    return fclose(canvas.out) == 0 ||
           error_failed(error, "out of memory for the picture");
}

bool picture_write(const struct spans *spans, const struct caption *caption,
                   const char *path, struct error *error) {
    enum canvas_format format = CANVAS_SVG;
    char *text = NULL;
    size_t bytes = 0;
    canvas_format_of(path, &format);
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (fd < 0) {
        return refuse(path, error);
    }
    bool ok = draw_text(spans, caption, format, &text, &bytes, error);
    if (ok && format != CANVAS_SVG) {
        ok = gnuplot_run(text, fd, error);
    } else if (ok && write(fd, text, bytes) != (ssize_t)bytes) {
        ok = error_failed(error, "cannot write %.200s: %s%s", path, strerror(errno),
                          advice_for(errno));
    }
    free(text);
    close(fd);
    return ok;
}
