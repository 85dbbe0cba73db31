/* Draws the picture "boards": why many rounds take less time side by side. The upper
 * part shows the first minutes of two models, where one sees how conversations wait for
 * the sender. The lower part shows the whole time of every model: how long the sender
 * (in chess, the master) is busy and idle, and how a conversation spends its time. The
 * sender's busy time is the same in every model. */
#include "bench/pictures/windows.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Pixels. */
enum {
    PLOT_BOTTOM = 70,
    NAME_GAP = 132, /* from a name to its bars; the bars' own names stand between */
    LABEL_GAP = 14,
};

enum { MOST_MODELS = 12, LABEL_BYTES = 4 * AXIS_TEXT_BYTES };

struct boards {
    const struct subject *subject;
    const struct story *story;
    struct performance list[MOST_MODELS];
    int count;
    struct axis axis; /* of the lower part */
    double longest_s;
    double left;
    double px_per_s;
};

static bool applies(const struct scenario *scenario) {
    return scenario->rounds > 1;
}

static int count_pages(const struct subject *subject) {
    return picture_pages(subject, MOST_MODELS);
}

static bool load(struct boards *boards, int page, struct error *error) {
    bool ok = performance_open_page(boards->subject, MOST_MODELS, page, boards->list,
                                    &boards->count, error);
    double longest_s = performance_longest_s(boards->list, boards->count);
    boards->longest_s = longest_s > 0 ? longest_s : 1;
    boards->axis = axis_for(boards->longest_s, 8);
    return ok;
}

/* Writes the makespan, "43,418 s = 12 h 3 min 38 s", and how idle the sender is. A model
 * of which a request failed has no makespan. */
static void write_label(const struct boards *boards,
                        const struct performance *performance,
                        char value[static LABEL_BYTES], char note[static LABEL_BYTES]) {
    const struct scenario *scenario = &boards->subject->point->scenario;
    if (performance->failed > 0) {
        value[0] = '\0';
        performance_failure(performance, note);
        return;
    }
    axis_both(&boards->axis, performance->course.makespan_s, value);
    performance_scarce(performance, scenario, note);
}

static void place_whole(struct boards *boards, bool is_narrow, struct sheet *sheet) {
    boards->left =
        SHEET_MARGIN + picture_names_width(boards->subject, sheet) + NAME_GAP;
    double width = SHEET_WIDTH - SHEET_MARGIN - boards->left;
    boards->px_per_s = width / boards->longest_s;
    for (int i = 0; i < boards->count; i++) {
        char value[LABEL_BYTES];
        char note[LABEL_BYTES];
        const struct performance *performance = &boards->list[i];
        double makespan_s = performance->course.makespan_s;
        if (performance->is_measured && makespan_s > 0) {
            write_label(boards, performance, value, note);
            double value_width = sheet_width(sheet, TEXT_VALUE, value);
            double note_width = sheet_width(sheet, TEXT_NOTE, note);
            double label = is_narrow
                               ? sheet_after(sheet, TEXT_VALUE, value, 0) + note_width
                               : fmax(value_width, note_width);
            boards->px_per_s =
                fmin(boards->px_per_s, (width - LABEL_GAP - label) / makespan_s);
        }
    }
}

/* Draws two bars as long as the makespan: the sender's time, and a conversation's. */
static void draw_bars(const struct boards *boards,
                      const struct performance *performance, double bottom, double top,
                      struct sheet *sheet) {
    static const enum phase order[] = {PHASE_SEND,    PHASE_RESPONSE, COURSE_BODY,
                                       PHASE_BACKLOG, COURSE_FAILED,  PHASE_QUEUE};
    double half = (top - bottom) / 2;
    double gap = fmin(half * 0.16, 4);
    double left = boards->left;
    double right = left + performance->course.makespan_s * boards->px_per_s;
    if (performance->send_count > 0) {
        sheet_block(sheet, PHASE_SEND, left, bottom + half + gap,
                    left + performance->busy_s * boards->px_per_s, top);
        sheet_frame(sheet, left, bottom + half + gap, right, top);
    }
    double x = left;
    for (size_t i = 0; i < sizeof order / sizeof order[0]; i++) {
        double end = x + performance->time_s[order[i]] * boards->px_per_s;
        if (end > x) {
            sheet_block(sheet, order[i], x, bottom, end, top - half - gap);
        }
        x = end;
    }
    sheet_frame(sheet, left, bottom, right, top - half - gap);
    if (performance->failed > 0) {
        sheet_hatch(sheet, left, bottom, right, top);
    }
}

static void draw_performance(const struct boards *boards,
                             const struct performance *performance, double bottom,
                             double top, bool is_narrow, struct sheet *sheet) {
    char value[LABEL_BYTES];
    char note[LABEL_BYTES];
    double middle = (bottom + top) / 2;
    picture_name(boards->subject, performance->entry, boards->left - NAME_GAP, middle,
                 sheet);
    if (!performance->is_measured) {
        picture_excuse(performance->model, boards->left + LABEL_GAP, middle, sheet);
        return;
    }
    draw_bars(boards, performance, bottom, top, sheet);
    if (top - bottom >= 34) {
        sheet_text(sheet, TEXT_ROW, boards->left - 10, middle + (top - bottom) / 4,
                   performance->send_count ? boards->story->sender : "");
        sheet_text(sheet, TEXT_ROW, boards->left - 10, middle - (top - bottom) / 4,
                   boards->story->average);
    }
    write_label(boards, performance, value, note);
    double x =
        boards->left + performance->course.makespan_s * boards->px_per_s + LABEL_GAP;
    if (!value[0]) {
        sheet_text(sheet, TEXT_NOTE, x, middle, note);
    } else if (is_narrow) {
        sheet_text(sheet, TEXT_VALUE, x, middle, value);
        sheet_text(sheet, TEXT_NOTE, sheet_after(sheet, TEXT_VALUE, value, x), middle,
                   note);
    } else {
        sheet_text(sheet, TEXT_VALUE, x, middle + 14, value);
        sheet_text(sheet, TEXT_NOTE, x, middle - 17, note);
    }
}

