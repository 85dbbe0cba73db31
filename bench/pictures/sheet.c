/* Writes the tables of one picture. */
#include "bench/pictures/sheet.h"
#include "bench/programs/paths.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char *const text_names[TEXT_CLASS_COUNT] = {
    "title", "subtitle", "heading", "name", "row", "value", "note", "legend", "tic"};

static const char *const line_names[] = {"grid", "makespan", "frame", "whisker"};

static const int default_px[TEXT_CLASS_COUNT] = {44, 25, 28, 32, 22, 36, 26, 26, 26};

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
    if (!sheet->bars) {
        return false;
    }
    fputs("class\tx\ty\ttext\n", sheet->texts);
    fputs("class\tx\ty\tto_x\tto_y\n", sheet->lines);
    fputs("from_s\tto_s\tleft\tbottom\tright\ttop", sheet->bars);
    for (int phase = 0; phase < COURSE_PHASES; phase++) {
        fprintf(sheet->bars, "\t%s", phase_name((enum phase)phase));
    }
    putc('\n', sheet->bars);
    return true;
}

static bool close_table(FILE *file) {
    bool ok = file && !ferror(file);
    return (!file || fclose(file) == 0) && ok;
}

bool sheet_close(struct sheet *sheet, struct error *error) {
    bool ok = close_table(sheet->texts);
    ok = close_table(sheet->lines) && ok;
    ok = close_table(sheet->bars) && ok;
    ok = (!sheet->values || close_table(sheet->values)) && ok;
    int reason = errno;
    sheet->texts = sheet->lines = sheet->bars = sheet->values = NULL;
    if (!ok) {
        return error_failed(error, "cannot write the tables of %s: %s", sheet->stem,
                            strerror(reason));
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

void sheet_text(struct sheet *sheet, enum text_class class, double x, double y,
                const char *text) {
    /* For an empty text, gnuplot would repeat the last one. */
    char *own = text[0] ? strdup(text) : NULL;
    if (!own) {
        return;
    }
    glyphs_mend(sheet->glyphs, own);
    fprintf(sheet->texts, "%s\t%.1f\t%.1f\t", text_names[class], x, y);
    write_text(sheet->texts, own);
    putc('\n', sheet->texts);
    free(own);
}

static size_t count_characters(const char *text) {
    size_t count = 0;
    for (; *text; text++) {
        count += ((unsigned char)*text & 0xc0) != 0x80;
    }
    return count;
}

/* The average width of Inter's letters and digits, in parts of the font size. */
static double relative_width(enum text_class class) {
    bool is_bold = class == TEXT_TITLE || class == TEXT_HEADING || class == TEXT_NAME ||
                   class == TEXT_VALUE;
    return is_bold ? 0.56 : 0.51;
}

double sheet_width(const struct sheet *sheet, enum text_class class, const char *text) {
    return (double)count_characters(text) * relative_width(class) *
           sheet->text_px[class];
}

/* Keeps so many characters, of which the last three are dots. */
static void cut(char *text, size_t characters) {
    size_t bytes = strlen(text);
    while (bytes > 0 && count_characters(text) > characters) {
        do {
            bytes--;
        } while (bytes > 0 && ((unsigned char)text[bytes] & 0xc0) == 0x80);
        text[bytes] = '\0';
    }
    bytes = bytes > 3 ? bytes - 3 : 0;
    while (bytes > 0 && ((unsigned char)text[bytes] & 0xc0) == 0x80) {
        bytes--;
    }
    strcpy(text + bytes, "..."); /* the text had at least three bytes */
}

char *sheet_fit(struct sheet *sheet, enum text_class class, char *text,
                double most_width, int least_px) {
    double width = sheet_width(sheet, class, text);
    if (width > most_width) {
        int px = (int)(sheet->text_px[class] * most_width / width);
        sheet->text_px[class] = px > least_px ? px : least_px;
    }
    double character = relative_width(class) * sheet->text_px[class];
    size_t most = (size_t)(most_width / character);
    if (count_characters(text) > most && most > 3) {
        cut(text, most);
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
    fprintf(sheet->bars, "%.6g\t%.6g\t%.2f\t%.2f\t%.2f\t%.2f", bar->from_s, bar->to_s,
            left + bar->from_s * px_per_s, bar->bottom, left + bar->to_s * px_per_s,
            bar->top);
    for (int phase = 0; phase < COURSE_PHASES; phase++) {
        fprintf(sheet->bars, "\t%.3g", bar->share[phase]);
    }
    putc('\n', sheet->bars);
}

void sheet_block(struct sheet *sheet, enum phase phase, double left, double bottom,
                 double right, double top) {
    fprintf(sheet->bars, "\t\t%.2f\t%.2f\t%.2f\t%.2f", left, bottom, right, top);
    for (int i = 0; i < COURSE_PHASES; i++) {
        fputs(i == (int)phase ? "\t1" : "\t0", sheet->bars);
    }
    putc('\n', sheet->bars);
}

void sheet_bars(struct sheet *sheet, const struct bars *bars, double left,
                double px_per_s) {
    for (size_t i = 0; i < bars->count; i++) {
        write_bar(sheet, &bars->list[i], left, px_per_s);
    }
}

double sheet_head(struct sheet *sheet, const char *title, const char *subtitle,
                  const char *setting) {
    const double width = SHEET_WIDTH - 2 * SHEET_MARGIN;
    const char *lines[] = {subtitle, setting};
    double y = SHEET_HEIGHT - 52;
    char *own = strdup(title);
    if (own) {
        sheet_text(sheet, TEXT_TITLE, SHEET_MARGIN, y,
                   sheet_fit(sheet, TEXT_TITLE, own, width, 26));
    }
    free(own);
    y -= 14;
    for (size_t i = 0; i < 2; i++) {
        own = lines[i][0] ? strdup(lines[i]) : NULL;
        if (own) {
            y -= 34;
            sheet_text(sheet, TEXT_SUBTITLE, SHEET_MARGIN, y,
                       sheet_fit(sheet, TEXT_SUBTITLE, own, width, 20));
        }
        free(own);
    }
    return y - 20;
}

void sheet_axis(struct sheet *sheet, const struct axis *axis, double longest_s,
                double left, double px_per_s, double bottom, double top) {
    char text[AXIS_TEXT_BYTES];
    int count = (int)floor(longest_s / axis->step_s + 1e-9);
    for (int i = 0; i <= count; i++) {
        double x = left + i * axis->step_s * px_per_s;
        sheet_line(sheet, LINE_GRID, x, bottom, x, top);
        sheet_text(sheet, TEXT_TIC, x, bottom - 22,
                   i ? axis_tic(axis, i * axis->step_s, text) : "0");
    }
}

double sheet_legend(struct sheet *sheet, const char *const texts[COURSE_PHASES],
                    double x, double y) {
    const double side = 24;
    for (int phase = 0; phase < COURSE_PHASES; phase++) {
        if (texts[phase]) {
            sheet_block(sheet, (enum phase)phase, x, y - side / 2, x + side,
                        y + side / 2);
            sheet_text(sheet, TEXT_LEGEND, x + side + 10, y, texts[phase]);
            x += side + 10 + sheet_width(sheet, TEXT_LEGEND, texts[phase]) + 36;
        }
    }
    return x;
}
