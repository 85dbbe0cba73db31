/* The first minutes of an exhibition, from near: a row a board, where one sees who
 * waits for whom. */
#include "bench/pictures/boards.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* Pixels. */
enum { WINDOW_GAP = 60, STRIP = 18, LEAST_ROW = 2, MOST_BARS = 2500 };

/* So many rounds of the faster model are seen from near. */
static const double window_rounds = 2.4;

static const struct exhibition *find(const struct boards *boards, const char *name) {
    for (int i = 0; name && i < boards->count; i++) {
        const struct exhibition *exhibition = &boards->list[i];
        if (exhibition->is_measured &&
            !strcmp(boards->subject->planned->entries[exhibition->entry].model.name,
                    name)) {
            return exhibition;
        }
    }
    return NULL;
}

static const char *name_of(const json_t *object, const char *key) {
    return json_string_value(json_object_get(object, key));
}

int boards_choose_windows(const struct boards *boards,
                          const struct exhibition *chosen[]) {
    const json_t *scenario = boards->subject->scenario;
    int count = 0;
    chosen[0] = find(boards, name_of(scenario, "baseline"));
    count += chosen[0] != NULL;
    chosen[count] = find(boards, name_of(finding_fastest(scenario), "name"));
    count += chosen[count] != NULL;
    for (int i = 0; count == 0 && i < boards->count; i++) {
        if (boards->list[i].is_measured) {
            chosen[count++] = &boards->list[i];
        }
    }
    return count;
}

/* A length that is easily said. */
static double choose_length(const struct boards *boards,
                            const struct exhibition *const chosen[], int count) {
    double fastest_s = INFINITY;
    double slowest_s = 0;
    for (int i = 0; i < count; i++) {
        fastest_s = fmin(fastest_s, chosen[i]->course.makespan_s);
        slowest_s = fmax(slowest_s, chosen[i]->course.makespan_s);
    }
    double rounds = boards->subject->planned->scenario.rounds;
    double wanted_s = fmin(fastest_s * window_rounds / rounds, slowest_s);
    struct axis axis = axis_for(wanted_s, 1); /* its step is the next round length */
    return axis.step_s;
}

static double clip(double s, double most_s) {
    return s < most_s ? s : most_s;
}

/* A row a board: in chess it waits even before its first move. */
static void add_board(const struct exhibition *exhibition, int32_t conversation,
                      int32_t rounds, double window_s, struct bars *bars) {
    for (int32_t round = 0; round < rounds; round++) {
        struct passage passage;
        if (!course_passage(&exhibition->course, conversation, round, &passage) ||
            passage.ready_s >= window_s) {
            continue;
        }
        double from_s = passage.ready_s;
        for (int phase = 0; phase < PHASE_COUNT; phase++) {
            enum phase as = phase == PHASE_UNBEGUN ? PHASE_QUEUE : (enum phase)phase;
            bars_add(bars, as, clip(from_s, window_s),
                     clip(passage.until_s[phase], window_s));
            from_s = passage.until_s[phase];
        }
    }
}

struct window {
    const struct exhibition *exhibition;
    double left;
    double right;
    double bottom;
    double top; /* of the strip */
};

