/* bench/summary/field.c: fields of JSON objects, there or not. */
#include "bench/summary/field.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>

Test(field, a_number_is_read_whether_it_has_decimals_or_not) {
    json_t *object = json_pack("{s:i, s:f}", "whole", 3, "part", 0.25);
    cr_assert_eq(field_number(object, "whole"), 3);
    cr_assert_eq(field_number(object, "part"), 0.25);
    json_decref(object);
}

Test(field, what_is_no_number_is_nan) {
    json_t *object = json_pack("{s:s, s:n, s:b}", "text", "3", "null", "true", 1);
    cr_assert(isnan(field_number(object, "text")));
    cr_assert(isnan(field_number(object, "null")));
    cr_assert(isnan(field_number(object, "true")));
    cr_assert(isnan(field_number(object, "missing")));
    cr_assert(isnan(field_number(NULL, "missing")));
    json_decref(object);
}

Test(field, what_is_no_text_is_empty) {
    json_t *object = json_pack("{s:s, s:i}", "text", "hello", "number", 3);
    cr_assert_str_eq(field_text(object, "text"), "hello");
    cr_assert_str_eq(field_text(object, "number"), "");
    cr_assert_str_eq(field_text(object, "missing"), "");
    cr_assert_str_eq(field_text(NULL, "missing"), "");
    json_decref(object);
}

Test(field, nan_is_written_as_null) {
    json_t *list =
        json_pack("[o, o, o, o]", field_real_or_null(1.5), field_real_or_null(NAN),
                  field_integer_or_null(1.5), field_integer_or_null(NAN));
    char *text = json_dumps(list, JSON_COMPACT);
    cr_assert_str_eq(text, "[1.5,null,2,null]");
    free(text);
    json_decref(list);
}
