/* The timeline: a panel a model on one shared axis, in it each conversation a row, with
 * a strip on top that shows when anybody sends. Who reads it sees at once where the
 * time goes: in line, or side by side. */
#include "bench/pictures/performance.h"
#include "bench/table.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Pixels. A row is not thinner than LEAST_ROW, so that of many conversations only some
 * are drawn, nor thicker than MOST_ROW. */
enum {
    MOST_PANELS = 12,
    PLOT_BOTTOM = 70,
    LEAST_ROW = 2,
    MOST_ROW = 54,
    ROW_FOR_NUMBER = 22,
    NAME_GAP = 46, /* from a name to its panel: a row's number stands between */
    LABEL_GAP = 14,
    MOST_BARS = 5000, /* a picture stays below a megabyte */
};

enum { LABEL_BYTES = 2 * AXIS_TEXT_BYTES + 4 };

/* Where a model's rows and its strip lie. */
struct panel {
    const struct performance *performance; /* borrowed */
    double bottom;                         /* of all of it, with the strip */
    double top;
    double strip;    /* height; 0: nothing is sent */
    double rows_top; /* the rows lie from `bottom` to there */
    int rows;
};

struct timeline {
    const struct subject *subject;
    struct performance list[MOST_PANELS];
    struct panel panels[MOST_PANELS];
    int count;
    double longest_s; /* over all pages */
    double left;
    double px_per_s;
    struct axis axis;
};

static int count_pages(const struct subject *subject) {
    return picture_pages(subject, MOST_PANELS);
}

static bool load(struct timeline *timeline, int page, struct error *error) {
    const struct subject *subject = timeline->subject;
    bool ok = performance_open_page(subject, MOST_PANELS, page, timeline->list,
                                    &timeline->count, error);
    double longest_s = performance_longest_s(timeline->list, timeline->count);
    for (size_t i = 0; i < subject->planned->entry_count; i++) {
        double high_s = finding_number(
            json_object_get(picture_model(subject, i), "measured"), "high_s");
        longest_s = fmax(longest_s, isfinite(high_s) ? high_s : 0);
    }
    timeline->longest_s = longest_s > 0 ? longest_s : 1;
    for (int i = 0; i < timeline->count; i++) {
        timeline->panels[i].performance = &timeline->list[i];
    }
    return ok;
}

/* Panels share the height evenly; one with few rows stands in the middle of its part.
 */
static void place_panels(struct timeline *timeline, double top) {
    int32_t conversations = timeline->subject->planned->scenario.conversations;
    double pitch = (top - PLOT_BOTTOM) / timeline->count;
    double gap = fmin(fmax(pitch * 0.16, 10), 30);
    for (int i = 0; i < timeline->count; i++) {
        struct panel *panel = &timeline->panels[i];
        double room = pitch - gap;
        panel->strip =
            panel->performance->send_count > 0 ? fmin(fmax(pitch * 0.1, 8), 18) : 0;
        double above =
            panel->strip > 0 ? panel->strip + fmax(panel->strip * 0.35, 3) : 0;
        double height = fmin(room - above, (double)MOST_ROW * conversations);
        double spare = room - above - height;
        panel->rows = (int)fmin(conversations, floor(height / LEAST_ROW));
        panel->bottom = top - (i + 1) * pitch + gap * 0.4 + spare / 2;
        panel->rows_top = panel->bottom + height;
        panel->top = panel->rows_top + above;
    }
}

static void add_passage(struct bars *bars, const struct passage *passage) {
    for (int phase = PHASE_QUEUE; phase < PHASE_COUNT; phase++) {
        bars_add(bars, (enum phase)phase, passage->until_s[phase - 1],
                 passage->until_s[phase]);
    }
}

