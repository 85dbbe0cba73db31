/* Collects bars, and mixes those that are too short. */
#include "bench/pictures/bars.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A mixed bar is this many times the least width, so that a regular pattern gives an
 * even mixture. Mixtures are rounded to sixteenths, so that equal neighbours become one
 * bar. */
static const double mixed_widths = 8;
static const double mixture_steps = 16;

/* A bar that is shorter than this part of the least width is mixed even between long
 * ones: SVG and PDF would draw it a whole pixel wide, or not at all. */
static const double sliver = 1.0 / 3;
static const double tinted_widths = 2;

static void append(struct bars *bars, const struct bar *bar) {
    struct bar *last = bars->count > 0 ? &bars->list[bars->count - 1] : NULL;
    if (last && last->bottom == bar->bottom && last->top == bar->top &&
        last->to_s >= bar->from_s - bars->least_s * 1e-6 &&
        !memcmp(last->share, bar->share, sizeof bar->share)) {
        last->to_s = bar->to_s;
        return;
    }
    if (bars->count == bars->room) {
        size_t room = bars->room ? bars->room * 2 : 256;
        struct bar *list = realloc(bars->list, room * sizeof *list);
        if (!list) {
            bars->failed = true;
            return;
        }
        bars->list = list;
        bars->room = room;
    }
    bars->list[bars->count++] = *bar;
}

/* Makes a bar of the open mixture; an all white one is left out. */
static void flush(struct bars *bars) {
    struct bar *open = &bars->open;
    double total_s = open->to_s - open->from_s;
    bool is_mixed = false;
    for (int phase = 0; phase < COURSE_PHASES; phase++) {
        double share = total_s > 0 ? bars->time_s[phase] / total_s : 0;
        open->share[phase] = round(share * mixture_steps) / mixture_steps;
        is_mixed = is_mixed || (share > 0 && share < 1);
        bars->time_s[phase] = 0;
    }
    if (is_mixed) { /* after rounding, the sum has to be 1 again */
        double sum = 0;
        for (int phase = 1; phase < COURSE_PHASES; phase++) {
            sum += open->share[phase];
        }
        open->share[PHASE_NONE] = sum < 1 ? 1 - sum : 0;
    }
    if (total_s > 0 && open->share[PHASE_NONE] < 1) {
        append(bars, open);
    }
    open->from_s = open->to_s;
}

void bars_row(struct bars *bars, double bottom, double top) {
    bars->open = (struct bar){.bottom = bottom, .top = top};
}

/* Mixes a bar that is too short into the beginning of the next one, or into all of it
 * if its rest would be too short. */
static void absorb(struct bars *bars, enum phase phase, double to_s) {
    struct bar *open = &bars->open;
    double until_s = open->from_s + tinted_widths * bars->least_s;
    until_s = to_s - until_s >= bars->least_s ? until_s : to_s;
    bars->time_s[phase] += until_s - open->to_s;
    open->to_s = until_s;
    flush(bars);
}

static void add(struct bars *bars, enum phase phase, double to_s) {
    struct bar *open = &bars->open;
    double from_s = open->to_s;
    if (to_s <= from_s) {
        return;
    }
    if (to_s - from_s >= bars->least_s) {
        double open_s = from_s - open->from_s;
        if (open_s > 0 && open_s < sliver * bars->least_s) {
            absorb(bars, phase, to_s);
            from_s = open->to_s;
        }
        flush(bars);
        bars->time_s[phase] = to_s - from_s;
        open->to_s = to_s;
        flush(bars);
        return;
    }
    bars->time_s[phase] += to_s - from_s;
    open->to_s = to_s;
    if (open->to_s - open->from_s >= mixed_widths * bars->least_s) {
        flush(bars);
    }
}

void bars_add(struct bars *bars, enum phase phase, double from_s, double to_s) {
    add(bars, PHASE_NONE, from_s);
    add(bars, phase, to_s);
}

void bars_end(struct bars *bars) {
    flush(bars);
}

void bars_clear(struct bars *bars) {
    bars->count = 0;
}

void bars_close(struct bars *bars) {
    free(bars->list);
    *bars = (struct bars){.list = NULL};
}
