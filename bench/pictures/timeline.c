/* Draws the picture "timeline": a panel for each model, with a row for each
 * conversation, and a strip on top that shows when a sender is busy. The panels share one
 * axis; models that would be squeezed get a second one. It shows at once whether requests
 * wait in line or side by side. */
#include "base/thousands.h"
#include "bench/pictures/legend.h"
#include "bench/pictures/panel.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* Pixels. */
enum {
    MOST_PANELS = 12,
    PLOT_BOTTOM = 70,
    SPLIT = 92,       /* between two groups: the axis of the upper, a text */
    NAME_GAP = 46,    /* from a name to its panel; the numbers of rows stand between */
    MOST_BARS = 5000, /* on an axis, so that a picture stays about a megabyte */
};

/* A model that takes a quarter of the longest or less may have an axis of its own: if the
 * next longer one is this many times as long, or if its panel would be shorter than a
 * MOST_SQUEEZED-th of the width. */
static const double apart = 4;
static const double most_squeezed = 8;

/* Panels on one axis. */
struct group {
    int first; /* of `panels` */
    int end;
    double longest_s;
    double bottom;
    double top;
    struct axis axis;
    struct panel_scale scale;
};

struct timeline {
    const struct subject *subject;
    struct performance list[MOST_PANELS];
    struct panel panels[MOST_PANELS];
    int count;
    struct group groups[2];
    int group_count;
};

static int count_pages(const struct subject *subject) {
    return picture_pages(subject, MOST_PANELS);
}

static double makespan_s(const struct performance *performance) {
    return performance->is_measured ? performance->course.makespan_s : 0;
}

/* A model of which a request failed is not compared, so it divides nothing. */
static double compared_s(const struct performance *performance) {
    return performance->failed > 0 ? 0 : makespan_s(performance);
}

/* The longest makespan below `below_s` that is compared; 0: there is none. */
static double longest_below(const struct timeline *timeline, double below_s) {
    double longest_s = 0;
    for (int i = 0; i < timeline->count; i++) {
        double s = compared_s(&timeline->list[i]);
        longest_s = s < below_s ? fmax(longest_s, s) : longest_s;
    }
    return longest_s;
}

/* The longest time of the models that get an axis of their own; 0: all share one. */
static double find_split(const struct timeline *timeline) {
    double longest_s = longest_below(timeline, INFINITY);
    double short_s = longest_below(timeline, longest_s / apart);
    double next_s = longest_s;
    for (int i = 0; i < timeline->count; i++) {
        double s = compared_s(&timeline->list[i]);
        next_s = s > short_s ? fmin(next_s, s) : next_s;
    }
    bool is_apart = short_s > 0 &&
                    (next_s > apart * short_s || longest_s > most_squeezed * short_s);
    return is_apart ? short_s : 0;
}

/* Lists the panels whose models take at most, or more than, `split_s`. A model without a
 * time stands with the long ones. */
static void add_group(struct timeline *timeline, int *used, bool is_short,
                      double split_s) {
    struct group *group = &timeline->groups[timeline->group_count++];
    group->first = *used;
    for (int i = 0; i < timeline->count; i++) {
        double s = makespan_s(&timeline->list[i]);
        if ((s > 0 && s <= split_s) == is_short) {
            timeline->panels[(*used)++].performance = &timeline->list[i];
            group->longest_s = fmax(group->longest_s, s);
        }
    }
    group->end = *used;
    group->longest_s = group->longest_s > 0 ? group->longest_s : 1;
}

static bool load(struct timeline *timeline, int page, struct error *error) {
    int used = 0;
    bool ok = performance_open_page(timeline->subject, MOST_PANELS, page,
                                    timeline->list, &timeline->count, error);
    /* On several pages, all have the same axis. */
    bool is_one = count_pages(timeline->subject) == 1;
    double split_s = is_one ? find_split(timeline) : 0;
    add_group(timeline, &used, false, split_s);
    if (split_s > 0) {
        add_group(timeline, &used, true, split_s);
    }
    for (size_t i = 0; !is_one && i < timeline->subject->point->entry_count; i++) {
        double high_s = timeline->subject->summary->models[i].measured.high_s;
        struct group *group = &timeline->groups[0];
        group->longest_s = fmax(group->longest_s, isfinite(high_s) ? high_s : 0);
    }
    return ok;
}

