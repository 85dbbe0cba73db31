/* The completion times: of each model what is printed, predicted and measured, one
 * below the other, so that who is wrong stands out. */
#include "bench/cell.h"
#include "bench/field.h"
#include "bench/pictures/finding.h"
#include "bench/pictures/picture.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* Pixels. Up to MOST_WIDE models have three bars with a label each; more have one line
 * each. */
enum {
    MOST_MODELS = 12,
    MOST_WIDE = 6,
    PLOT_BOTTOM = 70,
    NAME_GAP = 24,
    LABEL_GAP = 14,
    VALUE_CLASSES = 3,
    TEXT_BYTES = 160,
};

/* From this ratio of the largest to the smallest on, the axis is logarithmic: on a
 * linear one the smallest would be thinner than its line. */
static const double most_linear_ratio = 250;

struct completion {
    const struct subject *subject;
    struct sheet *sheet;
    size_t first;
    size_t end;
    bool is_log;
    double from_s; /* where a logarithmic axis begins */
    double longest_s;
    double left;
    double px; /* a second; a decade, where logarithmic */
    struct axis axis;
};

static int count_pages(const struct subject *subject) {
    return picture_pages(subject, MOST_MODELS);
}

static double value_of(const json_t *model, enum value_class class) {
    return class == VALUE_PRINTED ? field_number(model, "printed_s")
           : class == VALUE_PREDICTED
               ? field_number(json_object_get(model, "predicted"), "simulated_s")
               : finding_median_s(model);
}

/* How far a bar reaches, with its whisker. */
static double reach_of(const json_t *model, enum value_class class) {
    double high_s = field_number(json_object_get(model, "measured"), "high_s");
    double s = value_of(model, class);
    return class == VALUE_MEASURED && high_s > s ? high_s : s;
}

static double x_of(const struct completion *completion, double s) {
    return completion->left +
           completion->px * (completion->is_log ? log10(s / completion->from_s) : s);
}

/* Printed figures are said as they were printed. */
static void write_figure(const json_t *model, enum value_class class,
                         char text[static AXIS_TEXT_BYTES]) {
    double s = value_of(model, class);
    if (class == VALUE_PRINTED) {
        snprintf(text, AXIS_TEXT_BYTES - 16, "%.10g", s);
        cell_group_thousands(text);
        strcat(text, " s");
    } else {
        axis_exact(s, text);
    }
}

static void write_label(const json_t *model, enum value_class class,
                        char text[static TEXT_BYTES]) {
    static const char *const says[] = {"printed", "predicted", "measured"};
    static const char *const lacks[] = {"nothing printed", "no prediction", ""};
    char figure[AXIS_TEXT_BYTES];
    if (isfinite(value_of(model, class))) {
        write_figure(model, class, figure);
        snprintf(text, TEXT_BYTES, "%s %s", figure, says[class]);
    } else if (class == VALUE_MEASURED) {
        snprintf(text, TEXT_BYTES, "%s", picture_missing(model, figure));
    } else {
        snprintf(text, TEXT_BYTES, "%s", lacks[class]);
    }
}

/* Of many models, all in one line; what is measured stands before, in bold. */
static void write_line(const json_t *model, char text[static TEXT_BYTES]) {
    char predicted[TEXT_BYTES];
    char printed[TEXT_BYTES] = "";
    write_label(model, VALUE_PREDICTED, predicted);
    write_label(model, VALUE_PRINTED, printed);
    bool is_printed = isfinite(value_of(model, VALUE_PRINTED));
    snprintf(text, TEXT_BYTES, "%.70s%s%.70s", predicted, is_printed ? ", " : "",
             is_printed ? printed : "");
}

static bool is_wide(const struct completion *completion) {
    return completion->end - completion->first <= MOST_WIDE;
}

