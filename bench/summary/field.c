/* Fields of JSON objects, with what is not there as NaN, "" and null. */
#include "bench/summary/field.h"

#include <math.h>

double field_number(const json_t *object, const char *key) {
    const json_t *value = json_object_get(object, key);
    return json_is_number(value) ? json_number_value(value) : NAN;
}

const char *field_text(const json_t *object, const char *key) {
    const char *text = json_string_value(json_object_get(object, key));
    return text ? text : "";
}

json_t *field_real_or_null(double value) {
    return isfinite(value) ? json_real(value) : json_null();
}

json_t *field_integer_or_null(double value) {
    return isfinite(value) ? json_integer((json_int_t)llround(value)) : json_null();
}
