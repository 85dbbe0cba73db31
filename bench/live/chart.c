/* Bars along the time axis of a trial. A column is a stretch of time and shows the
 * phase that took most of it. */
#include "bench/live/chart.h"
#include "base/spoken_time.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static const char *const phase_words[LANE_PHASES] = {"waiting", "queue",    "send",
                                                     "backlog", "response", "done"};

/* A client that sends by itself may be sending before the API sees its request, so its
 * phase is "unseen" and not "waiting". */
const char *chart_word(const struct lanes *lanes, enum phase phase) {
    bool is_unseen = phase == PHASE_NONE && lanes->setup.client_sends;
    return is_unseen ? "unseen" : phase_words[phase];
}

static int digits(int64_t number) {
    char text[24];
    return snprintf(text, sizeof text, "%" PRId64, number);
}

/* An hour or more is also written as people say it: "43200.0 s, 12 h". */
enum { TIME_BYTES = 100, HOUR_S = 3600 };

static void write_time(const struct chart *chart, int64_t ns, char text[TIME_BYTES]) {
    char spoken[SPOKEN_TIME_BYTES];
    double seconds = scenario_seconds(chart->scenario, (double)ns);
    int used = snprintf(text, TIME_BYTES, "%.1f s", seconds);
    if (seconds >= HOUR_S && used < TIME_BYTES) {
        snprintf(text + used, (size_t)(TIME_BYTES - used), ", %s",
                 spoken_time_about(seconds, spoken));
    }
}

void chart_choose_columns(struct chart *chart, int least_bar_columns) {
    const struct lanes_setup *setup = &chart->lanes->setup;
    char end[TIME_BYTES];
    write_time(chart, lanes_axis_ns(chart->lanes), end);
    int label = digits(setup->conversations);
    label = label < 3 ? 3 : label; /* "0 s" */
    label = label < chart->label_columns ? chart->label_columns : label;
    int note = 8; /* "response" */
    if (setup->rounds > 1) {
        note += 2 * digits(setup->rounds) + 2; /* "12/30 " */
    }
    note = note > (int)strlen(end) ? note : (int)strlen(end);
    chart->bar_column = label + 1;
    chart->bar_columns = chart->grid->columns - chart->bar_column - 1 - note;
    if (chart->bar_columns < least_bar_columns) {
        chart->bar_columns = chart->grid->columns - chart->bar_column;
    }
    chart->note_column = chart->bar_column + chart->bar_columns + 1;
}

/* The number of columns of a bar that have begun at a time. */
static int columns_until(const struct chart *chart, int64_t at_ns) {
    double share = (double)at_ns / (double)lanes_axis_ns(chart->lanes);
    int columns = (int)(share * chart->bar_columns + 0.999);
    return columns < chart->bar_columns ? columns : chart->bar_columns;
}

static int columns_passed(const struct chart *chart) {
    return columns_until(chart, lanes_elapsed_ns(chart->lanes));
}

typedef double durations[LANE_PHASES];

/* Adds a part of a request to the columns that it covers. */
static void add_part(const struct chart *chart, const struct lane_part *part,
                     durations columns[]) {
    double width_ns = (double)lanes_axis_ns(chart->lanes) / chart->bar_columns;
    double begin = (double)part->begin_ns / width_ns;
    double end = (double)part->end_ns / width_ns;
    begin = begin > 0 ? begin : 0;
    end = end < chart->bar_columns ? end : chart->bar_columns;
    for (int i = (int)begin; i < end; i++) {
        double from = begin > i ? begin : i;
        double to = end < i + 1 ? end : i + 1;
        columns[i][part->phase] += to - from;
    }
}

/* The phase that took most of a column; the time that no phase took is waiting. A send
 * counts double: it is short, and in a long exhibition no column would show one. */
static enum phase choose_phase(const durations column, double passed) {
    enum phase chosen = PHASE_NONE;
    double most = passed;
    for (int phase = PHASE_QUEUE; phase < LANE_PHASES; phase++) {
        most -= column[phase];
    }
    for (int phase = PHASE_QUEUE; phase < LANE_PHASES; phase++) {
        double weight = column[phase] * (phase == PHASE_SEND ? 2 : 1);
        if (weight > most) {
            most = weight;
            chosen = (enum phase)phase;
        }
    }
    return chosen;
}

