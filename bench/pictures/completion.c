/* Draws the picture "completion": the printed, the predicted and the measured figure of
 * each model as bars one below the other, so that a wrong one is seen at once. */
#include "bench/pictures/finding.h"
#include "bench/pictures/picture.h"
#include "bench/pictures/scale.h"
#include "bench/pictures/value.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* Pixels. Up to MOST_WIDE models have a label at each of their three bars; if there are
 * more, a model has one line of text. */
enum {
    MOST_MODELS = 12,
    MOST_WIDE = 6,
    PLOT_BOTTOM = 70,
    NAME_GAP = 24,
    LABEL_GAP = 14,
};

struct completion {
    const struct subject *subject;
    struct sheet *sheet;
    size_t first;
    size_t end;
    struct scale scale;
};

static int count_pages(const struct subject *subject) {
    return picture_pages(subject, MOST_MODELS);
}

static bool is_wide(const struct completion *completion) {
    return completion->end - completion->first <= MOST_WIDE;
}

/* How far the label of a bar reaches beyond it. */
static double label_width(const struct completion *completion,
                          const struct summary_model *model, enum value_class class) {
    char text[VALUE_TEXT_BYTES];
    value_write_label(model, class, text);
    if (is_wide(completion)) {
        return sheet_width(completion->sheet,
                           class == VALUE_MEASURED ? TEXT_VALUE : TEXT_NOTE, text);
    }
    double width = sheet_width(completion->sheet, TEXT_VALUE, "43,200.0 s") + 16;
    value_write_line(model, text);
    return width + sheet_width(completion->sheet, TEXT_NOTE, text);
}

/* Finds the shortest and the longest figure of all pages. */
static void find_range(struct completion *completion) {
    double shortest_s = INFINITY;
    double longest_s = 0;
    for (size_t i = 0; i < completion->subject->point->entry_count; i++) {
        const struct summary_model *model = &completion->subject->summary->models[i];
        for (int class = 0; class < VALUE_CLASSES; class ++) {
            double s = value_of(model, (enum value_class) class);
            if (s > 0) {
                longest_s = fmax(longest_s, s);
                shortest_s = fmin(shortest_s, s);
            }
        }
    }
    completion->scale = scale_for(shortest_s, longest_s);
}

