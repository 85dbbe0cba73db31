/* Draws the rows of a performance. */
#include "bench/pictures/stage.h"

#include <math.h>
#include <stdio.h>

/* Pixels: the least height of a row (if rows would be thinner, some are left out), and
 * the least distance from one row's number to the next. */
enum { LEAST_ROW = 3, NUMBER_PITCH = 22 };

static double rows_top(const struct stage *stage,
                       const struct performance *performance) {
    return stage->top - (performance->send_count > 0 ? STAGE_STRIP_ROOM : 0);
}

int stage_rows(const struct stage *stage, const struct performance *performance) {
    double room = rows_top(stage, performance) - stage->bottom;
    return (int)fmin(performance->course.events.conversations, floor(room / LEAST_ROW));
}

static double row_pitch(const struct stage *stage,
                        const struct performance *performance) {
    double room = rows_top(stage, performance) - stage->bottom;
    return fmin(room / stage_rows(stage, performance), stage->most_row);
}

static double clip(double s, double most_s) {
    return s < most_s ? s : most_s;
}

/* A board waits even before its first move. */
static void add_board(const struct performance *performance, int32_t conversation,
                      double until_s, struct bars *bars) {
    for (int32_t round = 0; round < performance->course.events.rounds; round++) {
        struct passage passage;
        if (!course_passage(&performance->course, conversation, round, &passage) ||
            passage.ready_s >= until_s) {
            continue;
        }
        double from_s = passage.ready_s;
        for (int phase = 0; phase < COURSE_PHASES; phase++) {
            enum phase as = phase == PHASE_NONE ? PHASE_QUEUE : (enum phase)phase;
            bars_add(bars, as, clip(from_s, until_s),
                     clip(passage.until_s[phase], until_s));
            from_s = passage.until_s[phase];
        }
    }
}

static void add_rows(const struct stage *stage, const struct performance *performance,
                     struct bars *bars) {
    int rows = stage_rows(stage, performance);
    double pitch = row_pitch(stage, performance);
    double gap = fmin(pitch * (pitch >= 7 ? 0.15 : 0.25), 5);
    for (int row = 0; row < rows; row++) {
        double top = rows_top(stage, performance) - row * pitch;
        bars_row(bars, top - pitch + gap, top);
        add_board(performance, performance_conversation(performance, row, rows),
                  stage->until_s, bars);
        bars_end(bars);
    }
    if (performance->send_count > 0) {
        performance_add_strip(performance, stage->until_s, stage->top - STAGE_STRIP,
                              stage->top, bars);
    }
}

bool stage_draw(const struct stage *stage, const struct performance *performance,
                const struct story *story, size_t most_bars, struct sheet *sheet,
                struct error *error) {
    double px_per_s = (stage->right - stage->left) / stage->until_s;
    struct bars bars = {.least_s = BARS_LEAST_PX / px_per_s};
    do {
        bars_clear(&bars);
        add_rows(stage, performance, &bars);
        bars.least_s *= 1.5;
    } while (bars.count > most_bars && !bars.failed);
    bool ok = !bars.failed || error_failed(error, "out of memory for a picture's rows");
    sheet->has_density = sheet->has_density || bars.has_partial;
    sheet_bars(sheet, &bars, stage->left, px_per_s);
    bars_close(&bars);
    double end_s = clip(performance->course.makespan_s, stage->until_s);
    if (performance->failed > 0) {
        sheet_hatch(sheet, stage->left, stage->bottom, stage->left + end_s * px_per_s,
                    stage->top);
    }
    if (performance->send_count > 0) {
        sheet_frame(sheet, stage->left, stage->top - STAGE_STRIP,
                    stage->left + end_s * px_per_s, stage->top);
        sheet_text(sheet, TEXT_ROW, stage->left - 10, stage->top - STAGE_STRIP / 2.0,
                   story->sender);
    }
    return ok;
}

/* The first of 1, 2, 5, 10, 20, ... that leaves room for numbers. */
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

/* Numbers the multiples of a step, and the first and the last row if they have room. */
void stage_number(const struct stage *stage, const struct performance *performance,
                  struct sheet *sheet) {
    int32_t conversations = performance->course.events.conversations;
    double rows = stage_rows(stage, performance);
    double pitch = row_pitch(stage, performance);
    double each = conversations > 1 ? pitch * (rows - 1) / (conversations - 1) : pitch;
    int32_t step = choose_step(each, conversations);
    int32_t last = conversations - conversations % step;
    /* A number does not touch the strip's name. */
    double highest = stage->top - STAGE_STRIP / 2.0 - NUMBER_PITCH;
    for (int32_t i = 1; i <= conversations; i++) {
        bool is_first = i == 1 && (step - 1) * each >= NUMBER_PITCH;
        bool is_last = i == conversations && (i - last) * each >= NUMBER_PITCH;
        if (is_first || is_last || i % step == 0) {
            char text[AXIS_TEXT_BYTES];
            double y = rows_top(stage, performance) - pitch / 2 - each * (i - 1);
            snprintf(text, sizeof text, "%d", (int)i);
            sheet_text(sheet, TEXT_ROW, stage->left - 10,
                       performance->send_count > 0 ? fmin(y, highest) : y, text);
        }
    }
}
