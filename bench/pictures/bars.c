/* Collects bars, and lets those that are too short share a cell. */
#include "bench/pictures/bars.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A density is taken over this many times the least width, so that a regular pattern
 * has an even height. Heights are rounded to steps, so that equal neighbours become one
 * bar; what is there is never lower than LEAST_HEIGHT pixels. */
static const double density_widths = 8;
static const double density_steps = 32;
static const double least_height = 1.5;

/* A rest that is shorter than this part of the least width belongs to the bar beside
 * it: SVG and PDF would draw it a whole pixel wide, or not at all. */
static const double sliver = 0.5;

static void append(struct bars *bars, const struct bar *bar) {
    struct bar *last = bars->count > 0 ? &bars->list[bars->count - 1] : NULL;
    if (last && last->bottom == bar->bottom && last->top == bar->top &&
        last->phase == bar->phase && last->to_s >= bar->from_s - bars->least_s * 1e-6) {
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

/* The longest phase of the open cell. Without density, the time without a phase counts
 * as one. */
static enum phase find_longest(const struct bars *bars) {
    int longest = bars->is_density ? PHASE_QUEUE : PHASE_NONE;
    for (int phase = longest + 1; phase < COURSE_PHASES; phase++) {
        longest = bars->time_s[phase] > bars->time_s[longest] ? phase : longest;
    }
    return (enum phase)longest;
}

static double height_of(const struct bars *bars, double share) {
    double full = bars->top - bars->bottom;
    double height = full * ceil(share * density_steps - 0.5) / density_steps;
    return share > 0 ? fmin(fmax(height, least_height), full) : 0;
}

/* Makes a bar of the open cell; a cell without a phase is left out. */
static void flush(struct bars *bars) {
    double total_s = bars->to_s - bars->from_s;
    enum phase phase = find_longest(bars);
    double top = bars->top;
    if (bars->is_density && total_s > 0) {
        top = bars->bottom + height_of(bars, bars->time_s[phase] / total_s);
        bars->has_partial =
            bars->has_partial || (top > bars->bottom && top < bars->top);
    }
    if (total_s > 0 && phase != PHASE_NONE && top > bars->bottom) {
        append(bars, &(struct bar){bars->from_s, bars->to_s, bars->bottom, top, phase});
    }
    memset(bars->time_s, 0, sizeof bars->time_s);
    bars->from_s = bars->to_s;
}

void bars_row(struct bars *bars, double bottom, double top) {
    bars->is_density = false;
    bars->bottom = bottom;
    bars->top = top;
    bars->from_s = bars->to_s = 0;
    memset(bars->time_s, 0, sizeof bars->time_s);
}

void bars_density_row(struct bars *bars, double bottom, double top) {
    bars_row(bars, bottom, top);
    bars->is_density = true;
}

static void fill(struct bars *bars, enum phase phase, double to_s) {
    bars->time_s[phase] += to_s - bars->to_s;
    bars->to_s = to_s;
}

/* Fills cells of equal width. */
static void add_density(struct bars *bars, enum phase phase, double to_s) {
    double cell_s = bars->least_s * density_widths;
    while (to_s - bars->from_s >= cell_s) {
        fill(bars, phase, bars->from_s + cell_s);
        flush(bars);
    }
    fill(bars, phase, to_s);
}

static void add(struct bars *bars, enum phase phase, double to_s) {
    if (to_s <= bars->to_s) {
        return;
    }
    if (bars->is_density) {
        add_density(bars, phase, to_s);
        return;
    }
    bool is_long = to_s - bars->to_s >= bars->least_s;
    if (is_long && bars->to_s - bars->from_s >= sliver * bars->least_s) {
        flush(bars); /* else the bar begins with the sliver before it */
    }
    fill(bars, phase, to_s);
    if (bars->to_s - bars->from_s >= bars->least_s) {
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
    bars->has_partial = false;
}

void bars_close(struct bars *bars) {
    free(bars->list);
    *bars = (struct bars){.list = NULL};
}
