/* Writes the timeline as SVG, with the colours, fonts and margins of plots/style.gp. It
 * does not use gnuplot, so that a lesson needs no other program. From top to bottom:
 * caption, rows, axis, key. The rows share the room that is left; a row is at most
 * MOST_PITCH high. */
#include "lessons/runtime/picture.h"
#include "base/advice.h"
#include "lessons/runtime/svg.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum {
    WIDTH = 1600,
    MOST_HEIGHT = 900,
    EDGE = 60, /* the left and the right margin */
    TOP = 220, /* of the first row */
    MOST_PITCH = 120,
    AXIS_DOWN = 36,              /* from the rows to the axis' numbers */
    KEY_DOWN = 92,               /* from the rows to the key */
    BOTTOM_DOWN = KEY_DOWN + 44, /* from the rows to the picture's end */
    MOST_MARGIN = WIDTH * 2 / 5, /* for the rows' names */
    TEXT_PX = 26,
    GAP = 20, /* between a text and its row or bar */
    MOST_STEPS = 10,
};

static const double BAR = 0.78; /* of a row's pitch */

static const char *const colours[SPAN_KINDS] = {
    [SPAN_AWAITS] = "#56B4E9",
    [SPAN_HOLDS] = "#D55E00",
    [SPAN_FROZEN] = "#F0C8A0",
};

struct layout {
    const char *rows[SPANS_MOST];
    size_t row_count;
    double pitch;  /* from row to row */
    double px;     /* the size of a row's text */
    double left;   /* where the axis begins */
    double right;  /* where it ends */
    double bottom; /* of the rows */
    double end_s;  /* of the axis */
    bool has_other_way;
};

/* The axis goes on to the end of the other way, if this lesson fills at least half of
 * it: so the pictures of both ways have the same scale. */
static struct layout lay_out(const struct spans *spans, const struct caption *caption) {
    struct layout layout = {.right = WIDTH - EDGE, .end_s = spans->total_s};
    layout.has_other_way = caption->other_way_s > spans->total_s &&
                           caption->other_way_s <= 2 * spans->total_s;
    if (layout.has_other_way) {
        layout.end_s = caption->other_way_s;
    }
    double margin = 0;
    layout.row_count = spans_rows(spans, layout.rows);
    double rows = layout.row_count > 0 ? (double)layout.row_count : 1;
    layout.pitch = (MOST_HEIGHT - BOTTOM_DOWN - TOP - GAP / 2) / (rows - 1 + BAR);
    layout.pitch = layout.pitch < MOST_PITCH ? layout.pitch : MOST_PITCH;
    layout.px = layout.pitch * 0.7 < TEXT_PX ? layout.pitch * 0.7 : TEXT_PX;
    for (size_t i = 0; i < layout.row_count; i++) {
        double width = svg_text_width(layout.rows[i], layout.px);
        margin = width > margin ? width : margin;
    }
    layout.left = EDGE + (margin < MOST_MARGIN ? margin : MOST_MARGIN) + GAP;
    layout.bottom = TOP + layout.pitch * (rows - 1) + layout.pitch * BAR + GAP / 2;
    return layout;
}

static double x_of(const struct layout *layout, double at_s) {
    return layout->left + (layout->right - layout->left) * at_s / layout->end_s;
}

static void write_axis(FILE *file, const struct layout *layout) {
    double step_s = spans_step(layout->end_s, MOST_STEPS);
    char text[32];
    for (int i = 0; i * step_s <= layout->end_s * 1.001; i++) {
        double x = x_of(layout, i * step_s);
        fprintf(file,
                "<line x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%.1f\" "
                "stroke=\"#DDDDDD\"/>\n",
                x, TOP - 10, x, layout->bottom);
        snprintf(text, sizeof text, "%.10g s", i * step_s);
        svg_text(file, x, layout->bottom + AXIS_DOWN, 24, "class=\"axis\"", text);
    }
}

/* Writes the words in the bar if they fit; else beside it, if the row is free there;
 * else not at all. */
static void write_words(FILE *file, const struct layout *layout,
                        const struct spans *spans, size_t index, double baseline) {
    const struct span *span = &spans->list[index];
    double x = x_of(layout, span->begin_s);
    double end = x_of(layout, span->end_s);
    double needed = svg_text_width(span->what, layout->px) + GAP / 2;
    if (needed <= end - x) {
        svg_text(file, (x + end) / 2, baseline, layout->px, "class=\"what\"",
                 span->what);
    } else if (!spans_is_last(spans, index)) {
        return;
    } else if (end + needed <= WIDTH - GAP) {
        svg_text(file, end + GAP / 2, baseline, layout->px, "class=\"beside\"",
                 span->what);
    } else if (spans_is_first(spans, index) && x - needed >= layout->left) {
        svg_text(file, x - GAP / 2, baseline, layout->px, "class=\"row\"", span->what);
    }
}