/* How far the label of a bar reaches beyond it. */
static double label_width(const struct completion *completion, const json_t *model,
                          enum value_class class) {
    char text[TEXT_BYTES];
    write_label(model, class, text);
    if (is_wide(completion)) {
        return sheet_width(completion->sheet,
                           class == VALUE_MEASURED ? TEXT_VALUE : TEXT_NOTE, text);
    }
    double width = sheet_width(completion->sheet, TEXT_VALUE, "43,200.0 s") + 16;
    write_line(model, text);
    return width + sheet_width(completion->sheet, TEXT_NOTE, text);
}

/* The longest and the shortest figure on any page. */
static void find_range(struct completion *completion) {
    double shortest_s = INFINITY;
    for (size_t i = 0; i < completion->subject->planned->entry_count; i++) {
        const json_t *model = picture_model(completion->subject, i);
        for (int class = 0; class < VALUE_CLASSES; class ++) {
            double s = value_of(model, (enum value_class) class);
            if (s > 0) {
                completion->longest_s = fmax(completion->longest_s, s);
                shortest_s = fmin(shortest_s, s);
            }
        }
    }
    completion->longest_s = completion->longest_s > 0 ? completion->longest_s : 1;
    completion->is_log = completion->longest_s / shortest_s > most_linear_ratio;
    completion->from_s = pow(10, floor(log10(shortest_s) - 0.2));
    completion->axis = axis_for(completion->longest_s, 8);
}

/* The scale at which every label ends within the picture. */
static void find_scale(struct completion *completion) {
    const struct subject *subject = completion->subject;
    double width = SHEET_WIDTH - SHEET_MARGIN - completion->left;
    completion->px = INFINITY;
    for (size_t i = completion->first; i < completion->end; i++) {
        const json_t *model = picture_model(subject, i);
        for (int class = 0; class < VALUE_CLASSES; class ++) {
            double s = reach_of(model, (enum value_class) class);
            double length = completion->is_log ? log10(s / completion->from_s) : s;
            double room = width - LABEL_GAP -
                          label_width(completion, model, (enum value_class) class);
            if (s > 0) {
                completion->px = fmin(completion->px, room / length);
            }
        }
    }
    if (!isfinite(completion->px)) {
        completion->px = width / completion->longest_s;
    }
}

static bool draw_bar(struct completion *completion, size_t entry,
                     enum value_class class, double bottom, double top, double *end,
                     struct error *error) {
    const json_t *model = picture_model(completion->subject, entry);
    double s = value_of(model, class);
    *end = completion->left;
    if (!isfinite(s)) {
        return true;
    }
    double right = s > 0 ? fmax(x_of(completion, s), *end + 1) : *end;
    double reach_s = reach_of(model, class);
    *end = reach_s > 0 ? fmax(x_of(completion, reach_s), right) : right;
    return sheet_value(completion->sheet, class,
                       completion->subject->planned->entries[entry].model.name, s,
                       completion->left, bottom, right, top, error);
}

/* Around the median; one trial has none. */
static void draw_whisker(struct completion *completion, const json_t *model, double y,
                         double cap) {
    const json_t *measured = json_object_get(model, "measured");
    double low_s = field_number(measured, "low_s");
    double high_s = field_number(measured, "high_s");
    if (low_s > 0 && high_s > low_s) {
        double low = x_of(completion, low_s);
        double high = x_of(completion, high_s);
        sheet_line(completion->sheet, LINE_WHISKER, low, y, high, y);
        sheet_line(completion->sheet, LINE_WHISKER, low, y - cap, low, y + cap);
        sheet_line(completion->sheet, LINE_WHISKER, high, y - cap, high, y + cap);
    }
}

