/* base/spoken_time.c: durations as people say them. */
#include "base/spoken_time.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

struct row {
    double seconds;
    const char *text;
};

static void expect(const char *(*say)(double, char *), const struct row rows[],
                   size_t count) {
    for (size_t i = 0; i < count; i++) {
        char text[SPOKEN_TIME_BYTES];
        cr_expect_str_eq(say(rows[i].seconds, text), rows[i].text, "%.10g is %s",
                         rows[i].seconds, text);
    }
}

#define EXPECT(say, ...)                                                               \
    expect(say, (const struct row[]){__VA_ARGS__},                                     \
           sizeof(const struct row[]){__VA_ARGS__} / sizeof(struct row))

Test(spoken_time, the_lecture_s_figures_are_said_in_its_words) {
    EXPECT(spoken_time, {43200, "12 h"}, {3600, "1 h"}, {3655, "1 h 0 min 55 s"},
           {720, "12 min"}, {330, "5 1/2 min"}, {115, "1 min 55 s"},
           {10815, "3 h 0 min 15 s"}, {55, "55 s"}, {5, "5 s"});
}

Test(spoken_time, below_a_minute_it_has_three_digits) {
    EXPECT(spoken_time, {0, "0 s"}, {270.0 / 11, "24.5 s"}, {390.0 / 11, "35.5 s"},
           {59.94, "59.9 s"}, {1.2345, "1.23 s"}, {0.15, "150 ms"}, {0.00025, "250 us"},
           {0.0000000555, "55.5 ns"}, {0.9996, "1 s"}, {0.00099951, "1 ms"});
}

Test(spoken_time, what_rounds_to_the_next_unit_is_said_in_it) {
    EXPECT(spoken_time, {59.96, "1 min"}, {60, "1 min"}, {719.6, "12 min"},
           {3599.7, "1 h"}, {172799.7, "2 days"});
}

Test(spoken_time, a_zero_is_said_only_between_two_units) {
    EXPECT(spoken_time, {90, "1 1/2 min"}, {3630, "1 h 0 min 30 s"},
           {5400, "1 h 30 min"}, {43418.6, "12 h 3 min 39 s"},
           {172799, "47 h 59 min 59 s"}, {172800, "2 days"},
           {3 * 86400 + 4 * 3600, "3 days 4 h"}, {2 * 86400 + 300, "2 days 0 h 5 min"},
           {60000000, "694 days 10 h 40 min"});
}

Test(spoken_time, any_figure_fits) {
    EXPECT(spoken_time, {NAN, "-"}, {INFINITY, "-"}, {1e300, "1.000e+300 s"},
           {-5, "-5 s"});
    char text[SPOKEN_TIME_BYTES];
    cr_expect_lt(strlen(spoken_time(9.99e12, text)), SPOKEN_TIME_BYTES - 1, "%s", text);
}

Test(spoken_time, an_estimate_has_two_digits) {
    EXPECT(spoken_time_about, {3123, "52 min"}, {1005, "17 min"}, {84, "1 min 20 s"},
           {57, "57 s"}, {42.4, "42 s"}, {7.25, "7.2 s"}, {0.123, "120 ms"},
           {4680, "1 h 20 min"}, {43418, "12 h"}, {604800.0 + 3000, "7 days 1 h"},
           {60000000, "694 days"}, {59.97, "1 min"}, {330, "5 1/2 min"}, {NAN, "-"});
}

Test(spoken_time, an_estimate_is_never_far_from_its_figure) {
    for (double seconds = 60; seconds < 1e7; seconds *= 1.01) {
        char text[SPOKEN_TIME_BYTES];
        double days = 0, hours = 0, minutes = 0, rest = 0;
        spoken_time_about(seconds, text);
        const char *at = text;
        double *const values[] = {&days, &hours, &minutes, &rest};
        static const char *const units[] = {" days", " h", " min", " s"};
        for (int i = 0; i < 4; i++) {
            const char *unit = strstr(at, units[i]);
            if (unit) {
                *values[i] = atof(at) + (strstr(at, " 1/2 min") ? 0.5 : 0);
                at = unit + strlen(units[i]);
            }
        }
        double said = days * 86400 + hours * 3600 + minutes * 60 + rest;
        cr_expect_leq(fabs(said - seconds), 0.09 * seconds, "%g is %s", seconds, text);
    }
}