static void add_rows(const struct timeline *timeline, const struct panel *panel,
                     struct bars *bars) {
    int32_t rounds = timeline->subject->planned->scenario.rounds;
    double pitch = (panel->rows_top - panel->bottom) / panel->rows;
    double gap = pitch >= 7 ? fmin(pitch * 0.15, 5) : 0;
    for (int row = 0; row < panel->rows; row++) {
        int32_t conversation =
            performance_conversation(panel->performance, row, panel->rows);
        double top = panel->rows_top - row * pitch;
        bars_row(bars, top - pitch + gap, top);
        for (int32_t round = 0; round < rounds; round++) {
            struct passage passage;
            if (course_passage(&panel->performance->course, conversation, round,
                               &passage)) {
                add_passage(bars, &passage);
            }
        }
        bars_end(bars);
    }
}

static void add_strip(const struct panel *panel, struct bars *bars) {
    if (panel->strip > 0) {
        bars_row(bars, panel->top - panel->strip, panel->top);
        for (size_t i = 0; i < panel->performance->send_count; i++) {
            bars_add(bars, PHASE_SEND, panel->performance->sends[i].from_s,
                     panel->performance->sends[i].to_s);
        }
        bars_end(bars);
    }
}

/* Coarser and coarser, until the picture is small enough. */
static bool draw_bars(const struct timeline *timeline, struct sheet *sheet,
                      struct error *error) {
    struct bars bars = {.least_s = 1.5 / timeline->px_per_s};
    do {
        bars_clear(&bars);
        for (int i = 0; i < timeline->count; i++) {
            if (timeline->list[i].is_measured) {
                add_rows(timeline, &timeline->panels[i], &bars);
                add_strip(&timeline->panels[i], &bars);
            }
        }
        bars.least_s *= 1.5;
    } while (bars.count > MOST_BARS && !bars.failed);
    bool ok = !bars.failed || error_failed(error, "out of memory for the timeline");
    sheet_bars(sheet, &bars, timeline->left, timeline->px_per_s);
    bars_close(&bars);
    return ok;
}

/* One sender is idle; of several, or of senders without a limit, nobody sends. */
static const char *say_idle(const struct timeline *timeline) {
    const struct scenario *scenario = &timeline->subject->planned->scenario;
    bool is_one = scenario->senders == SENDERS_COUNT && scenario->sender_count == 1;
    return is_one ? "sender idle" : "nobody sends";
}

/* What stands at the end of a panel: its makespan, and how long nobody was sending. */
static void write_label(const struct timeline *timeline, const struct panel *panel,
                        char value[static LABEL_BYTES],
                        char note[static AXIS_TEXT_BYTES]) {
    char seconds[AXIS_TEXT_BYTES];
    char large[AXIS_TEXT_BYTES];
    axis_seconds(panel->performance->course.makespan_s, seconds);
    axis_large(&timeline->axis, panel->performance->course.makespan_s, large);
    snprintf(value, LABEL_BYTES, "%s%s%s", seconds, large[0] ? " = " : "", large);
    int64_t failed = panel->performance->course.events.present -
                     events_count(&panel->performance->course.events, EVENT_OK);
    note[0] = '\0';
    if (panel->strip > 0) {
        char percent[AXIS_TEXT_BYTES];
        snprintf(note, AXIS_TEXT_BYTES, "%s %.20s", say_idle(timeline),
                 performance_idle(panel->performance, percent));
    }
    if (failed > 0) {
        size_t used = strlen(note);
        snprintf(note + used, AXIS_TEXT_BYTES - used, "%s%lld failed", used ? ", " : "",
                 (long long)failed);
    }
}

static bool has_two_lines(const struct panel *panel) {
    return panel->top - panel->bottom >= 66;
}

static double label_width(const struct timeline *timeline, const struct panel *panel,
                          const struct sheet *sheet) {
    char value[LABEL_BYTES];
    char note[AXIS_TEXT_BYTES];
    write_label(timeline, panel, value, note);
    double value_width = sheet_width(sheet, TEXT_VALUE, value);
    double note_width = sheet_width(sheet, TEXT_NOTE, note);
    return has_two_lines(panel) ? fmax(value_width, note_width)
                                : value_width + 16 + note_width;
}