/* Panels share the height evenly. */
static void place_panels(struct timeline *timeline, double top) {
    int32_t conversations = timeline->subject->point->scenario.conversations;
    double room = top - PLOT_BOTTOM - SPLIT * (timeline->group_count - 1);
    double pitch = room / timeline->count;
    for (int i = 0; i < timeline->group_count; i++) {
        struct group *group = &timeline->groups[i];
        group->top = top;
        for (int at = group->first; at < group->end; at++) {
            top -= pitch;
            panel_place(&timeline->panels[at], conversations, top, pitch);
        }
        group->bottom = top;
        top -= SPLIT;
    }
}

/* Lets more and more phases share a cell until the picture is small enough. */
static bool draw_bars(const struct timeline *timeline, struct group *group,
                      struct sheet *sheet, struct error *error) {
    struct bars bars = {.least_s = BARS_LEAST_PX / group->scale.px_per_s};
    do {
        bars_clear(&bars);
        for (int i = group->first; i < group->end; i++) {
            panel_add_bars(&timeline->panels[i], &bars);
        }
        bars.least_s *= 1.5;
    } while (bars.count > MOST_BARS && !bars.failed);
    bool ok = !bars.failed || error_failed(error, "out of memory for the timeline");
    sheet->has_density = sheet->has_density || bars.has_partial;
    sheet_bars(sheet, &bars, group->scale.left, group->scale.px_per_s);
    bars_close(&bars);
    return ok;
}

/* Marks the phases that can be seen in a panel. */
static void find_phases(const struct timeline *timeline, bool there[COURSE_PHASES]) {
    for (int i = 0; i < timeline->group_count; i++) {
        const struct group *group = &timeline->groups[i];
        for (int at = group->first; at < group->end; at++) {
            panel_find_phases(&timeline->panels[at], group->longest_s * 0.008, there);
        }
    }
}

/* Names the colours that are there. */
static void name_phases(const struct scenario *scenario,
                        const bool there[COURSE_PHASES],
                        const char *shown[COURSE_PHASES]) {
    const struct story *story = story_of(scenario);
    const char *texts[COURSE_PHASES] = {
        [PHASE_QUEUE] = story_waits(scenario, false),
        [PHASE_SEND] = story->sends,
        [PHASE_BACKLOG] = "waits for an answer slot",
        [PHASE_RESPONSE] = story->responds,
        [COURSE_BODY] = "up to the last",
        [COURSE_FAILED] = "failed",
    };
    for (int phase = PHASE_QUEUE; phase < COURSE_PHASES; phase++) {
        shown[phase] = there[phase] ? texts[phase] : NULL;
    }
    if (scenario->url_file && there[PHASE_RESPONSE] && !there[PHASE_SEND]) {
        shown[PHASE_RESPONSE] = "up to the first byte";
    }
}

static void draw_legend(const struct timeline *timeline, double y,
                        struct sheet *sheet) {
    const struct scenario *scenario = &timeline->subject->point->scenario;
    struct legend legend = {.count = 0};
    const char *shown[COURSE_PHASES] = {NULL};
    bool there[COURSE_PHASES] = {false};
    char text[LEGEND_TEXT_BYTES];
    int rows = timeline->panels[0].rows;
    find_phases(timeline, there);
    name_phases(scenario, there, shown);
    legend_add_phases(&legend, shown);
    if (there[PHASE_SEND]) {
        legend_add(&legend, LEGEND_FRAME, story_idle(scenario, text));
    }
    legend_add_fields(&legend, performance_any_failed(timeline->list, timeline->count),
                      sheet->has_density);
    if (rows < scenario->conversations) {
        char all[AXIS_TEXT_BYTES];
        snprintf(all, sizeof all - 24, "%d", (int)scenario->conversations);
        thousands_group(all);
        snprintf(text, sizeof text, "%d of %.20s %s", rows, all,
                 story_of(scenario)->many);
        legend_add(&legend, LEGEND_NOTE, text);
    }
    legend_draw(&legend, y, sheet);
}

