/* Draws the picture "exhibition": every board over the whole time, in the baseline and
 * in the fastest model. Each model has the whole width, so that one hour is seen as
 * clearly as twelve; a text and a wedge show how much wider the shorter one is drawn.
 */
#include "bench/pictures/caption.h"

enum {
    MOST_BARS = 2500, /* of a scene, so that a picture stays below a megabyte */
    WEDGE_STEPS = 200,
};

static bool applies(const struct scenario *scenario) {
    return scenario->rounds > 1;
}

static int count_pages(const struct subject *subject) {
    (void)subject;
    return 1;
}

static bool draw_scene(const struct scenes *scenes, int index, struct sheet *sheet,
                       struct error *error) {
    const struct performance *performance = &scenes->list[index];
    const struct stage *stage = &scenes->stages[index];
    caption_heading(scenes, index, sheet);
    if (!performance->is_measured) {
        return true;
    }
    struct axis axis = axis_in_minutes(axis_for(stage->until_s, 13));
    sheet_axis(sheet, &axis, stage->until_s, stage->left,
               (stage->right - stage->left) / stage->until_s, stage->bottom,
               stage->top);
    stage_number(stage, performance, sheet);
    return stage_draw(stage, performance, scenes->story, MOST_BARS, sheet, error);
}

/* Draws a pale wedge from the second model's end on the first scene to its end on its
 * own scene. Each step covers those below it, so that no seam is seen. */
static void draw_wedge(const struct scenes *scenes, struct sheet *sheet) {
    const struct stage *above = &scenes->stages[0];
    const struct stage *below = &scenes->stages[1];
    if (scenes->count < 2 || !scenes->list[0].is_measured ||
        !scenes->list[1].is_measured || performance_any_failed(scenes->list, 2) ||
        above->until_s < SCENES_LEAST_RATIO * below->until_s) {
        return;
    }
    double px_per_s = (above->right - above->left) / above->until_s;
    double x = above->left + below->until_s * px_per_s;
    struct bar steps[WEDGE_STEPS];
    for (int i = 0; i < WEDGE_STEPS; i++) {
        double down = (i + 0.5) / WEDGE_STEPS;
        steps[i] = (struct bar){
            .to_s = below->until_s + down * (above->until_s - below->until_s),
            .bottom = below->top,
            .top = above->bottom - (above->bottom - below->top) * i / WEDGE_STEPS,
            .phase = PHASE_NONE, /* nothing else is drawn in its colour */
        };
    }
    sheet_bars(sheet, &(struct bars){.list = steps, .count = WEDGE_STEPS}, above->left,
               px_per_s);
    sheet_line(sheet, LINE_MAKESPAN, x, above->bottom - 3, x, above->top + 3);
    caption_wedge(scenes, x + 8, below->top + SCENES_HEADING + SCENES_GAP / 2.0, sheet);
}

static bool draw_page(struct scenes *scenes, struct sheet *sheet, struct error *error) {
    const struct summary_point *summary = scenes->subject->summary;
    char title[FINDING_BYTES];
    char setting[FINDING_BYTES];
    char pace[FINDING_BYTES];
    double y =
        sheet_head(sheet, finding_speed(summary, title),
                   finding_setting(summary, setting), finding_pace(summary, pace));
    double left =
        SHEET_MARGIN + sheet_width(sheet, TEXT_ROW, scenes->story->sender) + 10;
    scenes_place(scenes, left, y - 44);
    draw_wedge(scenes, sheet); /* below everything else */
    bool ok = true;
    for (int i = 0; ok && i < scenes->count; i++) {
        ok = draw_scene(scenes, i, sheet, error);
    }
    performance_legend(scenes->list, scenes->count, &scenes->subject->point->scenario,
                       y - 20, sheet);
    return ok;
}

static bool draw(const struct subject *subject, int page, struct sheet *sheet,
                 struct error *error) {
    struct scenes scenes;
    (void)page;
    bool ok = scenes_open(&scenes, subject, error) && draw_page(&scenes, sheet, error);
    scenes_close(&scenes);
    return ok;
}

const struct picture picture_exhibition = {
    .name = "exhibition",
    .summary = "who waits for whom over the whole, board by board",
    .applies = applies,
    .when = "scenarios with more than one round",
    .count_pages = count_pages,
    .draw = draw,
};
