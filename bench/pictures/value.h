/* The figures of a model that a picture of completion times
 * compares: what is printed, predicted and measured. */
#ifndef SIMUL_BENCH_PICTURES_VALUE_H
#define SIMUL_BENCH_PICTURES_VALUE_H

#include "bench/pictures/axis.h"
#include "bench/pictures/sheet.h"
#include "bench/summary/summary.h"

enum { VALUE_CLASSES = VALUE_MEASURED + 1, VALUE_TEXT_BYTES = 160 };

/* Seconds; NaN where there is none. */
double value_of(const struct summary_model *model, enum value_class class);

/* The same, or where the whisker ends that reaches beyond it. */
double value_reach(const struct summary_model *model, enum value_class class);

/* "115.0 s"; what is printed, as it was printed: "330 s". There is such a figure. */
void value_write_figure(const struct summary_model *model, enum value_class class,
                        char text[static AXIS_TEXT_BYTES]);

/* "115.0 s predicted", or what is missing: "no prediction". */
void value_write_label(const struct summary_model *model, enum value_class class,
                       char text[static VALUE_TEXT_BYTES]);

/* All but what was measured, in one line: "115.0 s predicted, 330 s printed". */
void value_write_line(const struct summary_model *model,
                      char text[static VALUE_TEXT_BYTES]);

#endif
