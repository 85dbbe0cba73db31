/* Picks a model's printed, predicted and measured figure, and writes them. */
#include "bench/pictures/value.h"
#include "base/spoken_time.h"
#include "base/thousands.h"
#include "bench/pictures/picture.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

double value_of(const struct summary_model *model, enum value_class class) {
    return class == VALUE_PRINTED     ? model->printed_s
           : class == VALUE_PREDICTED ? model->predicted.simulated_s
                                      : model->measured.median_s;
}

/* A printed figure keeps the digits that were printed. */
void value_write_figure(const struct summary_model *model, enum value_class class,
                        const struct axis *axis, char text[static AXIS_TEXT_BYTES]) {
    double s = value_of(model, class);
    if (axis->unit_s > 1) {
        spoken_time(s, text);
    } else if (class == VALUE_PRINTED) {
        snprintf(text, AXIS_TEXT_BYTES - 16, "%.10g", s);
        thousands_group(text);
        strcat(text, " s");
    } else {
        axis_exact(s, text);
    }
}

void value_write_label(const struct summary_model *model, enum value_class class,
                       const struct axis *axis, char text[static VALUE_TEXT_BYTES]) {
    static const char *const says[] = {"printed", "predicted", "measured"};
    static const char *const lacks[] = {"", "no prediction", ""};
    char figure[AXIS_TEXT_BYTES];
    if (isfinite(value_of(model, class))) {
        value_write_figure(model, class, axis, figure);
        snprintf(text, VALUE_TEXT_BYTES, "%s %s", figure, says[class]);
    } else if (class == VALUE_MEASURED) {
        snprintf(text, VALUE_TEXT_BYTES, "%s", picture_missing(model, figure));
    } else {
        snprintf(text, VALUE_TEXT_BYTES, "%s", lacks[class]);
    }
}

void value_write_line(const struct summary_model *model, const struct axis *axis,
                      char text[static VALUE_TEXT_BYTES]) {
    char predicted[VALUE_TEXT_BYTES];
    char printed[VALUE_TEXT_BYTES];
    value_write_label(model, VALUE_PREDICTED, axis, predicted);
    value_write_label(model, VALUE_PRINTED, axis, printed);
    snprintf(text, VALUE_TEXT_BYTES, "%.70s%s%.70s", predicted, printed[0] ? ", " : "",
             printed);
}
