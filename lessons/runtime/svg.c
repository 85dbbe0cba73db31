/* The program that shows a picture draws its text, in Inter or in a font that it has.
 * So the widths here are those of the widest font, DejaVu Sans: a margin may be too
 * wide, but no name is cut. fontconfig would only know the fonts of this machine. */
#include "lessons/runtime/svg.h"
#include "base/utf8.h"

#include <stdint.h>
#include <string.h>

static double ems_of(int32_t code) {
    if (code < 0 || code >= 0x80) {
        return utf8_columns(code < 0 ? '?' : code) > 1 ? 1.1 : 0.8;
    }
    if (strchr(" ,.:;'|!()[]/\\-fijlrtI", (char)code)) {
        return 0.42;
    }
    if (strchr("mwMW@%", (char)code)) {
        return 1;
    }
    return code >= 'A' && code <= 'Z' ? 0.75 : 0.64;
}

double svg_text_width(const char *text, double px) {
    double ems = 0;
    size_t taken;
    for (size_t left = strlen(text); left > 0; left -= taken, text += taken) {
        ems += ems_of(utf8_read(text, left, &taken));
    }
    return ems * px;
}

double svg_text_px(const char *text, double px, double width) {
    double needed = svg_text_width(text, px);
    return needed > width ? px * width / needed : px;
}

void svg_escape(FILE *file, const char *text) {
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
}

void svg_text(FILE *file, double x, double y, double px, const char *attributes,
              const char *text) {
    fprintf(file, "<text x=\"%.1f\" y=\"%.1f\" font-size=\"%.4g\" %s>", x, y, px,
            attributes);
    svg_escape(file, text);
    fputs("</text>\n", file);
}
