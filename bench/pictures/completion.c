/* Draws the picture "completion": the printed, the predicted and the measured figure of
 * each model as bars one below the other, so that a wrong one is seen at once. Each
 * trial is a dot on the measured bar. */
#include "bench/pictures/finding.h"
#include "bench/pictures/picture.h"
#include "bench/pictures/scale.h"
#include "bench/pictures/value.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* Pixels. Up to MOST_WIDE models have a label at each of their bars; if there are more,
 * a model has one line of text. An interval that is narrower than LEAST_WHISKER cannot be
 * seen and is left out. */
enum {
    MOST_MODELS = 12,
    MOST_WIDE = 6,
    PLOT_BOTTOM = 70,
    NAME_GAP = 24,
    LABEL_GAP = 18,
    LEAST_WHISKER = 16,
};

struct completion {
    const struct subject *subject;
    struct sheet *sheet;
    size_t first; /* places */
    size_t end;
    bool has[VALUE_CLASSES]; /* some model has such a figure */
    struct scale scale;
};

static int count_pages(const struct subject *subject) {
    return picture_pages(subject, MOST_MODELS);
}

static bool is_wide(const struct completion *completion) {
    return completion->end - completion->first <= MOST_WIDE;
}

static const struct summary_model *model_at(const struct completion *completion,
                                            size_t place) {
    size_t entry = picture_entry(completion->subject, place);
    return &completion->subject->summary->models[entry];
}

static bool has_figures(const struct completion *completion) {
    return completion->has[VALUE_PRINTED] || completion->has[VALUE_PREDICTED] ||
           completion->has[VALUE_MEASURED];
}

/* No class has a row that is empty in every model, but the measured one, which says why.
 */
static bool has_row(const struct completion *completion, int class) {
    return completion->has[class] || class == VALUE_MEASURED;
}

static int count_rows(const struct completion *completion) {
    int rows = 0;
    for (int class = 0; class < VALUE_CLASSES; class ++) {
        rows += has_row(completion, class);
    }
    return rows;
}

/* The makespan of the next complete trial of a model, from trial *at on; NaN: there is
 * none. */
static double next_trial_s(const struct completion *completion,
                           const struct summary_model *model, size_t *at) {
    const struct subject *subject = completion->subject;
    while (*at < subject->trials->count) {
        const struct past_trial *trial = &subject->trials->list[(*at)++];
        if (past_trial_is_of(trial, subject->point_index, model->name) &&
            trial->is_valid && past_trial_failed(trial) == 0) {
            return scenario_seconds(&subject->point->scenario,
                                    trial->figures[TRIAL_MAKESPAN_NS]);
        }
    }
    return NAN;
}

/* How far a bar reaches, with its dots and its whisker. */
static double reach_s(const struct completion *completion,
                      const struct summary_model *model, enum value_class class) {
    double most_s = value_of(model, class);
    if (class == VALUE_MEASURED && isfinite(most_s)) {
        size_t at = 0;
        for (double s; isfinite(s = next_trial_s(completion, model, &at));) {
            most_s = fmax(most_s, s);
        }
        most_s = fmax(most_s, model->measured.high_s);
    }
    return most_s;
}

/* How far the label of a bar reaches beyond it. */
static double label_width(const struct completion *completion,
                          const struct summary_model *model, enum value_class class) {
    const struct axis *axis = &completion->scale.axis;
    char text[VALUE_TEXT_BYTES];
    char figure[AXIS_TEXT_BYTES] = "";
    value_write_label(model, class, axis, text);
    if (is_wide(completion)) {
        return sheet_width(completion->sheet,
                           class == VALUE_MEASURED ? TEXT_VALUE : TEXT_NOTE, text);
    }
    if (isfinite(value_of(model, VALUE_MEASURED))) {
        value_write_figure(model, VALUE_MEASURED, axis, figure);
    }
    value_write_line(model, axis, text);
    return sheet_after(completion->sheet, TEXT_VALUE, figure, 0) +
           sheet_width(completion->sheet, TEXT_NOTE, text);
}

/* Finds the shortest and the longest figure of all pages. */
static void find_range(struct completion *completion) {
    double shortest_s = INFINITY;
    double longest_s = 0;
    for (size_t i = 0; i < completion->subject->point->entry_count; i++) {
        const struct summary_model *model = &completion->subject->summary->models[i];
        for (int class = 0; class < VALUE_CLASSES; class ++) {
            double s = value_of(model, (enum value_class) class);
            completion->has[class] = completion->has[class] || isfinite(s);
            if (s > 0) {
                longest_s = fmax(longest_s, s);
                shortest_s = fmin(shortest_s, s);
            }
        }
    }
    completion->scale = scale_for(shortest_s, longest_s);
    if (completion->scale.is_log) { /* its tics are in seconds */
        completion->scale.axis = (struct axis){.unit = "s", .unit_s = 1, .step_s = 1};
    }
}

