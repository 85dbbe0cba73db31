/* Says a duration in the units that people use for it. */
#include "base/spoken_time.h"

#include <inttypes.h>
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

enum { MINUTE_S = 60, HOUR_S = 3600, DAY_S = 86400 };

/* From two days on, days are said: 36 h is heard more often than 1 day 12 h. */
enum { LEAST_DAYS_S = 2 * DAY_S };

/* No run takes longer, but a wrong file may say so; its figure has to fit, too. */
static const double most_s = 1e13;

/* 59.95 s would be written as "60.0 s": it is a minute. */
static const double least_minute_s = 59.95;

/* Writes under a minute, with so many digits. */
static void say_seconds(double seconds, int digits, char *text) {
    static const char *const units[] = {"s", "ms", "us", "ns"};
    /* A little less than one unit is written as one: 0.9999 s is "1 s". */
    const double least = 1 - 0.5 * pow(10, -digits);
    int unit = 0;
    while (unit < 3 && seconds > 0 && seconds < least) {
        seconds *= 1000;
        unit++;
    }
    if (digits < 3 && seconds >= 100) {
        seconds = round(seconds / 10) * 10; /* 120, and not 1.2e+02 */
    }
    snprintf(text, SPOKEN_TIME_BYTES, "%.*g %s", seconds < 100 ? digits : 3, seconds,
             units[unit]);
}

/* Adds " 5 min" to a text. */
static void add(int64_t count, const char *unit, char *text) {
    size_t used = strlen(text);
    snprintf(text + used, SPOKEN_TIME_BYTES - used, "%s%" PRId64 " %s",
             used > 0 ? " " : "", count, unit);
}

/* Writes a minute or more. Between two units, one that is zero is said, too: "1 h 55 s"
 * is easily heard as 1 h 55 min. */
static void say_whole(int64_t seconds, char *text) {
    int64_t minutes = seconds % HOUR_S / MINUTE_S;
    int64_t rest_s = seconds % MINUTE_S;
    text[0] = '\0';
    if (seconds < HOUR_S && rest_s == MINUTE_S / 2) {
        add(minutes, "1/2 min", text);
        return;
    }
    if (seconds >= LEAST_DAYS_S) {
        add(seconds / DAY_S, "days", text);
        seconds %= DAY_S;
        rest_s = 0;
    }
    bool has_days = text[0] != '\0';
    int64_t hours = seconds / HOUR_S;
    if (hours > 0 || (has_days && minutes > 0)) {
        add(hours, "h", text);
    }
    if (minutes > 0 || (rest_s > 0 && hours > 0)) {
        add(minutes, "min", text);
    }
    if (rest_s > 0) {
        add(rest_s, "s", text);
    }
}

static const char *say(double seconds, int digits, double step_s, char *text) {
    if (!isfinite(seconds)) {
        strcpy(text, "-");
    } else if (fabs(seconds) >= most_s) {
        snprintf(text, SPOKEN_TIME_BYTES, "%.3e s", seconds);
    } else if (seconds < least_minute_s) {
        say_seconds(seconds, digits, text);
    } else {
        say_whole(llround(seconds / step_s) * (int64_t)step_s, text);
    }
    return text;
}

const char *spoken_time(double seconds, char text[static SPOKEN_TIME_BYTES]) {
    double step_s = seconds < LEAST_DAYS_S - 0.5 ? 1 : MINUTE_S;
    return say(seconds, 3, step_s, text);
}

const char *spoken_time_about(double seconds, char text[static SPOKEN_TIME_BYTES]) {
    static const struct {
        double below_s;
        double step_s;
    } steps[] = {
        {10 * MINUTE_S, 10},
        {HOUR_S, MINUTE_S},
        {10 * HOUR_S, 10 * MINUTE_S},
        {10.0 * DAY_S, HOUR_S},
    };
    double step_s = DAY_S;
    for (int i = 3; i >= 0 && seconds < steps[i].below_s; i--) {
        step_s = steps[i].step_s;
    }
    return say(seconds, 2, step_s, text);
}
