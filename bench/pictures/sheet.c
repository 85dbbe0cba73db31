/* Writes the tables of one picture. */
#include "bench/pictures/sheet.h"
#include "bench/pictures/letters.h"
#include "bench/programs/paths.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char *const text_names[TEXT_CLASS_COUNT] = {
    "title", "subtitle", "heading", "name", "row",
    "value", "note",     "legend",  "tic",  "split"};

static const char *const line_names[] = {"grid",    "makespan", "frame",
                                         "whisker", "hatch",    "promise"};

/* By which a text is placed at its x. */
enum alignment { ALIGN_LEFT, ALIGN_RIGHT, ALIGN_CENTRE };

static const int default_px[TEXT_CLASS_COUNT] = {44, 25, 28, 32, 22,
                                                 36, 26, 26, 26, 24};

static FILE *open_table(const struct sheet *sheet, const char *table,
                        struct error *error) {
    char name[SHEET_STEM_BYTES + 32];
    char path[PATH_MAX];
    snprintf(name, sizeof name, "%s-%s.tsv", sheet->stem, table);
    if (!paths_join(path, sheet->folder, name, error)) {
        return NULL;
    }
    FILE *file = fopen(path, "we");
    if (!file) {
        error_failed(error, "cannot write %s: %s", path, strerror(errno));
    }
    return file;
}

bool sheet_open(struct sheet *sheet, const char *folder, const char *stem,
                struct glyphs *glyphs, struct error *error) {
    *sheet = (struct sheet){.glyphs = glyphs};
    snprintf(sheet->stem, sizeof sheet->stem, "%s", stem);
    snprintf(sheet->folder, sizeof sheet->folder, "%s", folder);
    memcpy(sheet->text_px, default_px, sizeof default_px);
    sheet->texts = open_table(sheet, "texts", error);
    sheet->lines = sheet->texts ? open_table(sheet, "lines", error) : NULL;
    sheet->bars = sheet->lines ? open_table(sheet, "bars", error) : NULL;
    sheet->dots = sheet->bars ? open_table(sheet, "dots", error) : NULL;
    if (!sheet->dots) {
        return false;
    }
    fputs("x\ty\n", sheet->dots);
    fputs("class\tx\ty\ttext\n", sheet->texts);
    fputs("class\tx\ty\tto_x\tto_y\n", sheet->lines);
    fputs("from_s\tto_s\tleft\tbottom\tright\ttop\tphase\n", sheet->bars);
    return true;
}

static bool close_table(FILE *file) {
    bool ok = file && !ferror(file);
    return (!file || fclose(file) == 0) && ok;
}

static void write_piece(const struct gridline *piece, void *context) {
    struct sheet *sheet = context;
    sheet_line(sheet, LINE_GRID, piece->x, piece->bottom, piece->x, piece->top);
}

static bool close_tables(struct sheet *sheet, struct error *error) {
    if (sheet->lines) {
        gridlines_draw(&sheet->grid, write_piece, sheet);
    }
    gridlines_close(&sheet->grid);
    bool ok = close_table(sheet->texts);
    ok = close_table(sheet->lines) && ok;
    ok = close_table(sheet->bars) && ok;
    ok = close_table(sheet->dots) && ok;
    ok = (!sheet->values || close_table(sheet->values)) && ok;
    int reason = errno;
    sheet->texts = sheet->lines = sheet->bars = sheet->dots = sheet->values = NULL;
    if (sheet->is_out_of_memory) {
        return error_failed(error, "out of memory for the grid of %s", sheet->stem);
    }
    return ok || error_failed(error, "cannot write the tables of %s: %s", sheet->stem,
                              strerror(reason));
}

bool sheet_close(struct sheet *sheet, struct error *error) {
    if (!close_tables(sheet, error)) {
        return false;
    }
    FILE *sizes = open_table(sheet, "sizes", error);
    if (!sizes) {
        return false;
    }
    for (int i = 0; i < TEXT_CLASS_COUNT; i++) {
        fprintf(sizes, "%s%s", i ? "\t" : "", text_names[i]);
    }
    for (int i = 0; i < TEXT_CLASS_COUNT; i++) {
        fprintf(sizes, "%s%d", i ? "\t" : "\n", sheet->text_px[i]);
    }
    putc('\n', sizes);
    return close_table(sizes) ||
           error_failed(error, "cannot write the tables of %s: %s", sheet->stem,
                        strerror(errno));
}

