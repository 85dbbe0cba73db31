/* bench/pictures/value.c: a model's printed, predicted and measured figures. */
#include "bench/pictures/value.h"

#include <criterion/criterion.h>
#include <math.h>

static const struct summary_model whole = {
    .printed_s = 43200,
    .predicted = {.simulated_s = 115},
    .measured = {.median_s = 115.25, .low_s = 115, .high_s = 116, .trials = 3},
};
static const struct summary_model empty = {
    .printed_s = NAN,
    .predicted = {.simulated_s = NAN},
    .measured = {.median_s = NAN, .low_s = NAN, .high_s = NAN},
};

Test(value, each_class_has_its_own_figure) {
    cr_expect_eq(value_of(&whole, VALUE_PRINTED), 43200);
    cr_expect_eq(value_of(&whole, VALUE_PREDICTED), 115);
    cr_expect_eq(value_of(&whole, VALUE_MEASURED), 115.25);
}

Test(value, a_missing_figure_is_nan) {
    for (int class = 0; class < VALUE_CLASSES; class ++) {
        cr_expect(isnan(value_of(&empty, (enum value_class) class)));
        cr_expect(isnan(value_reach(&empty, (enum value_class) class)));
    }
}

Test(value, a_whisker_reaches_beyond_the_median) {
    cr_expect_eq(value_reach(&whole, VALUE_MEASURED), 116);
    cr_expect_eq(value_reach(&whole, VALUE_PREDICTED), 115);
}

Test(value, the_label_is_the_figure_and_its_source) {
    char text[VALUE_TEXT_BYTES];
    value_write_label(&whole, VALUE_PRINTED, text);
    cr_expect_str_eq(text, "43,200 s printed");
    value_write_label(&whole, VALUE_PREDICTED, text);
    cr_expect_str_eq(text, "115.0 s predicted");
    value_write_label(&whole, VALUE_MEASURED, text);
    cr_expect_str_eq(text, "115.2 s measured");
    value_write_line(&whole, text);
    cr_expect_str_eq(text, "115.0 s predicted, 43,200 s printed");
}

Test(value, a_missing_figure_is_named) {
    char text[VALUE_TEXT_BYTES];
    value_write_label(&empty, VALUE_PRINTED, text);
    cr_expect_str_eq(text, "nothing printed");
    value_write_label(&empty, VALUE_PREDICTED, text);
    cr_expect_str_eq(text, "no prediction");
    value_write_label(&empty, VALUE_MEASURED, text);
    cr_expect_str_eq(text, "not run");
    value_write_line(&empty, text);
    cr_expect_str_eq(text, "no prediction");
}
