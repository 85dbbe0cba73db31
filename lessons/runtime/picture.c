/* Colours, type and margins are those of plots/style.gp. Written by hand and not by
 * gnuplot: a lesson needs nothing but itself. */
#include "lessons/runtime/picture.h"
#include "base/advice.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

enum {
    LEFT = 240,
    RIGHT = 1540,
    TOP = 230,
    BOTTOM = 760,
    ROW = 96, /* at most */
    MOST_STEPS = 10,
};

static const char *const colours[SPAN_KINDS] = {
    [SPAN_AWAITS] = "#56B4E9",
    [SPAN_HOLDS] = "#D55E00",
    [SPAN_FROZEN] = "#F0C8A0",
};

static void write_text(FILE *file, double x, double y, const char *attributes,
                       const char *text) {
    fprintf(file, "<text x=\"%.1f\" y=\"%.1f\" %s>", x, y, attributes);
    for (; *text; text++) {
        switch (*text) {
        case '<':
            fputs("&lt;", file);
            break;
        case '&':
            fputs("&amp;", file);
            break;
        default:
            putc(*text, file);
        }
    }
    fputs("</text>\n", file);
}

static double x_of(const struct spans *spans, double at_s) {
    return LEFT + (RIGHT - LEFT) * at_s / spans->total_s;
}

static void write_axis(FILE *file, const struct spans *spans, double bottom) {
    double step_s = spans_step(spans->total_s, MOST_STEPS);
    char text[32];
    for (int i = 0; i * step_s <= spans->total_s * 1.001; i++) {
        double x = x_of(spans, i * step_s);
        fprintf(file,
                "<line x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%.1f\" "
                "stroke=\"#DDDDDD\"/>\n",
                x, TOP - 10, x, bottom);
        snprintf(text, sizeof text, "%.10g s", i * step_s);
        write_text(file, x, bottom + 34, "class=\"axis\"", text);
    }
}

static void write_row(FILE *file, const struct spans *spans, const char *row, double y,
                      double height) {
    write_text(file, LEFT - 20, y + height / 2 + 9, "class=\"row\"", row);
    for (size_t i = 0; i < spans->count; i++) {
        const struct span *span = &spans->list[i];
        double x = x_of(spans, span->begin_s);
        double width = x_of(spans, span->end_s) - x;
        if (strcmp(span->row, row) != 0) {
            continue;
        }
        fprintf(file,
                "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" "
                "fill=\"%s\" stroke=\"white\" stroke-width=\"2\"/>\n",
                x, y, width > 2 ? width : 2, height, colours[span->kind]);
        if (width > 14 * (double)strlen(span->what)) {
            write_text(file, x + width / 2, y + height / 2 + 9, "class=\"what\"",
                       span->what);
        }
    }
}

static void write_key(FILE *file, const struct spans *spans) {
    double x = LEFT;
    for (int kind = 0; kind < SPAN_KINDS; kind++) {
        size_t i = 0;
        while (i < spans->count && spans->list[i].kind != (enum span_kind)kind) {
            i++;
        }
        if (i < spans->count) {
            const char *name = span_kind_name((enum span_kind)kind);
            fprintf(file,
                    "<rect x=\"%.1f\" y=\"838\" width=\"24\" height=\"24\" "
                    "fill=\"%s\"/>\n",
                    x, colours[kind]);
            write_text(file, x + 36, 858, "class=\"key\"", name);
            x += 90 + 13 * (double)strlen(name);
        }
    }
}

static void write_all(FILE *file, const struct spans *spans, const char *title,
                      const char *subtitle) {
    const char *rows[SPANS_MOST];
    size_t count = spans_rows(spans, rows);
    double pitch = count > 0 ? (double)(BOTTOM - TOP) / (double)count : ROW;
    pitch = pitch < ROW ? pitch : ROW;
    fputs("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1600 900\" "
          "font-family=\"Inter,Helvetica,Arial,sans-serif\" font-size=\"24\">\n"
          "<style>.title{font-size:44px;font-weight:bold;fill:#222222}"
          ".subtitle{font-size:28px;fill:#5A5A5A}.row{text-anchor:end;fill:#222222}"
          ".what{text-anchor:middle;fill:#222222}"
          ".axis{text-anchor:middle;fill:#5A5A5A}.key{fill:#5A5A5A}</style>\n"
          "<rect width=\"1600\" height=\"900\" fill=\"white\"/>\n",
          file);
    write_text(file, 60, 90, "class=\"title\"", title);
    write_text(file, 60, 142, "class=\"subtitle\"", subtitle);
    write_axis(file, spans, TOP + pitch * (double)count);
    for (size_t i = 0; i < count; i++) {
        write_row(file, spans, rows[i], TOP + pitch * (double)i, pitch * 0.75);
    }
    write_key(file, spans);
    fputs("</svg>\n", file);
}

bool picture_write(const struct spans *spans, const char *title, const char *subtitle,
                   const char *path, struct error *error) {
    FILE *file = fopen(path, "w");
    if (!file) {
        return error_input(error, "cannot write %.200s: %s%s", path, strerror(errno),
                           advice_for(errno));
    }
    write_all(file, spans, title, subtitle);
    bool ok = !ferror(file);
    ok = fclose(file) == 0 && ok;
    return ok || error_failed(error, "cannot write %.200s: %s%s", path, strerror(errno),
                              advice_for(errno));
}
