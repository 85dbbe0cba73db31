/* A field of a JSON object that may not have it: of a trial that was never run, a model
 * that was not predicted, a file that somebody has edited. */
#ifndef SIMUL_BENCH_SUMMARY_FIELD_H
#define SIMUL_BENCH_SUMMARY_FIELD_H

#include <jansson.h>

/* A number; NaN where it is none, or `object` is NULL or no object. */
double field_number(const json_t *object, const char *key);

/* A text, which lives as long as the object; "" where it is none. */
const char *field_text(const json_t *object, const char *key);

/* NaN, which JSON has no word for, is null. The caller owns the reference. */
json_t *field_real_or_null(double value);
json_t *field_integer_or_null(double value);

#endif
