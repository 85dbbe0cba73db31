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
    }
}

static const struct axis in_seconds = {.unit = "s", .unit_s = 1};
static const struct axis in_hours = {.unit = "h", .unit_s = 3600};

Test(value, on_an_axis_of_hours_people_s_time_is_written) {
    char text[VALUE_TEXT_BYTES];
    const struct summary_model chess = {.printed_s = 3600,
                                        .predicted = {.simulated_s = 3655}};
    value_write_line(&chess, &in_hours, text);
    cr_expect_str_eq(text, "1 h 0 min 55 s predicted, 1 h printed");
}

Test(value, the_label_is_the_figure_and_its_source) {
    char text[VALUE_TEXT_BYTES];
    value_write_label(&whole, VALUE_PRINTED, &in_seconds, text);
    cr_expect_str_eq(text, "43,200 s printed");
    value_write_label(&whole, VALUE_PREDICTED, &in_seconds, text);
    cr_expect_str_eq(text, "115.0 s predicted");
    value_write_label(&whole, VALUE_MEASURED, &in_seconds, text);
    cr_expect_str_eq(text, "115.2 s measured");
    value_write_line(&whole, &in_seconds, text);
    cr_expect_str_eq(text, "115.0 s predicted, 43,200 s printed");
}

Test(value, a_missing_figure_is_named) {
    char text[VALUE_TEXT_BYTES];
    value_write_label(&empty, VALUE_PRINTED, &in_seconds, text);
    cr_expect_str_eq(text, "");
    value_write_label(&empty, VALUE_PREDICTED, &in_seconds, text);
    cr_expect_str_eq(text, "no prediction");
    value_write_label(&empty, VALUE_MEASURED, &in_seconds, text);
    cr_expect_str_eq(text, "not run");
    value_write_line(&empty, &in_seconds, text);
    cr_expect_str_eq(text, "no prediction");
}
