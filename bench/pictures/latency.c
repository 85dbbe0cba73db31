/* Draws the picture "latency": how long single requests took in each model, as a
 * distribution with its median and its 99th percentile, beside the latency that the
 * scenario promises. A model that is fast as a whole may let single requests wait. */
#include "bench/pictures/legend.h"
#include "bench/pictures/performance.h"
#include "bench/pictures/spread.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* Pixels. */
enum {
    MOST_PANELS = 12,
    PLOT_BOTTOM = 70,
    NAME_GAP = 24,
    LABEL_GAP = 24,
    BINS = 240,
    LEAST_BIN = 2, /* the height of a bin with one request */
    TWO_LINES = 62,
    LINE_PITCH = 34,
};

struct latency_page {
    const struct subject *subject;
    struct performance list[MOST_PANELS];
    struct spread spreads[MOST_PANELS];
    int count;
    double longest_s;
    double promised_s; /* NaN: the API promises nothing */
    struct axis axis;
    double left;
    double right;
    bool has_two_lines;
};

static int count_pages(const struct subject *subject) {
    return picture_pages(subject, MOST_PANELS);
}

/* True: its requests all succeeded, so that their times can be compared. */
static bool is_shown(const struct latency_page *page, int index) {
    const struct performance *performance = &page->list[index];
    return performance->is_measured && performance->failed == 0 &&
           page->spreads[index].count > 0;
}

static double promised_s(const struct scenario *scenario) {
    double ns = latency_mean_ns(scenario->send) + latency_mean_ns(scenario->response);
    return scenario->url_file ? NAN : ns / 1e9;
}

static bool load(struct latency_page *page, int number, struct error *error) {
    page->promised_s = promised_s(&page->subject->point->scenario);
    if (!performance_open_page(page->subject, MOST_PANELS, number, page->list,
                               &page->count, error)) {
        return false;
    }
    page->longest_s = isfinite(page->promised_s) ? page->promised_s : 0;
    for (int i = 0; i < page->count; i++) {
        if (!page->list[i].is_measured) {
            continue;
        }
        if (!spread_open(&page->spreads[i], &page->list[i].course)) {
            return error_failed(error, "out of memory for the latencies");
        }
        if (is_shown(page, i)) {
            page->longest_s = fmax(page->longest_s, spread_at(&page->spreads[i], 1));
        }
    }
    page->longest_s = page->longest_s > 0 ? page->longest_s : 1;
    page->axis = axis_for(page->longest_s, 8);
    return true;
}

/* Writes "half within 60.1 s" and "99 % within 115 s". */
static void write_label(const struct latency_page *page, int index,
                        char half[static 2 * AXIS_TEXT_BYTES],
                        char most[static 2 * AXIS_TEXT_BYTES]) {
    char time[AXIS_TEXT_BYTES];
    const struct spread *spread = &page->spreads[index];
    snprintf(half, 2 * AXIS_TEXT_BYTES, "p50 %s",
             axis_figure(&page->axis, spread_at(spread, 0.5), time));
    snprintf(most, 2 * AXIS_TEXT_BYTES, "p99 %s",
             axis_figure(&page->axis, spread_at(spread, 0.99), time));
}

/* Places the axis between the names and the widest label. */
static void place_sides(struct latency_page *page, struct sheet *sheet) {
    double widest = 0;
    page->left = SHEET_MARGIN + picture_names_width(page->subject, sheet) + NAME_GAP;
    for (int i = 0; i < page->count; i++) {
        char half[2 * AXIS_TEXT_BYTES];
        char most[2 * AXIS_TEXT_BYTES];
        if (is_shown(page, i)) {
            write_label(page, i, half, most);
            double wide = sheet_width(sheet, TEXT_VALUE, half);
            double note = sheet_width(sheet, TEXT_NOTE, most);
            widest = fmax(widest, page->has_two_lines ? fmax(wide, note)
                                                      : wide + LABEL_GAP + note);
        }
    }
    page->right = SHEET_WIDTH - SHEET_MARGIN - LABEL_GAP - widest;
}

static double x_of(const struct latency_page *page, double s) {
    return page->left + s / page->longest_s * (page->right - page->left);
}

/* Draws the bins, each as high as its part of the fullest one. */
static void draw_bins(const struct latency_page *page, int index, double bottom,
                      double height, struct sheet *sheet) {
    int64_t counts[BINS];
    int64_t fullest = 1;
    double width = (page->right - page->left) / BINS;
    spread_count(&page->spreads[index], page->longest_s, BINS, counts);
    for (int i = 0; i < BINS; i++) {
        fullest = counts[i] > fullest ? counts[i] : fullest;
    }
    for (int i = 0; i < BINS; i++) {
        if (counts[i] > 0) {
            double high = height * (double)counts[i] / (double)fullest;
            sheet_block(sheet, PHASE_RESPONSE, page->left + i * width, bottom,
                        page->left + (i + 1) * width, bottom + fmax(high, LEAST_BIN));
        }
    }
}

static void draw_figures(const struct latency_page *page, int index, double middle,
                         struct sheet *sheet) {
    char half[2 * AXIS_TEXT_BYTES];
    char most[2 * AXIS_TEXT_BYTES];
    double x = page->right + LABEL_GAP;
    double off = page->has_two_lines ? LINE_PITCH / 2.0 : 0;
    write_label(page, index, half, most);
    sheet_text(sheet, TEXT_VALUE, x, middle + off, half);
    if (!page->has_two_lines) {
        x += sheet_width(sheet, TEXT_VALUE, half) + LABEL_GAP;
    }
    sheet_text(sheet, TEXT_NOTE, x, middle - off, most);
}