static bool draw_wide(struct completion *completion, size_t entry, double top,
                      double pitch, struct error *error) {
    const json_t *model = picture_model(completion->subject, entry);
    double step = fmin(pitch * 0.84 / VALUE_CLASSES, 60);
    double first = top - (pitch - step * VALUE_CLASSES) / 2;
    for (int i = 0; i < VALUE_CLASSES; i++) {
        enum value_class class = (enum value_class)i;
        char text[TEXT_BYTES];
        double end;
        double middle = first - (i + 0.5) * step;
        if (!draw_bar(completion, entry, class, middle - step * 0.41,
                      middle + step * 0.41, &end, error)) {
            return false;
        }
        write_label(model, class, text);
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
    const json_t *model = picture_model(completion->subject, entry);
    char text[TEXT_BYTES];
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
        write_figure(model, VALUE_MEASURED, figure);
        draw_whisker(completion, model, at + heights[VALUE_MEASURED] / 2, 6);
    } else {
        picture_missing(model, figure);
    }
    sheet_text(completion->sheet, TEXT_VALUE, x, middle, figure);
    write_line(model, text);
    sheet_text(completion->sheet, TEXT_NOTE,
               x + sheet_width(completion->sheet, TEXT_VALUE, figure) + 16, middle,
               text);
    return true;
}

/* Powers of ten, each with its own unit. */
static void draw_log_axis(struct completion *completion, double top) {
    double end_s = completion->longest_s * 1.0001;
    for (double s = completion->from_s; s <= end_s; s *= 10) {
        char text[AXIS_TEXT_BYTES];
        struct axis axis = axis_for(s, 1);
        double x = x_of(completion, s);
        sheet_line(completion->sheet, LINE_GRID, x, PLOT_BOTTOM, x, top);
        if (axis.unit_s > 1) { /* 100 000 s are not told apart in days */
            axis = (struct axis){.unit = "s", .unit_s = 1};
        }
        sheet_text(completion->sheet, TEXT_TIC, x, PLOT_BOTTOM - 24,
                   axis_tic(&axis, s, text));
    }
}

/* Where bars have no label of their own: whose each colour is. Returns the x after. */
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
    const json_t *models = json_object_get(completion->subject->scenario, "models");
    int most = 0;
    const char *interval = "";
    size_t i;
    json_t *model;
    json_array_foreach(models, i, model) {
        const json_t *measured = json_object_get(model, "measured");
        int trials = (int)json_integer_value(json_object_get(measured, "trials"));
        if (trials > most) {
            most = trials;
            interval = json_string_value(json_object_get(measured, "interval"));
        }
    }
    char text[200] = "";
    if (most > 1) {
        snprintf(text, sizeof text, "%s median of %d trials, whiskers: %s",
                 is_wide(completion) ? "measured: the" : "(the", most,
                 interval && !strcmp(interval, "range") ? "all of them"
                                                        : "its 95 % interval");
    }
    if (most > 1 && !is_wide(completion)) {
        strcat(text, ")");
    }
    if (completion->is_log) {
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
    double y = sheet_head(sheet, finding_agreement(subject->scenario, title),
                          finding_subject(subject->scenario, about),
                          finding_setting(subject->scenario, setting));
    double top = y - 48;
    double pitch = (top - PLOT_BOTTOM) / (double)(completion.end - completion.first);
    if (!is_wide(&completion)) {
        sheet->text_px[TEXT_NAME] = sheet->text_px[TEXT_VALUE] = 26;
        sheet->text_px[TEXT_NOTE] = 22;
    } else if (pitch * 0.28 < 40) {
        sheet->text_px[TEXT_VALUE] = (int)(pitch * 0.26);
        sheet->text_px[TEXT_NOTE] = (int)(pitch * 0.23);
    }
    completion.left = SHEET_MARGIN + picture_names_width(subject, sheet) + NAME_GAP;
    find_range(&completion);
    find_scale(&completion);
    bool ok = draw_legend(&completion, y - 22, error);
    if (completion.is_log) {
        draw_log_axis(&completion, top);
    } else {
        sheet_axis(sheet, &completion.axis, completion.longest_s, completion.left,
                   completion.px, PLOT_BOTTOM, top);
    }
    for (size_t i = completion.first; ok && i < completion.end; i++) {
        double own_top = top - (double)(i - completion.first) * pitch;
        picture_name(subject, i, completion.left - NAME_GAP, own_top - pitch / 2,
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
