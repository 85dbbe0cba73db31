/* The exhibition: all of it, board by board, of the baseline and of the fastest model.
 * Each has the whole width for itself, so that twelve hours and one are seen as well;
 * how much wider the shorter one is drawn is said, and shown by a wedge between them.
 */
#include "bench/pictures/exhibition.h"

#include <math.h>
#include <string.h>

/* Pixels; a scene is a heading, the stage, and what is left for the axis below. */
enum {
    HEADING = 42,
    AXIS = 48,
    SCENE_GAP = 12,
    BOTTOM = 8,
    MOST_ROW = 54,
    MOST_BARS = 2500, /* a scene's: a picture stays below a megabyte */
    WEDGE_STEPS = 200,
};

static bool applies(const struct scenario *scenario) {
    return scenario->rounds > 1;
}

static int count_pages(const struct subject *subject) {
    (void)subject;
    return 1;
}

/* The entry of that name; where there is none, the number of entries. */
static size_t find_entry(const struct subject *subject,
                         const struct summary_model *model) {
    const char *wanted = model ? model->name : NULL;
    size_t i = 0;
    while (i < subject->point->entry_count &&
           (!wanted || strcmp(subject->point->entries[i].model.name, wanted) != 0)) {
        i++;
    }
    return i;
}

/* Without a fastest: beside a baseline that was measured the first that was not, and
 * beside one that was not the first that was. */
static bool open_another(struct exhibition *exhibition, struct error *error) {
    const struct subject *subject = exhibition->subject;
    const struct performance *first = &exhibition->list[0];
    struct performance *second = &exhibition->list[1];
    for (size_t i = 0; i < subject->point->entry_count; i++) {
        if (i == first->entry) {
            continue;
        }
        bool ok = performance_open(second, subject, i, error);
        if (ok && second->is_measured != first->is_measured) {
            exhibition->count++;
            return true;
        }
        performance_close(second);
        if (!ok) {
            return false;
        }
    }
    return true;
}

static bool load(struct exhibition *exhibition, struct error *error) {
    const struct subject *subject = exhibition->subject;
    size_t entries = subject->point->entry_count;
    size_t first = find_entry(subject, subject->summary->baseline);
    size_t second = find_entry(subject, finding_fastest(subject->summary));
    if (first == entries) {
        return true;
    }
    exhibition->count = 1;
    if (!performance_open(&exhibition->list[0], subject, first, error)) {
        return false;
    }
    if (second == entries) {
        return open_another(exhibition, error);
    }
    exhibition->count = 2;
    return performance_open(&exhibition->list[1], subject, second, error);
}

/* Scenes share the height evenly; those that need less leave it below. */
static void place(struct exhibition *exhibition, double left, double top) {
    int32_t conversations = exhibition->subject->point->scenario.conversations;
    int measured = 0;
    for (int i = 0; i < exhibition->count; i++) {
        measured += exhibition->list[i].is_measured;
    }
    double lines = (exhibition->count - measured) * HEADING;
    double room = (top - BOTTOM - lines) / (measured ? measured : 1);
    for (int i = 0; i < exhibition->count; i++) {
        const struct performance *performance = &exhibition->list[i];
        double above = performance->send_count > 0 ? STAGE_STRIP_ROOM : 0;
        double height = fmin(room - HEADING - AXIS - SCENE_GAP,
                             above + (double)MOST_ROW * conversations);
        bool is_there = performance->is_measured;
        double makespan_s = performance->course.makespan_s;
        exhibition->longest_s = fmax(exhibition->longest_s, makespan_s);
        exhibition->stages[i] = (struct stage){
            .left = left,
            .right = SHEET_WIDTH - SHEET_MARGIN,
            .bottom = top - HEADING - (is_there ? height : 0),
            .top = top - HEADING,
            .most_row = MOST_ROW,
            .until_s = makespan_s > 0 ? makespan_s : 1,
        };
        top -= HEADING + (is_there ? height + AXIS + SCENE_GAP : 0);
    }
}

static bool draw_scene(const struct exhibition *exhibition, int index,
                       struct sheet *sheet, struct error *error) {
    const struct performance *performance = &exhibition->list[index];
    const struct stage *stage = &exhibition->stages[index];
    caption_heading(exhibition, index, HEADING, sheet);
    if (!performance->is_measured) {
        return true;
    }
    struct axis axis = axis_in_minutes(axis_for(stage->until_s, 13));
    sheet_axis(sheet, &axis, stage->until_s, stage->left,
               (stage->right - stage->left) / stage->until_s, stage->bottom,
               stage->top);
    stage_number(stage, performance, sheet);
    return stage_draw(stage, performance, exhibition->story, MOST_BARS, sheet, error);
}

/* A pale wedge from where the second is done, in the first, to its end in its own. Each
 * step lies on those below it, so that no seam is seen. */
static void draw_wedge(const struct exhibition *exhibition, struct sheet *sheet) {
    const struct stage *above = &exhibition->stages[0];
    const struct stage *below = &exhibition->stages[1];
    if (exhibition->count < 2 || !exhibition->list[0].is_measured ||
        !exhibition->list[1].is_measured ||
        above->until_s < EXHIBITION_LEAST_RATIO * below->until_s) {
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
            .share = {[PHASE_NONE] = 0.75, [PHASE_QUEUE] = 0.25},
        };
    }
    sheet_bars(sheet, &(struct bars){.list = steps, .count = WEDGE_STEPS}, above->left,
               px_per_s);
    sheet_line(sheet, LINE_MAKESPAN, x, above->bottom - 3, x, above->top + 3);
}

static bool draw_page(struct exhibition *exhibition, struct sheet *sheet,
                      struct error *error) {
    const struct summary_point *summary = exhibition->subject->summary;
    char title[FINDING_BYTES];
    char about[FINDING_BYTES];
    char setting[FINDING_BYTES];
    caption_title(exhibition, title);
    double y = sheet_head(sheet, title, finding_subject(summary, about),
                          finding_setting(summary, setting));
    double left =
        SHEET_MARGIN + sheet_width(sheet, TEXT_ROW, exhibition->story->sender) + 10;
    place(exhibition, left, y - 44);
    performance_legend(exhibition->list, exhibition->count, exhibition->story, y - 20,
                       sheet);
    draw_wedge(exhibition, sheet); /* under all that follows */
    bool ok = true;
    for (int i = 0; ok && i < exhibition->count; i++) {
        ok = draw_scene(exhibition, i, sheet, error);
    }
    return ok;
}

static bool draw(const struct subject *subject, int page, struct sheet *sheet,
                 struct error *error) {
    struct exhibition exhibition = {.subject = subject,
                                    .story = story_of(&subject->point->scenario)};
    (void)page;
    bool ok = load(&exhibition, error) && draw_page(&exhibition, sheet, error);
    performance_close_all(exhibition.list, EXHIBITION_MOST_SCENES);
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