/* Places the axis between the names on the left and the figures on the right. */
static void place_sides(const struct timeline *timeline, struct group *group,
                        double left, const struct sheet *sheet) {
    struct panel_scale *scale = &group->scale;
    double width = SHEET_WIDTH - SHEET_MARGIN - left;
    scale->left = left;
    scale->px_per_s = width / group->longest_s;
    for (int i = group->first; i < group->end; i++) {
        const struct panel *panel = &timeline->panels[i];
        double s = makespan_s(panel->performance);
        double room = width - PANEL_LABEL_GAP - panel_label_width(panel, scale, sheet);
        if (s > 0) {
            scale->px_per_s = fmin(scale->px_per_s, room / s);
        }
    }
}

/* Says that the second group has an axis of its own. */
static void tell_split(const struct timeline *timeline, struct sheet *sheet) {
    const struct group *above = &timeline->groups[0];
    const struct group *below = &timeline->groups[1];
    double wider = below->scale.px_per_s / above->scale.px_per_s;
    char text[100];
    snprintf(text, sizeof text, "below: an axis of its own, %.*f times wider",
             wider < 99.95 ? 1 : 0, wider);
    sheet_text(sheet, TEXT_SPLIT, below->scale.left, below->top + 26, text);
}

static bool draw_group(struct timeline *timeline, struct group *group,
                       struct sheet *sheet, struct error *error) {
    sheet_axis(sheet, &group->axis, group->longest_s, group->scale.left,
               group->scale.px_per_s, group->bottom, group->top);
    for (int i = group->first; i < group->end; i++) {
        struct panel *panel = &timeline->panels[i];
        picture_name(timeline->subject, panel->performance->entry,
                     group->scale.left - NAME_GAP, (panel->bottom + panel->top) / 2,
                     sheet);
        panel_label(panel, &group->scale, sheet);
    }
    return draw_bars(timeline, group, sheet, error);
}

/* Places the panels and their axes below `top`. */
static void place(struct timeline *timeline, double top, struct sheet *sheet) {
    place_panels(timeline, top);
    if (!panel_has_two_lines(&timeline->panels[0])) {
        sheet->text_px[TEXT_NAME] = 26;
        sheet->text_px[TEXT_VALUE] = 26;
        sheet->text_px[TEXT_NOTE] = 22;
    }
    double left =
        SHEET_MARGIN + picture_names_width(timeline->subject, sheet) + NAME_GAP;
    for (int i = 0; i < timeline->group_count; i++) {
        struct group *group = &timeline->groups[i];
        group->axis = axis_for(group->longest_s, 8);
        group->scale.axis = &group->axis;
        group->scale.scenario = &timeline->subject->point->scenario;
        place_sides(timeline, group, left, sheet);
    }
}

static bool draw_page(struct timeline *timeline, struct sheet *sheet,
                      struct error *error) {
    const struct summary_point *summary = timeline->subject->summary;
    char title[FINDING_BYTES];
    char setting[FINDING_BYTES];
    char pace[FINDING_BYTES];
    double y =
        sheet_head(sheet, finding_speed(summary, title),
                   finding_setting(summary, setting), finding_pace(summary, pace));
    place(timeline, y - 56, sheet);
    bool ok = true;
    for (int i = 0; ok && i < timeline->group_count; i++) {
        ok = draw_group(timeline, &timeline->groups[i], sheet, error);
    }
    draw_legend(timeline, y - 22, sheet);
    if (timeline->group_count > 1) {
        tell_split(timeline, sheet);
    }
    return ok;
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