static void write_row(FILE *file, const struct layout *layout,
                      const struct spans *spans, size_t row) {
    const char *name = layout->rows[row];
    double y = TOP + layout->pitch * (double)row;
    double height = layout->pitch * BAR;
    double baseline = y + height / 2 + layout->px * 0.36;
    svg_text(file, layout->left - GAP, baseline,
             svg_text_px(name, layout->px, layout->left - GAP - EDGE), "class=\"row\"",
             name);
    for (size_t i = 0; i < spans->count; i++) {
        const struct span *span = &spans->list[i];
        double x = x_of(layout, span->begin_s);
        double width = x_of(layout, span->end_s) - x;
        if (!strcmp(span->row, name)) {
            fprintf(file,
                    "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" "
                    "fill=\"%s\" stroke=\"white\" stroke-width=\"2\"/>\n",
                    x, y, width > 2 ? width : 2, height, colours[span->kind]);
            write_words(file, layout, spans, i, baseline);
        }
    }
}

static void write_other_way(FILE *file, const struct layout *layout,
                            const struct caption *caption) {
    double x = x_of(layout, caption->other_way_s);
    fprintf(file,
            "<line x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"#222222\" "
            "stroke-width=\"3\" stroke-dasharray=\"10 8\"/>\n",
            x, TOP - 10, x, layout->bottom);
    svg_text(file, x, TOP - 20, 24, "class=\"row\"", caption->other_way);
}

static void write_key(FILE *file, const struct layout *layout,
                      const struct spans *spans) {
    double x = layout->left;
    double y = layout->bottom + KEY_DOWN;
    for (int kind = 0; kind < SPAN_KINDS; kind++) {
        if (spans_have(spans, (enum span_kind)kind)) {
            const char *name = span_kind_name((enum span_kind)kind);
            fprintf(file,
                    "<rect x=\"%.1f\" y=\"%.1f\" width=\"24\" height=\"24\" "
                    "fill=\"%s\"/>\n",
                    x, y - 20, colours[kind]);
            svg_text(file, x + 36, y, 24, "class=\"key\"", name);
            x += 36 + svg_text_width(name, 24) + 2 * GAP;
        }
    }
}

static void write_caption(FILE *file, const struct caption *caption) {
    const double width = WIDTH - 2 * EDGE;
    svg_text(file, EDGE, 84, svg_text_px(caption->title, 44, width), "class=\"title\"",
             caption->title);
    svg_text(file, EDGE, 134, svg_text_px(caption->words, 30, width), "class=\"words\"",
             caption->words);
    svg_text(file, EDGE, 176, svg_text_px(caption->total, 24, width), "class=\"key\"",
             caption->total);
}

static void write_all(FILE *file, const struct spans *spans,
                      const struct caption *caption) {
    struct layout layout = lay_out(spans, caption);
    double height = layout.bottom + BOTTOM_DOWN;
    fprintf(file,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %.0f\" "
            "font-family=\"Inter,Helvetica,Arial,sans-serif\">\n"
            "<style>.title{font-weight:bold;fill:#000000}.words,.beside{fill:#222222}"
            ".row{text-anchor:end;fill:#222222}.what{text-anchor:middle;fill:#000000}"
            ".axis{text-anchor:middle;fill:#5A5A5A}.key{fill:#5A5A5A}</style>\n"
            "<rect width=\"%d\" height=\"%.0f\" fill=\"white\"/>\n",
            WIDTH, height, WIDTH, height);
    write_caption(file, caption);
    write_axis(file, &layout);
    if (layout.has_other_way) {
        write_other_way(file, &layout, caption);
    }
    for (size_t i = 0; i < layout.row_count; i++) {
        write_row(file, &layout, spans, i);
    }
    write_key(file, &layout, spans);
    fputs("</svg>\n", file);
}

bool picture_check(const char *path, struct error *error) {
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (fd >= 0) {
        unlink(path);
    } else if (errno == EEXIST) {
        fd = open(path, O_WRONLY | O_CLOEXEC | O_NONBLOCK);
    }
    if (fd < 0) {
        return error_input(error, "cannot write %.200s: %s%s", path, strerror(errno),
                           advice_for(errno));
    }
    close(fd);
    return true;
}

bool picture_write(const struct spans *spans, const struct caption *caption,
                   const char *path, struct error *error) {
    FILE *file = fopen(path, "w");
    if (!file) {
        return error_input(error, "cannot write %.200s: %s%s", path, strerror(errno),
                           advice_for(errno));
    }
    write_all(file, spans, caption);
    bool ok = !ferror(file);
    ok = fclose(file) == 0 && ok;
    return ok || error_failed(error, "cannot write %.200s: %s%s", path, strerror(errno),
                              advice_for(errno));
}