/* Finds the scale at which every label ends within the picture. */
static void find_scale(struct completion *completion) {
    double width = SHEET_WIDTH - SHEET_MARGIN - completion->scale.left;
    completion->scale.px = INFINITY;
    for (size_t i = completion->first; i < completion->end; i++) {
        const struct summary_model *model = model_at(completion, i);
        for (int class = 0; class < VALUE_CLASSES; class ++) {
            double s = reach_s(completion, model, (enum value_class) class);
            double length = scale_length(&completion->scale, s);
            double room = width - LABEL_GAP -
                          label_width(completion, model, (enum value_class) class);
            if (s > 0) {
                completion->scale.px = fmin(completion->scale.px, room / length);
            }
        }
    }
    if (!isfinite(completion->scale.px)) {
        completion->scale.px = width / completion->scale.longest_s;
    }
}

static bool draw_bar(struct completion *completion, const struct summary_model *model,
                     enum value_class class, double bottom, double top, double *end,
                     struct error *error) {
    double s = value_of(model, class);
    *end = completion->scale.left;
    if (!isfinite(s)) {
        return true;
    }
    double right = s > 0 ? fmax(scale_x(&completion->scale, s), *end + 1) : *end;
    double most_s = reach_s(completion, model, class);
    *end = most_s > 0 ? fmax(scale_x(&completion->scale, most_s), right) : right;
    return sheet_value(completion->sheet, class, model->name, s, completion->scale.left,
                       bottom, right, top, error);
}

/* True: the interval of the median is wide enough to be seen. A single trial has none.
 */
static bool has_whisker(const struct completion *completion,
                        const struct summary_model *model) {
    double low_s = model->measured.low_s;
    double high_s = model->measured.high_s;
    return low_s > 0 &&
           scale_x(&completion->scale, high_s) - scale_x(&completion->scale, low_s) >=
               LEAST_WHISKER;
}

static void draw_whisker(struct completion *completion,
                         const struct summary_model *model, double y, double cap) {
    double low = scale_x(&completion->scale, model->measured.low_s);
    double high = scale_x(&completion->scale, model->measured.high_s);
    sheet_line(completion->sheet, LINE_WHISKER, low, y, high, y);
    sheet_line(completion->sheet, LINE_WHISKER, low, y - cap, low, y + cap);
    sheet_line(completion->sheet, LINE_WHISKER, high, y - cap, high, y + cap);
}

/* Draws each trial of a model on its measured bar. The dots stand one below the other,
 * since most are equally long. */
static void draw_trials(struct completion *completion,
                        const struct summary_model *model, double bottom, double top) {
    double count = (double)model->measured.trials;
    double height = fmin((top - bottom) * 0.8, 40);
    size_t at = 0;
    int done = 0;
    if (model->measured.trials < 2) {
        return; /* the bar shows it */
    }
    for (double s; isfinite(s = next_trial_s(completion, model, &at)); done++) {
        double down = done / (count - 1) - 0.5;
        sheet_dot(completion->sheet, scale_x(&completion->scale, s),
                  (bottom + top) / 2 - down * height);
    }
    if (has_whisker(completion, model)) {
        draw_whisker(completion, model, (bottom + top) / 2, fmin(height / 2, 10));
    }
}

static bool draw_wide(struct completion *completion, const struct summary_model *model,
                      double top, double pitch, struct error *error) {
    int rows = count_rows(completion);
    double step = fmin(pitch * 0.84 / rows, 60);
    double middle = top - (pitch - step * rows) / 2 - step / 2;
    for (int i = 0; i < VALUE_CLASSES; i++) {
        enum value_class class = (enum value_class)i;
        if (!has_row(completion, i)) {
            continue;
        }
        char text[VALUE_TEXT_BYTES];
        double end;
        double half = step * 0.41;
        if (!draw_bar(completion, model, class, middle - half, middle + half, &end,
                      error)) {
            return false;
        }
        value_write_label(model, class, &completion->scale.axis, text);
        bool is_there = isfinite(value_of(model, class));
        sheet_text(completion->sheet,
                   class == VALUE_MEASURED && is_there ? TEXT_VALUE : TEXT_NOTE,
                   end + LABEL_GAP, middle, text);
        if (class == VALUE_MEASURED) {
            draw_trials(completion, model, middle - half, middle + half);
        }
        middle -= step;
    }
    return true;
}

static void draw_line(struct completion *completion, const struct summary_model *model,
                      double x, double middle) {
    const struct axis *axis = &completion->scale.axis;
    struct sheet *sheet = completion->sheet;
    char text[VALUE_TEXT_BYTES];
    char figure[AXIS_TEXT_BYTES];
    bool is_measured = isfinite(value_of(model, VALUE_MEASURED));
    if (is_measured) {
        value_write_figure(model, VALUE_MEASURED, axis, figure);
    } else {
        picture_missing(model, figure);
    }
    enum text_class class = is_measured ? TEXT_VALUE : TEXT_NOTE;
    sheet_text(sheet, class, x, middle, figure);
    value_write_line(model, axis, text);
    sheet_text(sheet, TEXT_NOTE, sheet_after(sheet, class, figure, x), middle, text);
}

