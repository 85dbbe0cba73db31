/* Writes boxes and texts as SVG, or as a script of gnuplot. Colours, fonts and sizes are
 * those of plots/style.gp, so that the pictures of lessons and of runs are a set. Every
 * line is a box, because gnuplot draws boxes in the order of their numbers. */
#include "lessons/runtime/canvas.h"
#include "lessons/runtime/svg.h"

#include <string.h>

/* Of these fonts, a machine without Inter has at least one of the next two, which are as
 * wide as Arial; DejaVu Sans is the widest, and svg_text_width() counts with it. */
#define FONTS "Inter,Arial,'Liberation Sans',Helvetica,'DejaVu Sans',sans-serif"

static const struct {
    const char *colour;
    const char *anchor;  /* SVG */
    const char *justify; /* gnuplot */
    bool is_bold;
} styles[CANVAS_STYLES] = {
    [CANVAS_TITLE] = {"#000000", "start", "left", true},
    [CANVAS_NOTE] = {"#5A5A5A", "start", "left", false},
    [CANVAS_BESIDE] = {"#222222", "start", "left", false},
    [CANVAS_ROW] = {"#222222", "end", "right", false},
    [CANVAS_INSIDE] = {"#000000", "middle", "center", false},
    [CANVAS_TIC] = {"#5A5A5A", "middle", "center", false},
};

bool canvas_format_of(const char *path, enum canvas_format *format) {
    static const char *const endings[] = {
        [CANVAS_SVG] = ".svg", [CANVAS_PNG] = ".png", [CANVAS_PDF] = ".pdf"};
    size_t length = strlen(path);
    for (int i = 0; i < 3; i++) {
        if (length > 4 && !strcmp(path + length - 4, endings[i])) {
            *format = (enum canvas_format)i;
            return true;
        }
    }
    return false;
}

/* A font's size is in points of 4/3 pixels in PNG, and of 10/9 in PDF. */
static double points(const struct canvas *canvas, double px) {
    return px * (canvas->format == CANVAS_PNG ? 0.75 : 0.9);
}

static void begin_svg(struct canvas *canvas, const char *title) {
    fprintf(canvas->out,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" "
            "role=\"img\" font-family=\"" FONTS "\">\n<title>",
            CANVAS_WIDTH, CANVAS_HEIGHT);
    svg_escape(canvas->out, title);
    fputs("</title>\n", canvas->out);
    canvas_box(canvas, 0, 0, CANVAS_WIDTH, CANVAS_HEIGHT, "#FFFFFF");
}

void canvas_begin(struct canvas *canvas, const char *title) {
    canvas->count = 0;
    if (canvas->format == CANVAS_SVG) {
        begin_svg(canvas, title);
        return;
    }
    fputs("set encoding utf8\n", canvas->out);
    fprintf(canvas->out, "set terminal %s background rgb 'white' font 'Inter,18'\n",
            canvas->format == CANVAS_PNG ? "pngcairo size 1600,900"
                                         : "pdfcairo size 13.3333in,7.5in");
    fputs("unset border\nunset tics\nunset key\nset margins screen 0,1,0,1\n"
          "set xrange [0:1]\nset yrange [0:1]\n",
          canvas->out);
}

void canvas_end(struct canvas *canvas) {
    fputs(canvas->format == CANVAS_SVG ? "</svg>\n" : "plot -1 notitle\nunset output\n",
          canvas->out);
}

void canvas_box(struct canvas *canvas, double x, double y, double width, double height,
                const char *colour) {
    canvas->count++;
    if (canvas->format == CANVAS_SVG) {
        fprintf(canvas->out,
                "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" "
                "fill=\"%s\"/>\n",
                x, y, width, height, colour);
        return;
    }
    fprintf(canvas->out,
            "set object %d rectangle from screen %.6f,%.6f to screen %.6f,%.6f behind "
            "fillcolor rgb '%s' fillstyle solid noborder\n",
            canvas->count, x / CANVAS_WIDTH, 1 - (y + height) / CANVAS_HEIGHT,
            (x + width) / CANVAS_WIDTH, 1 - y / CANVAS_HEIGHT, colour);
}

/* In single quotes gnuplot reads '' as a quote, and everything else as it is. */
static void quote(FILE *out, const char *text) {
    putc('\'', out);
    for (; *text; text++) {
        fputs(*text == '\'' ? "'" : "", out);
        putc((unsigned char)*text < ' ' ? ' ' : *text, out);
    }
    putc('\'', out);
}

void canvas_text(struct canvas *canvas, double x, double y, double px,
                 enum canvas_style style, const char *text) {
    if (canvas->format == CANVAS_SVG) {
        char attributes[120];
        snprintf(attributes, sizeof attributes, "fill=\"%s\" text-anchor=\"%s\"%s",
                 styles[style].colour, styles[style].anchor,
                 styles[style].is_bold ? " font-weight=\"bold\"" : "");
        svg_text(canvas->out, x, y, px, attributes, text);
        return;
    }
    fputs("set label ", canvas->out);
    quote(canvas->out, text);
    /* gnuplot puts the middle of a text at y. */
    fprintf(canvas->out,
            " at screen %.6f,%.6f %s front noenhanced font 'Inter%s,%.4g' "
            "textcolor rgb '%s'\n",
            x / CANVAS_WIDTH, 1 - (y - 0.36 * px) / CANVAS_HEIGHT,
            styles[style].justify, styles[style].is_bold ? ":Bold" : "",
            points(canvas, px), styles[style].colour);
}
