/* Axes of time, and times as texts. */
#include "bench/pictures/axis.h"
#include "base/spoken_time.h"
#include "base/thousands.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

struct unit {
    const char *name;
    double s;
    double up_to_s; /* an axis that is shorter uses this unit */
};

static const struct unit units[] = {
    {"us", 1e-6, 1e-3}, {"ms", 1e-3, 1},        {"s", 1, 1200},
    {"min", 60, 10800}, {"h", 3600, 4 * 86400}, {"d", 86400, INFINITY},
};

static const struct unit *unit_for(double longest_s) {
    const struct unit *unit = units;
    while (longest_s >= unit->up_to_s) {
        unit++;
    }
    return unit;
}

/* Seconds, minutes and hours are counted in sixties; shorter and longer times in tens.
 */
static double step_for(double least_s) {
    static const double steps_s[] = {1,    2,    5,        10,       20,        30,
                                     60,   120,  300,      600,      1200,      1800,
                                     3600, 7200, 3600 * 3, 3600 * 6, 3600 * 12, 86400};
    for (size_t i = 0; i < sizeof steps_s / sizeof steps_s[0]; i++) {
        if (steps_s[i] >= least_s && least_s > 0.5) {
            return steps_s[i];
        }
    }
    double base_s = least_s > 86400 ? 86400 : 1;
    double magnitude = pow(10, floor(log10(least_s / base_s)));
    double digits = least_s / base_s / magnitude;
    double nice = digits <= 1 ? 1 : digits <= 2 ? 2 : digits <= 5 ? 5 : 10;
    return nice * magnitude * base_s;
}

struct axis axis_for(double longest_s, int most_tics) {
    longest_s = isfinite(longest_s) && longest_s > 1e-9 ? longest_s : 1e-9;
    const struct unit *unit = unit_for(longest_s);
    double step_s = step_for(longest_s / most_tics);
    if (unit->s == 3600 && step_s < 1800) { /* 0.333 h is hard to read */
        unit--;
    }
    return (struct axis){.unit = unit->name, .unit_s = unit->s, .step_s = step_s};
}

struct axis axis_in_minutes(struct axis axis) {
    if (axis.unit_s == 1 && fmod(axis.step_s, 60) == 0) {
        axis.unit = "min";
        axis.unit_s = 60;
    }
    return axis;
}

const char *axis_tic(const struct axis *axis, double at_s,
                     char text[static AXIS_TEXT_BYTES]) {
    snprintf(text, AXIS_TEXT_BYTES - 8, "%.6g", at_s / axis->unit_s);
    thousands_group(text);
    size_t length = strlen(text);
    snprintf(text + length, AXIS_TEXT_BYTES - length, " %s", axis->unit);
    return text;
}

/* Writes three digits, and so many decimals more. */
static const char *write_seconds(double seconds, int more,
                                 char text[static AXIS_TEXT_BYTES]) {
    double value = fabs(seconds) < 1 ? seconds * 1000 : seconds;
    int decimals = more + (fabs(value) < 9.995 ? 2 : fabs(value) < 99.95 ? 1 : 0);
    snprintf(text, AXIS_TEXT_BYTES - 16, fabs(value) < 1e12 ? "%.*f" : "%.*e", decimals,
             value);
    thousands_group(text);
    strcat(text, value != seconds ? " ms" : " s");
    return text;
}

const char *axis_seconds(double seconds, char text[static AXIS_TEXT_BYTES]) {
    return write_seconds(seconds, 0, text);
}

const char *axis_exact(double seconds, char text[static AXIS_TEXT_BYTES]) {
    return write_seconds(seconds, 1, text);
}

bool axis_is_long(double seconds) {
    return seconds >= 2 * 3600;
}

const char *axis_figure(const struct axis *axis, double seconds,
                        char text[static AXIS_TEXT_BYTES]) {
    return axis->unit_s > 1 ? spoken_time(seconds, text) : axis_seconds(seconds, text);
}

const char *axis_both(const struct axis *axis, double seconds,
                      char text[static AXIS_BOTH_BYTES]) {
    char small[AXIS_TEXT_BYTES];
    char spoken[AXIS_TEXT_BYTES];
    axis_seconds(seconds, small);
    axis_figure(axis, seconds, spoken);
    bool is_same = seconds < SPOKEN_TIME_LEAST_S || !strcmp(small, spoken);
    snprintf(text, AXIS_BOTH_BYTES, "%s%s%s", small, is_same ? "" : " = ",
             is_same ? "" : spoken);
    return text;
}
