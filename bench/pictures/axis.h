/* An axis of time for people: its unit, its tics, and times as texts. */
#ifndef SIMUL_BENCH_PICTURES_AXIS_H
#define SIMUL_BENCH_PICTURES_AXIS_H

#include <stdbool.h>

#define AXIS_TEXT_BYTES 64
#define AXIS_BOTH_BYTES (2 * AXIS_TEXT_BYTES + 4)

struct axis {
    const char *unit; /* "s", "min", "h", ... */
    double unit_s;
    double step_s; /* from one tic to the next */
};

/* An axis from 0 to `longest_s`, with at most `most_tics` tics after 0. */
struct axis axis_for(double longest_s, int most_tics);

/* An axis in seconds becomes one in minutes if all its tics are whole minutes; any
 * other axis is returned as it is. */
struct axis axis_in_minutes(struct axis axis);

/* Writes the label of a tic: "120 s", "2.5 h". Returns `text`. */
const char *axis_tic(const struct axis *axis, double at_s,
                     char text[static AXIS_TEXT_BYTES]);

/* Writes at least three digits: "43,200 s", "115 s", "60.1 s", "23.4 ms". Returns
 * `text`. */
const char *axis_seconds(double seconds, char text[static AXIS_TEXT_BYTES]);

/* Writes one decimal or more, as the table does: "43,200.0 s", "115.4 s". Returns
 * `text`. */
const char *axis_exact(double seconds, char text[static AXIS_TEXT_BYTES]);

/* True: the time is of hours, so that people say it in hours. */
bool axis_is_long(double seconds);

/* Writes a figure on this axis: as people say it, "1 h 0 min 55 s", if the axis is of
 * minutes or more; otherwise as axis_seconds() does. Returns `text`. */
const char *axis_figure(const struct axis *axis, double seconds,
                        char text[static AXIS_TEXT_BYTES]);

/* Writes seconds and, if it differs, the same time as people say it: "3,655 s = 1 h 0
 * min 55 s"; only seconds if the axis is of seconds or less, or
 * if the time is below a minute. Returns `text`. */
const char *axis_both(const struct axis *axis, double seconds,
                      char text[static AXIS_BOTH_BYTES]);

#endif
