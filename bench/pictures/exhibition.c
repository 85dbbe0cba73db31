/* The exhibition: all of it, board by board, of the baseline and of the fastest model.
 * Each has the whole width for itself, so that twelve hours and one are seen as well;
 * how much wider the shorter one is drawn is said, and shown by a wedge between them.
 */
#include "bench/cell.h"
#include "bench/pictures/performance.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Pixels; a scene is a heading, the stage, and what is left for the axis below. */
enum {
    MOST_SCENES = 2,
    HEADING = 42,
    AXIS = 48,
    SCENE_GAP = 12,
    BOTTOM = 8,
    MOST_ROW = 54,
    MOST_BARS = 2500, /* a scene's: a picture stays below a megabyte */
    WEDGE_STEPS = 200,
};

/* Who waits so small a part of the time hardly waits. */
static const double hardly = 0.02;

/* Ratios nearer to 1 than that are none. */
static const double least_ratio = 1.05;

struct exhibition {
    const struct subject *subject;
    const struct story *story;
    struct performance list[MOST_SCENES]; /* from the top; those that are not measured
                                           * have a line that says why */
    struct stage stages[MOST_SCENES];
    int count;
    double longest_s;
};

static bool applies(const struct scenario *scenario) {
    return scenario->rounds > 1;
}

static int count_pages(const struct subject *subject) {
    (void)subject;
    return 1;
}

