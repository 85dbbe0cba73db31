/* Writes the texts of an exhibition: how long a board waits, and for what. */
#include "bench/pictures/caption.h"
#include "base/thousands.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* A board that waits less than this part of the time hardly waits. */
static const double hardly = 0.02;

/* Writes a time in minutes or hours if it is at least one of these. Returns `text`. */
static const char *say_time(double seconds, char text[static AXIS_TEXT_BYTES]) {
    struct axis axis = axis_for(seconds < 10800 ? 3 * seconds : seconds, 1);
    axis_large(&axis, seconds, text);
    return text[0] ? text : axis_seconds(seconds, text);
}

/* The time for which a conversation waits for the sender, for an answer slot, and until
 * its model begins the request. */
static double waited_s(const struct performance *performance) {
    return performance->time_s[PHASE_QUEUE] + performance->time_s[PHASE_BACKLOG];
}

static bool hardly_waits(const struct performance *performance) {
    return waited_s(performance) < hardly * performance->course.makespan_s;
}

static bool is_one_sender(const struct scenes *scenes) {
    const struct scenario *scenario = &scenes->subject->point->scenario;
    return scenario->senders == SENDERS_COUNT && scenario->sender_count == 1;
}

/* Writes what a board waits for: the sender, if there is one and nothing else is
 * scarce. */
static void say_scarce(const struct scenes *scenes, char text[static AXIS_TEXT_BYTES]) {
    const struct plan_point *point = scenes->subject->point;
    const struct performance *last = &scenes->list[scenes->count - 1];
    enum model_holds holds = point->entries[last->entry].model.holds;
    bool is_sender = is_one_sender(scenes) && point->scenario.slots == 0 &&
                     (holds == HOLDS_ONE || holds == HOLDS_ALL) && last->send_count > 0;
    snprintf(text, AXIS_TEXT_BYTES, is_sender ? "the %s" : "its turn",
             scenes->story->sender);
}

/* Nothing is compared if a request failed in a model or if it was not measured. */
static bool is_comparable(const struct scenes *scenes) {
    bool is = scenes->count > 0;
    for (int i = 0; i < scenes->count; i++) {
        is = is && isfinite(scenes->list[i].model->measured.median_s);
    }
    return is;
}

void caption_title(const struct scenes *scenes, char text[static FINDING_BYTES]) {
    if (!is_comparable(scenes)) {
        finding_speed(scenes->subject->summary, text);
        return;
    }
    const struct performance *last = &scenes->list[scenes->count - 1];
    char scarce[AXIS_TEXT_BYTES];
    char waits[AXIS_TEXT_BYTES];
    char before[AXIS_TEXT_BYTES];
    double waits_s = waited_s(last);
    double was_s = waited_s(&scenes->list[0]);
    const char *one = scenes->story->one;
    say_scarce(scenes, scarce);
    say_time(waits_s, waits);
    say_time(was_s, before);
    if (scenes->count == 1) {
        say_time(last->course.makespan_s, before);
        snprintf(text, FINDING_BYTES, "A %s waits %s for %s on average, of %s in all",
                 one, waits, scarce, before);
    } else if (hardly_waits(&scenes->list[0]) || was_s < SCENES_LEAST_RATIO * waits_s) {
        finding_speed(scenes->subject->summary, text);
    } else if (hardly_waits(last)) {
        snprintf(text, FINDING_BYTES,
                 "A %s hardly waits for %s: %s on average, instead of %s", one, scarce,
                 waits, before);
    } else {
        snprintf(text, FINDING_BYTES, "A %s waits %s for %s on average, instead of %s",
                 one, waits, scarce, before);
    }
}

/* Writes "drawn 11.8 times wider; master idle 1.5 %, a board waits 30.0 min". */
static void write_note(const struct scenes *scenes, int index,
                       char note[static FINDING_BYTES]) {
    const struct performance *performance = &scenes->list[index];
    double makespan_s = performance->course.makespan_s;
    double wider = makespan_s > 0 ? scenes->longest_s / makespan_s : 1;
    int32_t conversations = performance->course.events.conversations;
    int rows = stage_rows(&scenes->stages[index], performance);
    char text[AXIS_TEXT_BYTES];
    FILE *out = fmemopen(note, FINDING_BYTES, "w");
    note[0] = '\0';
    if (!out) {
        return;
    }
    if (wider >= SCENES_LEAST_RATIO) {
        fprintf(out, "drawn %.*f times wider; ", wider < 99.95 ? 1 : 0, wider);
    }
    if (performance->send_count > 0) {
        performance_idle(performance, text);
        fprintf(out, is_one_sender(scenes) ? "%s idle %s, " : "all %ss idle %s, ",
                scenes->story->sender, text);
    }
    fprintf(out, "a %s waits %s", scenes->story->one,
            say_time(waited_s(performance), text));
    if (rows < conversations && (index == 0 || !scenes->list[0].is_measured)) {
        snprintf(text, sizeof text - 12, "%d", (int)conversations);
        thousands_group(text);
        fprintf(out, "; %d of %s %s drawn", rows, text, scenes->story->many);
    }
    fclose(out);
}

void caption_heading(const struct scenes *scenes, int index, struct sheet *sheet) {
    const struct performance *performance = &scenes->list[index];
    const struct stage *stage = &scenes->stages[index];
    double makespan_s = performance->course.makespan_s;
    char seconds[AXIS_TEXT_BYTES];
    char large[AXIS_TEXT_BYTES];
    char text[MODEL_NAME_BYTES + 3 * AXIS_TEXT_BYTES];
    char note[FINDING_BYTES];
    double y = stage->top + SCENES_HEADING / 2.0 - 2;
    int used =
        snprintf(text, sizeof text,
                 "%s:", scenes->subject->point->entries[performance->entry].model.name);
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
        write_note(scenes, index, note);
        sheet_text(sheet, TEXT_NOTE, x, y,
                   sheet_fit(sheet, TEXT_NOTE, note, stage->right - x, 18));
    } else {
        picture_excuse(performance->model, x, y, sheet);
    }
}