static bool draw_rows(const struct boards *boards, const struct window *window,
                      struct sheet *sheet, struct error *error) {
    const struct scenario *scenario = &boards->subject->planned->scenario;
    const struct exhibition *exhibition = window->exhibition;
    double px_per_s = (window->right - window->left) / boards->window_s;
    double rows_top = window->top - (exhibition->send_count ? STRIP + 8 : 0);
    double room = rows_top - window->bottom;
    int rows = (int)fmin(scenario->conversations, floor(room / LEAST_ROW));
    double pitch = fmin(room / rows, 40);
    double gap = pitch >= 7 ? fmin(pitch * 0.15, 5) : 0;
    struct bars bars = {.least_s = 1.5 / px_per_s};
    do {
        bars_clear(&bars);
        for (int row = 0; row < rows; row++) {
            int32_t conversation =
                rows < 2 ? 0
                         : (int32_t)llround((double)row *
                                            (scenario->conversations - 1) / (rows - 1));
            double top = rows_top - row * pitch;
            bars_row(&bars, top - pitch + gap, top);
            add_board(exhibition, conversation, scenario->rounds, boards->window_s,
                      &bars);
            bars_end(&bars);
        }
        bars_row(&bars, window->top - STRIP, window->top);
        for (size_t i = 0; i < exhibition->send_count; i++) {
            bars_add(&bars, PHASE_SEND,
                     clip(exhibition->sends[i].from_s, boards->window_s),
                     clip(exhibition->sends[i].to_s, boards->window_s));
        }
        bars_end(&bars);
        bars.least_s *= 1.5;
    } while (bars.count > MOST_BARS && !bars.failed);
    bool ok = !bars.failed || error_failed(error, "out of memory for the boards");
    sheet_bars(sheet, &bars, window->left, px_per_s);
    bars_close(&bars);
    return ok;
}

/* How many sends begin in the window: what is done in that time. */
static int64_t count_sends(const struct boards *boards,
                           const struct exhibition *exhibition) {
    const struct scenario *scenario = &boards->subject->planned->scenario;
    int64_t count = 0;
    for (int32_t i = 0; i < scenario->conversations; i++) {
        for (int32_t round = 0; round < scenario->rounds; round++) {
            struct passage passage;
            count += course_passage(&exhibition->course, i, round, &passage) &&
                     passage.until_s[PHASE_FAILED] <= boards->window_s;
        }
    }
    return count;
}

static bool draw_window(const struct boards *boards, const struct window *window,
                        struct sheet *sheet, struct error *error) {
    char text[MODEL_NAME_BYTES + 160];
    char length[AXIS_TEXT_BYTES];
    const struct exhibition *exhibition = window->exhibition;
    struct axis axis = axis_in_minutes(axis_for(boards->window_s, 5));
    axis_tic(&axis, boards->window_s, length);
    int64_t answers = count_sends(boards, exhibition);
    snprintf(text, sizeof text, "%s: %lld %s in %s",
             boards->subject->planned->entries[exhibition->entry].model.name,
             (long long)answers,
             answers == 1 ? boards->story->answer : boards->story->answers, length);
    sheet_text(sheet, TEXT_HEADING, window->left, window->top + 24,
               sheet_fit(sheet, TEXT_HEADING, text, window->right - window->left, 20));
    sheet_axis(sheet, &axis, boards->window_s, window->left,
               (window->right - window->left) / boards->window_s, window->bottom,
               window->top);
    if (exhibition->send_count > 0) {
        double end_s = clip(exhibition->course.makespan_s, boards->window_s);
        double end =
            window->left + end_s * (window->right - window->left) / boards->window_s;
        sheet_frame(sheet, window->left, window->top - STRIP, end, window->top);
        sheet_text(sheet, TEXT_ROW, window->left - 10, window->top - STRIP / 2.0,
                   boards->story->sender);
    }
    return draw_rows(boards, window, sheet, error);
}

bool boards_draw_windows(struct boards *boards, double bottom, double top,
                         struct sheet *sheet, struct error *error) {
    const struct exhibition *chosen[BOARDS_MOST_WINDOWS + 1] = {NULL};
    int count = boards_choose_windows(boards, chosen);
    bool ok = true;
    if (count == 0) {
        return true;
    }
    boards->window_s = choose_length(boards, chosen, count);
    double inset = sheet_width(sheet, TEXT_ROW, boards->story->sender) + 10;
    double width =
        (SHEET_WIDTH - 2 * SHEET_MARGIN - (count - 1) * WINDOW_GAP) / (double)count;
    for (int i = 0; ok && i < count; i++) {
        double left = SHEET_MARGIN + i * (width + WINDOW_GAP);
        struct window window = {chosen[i], left + inset, left + width, bottom, top};
        ok = draw_window(boards, &window, sheet, error);
    }
    return ok;
}
