/* Draws the first minutes of an exhibition from near, with a row for each board, so
 * that one sees how boards wait for the sender. */
#include "bench/pictures/windows.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* Pixels. */
enum { WINDOW_GAP = 60, MOST_ROW = 40, MOST_BARS = 2500 };

/* The window shows this many rounds of the faster model. */
static const double window_rounds = 2.4;

static const struct performance *find(const struct windows *windows,
                                      const struct summary_model *model) {
    for (int i = 0; model && i < windows->count; i++) {
        const struct performance *performance = &windows->list[i];
        if (performance->is_measured && performance->model == model) {
            return performance;
        }
    }
    return NULL;
}

int windows_choose(const struct windows *windows,
                   const struct performance *chosen[static WINDOWS_MOST]) {
    const struct summary_point *summary = windows->subject->summary;
    int count = 0;
    chosen[0] = find(windows, summary->baseline);
    count += chosen[0] != NULL;
    chosen[count] = find(windows, finding_fastest(summary));
    count += chosen[count] != NULL;
    for (int i = 0; count == 0 && i < windows->count; i++) {
        if (windows->list[i].is_measured) {
            chosen[count++] = &windows->list[i];
        }
    }
    return count;
}

/* Chooses a round length of time. */
static double choose_length(const struct windows *windows,
                            const struct performance *const chosen[], int count) {
    double fastest_s = INFINITY;
    double slowest_s = 0;
    for (int i = 0; i < count; i++) {
        fastest_s = fmin(fastest_s, chosen[i]->course.makespan_s);
        slowest_s = fmax(slowest_s, chosen[i]->course.makespan_s);
    }
    double rounds = windows->subject->point->scenario.rounds;
    double wanted_s = fmin(fastest_s * window_rounds / rounds, slowest_s);
    struct axis axis = axis_for(wanted_s, 1); /* its step is the next round number */
    return axis.step_s;
}

/* Counts the requests that are answered before `until_s`. */
static int64_t count_answers(const struct windows *windows,
                             const struct performance *performance, double until_s) {
    const struct scenario *scenario = &windows->subject->point->scenario;
    int64_t count = 0;
    for (int32_t i = 0; i < scenario->conversations; i++) {
        for (int32_t round = 0; round < scenario->rounds; round++) {
            struct passage passage;
            const struct event *event =
                events_at(&performance->course.events, i, round);
            count += event->error == EVENT_OK &&
                     course_passage(&performance->course, i, round, &passage) &&
                     passage.until_s[COURSE_FAILED] <= until_s;
        }
    }
    return count;
}

static bool draw_window(const struct windows *windows,
                        const struct performance *performance,
                        const struct stage *stage, struct sheet *sheet,
                        struct error *error) {
    char text[MODEL_NAME_BYTES + 160];
    char length[AXIS_TEXT_BYTES];
    struct axis axis = axis_in_minutes(axis_for(stage->until_s, 5));
    axis_tic(&axis, stage->until_s, length);
    int64_t answers = count_answers(windows, performance, stage->until_s);
    snprintf(text, sizeof text, "%s: %lld %s in %s",
             windows->subject->point->entries[performance->entry].model.name,
             (long long)answers,
             answers == 1 ? windows->story->answer : windows->story->answers, length);
    sheet_text(sheet, TEXT_HEADING, stage->left, stage->top + 24,
               sheet_fit(sheet, TEXT_HEADING, text, stage->right - stage->left, 20));
    sheet_axis(sheet, &axis, stage->until_s, stage->left,
               (stage->right - stage->left) / stage->until_s, stage->bottom,
               stage->top);
    return stage_draw(stage, performance, windows->story, MOST_BARS, sheet, error);
}

bool windows_draw(const struct windows *windows, double bottom, double top,
                  struct sheet *sheet, struct error *error) {
    const struct performance *chosen[WINDOWS_MOST];
    int count = windows_choose(windows, chosen);
    bool ok = true;
    if (count == 0) {
        return true;
    }
    double until_s = choose_length(windows, chosen, count);
    double inset = sheet_width(sheet, TEXT_ROW, windows->story->sender) + 10;
    double width =
        (SHEET_WIDTH - 2 * SHEET_MARGIN - (count - 1) * WINDOW_GAP) / (double)count;
    for (int i = 0; ok && i < count; i++) {
        double left = SHEET_MARGIN + i * (width + WINDOW_GAP);
        struct stage stage = {
            .left = left + inset,
            .right = left + width,
            .bottom = bottom,
            .top = top,
            .most_row = MOST_ROW,
            .until_s = until_s,
        };
        ok = draw_window(windows, chosen[i], &stage, sheet, error);
    }
    return ok;
}
