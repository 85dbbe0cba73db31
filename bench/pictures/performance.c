/* Reads one model's typical trial, and adds up its times. */
#include "bench/pictures/performance.h"

#include <math.h>
#include <stdlib.h>

/* Adds up the phases of an average conversation; a request that has not begun waits. */
static void add_times(struct performance *performance) {
    const struct events *events = &performance->course.events;
    for (int32_t i = 0; i < events->conversations; i++) {
        for (int32_t round = 0; round < events->rounds; round++) {
            struct passage passage;
            if (!course_passage(&performance->course, i, round, &passage)) {
                continue;
            }
            double from_s = passage.ready_s;
            for (int phase = 0; phase < COURSE_PHASES; phase++) {
                int as = phase == PHASE_NONE ? PHASE_QUEUE : phase;
                performance->time_s[as] +=
                    (passage.until_s[phase] - from_s) / events->conversations;
                from_s = passage.until_s[phase];
            }
        }
    }
    for (size_t i = 0; i < performance->send_count; i++) {
        performance->busy_s +=
            performance->sends[i].to_s - performance->sends[i].from_s;
    }
}

bool performance_open(struct performance *performance, const struct subject *subject,
                      size_t entry, struct error *error) {
    *performance = (struct performance){
        .entry = entry, .model = &subject->summary->models[entry], .sends = NULL};
    if (!picture_course(subject, entry, &performance->course, &performance->is_measured,
                        error)) {
        return false;
    }
    if (!performance->is_measured) {
        return true;
    }
    if (!course_sends(&performance->course, &performance->sends,
                      &performance->send_count)) {
        return error_failed(error, "out of memory for the sends of a picture");
    }
    add_times(performance);
    return true;
}

void performance_close(struct performance *performance) {
    course_close(&performance->course);
    free(performance->sends);
    *performance = (struct performance){.sends = NULL};
}

bool performance_open_page(const struct subject *subject, int most, int page,
                           struct performance *list, int *count, struct error *error) {
    size_t end;
    size_t entry = picture_page_models(subject, most, page, &end);
    bool ok = true;
    *count = 0;
    for (; ok && entry < end; entry++) {
        ok = performance_open(&list[(*count)++], subject, entry, error);
    }
    return ok;
}

void performance_close_all(struct performance *list, int count) {
    for (int i = 0; i < count; i++) {
        performance_close(&list[i]);
    }
}

double performance_longest_s(const struct performance *list, int count) {
    double longest_s = 0;
    for (int i = 0; i < count; i++) {
        longest_s = fmax(longest_s, list[i].course.makespan_s);
    }
    return longest_s;
}

const char *performance_idle(const struct performance *performance,
                             char text[static AXIS_TEXT_BYTES]) {
    double makespan_s = performance->course.makespan_s;
    return picture_percent(makespan_s - performance->busy_s, makespan_s, text);
}

int32_t performance_conversation(const struct performance *performance, int row,
                                 int rows) {
    int32_t last = performance->course.events.conversations - 1;
    return rows < 2 ? 0 : (int32_t)llround((double)row * last / (rows - 1));
}

void performance_legend(const struct performance *list, int count,
                        const struct story *story, double y, struct sheet *sheet) {
    static const enum phase waits[] = {PHASE_BACKLOG, COURSE_BODY, COURSE_FAILED};
    static const char *const says[] = {"waits for an answer slot", "answer arrives",
                                       "failed"};
    const char *texts[COURSE_PHASES] = {
        [PHASE_QUEUE] = story->waits,
        [PHASE_SEND] = story->sends,
        [PHASE_RESPONSE] = story->responds,
    };
    for (size_t i = 0; i < sizeof waits / sizeof waits[0]; i++) {
        for (int j = 0; j < count; j++) {
            if (list[j].time_s[waits[i]] > 0.002 * list[j].course.makespan_s) {
                texts[waits[i]] = says[i];
            }
        }
    }
    const char *rest = story->idle;
    if (list[0].is_measured && list[0].send_count == 0) { /* no send phase is known */
        texts[PHASE_QUEUE] = "waits for its turn";
        texts[PHASE_SEND] = NULL;
        rest = "all done";
    }
    double x = sheet_legend(sheet, texts, SHEET_MARGIN, y);
    sheet_frame(sheet, x, y - 10, x + 40, y + 10);
    sheet_text(sheet, TEXT_LEGEND, x + 50, y, rest);
}