static bool draw_narrow(struct completion *completion,
                        const struct summary_model *model, double top, double pitch,
                        struct error *error) {
    double ends[VALUE_CLASSES] = {0};
    double heights[] = {pitch * 0.15, pitch * 0.15, pitch * 0.46};
    double at = top - pitch * 0.12;
    for (int i = 0; i < VALUE_CLASSES; i++) {
        if (!has_row(completion, i)) {
            at -= heights[i] / 2; /* the rest stands in the middle */
            continue;
        }
        if (!draw_bar(completion, model, (enum value_class)i, at - heights[i], at,
                      &ends[i], error)) {
            return false;
        }
        at -= heights[i];
    }
    double x = fmax(fmax(ends[0], ends[1]), ends[2]) + LABEL_GAP;
    draw_trials(completion, model, at, at + heights[VALUE_MEASURED]);
    draw_line(completion, model, x, top - pitch / 2);
    return true;
}

/* Explains the colours. Adds its width to `x`. */
static bool draw_key(struct completion *completion, double y, double *x,
                     struct error *error) {
    static const char *const says[] = {"printed", "predicted", "measured"};
    for (int i = 0; i < VALUE_CLASSES; i++) {
        if (!completion->has[i]) {
            continue;
        }
        if (!sheet_value(completion->sheet, (enum value_class)i, "", NAN, *x, y - 12,
                         *x + 24, y + 12, error)) {
            return false;
        }
        sheet_text(completion->sheet, TEXT_LEGEND, *x + 34, y, says[i]);
        *x += 34 + sheet_width(completion->sheet, TEXT_LEGEND, says[i]) + 30;
    }
    return true;
}

/* Explains the dots and the whiskers, as far as there are some. */
static void explain_trials(const struct completion *completion,
                           char text[static FINDING_BYTES]) {
    const struct summary_model *most =
        summary_most_trials(completion->subject->summary);
    bool any = false;
    for (size_t i = completion->first; i < completion->end; i++) {
        any = any || has_whisker(completion, model_at(completion, i));
    }
    text[0] = '\0';
    if (most && most->measured.trials > 1) {
        snprintf(text, FINDING_BYTES, "(the median of %zu trials, each a dot%s)",
                 most->measured.trials,
                 !any                          ? ""
                 : most->measured.is_bootstrap ? "; whiskers: its 95 % interval"
                                               : "; whiskers: all of them");
    }
    if (completion->scale.is_log) {
        strcat(text, text[0] ? "; logarithmic axis" : "logarithmic axis");
    }
}

static bool draw_legend(struct completion *completion, double y, struct error *error) {
    double x = SHEET_MARGIN;
    char text[FINDING_BYTES];
    explain_trials(completion, text);
    bool ok = draw_key(completion, y, &x, error);
    sheet_text(completion->sheet, TEXT_LEGEND, x - 22, y, text);
    return ok;
}

static void choose_sizes(const struct completion *completion, double pitch) {
    int *text_px = completion->sheet->text_px;
    double step = pitch * 0.84 / count_rows(completion);
    if (!is_wide(completion)) {
        text_px[TEXT_NAME] = text_px[TEXT_VALUE] = 26;
        text_px[TEXT_NOTE] = 22;
    } else if (step < 40) {
        text_px[TEXT_VALUE] = (int)(step * 0.93);
        text_px[TEXT_NOTE] = (int)(step * 0.82);
    }
}

static bool draw(const struct subject *subject, int page, struct sheet *sheet,
                 struct error *error) {
    struct completion completion = {.subject = subject, .sheet = sheet};
    char title[FINDING_BYTES];
    char setting[FINDING_BYTES];
    char pace[FINDING_BYTES];
    completion.first = picture_page_models(subject, MOST_MODELS, page, &completion.end);
    double y = sheet_head(sheet, finding_agreement(subject->summary, title),
                          finding_setting(subject->summary, setting),
                          finding_pace(subject->summary, pace));
    double top = y - 48;
    double pitch = (top - PLOT_BOTTOM) / (double)(completion.end - completion.first);
    find_range(&completion);
    choose_sizes(&completion, pitch);
    completion.scale.left =
        SHEET_MARGIN + picture_names_width(subject, sheet) + NAME_GAP;
    find_scale(&completion);
    bool ok = draw_legend(&completion, y - 22, error);
    if (has_figures(&completion)) {
        scale_draw(&completion.scale, PLOT_BOTTOM, top, sheet);
    }
    for (size_t i = completion.first; ok && i < completion.end; i++) {
        double own_top = top - (double)(i - completion.first) * pitch;
        picture_name(subject, picture_entry(subject, i),
                     completion.scale.left - NAME_GAP, own_top - pitch / 2, sheet);
        ok = (is_wide(&completion) ? draw_wide : draw_narrow)(
            &completion, model_at(&completion, i), own_top, pitch, error);
    }
    return ok;
}

const struct picture picture_completion = {
    .name = "completion",
    .summary = "what is printed, predicted and measured, model by model",
    .applies = picture_applies_always,
    .count_pages = count_pages,
    .draw = draw,
};