static void draw_bar(const struct chart *chart, int row, int32_t lane) {
    durations columns[GRID_MOST_COLUMNS] = {{0}};
    struct lane_part parts[LANE_MOST_PARTS];
    const struct lanes *lanes = chart->lanes;
    int64_t end_ns = lanes_elapsed_ns(lanes);
    enum phase now = lanes_phase(lanes, lane);
    for (int32_t round = 0; round <= lanes->rounds[lane]; round++) {
        const struct witness_record *record = lanes_record(lanes, lane, round);
        int count = record ? lanes_parts(lanes, record, parts) : 0;
        for (int i = 0; i < count; i++) {
            add_part(chart, &parts[i], columns);
        }
        if (record && now == LANE_DONE) {
            end_ns = record->answered_ns - lanes->start_ns;
        }
    }
    double passed = (double)end_ns / (double)lanes_axis_ns(lanes) * chart->bar_columns;
    for (int i = 0; i < chart->bar_columns && i < passed; i++) {
        /* The column of the present time shows the present phase. */
        bool is_now = passed <= i + 1 && now != LANE_DONE;
        enum phase phase =
            is_now ? now : choose_phase(columns[i], passed < i + 1 ? passed - i : 1);
        grid_glyph(chart->grid, row, chart->bar_column + i, ink_of_phase(phase),
                   ink_glyph(phase, chart->grid->utf8));
    }
}

/* The words have the terminal's own ink: the colours of the bars lie between black and
 * white, and letters in them are faint on one of the two. */
static void draw_note(const struct chart *chart, int row, int32_t lane) {
    const struct lanes *lanes = chart->lanes;
    enum phase phase = lanes_phase(lanes, lane);
    int32_t rounds = lanes->setup.rounds;
    int32_t round = lanes->rounds[lane];
    int column = chart->note_column;
    if (rounds > 1) {
        char text[40];
        int width = digits(rounds);
        snprintf(text, sizeof text, "%*" PRId32 "/%" PRId32 " ", width, round + 1,
                 rounds);
        column = grid_text(chart->grid, row, column, INK_PLAIN, text);
    }
    const struct witness_record *last =
        round >= 0 ? lanes_record(lanes, lane, round) : NULL;
    if (last && last->status >= 400) {
        grid_text(chart->grid, row, column, INK_FAILED, "failed");
    } else {
        grid_text(chart->grid, row, column, INK_PLAIN, chart_word(lanes, phase));
    }
}

/* Sums up the lanes that have no row: "180 more: ", and how many are in each phase. */
static void draw_rest(const struct chart *chart, int row, int32_t first) {
    int64_t counts[LANE_PHASES] = {0};
    char text[80];
    int column = chart->bar_column;
    for (int32_t lane = first; lane < chart->lanes->lane_count; lane++) {
        counts[lanes_phase(chart->lanes, lane)]++;
    }
    snprintf(text, sizeof text, "%" PRId32 " more: ", chart->lanes->lane_count - first);
    column = grid_text(chart->grid, row, column, INK_PLAIN, text);
    for (int phase = LANE_DONE; phase >= PHASE_NONE; phase--) {
        if (counts[phase] > 0) {
            snprintf(text, sizeof text, "%" PRId64 " %s  ", counts[phase],
                     chart_word(chart->lanes, (enum phase)phase));
            column = grid_text(chart->grid, row, column, INK_PLAIN, text);
        }
    }
}

void chart_draw_lanes(const struct chart *chart) {
    int32_t count = chart->lanes->lane_count;
    int32_t shown = count <= chart->rows ? count : chart->rows - 1;
    for (int32_t lane = 0; lane < shown; lane++) {
        char number[16];
        int row = chart->first_row + lane;
        snprintf(number, sizeof number, "%" PRId32, lane + 1);
        grid_text_before(chart->grid, row, chart->bar_column - 1, INK_PLAIN, number);
        draw_bar(chart, row, lane);
        draw_note(chart, row, lane);
    }
    if (shown < count) {
        draw_rest(chart, chart->first_row + shown, shown);
    }
}

/* A glyph that fills a cell from the bottom up to the share. */
static const char *level(double share, bool utf8) {
    static const char *const levels[2][9] = {
        {" ", ".", ".", ":", ":", "+", "+", "*", "#"},
        {" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"},
    };
    int step = (int)(share * 8 + 0.5);
    step = step < 1 && share > 0.005 ? 1 : step; /* a small share is visible */
    return levels[utf8][step < 8 ? step : 8];
}

/* If several requests are sent at a time, their sum, cut at the whole column, stands
 * for their union. */
void chart_draw_sending(const struct chart *chart, int row) {
    durations columns[GRID_MOST_COLUMNS] = {{0}};
    const struct lanes *lanes = chart->lanes;
    for (int32_t lane = 0; lane < lanes->lane_count; lane++) {
        for (int32_t round = 0; round <= lanes->rounds[lane]; round++) {
            struct lane_part parts[LANE_MOST_PARTS];
            const struct witness_record *record = lanes_record(lanes, lane, round);
            int count = record ? lanes_parts(lanes, record, parts) : 0;
            for (int i = 0; i < count; i++) {
                add_part(chart, &parts[i], columns);
            }
        }
    }
    for (int i = 0; i < columns_passed(chart); i++) {
        grid_glyph(chart->grid, row, chart->bar_column + i, INK_SEND,
                   level(columns[i][PHASE_SEND], chart->grid->utf8));
    }
    grid_text(chart->grid, row, chart->note_column, INK_PLAIN, "sending");
}

