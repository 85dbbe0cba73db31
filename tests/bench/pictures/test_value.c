/* bench/pictures/value.c: what is printed, predicted and measured of a model. */
#include "bench/pictures/value.h"

#include <criterion/criterion.h>
#include <math.h>

static json_t *model_of(const char *json) {
    json_error_t why;
    json_t *model = json_loads(json, 0, &why);
    cr_assert(model != NULL, "%s", why.text);
    return model;
}

static const char whole[] =
    "{\"printed_s\": 43200, \"predicted\": {\"simulated_s\": 115}, \"measured\": "
    "{\"median_s\": 115.25, \"low_s\": 115, \"high_s\": 116, \"trials\": 3}}";
static const char empty[] = "{\"printed_s\": null, \"predicted\": null, \"measured\": "
                            "{\"median_s\": null, \"trials\": 0}}";

Test(value, each_class_has_its_own) {
    json_t *model = model_of(whole);
    cr_expect_eq(value_of(model, VALUE_PRINTED), 43200);
    cr_expect_eq(value_of(model, VALUE_PREDICTED), 115);
    cr_expect_eq(value_of(model, VALUE_MEASURED), 115.25);
    json_decref(model);
}

Test(value, what_is_not_there_is_nan) {
    json_t *model = model_of(empty);
    for (int class = 0; class < VALUE_CLASSES; class ++) {
        cr_expect(isnan(value_of(model, (enum value_class) class)));
        cr_expect(isnan(value_reach(model, (enum value_class) class)));
    }
    json_decref(model);
}

Test(value, a_whisker_reaches_beyond_what_was_measured) {
    json_t *model = model_of(whole);
    cr_expect_eq(value_reach(model, VALUE_MEASURED), 116);
    cr_expect_eq(value_reach(model, VALUE_PREDICTED), 115);
    json_decref(model);
}

Test(value, its_label_is_the_figure_and_who_says_it) {
    char text[VALUE_TEXT_BYTES];
    json_t *model = model_of(whole);
    value_write_label(model, VALUE_PRINTED, text);
    cr_expect_str_eq(text, "43,200 s printed");
    value_write_label(model, VALUE_PREDICTED, text);
    cr_expect_str_eq(text, "115.0 s predicted");
    value_write_label(model, VALUE_MEASURED, text);
    cr_expect_str_eq(text, "115.2 s measured");
    value_write_line(model, text);
    cr_expect_str_eq(text, "115.0 s predicted, 43,200 s printed");
    json_decref(model);
}

Test(value, what_is_missing_is_said) {
    char text[VALUE_TEXT_BYTES];
    json_t *model = model_of(empty);
    value_write_label(model, VALUE_PRINTED, text);
    cr_expect_str_eq(text, "nothing printed");
    value_write_label(model, VALUE_PREDICTED, text);
    cr_expect_str_eq(text, "no prediction");
    value_write_label(model, VALUE_MEASURED, text);
    cr_expect_str_eq(text, "not run");
    value_write_line(model, text);
    cr_expect_str_eq(text, "no prediction");
    json_decref(model);
}