/* gnuplot takes a quote as the end of a field. It takes a backslash as an escape twice:
 * when it reads the field, and when it draws it. */
static void write_text(FILE *file, const char *text) {
    for (; *text; text++) {
        if (*text == '"') {
            fputs("\\042", file);
        } else if (*text == '\\') {
            fputs("\\\\\\\\", file);
        } else {
            putc(*text, file);
        }
    }
}

static bool is_bold(enum text_class class) {
    return class == TEXT_TITLE || class == TEXT_HEADING || class == TEXT_NAME ||
           class == TEXT_VALUE;
}

double sheet_width(const struct sheet *sheet, enum text_class class, const char *text) {
    return letters_width(text, is_bold(class)) * sheet->text_px[class];
}

static void keep_box_clear(struct sheet *sheet, const struct gridlines_box *box) {
    sheet->is_out_of_memory =
        !gridlines_avoid(&sheet->grid, box) || sheet->is_out_of_memory;
}

/* Lets the grid leave out the text. */
static void keep_clear(struct sheet *sheet, enum text_class class, double x, double y,
                       const char *text) {
    static const enum alignment alignments[TEXT_CLASS_COUNT] = {
        [TEXT_NAME] = ALIGN_RIGHT, [TEXT_ROW] = ALIGN_RIGHT, [TEXT_TIC] = ALIGN_CENTRE};
    const double margin = 5;
    enum alignment alignment = alignments[class];
    double width = sheet_width(sheet, class, text);
    double half = sheet->text_px[class] * 0.6;
    double left = alignment == ALIGN_LEFT    ? x
                  : alignment == ALIGN_RIGHT ? x - width
                                             : x - width / 2;
    keep_box_clear(sheet, &(struct gridlines_box){left - margin, y - half,
                                                  left + width + margin, y + half});
}

void sheet_text(struct sheet *sheet, enum text_class class, double x, double y,
                const char *text) {
    /* For an empty text, gnuplot would repeat the last one. */
    char *own = text[0] ? strdup(text) : NULL;
    if (!own) {
        return;
    }
    glyphs_mend(sheet->glyphs, own);
    keep_clear(sheet, class, x, y, own);
    fprintf(sheet->texts, "%s\t%.1f\t%.1f\t", text_names[class], x, y);
    write_text(sheet->texts, own);
    putc('\n', sheet->texts);
    free(own);
}

double sheet_after(const struct sheet *sheet, enum text_class class, const char *text,
                   double x) {
    return x + 1.1 * sheet_width(sheet, class, text) + 10;
}

/* Drops the last character, and puts dots in the place of the three before. */
static void shorten(char *text) {
    size_t bytes = strlen(text);
    for (int i = 0; i < 4 && bytes > 0; i++) {
        do {
            bytes--;
        } while (bytes > 0 && ((unsigned char)text[bytes] & 0xc0) == 0x80);
    }
    strcpy(text + bytes, "..."); /* at least four bytes were dropped */
}

char *sheet_fit(struct sheet *sheet, enum text_class class, char *text,
                double most_width, int least_px) {
    double width = sheet_width(sheet, class, text);
    if (width > most_width) {
        int px = (int)(sheet->text_px[class] * most_width / width);
        sheet->text_px[class] = px > least_px ? px : least_px;
    }
    while (sheet_width(sheet, class, text) > most_width && letters_count(text) > 4) {
        shorten(text);
    }
    return text;
}

void sheet_line(struct sheet *sheet, enum line_class class, double x0, double y0,
                double x1, double y1) {
    fprintf(sheet->lines, "%s\t%.1f\t%.1f\t%.1f\t%.1f\n", line_names[class], x0, y0, x1,
            y1);
}

void sheet_frame(struct sheet *sheet, double left, double bottom, double right,
                 double top) {
    sheet_line(sheet, LINE_FRAME, left, bottom, right, bottom);
    sheet_line(sheet, LINE_FRAME, left, top, right, top);
    sheet_line(sheet, LINE_FRAME, left, bottom, left, top);
    sheet_line(sheet, LINE_FRAME, right, bottom, right, top);
}

void sheet_hatch(struct sheet *sheet, double left, double bottom, double right,
                 double top) {
    const double pitch = 12;
    keep_box_clear(sheet, &(struct gridlines_box){left, bottom, right, top});
    for (double at = left - (top - bottom); at < right; at += pitch) {
        double from = at > left ? at : left; /* a line rises by a pixel in each pixel */
        double to = at + top - bottom < right ? at + top - bottom : right;
        if (to > from) {
            sheet_line(sheet, LINE_HATCH, from, bottom + from - at, to,
                       bottom + to - at);
        }
    }
}

