/* The three figures of a model that the picture "completion" compares: printed,
 * predicted and measured. */
#ifndef SIMUL_BENCH_PICTURES_VALUE_H
#define SIMUL_BENCH_PICTURES_VALUE_H

#include "bench/pictures/axis.h"
#include "bench/pictures/sheet.h"
#include "bench/summary/summary.h"

enum { VALUE_CLASSES = VALUE_MEASURED + 1, VALUE_TEXT_BYTES = 160 };

/* The figure in seconds; NaN: it is not known. */
double value_of(const struct summary_model *model, enum value_class class);

/* Writes a figure that is known, "115.0 s", or as people say it if the axis is of minutes
 * or more: "1 h 0 min 55 s". A printed one is written as it was printed: "330 s". */
void value_write_figure(const struct summary_model *model, enum value_class class,
                        const struct axis *axis, char text[static AXIS_TEXT_BYTES]);

/* Writes "115.0 s predicted"; "no prediction", or why it was not measured, or "" if
 * nothing was printed. */
void value_write_label(const struct summary_model *model, enum value_class class,
                       const struct axis *axis, char text[static VALUE_TEXT_BYTES]);

/* Writes the predicted and the printed figure in one line: "115.0 s predicted, 330 s
 * printed". */
void value_write_line(const struct summary_model *model, const struct axis *axis,
                      char text[static VALUE_TEXT_BYTES]);

#endif
