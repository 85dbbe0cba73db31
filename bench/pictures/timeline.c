/* Draws the picture "timeline": a panel for each model on one shared axis, with a row
 * for each conversation, and a strip on top that shows when a sender is busy. It shows
 * at once whether requests wait in line or side by side. */
#include "base/thousands.h"
#include "bench/pictures/panel.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* Pixels. */
enum {
    MOST_PANELS = 12,
    PLOT_BOTTOM = 70,
    NAME_GAP = 46,    /* from a name to its panel; the numbers of rows stand between */
    MOST_BARS = 5000, /* so that a picture stays below a megabyte */
};

struct timeline {
    const struct subject *subject;
    struct performance list[MOST_PANELS];
    struct panel panels[MOST_PANELS];
    int count;
    double longest_s; /* over all pages */
    struct axis axis;
    struct panel_scale scale;
};

static int count_pages(const struct subject *subject) {
    return picture_pages(subject, MOST_PANELS);
}

static bool load(struct timeline *timeline, int page, struct error *error) {
    const struct subject *subject = timeline->subject;
    bool ok = performance_open_page(subject, MOST_PANELS, page, timeline->list,
                                    &timeline->count, error);
    double longest_s = performance_longest_s(timeline->list, timeline->count);
    for (size_t i = 0; i < subject->point->entry_count; i++) {
        double high_s = subject->summary->models[i].measured.high_s;
        longest_s = fmax(longest_s, isfinite(high_s) ? high_s : 0);
    }
    timeline->longest_s = longest_s > 0 ? longest_s : 1;
    for (int i = 0; i < timeline->count; i++) {
        timeline->panels[i].performance = &timeline->list[i];
    }
    return ok;
}

/* Panels share the height evenly. */
static void place_panels(struct timeline *timeline, double top) {
    int32_t conversations = timeline->subject->point->scenario.conversations;
    double pitch = (top - PLOT_BOTTOM) / timeline->count;
    for (int i = 0; i < timeline->count; i++) {
        panel_place(&timeline->panels[i], conversations, top - (i + 1) * pitch, pitch);
    }
}

/* Mixes more and more bars until the picture is small enough. */
static bool draw_bars(const struct timeline *timeline, struct sheet *sheet,
                      struct error *error) {
    struct bars bars = {.least_s = 1.5 / timeline->scale.px_per_s};
    do {
        bars_clear(&bars);
        for (int i = 0; i < timeline->count; i++) {
            panel_add_bars(&timeline->panels[i], &bars);
        }
        bars.least_s *= 1.5;
    } while (bars.count > MOST_BARS && !bars.failed);
    bool ok = !bars.failed || error_failed(error, "out of memory for the timeline");
    sheet_bars(sheet, &bars, timeline->scale.left, timeline->scale.px_per_s);
    bars_close(&bars);
    return ok;
}

/* The name of the time in which no sender is busy. */
static const char *say_idle(const struct scenario *scenario) {
    bool is_one = scenario->senders == SENDERS_COUNT && scenario->sender_count == 1;
    return is_one ? "sender idle" : "no sender busy";
}

static void draw_legend(const struct timeline *timeline, double y,
                        struct sheet *sheet) {
    static const char *const texts[COURSE_PHASES] = {
        [PHASE_QUEUE] = "waits for the sender",
        [PHASE_SEND] = "send",
        [PHASE_BACKLOG] = "waits for an answer slot",
        [PHASE_RESPONSE] = "response",
        [COURSE_BODY] = "up to the last",
        [COURSE_FAILED] = "failed",
    };
    const struct scenario *scenario = &timeline->subject->point->scenario;
    const char *shown[COURSE_PHASES] = {NULL};
    bool there[COURSE_PHASES] = {false};
    int rows = timeline->panels[0].rows;
    for (int i = 0; i < timeline->count; i++) {
        panel_find_phases(&timeline->panels[i], timeline->longest_s * 0.008, there);
    }
    bool is_own_api = scenario->url_file != NULL;
    for (int phase = PHASE_QUEUE; phase < COURSE_PHASES; phase++) {
        shown[phase] = there[phase] ? texts[phase] : NULL;
    }
    if (is_own_api && there[PHASE_RESPONSE] && !there[PHASE_SEND]) {
        shown[PHASE_RESPONSE] = "up to the first byte";
    }
    double x = sheet_legend(sheet, shown, timeline->scale.left, y);
    if (there[PHASE_SEND]) {
        sheet_frame(sheet, x, y - 8, x + 40, y + 8);
        sheet_text(sheet, TEXT_LEGEND, x + 50, y, timeline->scale.idle);
        x += 50 + sheet_width(sheet, TEXT_LEGEND, timeline->scale.idle) + 36;
    }
    if (rows < scenario->conversations) {
        char text[100];
        char all[AXIS_TEXT_BYTES];
        snprintf(all, sizeof all - 12, "%d", (int)scenario->conversations);
        thousands_group(all);
        snprintf(text, sizeof text, "%d of %s conversations", rows, all);
        sheet_text(sheet, TEXT_NOTE, x, y, text);
    }
}

/* Places the axis between the names on the left and the figures on the right. */
static void place_sides(struct timeline *timeline, struct sheet *sheet) {
    struct panel_scale *scale = &timeline->scale;
    if (!panel_has_two_lines(&timeline->panels[0])) {
        sheet->text_px[TEXT_NAME] = 26;
        sheet->text_px[TEXT_VALUE] = 26;
        sheet->text_px[TEXT_NOTE] = 22;
    }
    scale->left =
        SHEET_MARGIN + picture_names_width(timeline->subject, sheet) + NAME_GAP;
    double width = SHEET_WIDTH - SHEET_MARGIN - scale->left;
    scale->px_per_s = width / timeline->longest_s;
    for (int i = 0; i < timeline->count; i++) {
        const struct panel *panel = &timeline->panels[i];
        double makespan_s = panel->performance->course.makespan_s;
        double room = width - PANEL_LABEL_GAP - panel_label_width(panel, scale, sheet);
        if (panel->performance->is_measured && makespan_s > 0) {
            scale->px_per_s = fmin(scale->px_per_s, room / makespan_s);
        }
    }
}

static bool draw_page(struct timeline *timeline, struct sheet *sheet,
                      struct error *error) {
    const struct subject *subject = timeline->subject;
    char title[FINDING_BYTES];
    char about[FINDING_BYTES];
    char setting[FINDING_BYTES];
    double y = sheet_head(sheet, finding_speed(subject->summary, title),
                          finding_subject(subject->summary, about),
                          finding_setting(subject->summary, setting));
    timeline->axis = axis_for(timeline->longest_s, 8);
    timeline->scale.axis = &timeline->axis;
    timeline->scale.idle = say_idle(&subject->point->scenario);
    place_panels(timeline, y - 56);
    place_sides(timeline, sheet);
    sheet_axis(sheet, &timeline->axis, timeline->longest_s, timeline->scale.left,
               timeline->scale.px_per_s, PLOT_BOTTOM, y - 56);
    draw_legend(timeline, y - 22, sheet);
    for (int i = 0; i < timeline->count; i++) {
        struct panel *panel = &timeline->panels[i];
        picture_name(subject, panel->performance->entry,
                     timeline->scale.left - NAME_GAP, (panel->bottom + panel->top) / 2,
                     sheet);
        panel_label(panel, &timeline->scale, sheet);
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