/* Finds the scale at which every label ends within the picture. */
static void find_scale(struct completion *completion) {
    const struct subject *subject = completion->subject;
    double width = SHEET_WIDTH - SHEET_MARGIN - completion->scale.left;
    completion->scale.px = INFINITY;
    for (size_t i = completion->first; i < completion->end; i++) {
        const struct summary_model *model = &subject->summary->models[i];
        for (int class = 0; class < VALUE_CLASSES; class ++) {
            double s = value_reach(model, (enum value_class) class);
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

static bool draw_bar(struct completion *completion, size_t entry,
                     enum value_class class, double bottom, double top, double *end,
                     struct error *error) {
    const struct summary_model *model = &completion->subject->summary->models[entry];
    double s = value_of(model, class);
    *end = completion->scale.left;
    if (!isfinite(s)) {
        return true;
    }
    double right = s > 0 ? fmax(scale_x(&completion->scale, s), *end + 1) : *end;
    double reach_s = value_reach(model, class);
    *end = reach_s > 0 ? fmax(scale_x(&completion->scale, reach_s), right) : right;
    return sheet_value(completion->sheet, class,
                       completion->subject->point->entries[entry].model.name, s,
                       completion->scale.left, bottom, right, top, error);
}

/* Draws the interval of the median; a single trial has none. */
static void draw_whisker(struct completion *completion,
                         const struct summary_model *model, double y, double cap) {
    double low_s = model->measured.low_s;
    double high_s = model->measured.high_s;
    if (low_s > 0 && high_s > low_s) {
        double low = scale_x(&completion->scale, low_s);
        double high = scale_x(&completion->scale, high_s);
        sheet_line(completion->sheet, LINE_WHISKER, low, y, high, y);
        sheet_line(completion->sheet, LINE_WHISKER, low, y - cap, low, y + cap);
        sheet_line(completion->sheet, LINE_WHISKER, high, y - cap, high, y + cap);
    }
}

static bool draw_wide(struct completion *completion, size_t entry, double top,
                      double pitch, struct error *error) {
    const struct summary_model *model = &completion->subject->summary->models[entry];
    double step = fmin(pitch * 0.84 / VALUE_CLASSES, 60);
    double first = top - (pitch - step * VALUE_CLASSES) / 2;
    for (int i = 0; i < VALUE_CLASSES; i++) {
        enum value_class class = (enum value_class)i;
        char text[VALUE_TEXT_BYTES];
        double end;
        double middle = first - (i + 0.5) * step;
        if (!draw_bar(completion, entry, class, middle - step * 0.41,
                      middle + step * 0.41, &end, error)) {
            return false;
        }
        value_write_label(model, class, text);
        bool is_there = isfinite(value_of(model, class));
        sheet_text(completion->sheet,
                   class == VALUE_MEASURED && is_there ? TEXT_VALUE : TEXT_NOTE,
                   end + LABEL_GAP, middle, text);
        if (class == VALUE_MEASURED) {
            draw_whisker(completion, model, middle, step * 0.25);
        }
    }
    return true;
}

static bool draw_narrow(struct completion *completion, size_t entry, double top,
                        double pitch, struct error *error) {
    const struct summary_model *model = &completion->subject->summary->models[entry];
    char text[VALUE_TEXT_BYTES];
    char figure[AXIS_TEXT_BYTES];
    double ends[VALUE_CLASSES];
    double heights[] = {pitch * 0.15, pitch * 0.15, pitch * 0.46};
    double at = top - pitch * 0.12;
    for (int i = 0; i < VALUE_CLASSES; i++) {
        if (!draw_bar(completion, entry, (enum value_class)i, at - heights[i], at,
                      &ends[i], error)) {
            return false;
        }
        at -= heights[i];
    }
    double middle = top - pitch / 2;
    double x = fmax(fmax(ends[0], ends[1]), ends[2]) + LABEL_GAP;
    bool is_measured = isfinite(value_of(model, VALUE_MEASURED));
    if (is_measured) {
        value_write_figure(model, VALUE_MEASURED, figure);
        draw_whisker(completion, model, at + heights[VALUE_MEASURED] / 2, 6);
    } else {
        picture_missing(model, figure);
    }
    sheet_text(completion->sheet, TEXT_VALUE, x, middle, figure);
    value_write_line(model, text);
    sheet_text(completion->sheet, TEXT_NOTE,
               x + sheet_width(completion->sheet, TEXT_VALUE, figure) + 16, middle,
               text);
    return true;
}

/* Explains the colours, for bars without labels. Adds its width to `x`. */
static bool draw_key(struct completion *completion, double y, double *x,
                     struct error *error) {
    static const char *const says[] = {"printed", "predicted", "measured"};
    for (int i = 0; i < VALUE_CLASSES; i++) {
        if (!sheet_value(completion->sheet, (enum value_class)i, "", NAN, *x, y - 12,
                         *x + 24, y + 12, error)) {
            return false;
        }
        sheet_text(completion->sheet, TEXT_LEGEND, *x + 34, y, says[i]);
        *x += 34 + sheet_width(completion->sheet, TEXT_LEGEND, says[i]) + 30;
    }
    return true;
}

static bool draw_legend(struct completion *completion, double y, struct error *error) {
    double x = SHEET_MARGIN;
    if (!is_wide(completion) && !draw_key(completion, y, &x, error)) {
        return false;
    }
    const struct summary_model *most =
        summary_most_trials(completion->subject->summary);
    bool has_interval = most && most->measured.trials > 1;
    char text[200] = "";
    if (has_interval) {
        snprintf(text, sizeof text, "%s median of %zu trials, whiskers: %s",
                 is_wide(completion) ? "measured: the" : "(the", most->measured.trials,
                 most->measured.is_bootstrap ? "its 95 % interval" : "all of them");
    }
    if (has_interval && !is_wide(completion)) {
        strcat(text, ")");
    }
    if (completion->scale.is_log) {
        strcat(text, text[0] ? "; logarithmic axis" : "logarithmic axis");
    }
    sheet_text(completion->sheet, TEXT_LEGEND, x, y, text);
    return true;
}

static bool draw(const struct subject *subject, int page, struct sheet *sheet,
                 struct error *error) {
    struct completion completion = {.subject = subject, .sheet = sheet};
    char title[FINDING_BYTES];
    char about[FINDING_BYTES];
    char setting[FINDING_BYTES];
    completion.first = picture_page_models(subject, MOST_MODELS, page, &completion.end);
    double y = sheet_head(sheet, finding_agreement(subject->summary, title),
                          finding_subject(subject->summary, about),
                          finding_setting(subject->summary, setting));
    double top = y - 48;
    double pitch = (top - PLOT_BOTTOM) / (double)(completion.end - completion.first);
    if (!is_wide(&completion)) {
        sheet->text_px[TEXT_NAME] = sheet->text_px[TEXT_VALUE] = 26;
        sheet->text_px[TEXT_NOTE] = 22;
    } else if (pitch * 0.28 < 40) {
        sheet->text_px[TEXT_VALUE] = (int)(pitch * 0.26);
        sheet->text_px[TEXT_NOTE] = (int)(pitch * 0.23);
    }
    find_range(&completion);
    completion.scale.left =
        SHEET_MARGIN + picture_names_width(subject, sheet) + NAME_GAP;
    find_scale(&completion);
    bool ok = draw_legend(&completion, y - 22, error);
    scale_draw(&completion.scale, PLOT_BOTTOM, top, sheet);
    for (size_t i = completion.first; ok && i < completion.end; i++) {
        double own_top = top - (double)(i - completion.first) * pitch;
        picture_name(subject, i, completion.scale.left - NAME_GAP, own_top - pitch / 2,
                     sheet);
        ok = (is_wide(&completion) ? draw_wide : draw_narrow)(&completion, i, own_top,
                                                              pitch, error);
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
