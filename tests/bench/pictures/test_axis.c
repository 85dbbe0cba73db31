/* bench/pictures/axis.c: axes, their units and tics. */
#include "bench/pictures/axis.h"

#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

Test(axis, the_unit_is_one_that_people_use) {
    static const struct {
        double longest_s;
        const char *unit;
    } rows[] = {
        {5e-6, "us"},  {0.06, "ms"}, {60, "s"},  {720, "s"},
        {3655, "min"}, {43200, "h"}, {1e6, "d"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct axis axis = axis_for(rows[i].longest_s, 8);
        cr_expect_str_eq(axis.unit, rows[i].unit, "%g s: %s", rows[i].longest_s,
                         axis.unit);
    }
}

Test(axis, an_axis_has_tics_but_not_too_many) {
    for (double longest_s = 1e-7; longest_s < 1e9; longest_s *= 1.37) {
        struct axis axis = axis_for(longest_s, 8);
        double tics = floor(longest_s / axis.step_s);
        cr_expect(tics >= 1 && tics <= 8, "%g s: %g tics", longest_s, tics);
    }
}

Test(axis, a_length_of_zero_has_an_axis_too) {
    static const double lengths[] = {0, -1, NAN, INFINITY};
    for (size_t i = 0; i < sizeof lengths / sizeof lengths[0]; i++) {
        struct axis axis = axis_for(lengths[i], 8);
        cr_expect(axis.step_s > 0 && isfinite(axis.step_s));
    }
}

Test(axis, the_tics_count_as_clocks_do) {
    static const struct {
        double longest_s;
        double step_s;
    } rows[] = {{720, 120}, {115, 20}, {3655, 600}, {43200, 7200}, {0.06, 0.01}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct axis axis = axis_for(rows[i].longest_s, 8);
        cr_expect_float_eq(axis.step_s, rows[i].step_s, rows[i].step_s * 1e-9,
                           "%g s: %g", rows[i].longest_s, axis.step_s);
    }
}

Test(axis, thirds_of_an_hour_are_minutes) {
    struct axis axis = axis_for(3.04 * 3600, 13); /* a tic each 20 min */
    char text[AXIS_TEXT_BYTES];
    cr_expect_str_eq(axis_tic(&axis, axis.step_s, text), "20 min");
    axis = axis_for(3.04 * 3600, 8);
    cr_expect_str_eq(axis_tic(&axis, axis.step_s, text), "0.5 h");
}

Test(axis, a_tic_is_written_in_the_unit_of_the_axis) {
    char text[AXIS_TEXT_BYTES];
    struct axis hours = axis_for(43200, 8);
    struct axis seconds = axis_for(720, 8);
    cr_expect_str_eq(axis_tic(&hours, 7200, text), "2 h");
    cr_expect_str_eq(axis_tic(&seconds, 120, text), "120 s");
    struct axis minutes = axis_in_minutes(axis_for(300, 5));
    cr_expect_str_eq(axis_tic(&minutes, 300, text), "5 min");
    struct axis odd = axis_in_minutes(axis_for(100, 5));
    cr_expect_str_eq(axis_tic(&odd, 20, text), "20 s");
}

Test(axis, seconds_have_three_digits_and_are_grouped) {
    static const struct {
        double s;
        const char *said;
        const char *exactly;
    } rows[] = {
        {43200, "43,200 s", "43,200.0 s"}, {720.04, "720 s", "720.0 s"},
        {115.44, "115 s", "115.4 s"},      {60.06, "60.1 s", "60.06 s"},
        {1.2345, "1.23 s", "1.234 s"},     {0.0234, "23.4 ms", "23.40 ms"},
        {0, "0.00 s", "0.000 s"},          {1e15, "1e+15 s", "1.0e+15 s"},
    };
    char text[AXIS_TEXT_BYTES];
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        cr_expect_str_eq(axis_seconds(rows[i].s, text), rows[i].said, "%s", text);
        cr_expect_str_eq(axis_exact(rows[i].s, text), rows[i].exactly, "%s", text);
    }
}

Test(axis, people_s_time_stands_beside_the_seconds) {
    char text[AXIS_BOTH_BYTES];
    struct axis hours = axis_for(43200, 8);
    struct axis seconds = axis_for(720, 8);
    cr_expect_str_eq(axis_both(&hours, 43200, text), "43,200 s = 12 h");
    cr_expect_str_eq(axis_both(&hours, 3655, text), "3,655 s = 1 h 0 min 55 s");
    cr_expect_str_eq(axis_both(&hours, 55, text), "55.0 s");
    cr_expect_str_eq(axis_both(&seconds, 115, text), "115 s");
    cr_expect_str_eq(axis_figure(&hours, 3600, text), "1 h");
    cr_expect_str_eq(axis_figure(&seconds, 60.9, text), "60.9 s");
}

Test(axis, a_time_is_long_from_two_hours_on) {
    cr_expect_not(axis_is_long(3655));
    cr_expect(axis_is_long(7200));
}