/* The entry of that name; where there is none, the number of entries. */
static size_t find_entry(const struct subject *subject, const json_t *name) {
    const char *wanted = json_string_value(name);
    size_t i = 0;
    while (i < subject->planned->entry_count &&
           (!wanted || strcmp(subject->planned->entries[i].model.name, wanted) != 0)) {
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
    for (size_t i = 0; i < subject->planned->entry_count; i++) {
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
    size_t entries = subject->planned->entry_count;
    size_t first = find_entry(subject, json_object_get(subject->scenario, "baseline"));
    size_t second = find_entry(
        subject, json_object_get(finding_fastest(subject->scenario), "name"));
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
    int32_t conversations = exhibition->subject->planned->scenario.conversations;
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

/* A time as it is said: in minutes or hours where it is one or more. Returns `text`. */
static const char *say_time(double seconds, char text[static AXIS_TEXT_BYTES]) {
    struct axis axis = axis_for(seconds < 10800 ? 3 * seconds : seconds, 1);
    axis_large(&axis, seconds, text);
    return text[0] ? text : axis_seconds(seconds, text);
}

/* For the sender, for an answer slot, and for the model to turn to it. */
static double waited_s(const struct performance *performance) {
    return performance->time_s[PHASE_QUEUE] + performance->time_s[PHASE_BACKLOG];
}

static bool hardly_waits(const struct performance *performance) {
    return waited_s(performance) < hardly * performance->course.makespan_s;
}

static bool is_one_sender(const struct exhibition *exhibition) {
    const struct scenario *scenario = &exhibition->subject->planned->scenario;
    return scenario->senders == SENDERS_COUNT && scenario->sender_count == 1;
}

/* What is waited for: the one sender, where nothing else is scarce. */
static void say_scarce(const struct exhibition *exhibition,
                       char text[static AXIS_TEXT_BYTES]) {
    const struct plan_scenario *planned = exhibition->subject->planned;
    const struct performance *last = &exhibition->list[exhibition->count - 1];
    enum model_holds holds = planned->entries[last->entry].model.holds;
    bool is_sender = is_one_sender(exhibition) && planned->scenario.slots == 0 &&
                     (holds == HOLDS_ONE || holds == HOLDS_ALL) && last->send_count > 0;
    snprintf(text, AXIS_TEXT_BYTES, is_sender ? "the %s" : "its turn",
             exhibition->story->sender);
}

/* Where a request failed, or nothing was measured, nothing is compared. */
static bool is_comparable(const struct exhibition *exhibition) {
    bool is = exhibition->count > 0;
    for (int i = 0; i < exhibition->count; i++) {
        is = is && isfinite(finding_median_s(exhibition->list[i].model));
    }
    return is;
}

/* How long an average board waits, and how long in the baseline. */
static void write_title(const struct exhibition *exhibition,
                        char text[static FINDING_BYTES]) {
    if (!is_comparable(exhibition)) {
        finding_speed(exhibition->subject->scenario, text);
        return;
    }
    const struct performance *last = &exhibition->list[exhibition->count - 1];
    char scarce[AXIS_TEXT_BYTES];
    char waits[AXIS_TEXT_BYTES];
    char before[AXIS_TEXT_BYTES];
    double waits_s = waited_s(last);
    double was_s = waited_s(&exhibition->list[0]);
    const char *one = exhibition->story->one;
    say_scarce(exhibition, scarce);
    say_time(waits_s, waits);
    say_time(was_s, before);
    if (exhibition->count == 1) {
        say_time(last->course.makespan_s, before);
        snprintf(text, FINDING_BYTES, "A %s waits %s for %s on average, of %s in all",
                 one, waits, scarce, before);
    } else if (hardly_waits(&exhibition->list[0]) || was_s < least_ratio * waits_s) {
        finding_speed(exhibition->subject->scenario, text);
    } else if (hardly_waits(last)) {
        snprintf(text, FINDING_BYTES,
                 "A %s hardly waits for %s: %s on average, instead of %s", one, scarce,
                 waits, before);
    } else {
        snprintf(text, FINDING_BYTES, "A %s waits %s for %s on average, instead of %s",
                 one, waits, scarce, before);
    }
}

/* "drawn 11.8 times wider; master idle 1.5 %, a board waits 30.0 min". */
static void write_note(const struct exhibition *exhibition, int index,
                       char note[static FINDING_BYTES]) {
    const struct performance *performance = &exhibition->list[index];
    double makespan_s = performance->course.makespan_s;
    double wider = makespan_s > 0 ? exhibition->longest_s / makespan_s : 1;
    int32_t conversations = performance->course.events.conversations;
    int rows = performance_rows(performance, &exhibition->stages[index]);
    char text[AXIS_TEXT_BYTES];
    FILE *out = fmemopen(note, FINDING_BYTES, "w");
    note[0] = '\0';
    if (!out) {
        return;
    }
    if (wider >= least_ratio) {
        fprintf(out, "drawn %.*f times wider; ", wider < 99.95 ? 1 : 0, wider);
    }
    if (performance->send_count > 0) {
        performance_idle(performance, text);
        fprintf(out, is_one_sender(exhibition) ? "%s idle %s, " : "all %ss idle %s, ",
                exhibition->story->sender, text);
    }
    fprintf(out, "a %s waits %s", exhibition->story->one,
            say_time(waited_s(performance), text));
    if (rows < conversations && (index == 0 || !exhibition->list[0].is_measured)) {
        snprintf(text, sizeof text - 12, "%d", (int)conversations);
        cell_group_thousands(text);
        fprintf(out, "; %d of %s %s drawn", rows, text, exhibition->story->many);
    }
    fclose(out);
}

/* "event-loop: 3,655 s = 1.0 h", and beside it what is seen below. */
static void write_heading(const struct exhibition *exhibition, int index,
                          struct sheet *sheet) {
    const struct performance *performance = &exhibition->list[index];
    const struct stage *stage = &exhibition->stages[index];
    double makespan_s = performance->course.makespan_s;
    char seconds[AXIS_TEXT_BYTES];
    char large[AXIS_TEXT_BYTES];
    char text[MODEL_NAME_BYTES + 3 * AXIS_TEXT_BYTES];
    char note[FINDING_BYTES];
    double y = stage->top + HEADING / 2.0 - 2;
    int used = snprintf(
        text, sizeof text,
        "%s:", exhibition->subject->planned->entries[performance->entry].model.name);
    if (performance->is_measured) {
        axis_seconds(makespan_s, seconds);
        say_time(makespan_s, large);
        bool is_same = !strcmp(seconds, large);
        snprintf(text + used, sizeof text - (size_t)used, " %s%s%s", seconds,
                 is_same ? "" : " = ", is_same ? "" : large);
    }
    sheet_fit(sheet, TEXT_HEADING, text, 800, 20);
    sheet_text(sheet, TEXT_HEADING, stage->left, y, text);
    double x = stage->left + sheet_width(sheet, TEXT_HEADING, text) + 8;
    if (performance->is_measured) {
        write_note(exhibition, index, note);
        sheet_text(sheet, TEXT_NOTE, x, y,
                   sheet_fit(sheet, TEXT_NOTE, note, stage->right - x, 18));
    } else {
        picture_excuse(performance->model, x, y, sheet);
    }
}

static bool draw_scene(const struct exhibition *exhibition, int index,
                       struct sheet *sheet, struct error *error) {
    const struct performance *performance = &exhibition->list[index];
    const struct stage *stage = &exhibition->stages[index];
    write_heading(exhibition, index, sheet);
    if (!performance->is_measured) {
        return true;
    }
    struct axis axis = axis_in_minutes(axis_for(stage->until_s, 13));
    sheet_axis(sheet, &axis, stage->until_s, stage->left,
               (stage->right - stage->left) / stage->until_s, stage->bottom,
               stage->top);
    performance_number(performance, stage, sheet);
    return performance_draw(performance, stage, exhibition->story, MOST_BARS, sheet,
                            error);
}

/* A pale wedge from where the second is done, in the first, to its end in its own. Each
 * step lies on those below it, so that no seam is seen. */
static void draw_wedge(const struct exhibition *exhibition, struct sheet *sheet) {
    const struct stage *above = &exhibition->stages[0];
    const struct stage *below = &exhibition->stages[1];
    if (exhibition->count < 2 || !exhibition->list[0].is_measured ||
        !exhibition->list[1].is_measured ||
        above->until_s < least_ratio * below->until_s) {
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
            .share = {[PHASE_UNBEGUN] = 0.75, [PHASE_QUEUE] = 0.25},
        };
    }
    sheet_bars(sheet, &(struct bars){.list = steps, .count = WEDGE_STEPS}, above->left,
               px_per_s);
    sheet_line(sheet, LINE_MAKESPAN, x, above->bottom - 3, x, above->top + 3);
}

static bool draw_page(struct exhibition *exhibition, struct sheet *sheet,
                      struct error *error) {
    const json_t *scenario = exhibition->subject->scenario;
    char title[FINDING_BYTES];
    char about[FINDING_BYTES];
    char setting[FINDING_BYTES];
    write_title(exhibition, title);
    double y = sheet_head(sheet, title, finding_subject(scenario, about),
                          finding_setting(scenario, setting));
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
                                    .story = story_of(subject->scenario)};
    (void)page;
    bool ok = load(&exhibition, error) && draw_page(&exhibition, sheet, error);
    performance_close_all(exhibition.list, MOST_SCENES);
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