void sheet_dot(struct sheet *sheet, double x, double y) {
    fprintf(sheet->dots, "%.2f\t%.2f\n", x, y);
}

bool sheet_value(struct sheet *sheet, enum value_class class, const char *model,
                 double value_s, double left, double bottom, double right, double top,
                 struct error *error) {
    static const char *const names[] = {"printed", "predicted", "measured"};
    if (!sheet->values) {
        sheet->values = open_table(sheet, "values", error);
        if (!sheet->values) {
            return false;
        }
        fputs("class\tmodel\tvalue_s\tleft\tbottom\tright\ttop\n", sheet->values);
    }
    char own[256];
    snprintf(own, sizeof own, "%.200s", model);
    glyphs_mend(sheet->glyphs, own);
    fprintf(sheet->values, "%s\t", names[class]);
    write_text(sheet->values, own);
    fprintf(sheet->values, isfinite(value_s) ? "\t%.9g" : "\t", value_s);
    fprintf(sheet->values, "\t%.2f\t%.2f\t%.2f\t%.2f\n", left, bottom, right, top);
    return true;
}

static void write_bar(struct sheet *sheet, const struct bar *bar, double left,
                      double px_per_s) {
    fprintf(sheet->bars, "%.6g\t%.6g\t%.2f\t%.2f\t%.2f\t%.2f\t%s\n", bar->from_s,
            bar->to_s, left + bar->from_s * px_per_s, bar->bottom,
            left + bar->to_s * px_per_s, bar->top, phase_name(bar->phase));
}

void sheet_block(struct sheet *sheet, enum phase phase, double left, double bottom,
                 double right, double top) {
    fprintf(sheet->bars, "\t\t%.2f\t%.2f\t%.2f\t%.2f\t%s\n", left, bottom, right, top,
            phase_name(phase));
}

void sheet_bars(struct sheet *sheet, const struct bars *bars, double left,
                double px_per_s) {
    for (size_t i = 0; i < bars->count; i++) {
        write_bar(sheet, &bars->list[i], left, px_per_s);
    }
}

/* Adds one line below the title, and moves `y` there. */
static void add_subtitle(struct sheet *sheet, const char *text, double *y) {
    char *own = text[0] ? strdup(text) : NULL;
    if (own) {
        *y -= 34;
        sheet_text(
            sheet, TEXT_SUBTITLE, SHEET_MARGIN, *y,
            sheet_fit(sheet, TEXT_SUBTITLE, own, SHEET_WIDTH - 2 * SHEET_MARGIN, 20));
    }
    free(own);
}

double sheet_head(struct sheet *sheet, const char *title, const char *setting,
                  const char *pace) {
    const double width = SHEET_WIDTH - 2 * SHEET_MARGIN;
    double y = SHEET_HEIGHT - 52;
    char line[1000];
    char *own = strdup(title);
    if (own) {
        sheet_text(sheet, TEXT_TITLE, SHEET_MARGIN, y,
                   sheet_fit(sheet, TEXT_TITLE, own, width, 26));
    }
    free(own);
    y -= 14;
    snprintf(line, sizeof line, "%.490s%s%.490s", setting,
             setting[0] && pace[0] ? "; " : "", pace);
    if (sheet_width(sheet, TEXT_SUBTITLE, line) <= width) {
        add_subtitle(sheet, line, &y);
    } else {
        add_subtitle(sheet, setting, &y);
        add_subtitle(sheet, pace, &y);
    }
    return y - 20;
}

void sheet_grid(struct sheet *sheet, double x, double bottom, double top) {
    sheet->is_out_of_memory =
        !gridlines_add(&sheet->grid, x, bottom, top) || sheet->is_out_of_memory;
}

void sheet_axis(struct sheet *sheet, const struct axis *axis, double longest_s,
                double left, double px_per_s, double bottom, double top) {
    char text[AXIS_TEXT_BYTES];
    int count = (int)floor(longest_s / axis->step_s + 1e-9);
    for (int i = 0; i <= count; i++) {
        double x = left + i * axis->step_s * px_per_s;
        sheet_grid(sheet, x, bottom, top);
        sheet_text(sheet, TEXT_TIC, x, bottom - 22,
                   i ? axis_tic(axis, i * axis->step_s, text) : "0");
    }
}
