/* Rewrites gnuplot's SVG, line by line: gnuplot has no option for any of this. */
#include "bench/pictures/svg.h"
#include "bench/pictures/letters.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_TEXT_BYTES = 1024 };

/* Writes the text between two tags of a line that stand in this order; false: the line
 * has not both, or the text is too long. */
static bool find_between(const char *line, const char *open, const char *close,
                         char text[static MOST_TEXT_BYTES]) {
    const char *from = strstr(line, open);
    const char *end = from ? strstr(from + strlen(open), close) : NULL;
    if (!end || end - from - strlen(open) >= MOST_TEXT_BYTES) {
        return false;
    }
    from += strlen(open);
    memcpy(text, from, (size_t)(end - from));
    text[end - from] = '\0';
    return true;
}

/* Writes the nth text of an SVG, as XML; "" if it has fewer. */
static void find_text(const char *svg, int nth, char text[static MOST_TEXT_BYTES]) {
    const char *at = svg;
    for (int i = 0; at && i <= nth; i++) {
        at = strstr(at + (i > 0), "<text>");
    }
    if (!at || !find_between(at, "<text>", "</text>", text)) {
        text[0] = '\0';
    }
}

/* Replaces the entities that gnuplot writes by their characters; the text gets no longer.
 */
static void decode(char *text) {
    static const char *const entities[] = {"&lt;", "&gt;", "&amp;"};
    static const char characters[] = "<>&";
    char *out = text;
    while (*text) {
        size_t taken = 0;
        for (int i = 0; i < 3; i++) {
            if (!strncmp(text, entities[i], strlen(entities[i]))) {
                taken = strlen(entities[i]);
                *out = characters[i];
            }
        }
        if (taken == 0) {
            *out = *text;
            taken = 1;
        }
        out++;
        text += taken;
    }
    *out = '\0';
}

/* Remembers the font that a line sets. */
struct font {
    double px;
    bool is_bold;
};

static void read_font(const char *line, struct font *font) {
    const char *size = strstr(line, "font-size=\"");
    if (size) {
        font->px = strtod(size + strlen("font-size=\""), NULL);
        font->is_bold = strstr(line, "font-weight=\"bold\"") != NULL;
    }
}

static void copy_text(const char *line, const struct font *font, FILE *out) {
    char text[MOST_TEXT_BYTES];
    char plain[MOST_TEXT_BYTES];
    if (!find_between(line, "<text>", "</text>", text)) {
        fputs(line, out);
        return;
    }
    strcpy(plain, text);
    decode(plain);
    if (letters_are_known(plain) && font->px > 0) {
        fprintf(out,
                "\t\t<text textLength=\"%.1f\" lengthAdjust=\"spacingAndGlyphs\">"
                "%s</text>",
                letters_width(plain, font->is_bold) * font->px, text);
    } else {
        fprintf(out, "\t\t<text>%s</text>", text);
    }
}

/* Copies a line without gnuplot's <title> in it. */
static void copy_untitled(const char *line, FILE *out) {
    const char *from = strstr(line, "<title>");
    const char *end = from ? strstr(from, "</title>") : NULL;
    if (end) {
        fprintf(out, "%.*s%s", (int)(from - line), line, end + strlen("</title>"));
    } else {
        fputs(line, out);
    }
}

static void copy_line(const char *line, const char *svg, struct font *font, FILE *out) {
    char text[MOST_TEXT_BYTES];
    read_font(line, font);
    if (!strcmp(line, "<svg ")) {
        fputs("<svg role=\"img\"", out);
    } else if (!strcmp(line, "<title>Gnuplot</title>")) {
        find_text(svg, 0, text);
        fprintf(out, "<title>%s</title>", text);
    } else if (!strncmp(line, "<desc>", 6)) {
        find_text(svg, 1, text);
        fprintf(out, "<desc>%s</desc>", text);
    } else if (strstr(line, "<text>")) {
        copy_text(line, font, out);
    } else {
        copy_untitled(line, out);
    }
}

void svg_copy(const char *text, FILE *out) {
    struct font font = {.px = 0};
    while (*text) {
        size_t length = strcspn(text, "\n");
        char *line = strndup(text, length);
        if (line) {
            copy_line(line, text, &font, out);
        }
        free(line);
        text += length;
        if (*text) {
            putc('\n', out);
            text++;
        }
    }
}

/* The whole file; the caller frees it. NULL: it can't be read. */
static char *read_file(const char *path) {
    char *text = NULL;
    size_t room = 0;
    FILE *file = fopen(path, "re");
    ssize_t length = file ? getdelim(&text, &room, '\0', file) : -1;
    if (file) {
        fclose(file);
    }
    if (length < 0) {
        free(text);
        return NULL;
    }
    return text;
}

bool svg_finish(const char *path, struct error *error) {
    char *text = read_file(path);
    if (!text) {
        return error_failed(error, "cannot read %s: %s", path, strerror(errno));
    }
    FILE *out = fopen(path, "we");
    if (out) {
        svg_copy(text, out);
    }
    free(text);
    bool ok = out && !ferror(out);
    ok = out && fclose(out) == 0 && ok;
    return ok || error_failed(error, "cannot write %s: %s", path, strerror(errno));
}