static void label_panel(const struct timeline *timeline, const struct panel *panel,
                        struct sheet *sheet) {
    char value[LABEL_BYTES];
    char note[AXIS_TEXT_BYTES];
    double middle = (panel->bottom + panel->top) / 2;
    if (!panel->performance->is_measured) {
        picture_excuse(panel->performance->model, timeline->left + LABEL_GAP, middle,
                       sheet);
        return;
    }
    double x =
        timeline->left + panel->performance->course.makespan_s * timeline->px_per_s;
    double text_x = x + LABEL_GAP;
    write_label(timeline, panel, value, note);
    bool is_split = has_two_lines(panel) && note[0];
    sheet_line(sheet, LINE_MAKESPAN, x, panel->bottom - 3, x, panel->top + 3);
    sheet_text(sheet, TEXT_VALUE, text_x, middle + (is_split ? 19 : 0), value);
    if (panel->strip > 0) {
        sheet_frame(sheet, timeline->left, panel->top - panel->strip, x, panel->top);
    }
    text_x += is_split ? 0 : sheet_width(sheet, TEXT_VALUE, value) + 16;
    sheet_text(sheet, TEXT_NOTE, text_x, middle - (is_split ? 19 : 0), note);
}

/* The numbers of the conversations, where a row has room for one. */
static void number_rows(const struct timeline *timeline, const struct panel *panel,
                        struct sheet *sheet) {
    double pitch = (panel->rows_top - panel->bottom) / panel->rows;
    for (int row = 0; panel->performance->is_measured && panel->rows > 1 &&
                      pitch >= ROW_FOR_NUMBER && row < panel->rows;
         row++) {
        char text[AXIS_TEXT_BYTES];
        snprintf(text, sizeof text, "%d",
                 performance_conversation(panel->performance, row, panel->rows) + 1);
        sheet_text(sheet, TEXT_ROW, timeline->left - 10,
                   panel->rows_top - (row + 0.5) * pitch, text);
    }
}

/* Legends are for what is there: a queue of a microsecond is not. */
static void find_phases(const struct timeline *timeline, bool there[PHASE_COUNT]) {
    const struct scenario *scenario = &timeline->subject->planned->scenario;
    double least_s = timeline->longest_s * 0.008;
    for (int i = 0; i < timeline->count; i++) {
        const struct panel *panel = &timeline->panels[i];
        for (int row = 0; panel->performance->is_measured && row < panel->rows; row++) {
            for (int32_t round = 0; round < scenario->rounds; round++) {
                struct passage passage;
                bool is_there = course_passage(
                    &panel->performance->course,
                    performance_conversation(panel->performance, row, panel->rows),
                    round, &passage);
                for (int phase = PHASE_QUEUE; is_there && phase < PHASE_COUNT;
                     phase++) {
                    double s = passage.until_s[phase] - passage.until_s[phase - 1];
                    bool is_main = phase == PHASE_SEND || phase == PHASE_RESPONSE ||
                                   phase == PHASE_FAILED;
                    there[phase] = there[phase] || s > (is_main ? 0 : least_s);
                }
            }
        }
    }
}

