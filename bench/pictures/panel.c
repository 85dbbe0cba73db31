/* Draws one model's part of the timeline. */
#include "bench/pictures/panel.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* Pixels. A row is not thinner than LEAST_ROW and not thicker than MOST_ROW; if there
 * are many conversations, only some are drawn. */
enum {
    LEAST_ROW = 3,
    MOST_ROW = 54,
    ROW_FOR_NUMBER = 22,
    NUMBER_GAP = 10,
    LINE_PITCH = 38,  /* between two lines of them */
    TWO_LINES = 66,   /* a panel of that height has room for both */
    MAKESPAN_OVER = 3 /* its line is longer by this, above and below */
};

/* The texts at the end of a panel: its makespan, and what was scarce. */
struct label {
    char value[AXIS_TEXT_BYTES];
    char note[3 * AXIS_TEXT_BYTES];
};

void panel_place(struct panel *panel, int32_t conversations, double bottom,
                 double pitch) {
    double gap = fmin(fmax(pitch * 0.16, 10), 30);
    double room = pitch - gap;
    bool is_sent = panel->performance->send_count > 0;
    panel->strip = is_sent ? fmin(fmax(pitch * 0.1, 8), 18) : 0;
    double above = is_sent ? panel->strip + fmax(panel->strip * 0.35, 3) : 0;
    double height = fmin(room - above, (double)MOST_ROW * conversations);
    double spare = room - above - height;
    panel->rows = (int)fmin(conversations, floor(height / LEAST_ROW));
    panel->bottom = bottom + gap * 0.4 + spare / 2;
    panel->rows_top = panel->bottom + height;
    panel->top = panel->rows_top + above;
}

static void add_passage(struct bars *bars, const struct passage *passage) {
    for (int phase = PHASE_QUEUE; phase < COURSE_PHASES; phase++) {
        bars_add(bars, (enum phase)phase, passage->until_s[phase - 1],
                 passage->until_s[phase]);
    }
}

static void add_rows(const struct panel *panel, struct bars *bars) {
    const struct course *course = &panel->performance->course;
    double pitch = (panel->rows_top - panel->bottom) / panel->rows;
    double gap = fmin(pitch * (pitch >= 7 ? 0.15 : 0.25), 5);
    for (int row = 0; row < panel->rows; row++) {
        int32_t conversation =
            performance_conversation(panel->performance, row, panel->rows);
        double top = panel->rows_top - row * pitch;
        bars_row(bars, top - pitch + gap, top);
        for (int32_t round = 0; round < course->events.rounds; round++) {
            struct passage passage;
            if (course_passage(course, conversation, round, &passage)) {
                add_passage(bars, &passage);
            }
        }
        bars_end(bars);
    }
}

void panel_add_bars(const struct panel *panel, struct bars *bars) {
    if (panel->performance->is_measured) {
        add_rows(panel, bars);
        if (panel->strip > 0) {
            performance_add_strip(panel->performance, INFINITY,
                                  panel->top - panel->strip, panel->top, bars);
        }
    }
}

static void find_in_passage(const struct passage *passage, double least_s,
                            bool there[static COURSE_PHASES]) {
    for (int phase = PHASE_QUEUE; phase < COURSE_PHASES; phase++) {
        double s = passage->until_s[phase] - passage->until_s[phase - 1];
        bool is_main =
            phase == PHASE_SEND || phase == PHASE_RESPONSE || phase == COURSE_FAILED;
        there[phase] = there[phase] || s > (is_main ? 0 : least_s);
    }
}

void panel_find_phases(const struct panel *panel, double least_s,
                       bool there[static COURSE_PHASES]) {
    const struct performance *performance = panel->performance;
    for (int row = 0; performance->is_measured && row < panel->rows; row++) {
        int32_t conversation = performance_conversation(performance, row, panel->rows);
        for (int32_t round = 0; round < performance->course.events.rounds; round++) {
            struct passage passage;
            if (course_passage(&performance->course, conversation, round, &passage)) {
                find_in_passage(&passage, least_s, there);
            }
        }
    }
}