/* Divides the rows among the phases by their shares. A phase with any conversation has
 * at least one row, taken from the highest: one request in flight of 10,000 is
 * visible. */
static void share_rows(const int64_t counts[], int64_t total, int rows,
                       int heights[static LANE_PHASES]) {
    int used = 0;
    for (int phase = PHASE_QUEUE; phase < LANE_PHASES; phase++) {
        int64_t count = counts[phase] > 0 ? counts[phase] : 0;
        heights[phase] = (int)((count * rows + total / 2) / total);
        heights[phase] += count > 0 && heights[phase] == 0;
        used += heights[phase];
    }
    heights[PHASE_NONE] = 0;
    while (used > rows) {
        int highest = PHASE_QUEUE;
        for (int phase = PHASE_QUEUE; phase < LANE_PHASES; phase++) {
            highest = heights[phase] > heights[highest] ? phase : highest;
        }
        heights[highest]--;
        used--;
    }
}

static void draw_stack(const struct chart *chart, int column,
                       const int64_t counts[static LANE_PHASES]) {
    int heights[LANE_PHASES];
    int row = chart->first_row + chart->rows;
    share_rows(counts, chart->lanes->setup.conversations, chart->rows, heights);
    for (int phase = LANE_DONE; phase > PHASE_NONE; phase--) {
        for (int i = 0; i < heights[phase]; i++) {
            grid_glyph(chart->grid, --row, chart->bar_column + column,
                       ink_of_phase((enum phase)phase),
                       ink_glyph((enum phase)phase, chart->grid->utf8));
        }
    }
}

/* Labels the upper and the lower end of the vertical axis. */
static void draw_scale(const struct chart *chart) {
    char most[16];
    snprintf(most, sizeof most, "%" PRId32, chart->lanes->setup.conversations);
    int end = chart->bar_column - 1;
    grid_text_before(chart->grid, chart->first_row, end, INK_FAINT, most);
    grid_text_before(chart->grid, chart->first_row + chart->rows - 1, end, INK_FAINT,
                     "0");
}

void chart_draw_counts(const struct chart *chart) {
    int64_t axis_ns = lanes_axis_ns(chart->lanes);
    int64_t elapsed_ns = lanes_elapsed_ns(chart->lanes);
    int passed = columns_passed(chart);
    for (int column = 0; column < passed; column++) {
        int64_t counts[LANE_PHASES];
        int64_t end_ns = (int64_t)((double)axis_ns * (column + 1) / chart->bar_columns);
        population_at(&chart->lanes->population,
                      end_ns < elapsed_ns ? end_ns : elapsed_ns, counts);
        draw_stack(chart, column, counts);
    }
    draw_scale(chart);
}

void chart_draw_line(const struct chart *chart, int row, int64_t makespan_ns) {
    char text[TIME_BYTES];
    for (int i = 0; i < columns_until(chart, makespan_ns); i++) {
        grid_glyph(chart->grid, row, chart->bar_column + i, INK_DONE,
                   chart->grid->utf8 ? "━" : "+");
    }
    write_time(chart, makespan_ns, text);
    grid_text(chart->grid, row, chart->note_column, INK_PLAIN, text);
}

/* The glyph of a column of the axis. A mark between now and the end of the axis shows
 * where the trial is predicted to end. */
static const char *axis_glyph(const struct chart *chart, int column, int passed) {
    bool utf8 = chart->grid->utf8;
    int64_t predicted_ns = chart->lanes->setup.predicted_ns;
    int predicted = columns_until(chart, predicted_ns);
    if (column == passed - 1) {
        return utf8 ? "▲" : "^";
    }
    if (column < passed) {
        return utf8 ? "━" : "=";
    }
    if (column == predicted - 1 && predicted_ns < lanes_axis_ns(chart->lanes)) {
        return utf8 ? "│" : "|";
    }
    return utf8 ? "┈" : "-";
}

void chart_draw_axis(const struct chart *chart, int row) {
    int passed = columns_passed(chart);
    char end[TIME_BYTES];
    for (int i = 0; i < chart->bar_columns; i++) {
        grid_glyph(chart->grid, row, chart->bar_column + i,
                   i < passed ? INK_PLAIN : INK_FAINT, axis_glyph(chart, i, passed));
    }
    grid_text_before(chart->grid, row, chart->bar_column - 1, INK_FAINT, "0 s");
    write_time(chart, lanes_axis_ns(chart->lanes), end);
    grid_text(chart->grid, row, chart->note_column, INK_FAINT, end);
}
