/* Chooses the models of an exhibition, and places their scenes. */
#include "bench/pictures/scenes.h"

#include <math.h>

/* Pixels. */
enum { AXIS = 48, BOTTOM = 8, MOST_ROW = 54 };

/* Without a fastest model the second scene is the first model that was not measured,
 * or, if the baseline was not measured, the first that was. */
static bool open_another(struct scenes *scenes, struct error *error) {
    const struct subject *subject = scenes->subject;
    const struct performance *first = &scenes->list[0];
    struct performance *second = &scenes->list[1];
    for (size_t i = 0; i < subject->point->entry_count; i++) {
        if (i == first->entry) {
            continue;
        }
        bool ok = performance_open(second, subject, i, error);
        if (ok && second->is_measured != first->is_measured) {
            scenes->count++;
            return true;
        }
        performance_close(second);
        if (!ok) {
            return false;
        }
    }
    return true;
}

bool scenes_open(struct scenes *scenes, const struct subject *subject,
                 struct error *error) {
    const struct summary_point *summary = subject->summary;
    const struct summary_model *baseline = summary->baseline;
    const struct summary_model *fastest = finding_fastest(summary);
    *scenes = (struct scenes){.subject = subject,
                              .story = story_of(&subject->point->scenario)};
    if (!baseline) {
        return true;
    }
    scenes->count = 1;
    if (!performance_open(&scenes->list[0], subject,
                          (size_t)(baseline - summary->models), error)) {
        return false;
    }
    if (!fastest) {
        return open_another(scenes, error);
    }
    scenes->count = 2;
    return performance_open(&scenes->list[1], subject,
                            (size_t)(fastest - summary->models), error);
}

void scenes_close(struct scenes *scenes) {
    performance_close_all(scenes->list, SCENES_MOST);
    scenes->count = 0;
}

/* Scenes share the height evenly; room that they do not need stays empty at the bottom.
 */
void scenes_place(struct scenes *scenes, double left, double top) {
    int32_t conversations = scenes->subject->point->scenario.conversations;
    int measured = 0;
    for (int i = 0; i < scenes->count; i++) {
        measured += scenes->list[i].is_measured;
    }
    double lines = (scenes->count - measured) * SCENES_HEADING;
    double room = (top - BOTTOM - lines) / (measured ? measured : 1);
    for (int i = 0; i < scenes->count; i++) {
        const struct performance *performance = &scenes->list[i];
        double above = performance->send_count > 0 ? STAGE_STRIP_ROOM : 0;
        double height = fmin(room - SCENES_HEADING - AXIS - SCENES_GAP,
                             above + (double)MOST_ROW * conversations);
        bool is_there = performance->is_measured;
        double makespan_s = performance->course.makespan_s;
        scenes->longest_s = fmax(scenes->longest_s, makespan_s);
        scenes->stages[i] = (struct stage){
            .left = left,
            .right = SHEET_WIDTH - SHEET_MARGIN,
            .bottom = top - SCENES_HEADING - (is_there ? height : 0),
            .top = top - SCENES_HEADING,
            .most_row = MOST_ROW,
            .until_s = makespan_s > 0 ? makespan_s : 1,
        };
        top -= SCENES_HEADING + (is_there ? height + AXIS + SCENES_GAP : 0);
    }
}