static void draw_panel(const struct latency_page *page, int index, double bottom,
                       double pitch, struct sheet *sheet) {
    const struct performance *performance = &page->list[index];
    double height = pitch * 0.78;
    double middle = bottom + height / 2;
    char text[AXIS_TEXT_BYTES];
    picture_name(page->subject, performance->entry, page->left - NAME_GAP, middle,
                 sheet);
    if (!performance->is_measured) {
        picture_excuse(performance->model, page->left + LABEL_GAP, middle, sheet);
        return;
    }
    if (!is_shown(page, index)) {
        sheet_text(sheet, TEXT_NOTE, page->left + LABEL_GAP, middle,
                   performance_failure(performance, text));
        return;
    }
    const struct spread *spread = &page->spreads[index];
    double half = x_of(page, spread_at(spread, 0.5));
    double most = x_of(page, spread_at(spread, 0.99));
    draw_bins(page, index, bottom, height, sheet);
    sheet_line(sheet, LINE_FRAME, page->left, bottom, page->right, bottom);
    sheet_line(sheet, LINE_MAKESPAN, half, bottom, half, bottom + height);
    sheet_line(sheet, LINE_WHISKER, most, bottom, most, bottom + height * 0.5);
    draw_figures(page, index, middle, sheet);
}

/* Says how long single requests took in the fastest model, or in the first one. */
static void write_title(const struct latency_page *page,
                        char text[static FINDING_BYTES]) {
    const struct summary_model *fastest = finding_fastest(page->subject->summary);
    int chosen = -1;
    for (int i = 0; i < page->count; i++) {
        bool is_it = page->list[i].model == fastest;
        chosen = is_shown(page, i) && (chosen < 0 || is_it) ? i : chosen;
    }
    if (chosen < 0) {
        finding_speed(page->subject->summary, text);
        return;
    }
    char half[AXIS_TEXT_BYTES];
    char most[AXIS_TEXT_BYTES];
    char promised[AXIS_TEXT_BYTES];
    const struct spread *spread = &page->spreads[chosen];
    axis_figure(&page->axis, spread_at(spread, 0.5), half);
    axis_figure(&page->axis, spread_at(spread, 0.99), most);
    int used = snprintf(text, FINDING_BYTES,
                        "%.30s: half of the requests within %s, "
                        "99 %% within %s",
                        page->list[chosen].model->name, half, most);
    if (isfinite(page->promised_s)) {
        snprintf(text + used, FINDING_BYTES - (size_t)used, "; promised %s",
                 axis_figure(&page->axis, page->promised_s, promised));
    }
}

static void draw_legend(const struct latency_page *page, double y,
                        struct sheet *sheet) {
    struct legend legend = {.count = 0};
    const char *texts[COURSE_PHASES] = {
        [PHASE_RESPONSE] = "requests by their time, from begin to end"};
    legend_add_phases(&legend, texts);
    legend_add(&legend, LEGEND_NOTE, "long line: p50, short line: p99");
    if (isfinite(page->promised_s)) {
        char text[2 * AXIS_TEXT_BYTES];
        char time[AXIS_TEXT_BYTES];
        bool is_drawn = scenario_is_drawn(&page->subject->point->scenario);
        snprintf(text, sizeof text, "dashed: promised%s %s",
                 is_drawn ? " on average" : "",
                 axis_figure(&page->axis, page->promised_s, time));
        legend_add(&legend, LEGEND_NOTE, text);
    }
    legend_draw(&legend, y, sheet);
}

static void draw_page(struct latency_page *page, struct sheet *sheet) {
    const struct summary_point *summary = page->subject->summary;
    char title[FINDING_BYTES];
    char setting[FINDING_BYTES];
    char pace[FINDING_BYTES];
    write_title(page, title);
    double y = sheet_head(sheet, title, finding_setting(summary, setting),
                          finding_pace(summary, pace));
    double top = y - 56;
    double pitch = (top - PLOT_BOTTOM) / (page->count > 0 ? page->count : 1);
    page->has_two_lines = pitch * 0.78 >= TWO_LINES;
    sheet->text_px[TEXT_VALUE] = sheet->text_px[TEXT_NAME] = 28;
    sheet->text_px[TEXT_NOTE] = 26;
    place_sides(page, sheet);
    draw_legend(page, y - 22, sheet);
    sheet_axis(sheet, &page->axis, page->longest_s, page->left,
               (page->right - page->left) / page->longest_s, PLOT_BOTTOM, top);
    for (int i = 0; i < page->count; i++) {
        draw_panel(page, i, top - (i + 1) * pitch, pitch, sheet);
    }
    if (isfinite(page->promised_s)) {
        double x = x_of(page, page->promised_s);
        sheet_line(sheet, LINE_PROMISE, x, PLOT_BOTTOM, x, top);
    }
}

static bool draw(const struct subject *subject, int number, struct sheet *sheet,
                 struct error *error) {
    struct latency_page *page = calloc(1, sizeof *page);
    if (!page) {
        return error_failed(error, "out of memory for the latencies");
    }
    page->subject = subject;
    bool ok = load(page, number, error);
    if (ok) {
        draw_page(page, sheet);
    }
    for (int i = 0; i < page->count; i++) {
        spread_close(&page->spreads[i]);
    }
    performance_close_all(page->list, page->count);
    free(page);
    return ok;
}

const struct picture picture_latency = {
    .name = "latency",
    .summary = "how long single requests took, beside what is promised",
    .applies = picture_applies_always,
    .count_pages = count_pages,
    .draw = draw,
};
