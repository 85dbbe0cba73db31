/* One model's exhibition, from its events to its rows. */
#include "bench/pictures/performance.h"

#include <math.h>
#include <stdlib.h>

/* Pixels: of rows that would be thinner some are left out; and how far it is from one
 * row's number to the next, at least. */
enum { LEAST_ROW = 2, NUMBER_PITCH = 22 };

/* Adds up what a conversation does: what is not begun waits as well. */
static void add_times(struct performance *performance) {
    const struct events *events = &performance->course.events;
    for (int32_t i = 0; i < events->conversations; i++) {
        for (int32_t round = 0; round < events->rounds; round++) {
            struct passage passage;
            if (!course_passage(&performance->course, i, round, &passage)) {
                continue;
            }
            double from_s = passage.ready_s;
            for (int phase = 0; phase < PHASE_COUNT; phase++) {
                int as = phase == PHASE_UNBEGUN ? PHASE_QUEUE : phase;
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
        .entry = entry, .model = picture_model(subject, entry), .sends = NULL};
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

static double rows_top(const struct performance *performance,
                       const struct stage *stage) {
    return stage->top - (performance->send_count > 0 ? STAGE_STRIP_ROOM : 0);
}

int performance_rows(const struct performance *performance, const struct stage *stage) {
    double room = rows_top(performance, stage) - stage->bottom;
    return (int)fmin(performance->course.events.conversations, floor(room / LEAST_ROW));
}

static double row_pitch(const struct performance *performance,
                        const struct stage *stage) {
    double room = rows_top(performance, stage) - stage->bottom;
    return fmin(room / performance_rows(performance, stage), stage->most_row);
}

static double clip(double s, double most_s) {
    return s < most_s ? s : most_s;
}

/* In chess a board waits even before its first move. */
static void add_board(const struct performance *performance, int32_t conversation,
                      double until_s, struct bars *bars) {
    for (int32_t round = 0; round < performance->course.events.rounds; round++) {
        struct passage passage;
        if (!course_passage(&performance->course, conversation, round, &passage) ||
            passage.ready_s >= until_s) {
            continue;
        }
        double from_s = passage.ready_s;
        for (int phase = 0; phase < PHASE_COUNT; phase++) {
            enum phase as = phase == PHASE_UNBEGUN ? PHASE_QUEUE : (enum phase)phase;
            bars_add(bars, as, clip(from_s, until_s),
                     clip(passage.until_s[phase], until_s));
            from_s = passage.until_s[phase];
        }
    }
}

static void add_rows(const struct performance *performance, const struct stage *stage,
                     struct bars *bars) {
    int rows = performance_rows(performance, stage);
    double pitch = row_pitch(performance, stage);
    double gap = pitch >= 7 ? fmin(pitch * 0.15, 5) : 0;
    for (int row = 0; row < rows; row++) {
        double top = rows_top(performance, stage) - row * pitch;
        bars_row(bars, top - pitch + gap, top);
        add_board(performance, performance_conversation(performance, row, rows),
                  stage->until_s, bars);
        bars_end(bars);
    }
    bars_row(bars, stage->top - STAGE_STRIP, stage->top);
    for (size_t i = 0; i < performance->send_count; i++) {
        bars_add(bars, PHASE_SEND, clip(performance->sends[i].from_s, stage->until_s),
                 clip(performance->sends[i].to_s, stage->until_s));
    }
    if (performance->send_count >
        0) { /* so that a last sliver has something behind it */
        double end_s = clip(performance->course.makespan_s, stage->until_s);
        bars_add(bars, PHASE_UNBEGUN, end_s, end_s);
    }
    bars_end(bars);
}

bool performance_draw(const struct performance *performance, const struct stage *stage,
                      const struct story *story, size_t most_bars, struct sheet *sheet,
                      struct error *error) {
    double px_per_s = (stage->right - stage->left) / stage->until_s;
    struct bars bars = {.least_s = 1.5 / px_per_s};
    do {
        bars_clear(&bars);
        add_rows(performance, stage, &bars);
        bars.least_s *= 1.5;
    } while (bars.count > most_bars && !bars.failed);
    bool ok = !bars.failed || error_failed(error, "out of memory for a picture's rows");
    sheet_bars(sheet, &bars, stage->left, px_per_s);
    bars_close(&bars);
    if (performance->send_count > 0) {
        double end_s = clip(performance->course.makespan_s, stage->until_s);
        sheet_frame(sheet, stage->left, stage->top - STAGE_STRIP,
                    stage->left + end_s * px_per_s, stage->top);
        sheet_text(sheet, TEXT_ROW, stage->left - 10, stage->top - STAGE_STRIP / 2.0,
                   story->sender);
    }
    return ok;
}

/* 1, 2, 5, 10, 20, ...: the first that leaves room for numbers. */
static int32_t choose_step(double px_each, int32_t conversations) {
    static const int32_t steps[] = {1, 2, 5};
    int32_t magnitude = 1;
    int i = 0;
    while (steps[i] * magnitude * px_each < NUMBER_PITCH &&
           steps[i] * magnitude < conversations) {
        i = (i + 1) % 3;
        magnitude *= i ? 1 : 10;
    }
    return steps[i] * magnitude;
}

/* The multiples of a step, and the first and the last where they have room. */
void performance_number(const struct performance *performance,
                        const struct stage *stage, struct sheet *sheet) {
    int32_t conversations = performance->course.events.conversations;
    double rows = performance_rows(performance, stage);
    double pitch = row_pitch(performance, stage);
    double each = conversations > 1 ? pitch * (rows - 1) / (conversations - 1) : pitch;
    int32_t step = choose_step(each, conversations);
    int32_t last = conversations - conversations % step;
    double highest = stage->top - STAGE_STRIP / 2.0 - NUMBER_PITCH; /* the strip's */
    for (int32_t i = 1; i <= conversations; i++) {
        bool is_first = i == 1 && (step - 1) * each >= NUMBER_PITCH;
        bool is_last = i == conversations && (i - last) * each >= NUMBER_PITCH;
        if (is_first || is_last || i % step == 0) {
            char text[AXIS_TEXT_BYTES];
            double y = rows_top(performance, stage) - pitch / 2 - each * (i - 1);
            snprintf(text, sizeof text, "%d", (int)i);
            sheet_text(sheet, TEXT_ROW, stage->left - 10,
                       performance->send_count > 0 ? fmin(y, highest) : y, text);
        }
    }
}

void performance_legend(const struct performance *list, int count,
                        const struct story *story, double y, struct sheet *sheet) {
    static const enum phase waits[] = {PHASE_BACKLOG, PHASE_BODY, PHASE_FAILED};
    static const char *const says[] = {"waits for an answer slot", "answer arrives",
                                       "failed"};
    const char *texts[PHASE_COUNT] = {
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
    if (list[0].is_measured && list[0].send_count == 0) { /* nobody tells of any send */
        texts[PHASE_QUEUE] = "waits for its turn";
        texts[PHASE_SEND] = NULL;
        rest = "all done";
    }
    double x = sheet_legend(sheet, texts, SHEET_MARGIN, y);
    sheet_frame(sheet, x, y - 10, x + 40, y + 10);
    sheet_text(sheet, TEXT_LEGEND, x + 50, y, rest);
}
