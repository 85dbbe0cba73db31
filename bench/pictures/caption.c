/* Writes the heading above each scene of an exhibition. */
#include "bench/pictures/caption.h"
#include "base/spoken_time.h"
#include "base/thousands.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* The time for which a conversation waits for the sender, for an answer slot, and until
 * its model begins the request. */
static double waited_s(const struct performance *performance) {
    return performance->time_s[PHASE_QUEUE] + performance->time_s[PHASE_BACKLOG];
}

/* Writes "master idle 1.5 %, a board waits 30 min". */
static void write_note(const struct scenes *scenes, int index,
                       char note[static FINDING_BYTES]) {
    const struct performance *performance = &scenes->list[index];
    int32_t conversations = performance->course.events.conversations;
    int rows = stage_rows(&scenes->stages[index], performance);
    char scarce[AXIS_TEXT_BYTES];
    char waits[AXIS_TEXT_BYTES];
    performance_scarce(performance, &scenes->subject->point->scenario, scarce);
    spoken_time_about(waited_s(performance), waits);
    int used = snprintf(note, FINDING_BYTES, "%s%sa %s waits %s", scarce,
                        scarce[0] ? ", " : "", scenes->story->one, waits);
    if (rows < conversations && (index == 0 || !scenes->list[0].is_measured)) {
        char all[AXIS_TEXT_BYTES];
        snprintf(all, sizeof all - 12, "%d", (int)conversations);
        thousands_group(all);
        snprintf(note + used, FINDING_BYTES - (size_t)used, "; %d of %s %s drawn", rows,
                 all, scenes->story->many);
    }
}

void caption_wedge(const struct scenes *scenes, double x, double y,
                   struct sheet *sheet) {
    const struct performance *below = &scenes->list[1];
    double wider = scenes->longest_s / below->course.makespan_s;
    double right = scenes->stages[0].right;
    char text[MODEL_NAME_BYTES + 100];
    snprintf(text, sizeof text,
             "up to the line: all of %s, drawn %.*f times wider below",
             scenes->subject->point->entries[below->entry].model.name,
             wider < 99.95 ? 1 : 0, wider);
    double width = sheet_width(sheet, TEXT_NOTE, text);
    sheet_text(sheet, TEXT_NOTE, fmin(x, right - width), y, text);
}

void caption_heading(const struct scenes *scenes, int index, struct sheet *sheet) {
    const struct performance *performance = &scenes->list[index];
    const struct stage *stage = &scenes->stages[index];
    char text[MODEL_NAME_BYTES + 3 * AXIS_TEXT_BYTES];
    char note[FINDING_BYTES];
    double y = stage->top + SCENES_HEADING / 2.0 - 2;
    int used =
        snprintf(text, sizeof text,
                 "%s:", scenes->subject->point->entries[performance->entry].model.name);
    if (performance->is_measured && performance->failed == 0) {
        char time[AXIS_BOTH_BYTES];
        const struct axis axis = axis_for(performance->course.makespan_s, 13);
        snprintf(text + used, sizeof text - (size_t)used, " %s",
                 axis_both(&axis, performance->course.makespan_s, time));
    }
    sheet_fit(sheet, TEXT_HEADING, text, 800, 20);
    sheet_text(sheet, TEXT_HEADING, stage->left, y, text);
    double x = sheet_after(sheet, TEXT_HEADING, text, stage->left);
    if (performance->is_measured) {
        if (performance->failed > 0) {
            performance_failure(performance, note);
        } else {
            write_note(scenes, index, note);
        }
        sheet_text(sheet, TEXT_NOTE, x, y,
                   sheet_fit(sheet, TEXT_NOTE, note, stage->right - x, 18));
    } else {
        picture_excuse(performance->model, x, y, sheet);
    }
}