static void draw_whole(struct boards *boards, double top, struct sheet *sheet) {
    double pitch = (top - PLOT_BOTTOM) / boards->count;
    bool is_narrow = pitch < 62;
    if (is_narrow) {
        int px = pitch < 30 ? 20 : 24;
        sheet->text_px[TEXT_NAME] = sheet->text_px[TEXT_VALUE] = px;
        sheet->text_px[TEXT_NOTE] = px;
    } else {
        sheet->text_px[TEXT_NAME] = 28;
        sheet->text_px[TEXT_VALUE] = 28;
        sheet->text_px[TEXT_NOTE] = 24;
    }
    place_whole(boards, is_narrow, sheet);
    sheet_text(sheet, TEXT_HEADING, SHEET_MARGIN, top + 18, boards->story->whole);
    sheet_axis(sheet, &boards->axis, boards->longest_s, boards->left, boards->px_per_s,
               PLOT_BOTTOM, top);
    double height = fmin(pitch * 0.76, 76);
    for (int i = 0; i < boards->count; i++) {
        double middle = top - (i + 0.5) * pitch;
        draw_performance(boards, &boards->list[i], middle - height / 2,
                         middle + height / 2, is_narrow, sheet);
    }
}

static struct windows windows_of(const struct boards *boards) {
    return (struct windows){boards->subject, boards->story, boards->list,
                            boards->count};
}

/* The part of its time for which an average conversation waits before its sends. */
static double waiting(const struct performance *performance) {
    const double *time_s = performance->time_s;
    double makespan_s = performance->course.makespan_s;
    return makespan_s > 0 ? (time_s[PHASE_QUEUE] + time_s[PHASE_BACKLOG]) / makespan_s
                          : 0;
}

/* Says how idle the sender is in the slower and in the faster model. This explains the
 * difference if there is one sender and nothing else is scarce; else the title says for
 * which part of the time a conversation waits. */
static void compare(const struct boards *boards,
                    const struct performance *const chosen[static WINDOWS_MOST],
                    char text[static FINDING_BYTES]) {
    const struct scenario *scenario = &boards->subject->point->scenario;
    bool is_sender = story_has_one_sender(scenario) && scenario->slots == 0;
    char percent[2][AXIS_TEXT_BYTES];
    for (int i = 0; i < 2; i++) {
        if (is_sender) {
            performance_idle(chosen[i], percent[i]);
        } else {
            picture_percent(waiting(chosen[i]), 1, percent[i]);
        }
    }
    if (is_sender) {
        snprintf(text, FINDING_BYTES, "%s idle %s of the time instead of %s",
                 boards->story->title, percent[1], percent[0]);
    } else {
        snprintf(text, FINDING_BYTES, "A %s waits %s of the time instead of %s",
                 boards->story->one, percent[1], percent[0]);
    }
}

static void write_title(const struct boards *boards, char text[static FINDING_BYTES]) {
    const struct performance *chosen[WINDOWS_MOST];
    struct windows windows = windows_of(boards);
    finding_speed(boards->subject->summary, text);
    if (windows_choose(&windows, chosen) == 2 && !chosen[0]->failed &&
        !chosen[1]->failed &&
        chosen[0]->course.makespan_s >= 1.02 * chosen[1]->course.makespan_s) {
        compare(boards, chosen, text);
    }
}

static bool draw(const struct subject *subject, int page, struct sheet *sheet,
                 struct error *error) {
    struct boards *boards = calloc(1, sizeof *boards);
    if (!boards) {
        return error_failed(error, "out of memory for the boards");
    }
    boards->subject = subject;
    boards->story = story_of(&subject->point->scenario);
    bool ok = load(boards, page, error);
    if (ok) {
        char title[FINDING_BYTES];
        char setting[FINDING_BYTES];
        char pace[FINDING_BYTES];
        write_title(boards, title);
        double y = sheet_head(sheet, title, finding_setting(subject->summary, setting),
                              finding_pace(subject->summary, pace));
        double split = PLOT_BOTTOM + (y - PLOT_BOTTOM) * 0.46;
        draw_whole(boards, split - 22, sheet);
        struct windows windows = windows_of(boards);
        ok = windows_draw(&windows, split + 56, y - 88, sheet, error);
        performance_legend(boards->list, boards->count, &subject->point->scenario,
                           y - 20, sheet);
    }
    performance_close_all(boards->list, boards->count);
    free(boards);
    return ok;
}

const struct picture picture_boards = {
    .name = "boards",
    .summary = "who waits for whom from near, and where the time goes",
    .applies = applies,
    .when = "scenarios with more than one round",
    .count_pages = count_pages,
    .draw = draw,
};