static void draw_legend(const struct timeline *timeline, double y,
                        struct sheet *sheet) {
    static const char *const texts[PHASE_COUNT] = {
        [PHASE_QUEUE] = "waits for the sender",
        [PHASE_SEND] = "send",
        [PHASE_BACKLOG] = "waits for an answer slot",
        [PHASE_RESPONSE] = "response",
        [PHASE_BODY] = "up to the last",
        [PHASE_FAILED] = "failed",
    };
    const struct scenario *scenario = &timeline->subject->planned->scenario;
    const char *shown[PHASE_COUNT] = {NULL};
    bool there[PHASE_COUNT] = {false};
    int rows = timeline->panels[0].rows;
    find_phases(timeline, there);
    bool is_own_api = scenario->url_file != NULL;
    for (int phase = PHASE_QUEUE; phase < PHASE_COUNT; phase++) {
        shown[phase] = there[phase] ? texts[phase] : NULL;
    }
    if (is_own_api && there[PHASE_RESPONSE] && !there[PHASE_SEND]) {
        shown[PHASE_RESPONSE] = "up to the first byte";
    }
    double x = sheet_legend(sheet, shown, timeline->left, y);
    if (there[PHASE_SEND]) {
        sheet_frame(sheet, x, y - 8, x + 40, y + 8);
        sheet_text(sheet, TEXT_LEGEND, x + 50, y, say_idle(timeline));
        x += 50 + sheet_width(sheet, TEXT_LEGEND, say_idle(timeline)) + 36;
    }
    if (rows < scenario->conversations) {
        char text[100];
        char all[AXIS_TEXT_BYTES];
        snprintf(all, sizeof all - 12, "%d", (int)scenario->conversations);
        table_group_thousands(all);
        snprintf(text, sizeof text, "%d of %s conversations", rows, all);
        sheet_text(sheet, TEXT_NOTE, x, y, text);
    }
}

/* Names on the left, figures on the right: what they need decides where time lies. */
static void place_sides(struct timeline *timeline, struct sheet *sheet) {
    if (!has_two_lines(&timeline->panels[0])) {
        sheet->text_px[TEXT_NAME] = 26;
        sheet->text_px[TEXT_VALUE] = 26;
        sheet->text_px[TEXT_NOTE] = 22;
    }
    timeline->left =
        SHEET_MARGIN + picture_names_width(timeline->subject, sheet) + NAME_GAP;
    double width = SHEET_WIDTH - SHEET_MARGIN - timeline->left;
    timeline->px_per_s = width / timeline->longest_s;
    for (int i = 0; i < timeline->count; i++) {
        const struct panel *panel = &timeline->panels[i];
        double room = width - LABEL_GAP - label_width(timeline, panel, sheet);
        if (panel->performance->is_measured &&
            panel->performance->course.makespan_s > 0) {
            timeline->px_per_s =
                fmin(timeline->px_per_s, room / panel->performance->course.makespan_s);
        }
    }
}

static bool draw_page(struct timeline *timeline, struct sheet *sheet,
                      struct error *error) {
    const struct subject *subject = timeline->subject;
    char title[FINDING_BYTES];
    char about[FINDING_BYTES];
    char setting[FINDING_BYTES];
    double y = sheet_head(sheet, finding_speed(subject->scenario, title),
                          finding_subject(subject->scenario, about),
                          finding_setting(subject->scenario, setting));
    timeline->axis = axis_for(timeline->longest_s, 8);
    place_panels(timeline, y - 56);
    place_sides(timeline, sheet);
    sheet_axis(sheet, &timeline->axis, timeline->longest_s, timeline->left,
               timeline->px_per_s, PLOT_BOTTOM, y - 56);
    draw_legend(timeline, y - 22, sheet);
    for (int i = 0; i < timeline->count; i++) {
        struct panel *panel = &timeline->panels[i];
        picture_name(subject, panel->performance->entry, timeline->left - NAME_GAP,
                     (panel->bottom + panel->top) / 2, sheet);
        label_panel(timeline, panel, sheet);
        number_rows(timeline, panel, sheet);
    }
    return draw_bars(timeline, sheet, error);
}

static bool draw(const struct subject *subject, int page, struct sheet *sheet,
                 struct error *error) {
    struct timeline *timeline = calloc(1, sizeof *timeline);
    if (!timeline) {
        return error_failed(error, "out of memory for the timeline");
    }
    timeline->subject = subject;
    bool ok = load(timeline, page, error) && draw_page(timeline, sheet, error);
    performance_close_all(timeline->list, timeline->count);
    free(timeline);
    return ok;
}

const struct picture picture_timeline = {
    .name = "timeline",
    .summary = "what each request does when, model by model, on one axis",
    .applies = picture_applies_always,
    .count_pages = count_pages,
    .draw = draw,
};