/* On an axis of hours, the figure is in hours, and the seconds stand in the note. */
static void write_label(const struct panel *panel, const struct panel_scale *scale,
                        struct label *label) {
    const struct performance *performance = panel->performance;
    double makespan_s = performance->course.makespan_s;
    char seconds[AXIS_TEXT_BYTES];
    char scarce[AXIS_TEXT_BYTES];
    label->value[0] = '\0';
    if (performance->failed > 0) {
        performance_failure(performance, label->note);
        return;
    }
    axis_figure(scale->axis, makespan_s, label->value);
    axis_seconds(makespan_s, seconds);
    performance_scarce(performance, scale->scenario, scarce);
    bool has_both = strcmp(seconds, label->value) != 0;
    snprintf(label->note, sizeof label->note, "%s%s%s", has_both ? seconds : "",
             has_both && scarce[0] ? "; " : "", scarce);
}

bool panel_has_two_lines(const struct panel *panel) {
    return panel->top - panel->bottom >= TWO_LINES;
}

double panel_label_width(const struct panel *panel, const struct panel_scale *scale,
                         const struct sheet *sheet) {
    struct label label;
    write_label(panel, scale, &label);
    double value_width = sheet_width(sheet, TEXT_VALUE, label.value);
    double note_width = sheet_width(sheet, TEXT_NOTE, label.note);
    return panel_has_two_lines(panel)
               ? fmax(value_width, note_width)
               : sheet_after(sheet, TEXT_VALUE, label.value, 0) + note_width;
}

static void number_rows(const struct panel *panel, double left, struct sheet *sheet) {
    double pitch = (panel->rows_top - panel->bottom) / panel->rows;
    if (panel->rows < 2 || pitch < ROW_FOR_NUMBER) {
        return;
    }
    for (int row = 0; row < panel->rows; row++) {
        char text[AXIS_TEXT_BYTES];
        snprintf(text, sizeof text, "%d",
                 performance_conversation(panel->performance, row, panel->rows) + 1);
        sheet_text(sheet, TEXT_ROW, left - NUMBER_GAP,
                   panel->rows_top - (row + 0.5) * pitch, text);
    }
}

static void write_texts(const struct panel *panel, const struct panel_scale *scale,
                        double x, struct sheet *sheet) {
    struct label label;
    double middle = (panel->bottom + panel->top) / 2;
    write_label(panel, scale, &label);
    bool has_both = label.value[0] && label.note[0];
    double off = panel_has_two_lines(panel) && has_both ? LINE_PITCH / 2.0 : 0;
    sheet_text(sheet, TEXT_VALUE, x, middle + off, label.value);
    if (off == 0 && has_both) {
        x = sheet_after(sheet, TEXT_VALUE, label.value, x);
    }
    sheet_text(sheet, TEXT_NOTE, x, middle - off, label.note);
}

void panel_label(const struct panel *panel, const struct panel_scale *scale,
                 struct sheet *sheet) {
    const struct performance *performance = panel->performance;
    double middle = (panel->bottom + panel->top) / 2;
    if (!performance->is_measured) {
        picture_excuse(performance->model, scale->left + PANEL_LABEL_GAP, middle,
                       sheet);
        return;
    }
    double x = scale->left + performance->course.makespan_s * scale->px_per_s;
    if (panel->strip > 0) {
        sheet_frame(sheet, scale->left, panel->top - panel->strip, x, panel->top);
    }
    if (performance->failed > 0) {
        sheet_hatch(sheet, scale->left, panel->bottom, x, panel->top);
    } else {
        sheet_line(sheet, LINE_MAKESPAN, x, panel->bottom - MAKESPAN_OVER, x,
                   panel->top + MAKESPAN_OVER);
    }
    write_texts(panel, scale, x + PANEL_LABEL_GAP, sheet);
    number_rows(panel, scale->left, sheet);
}
