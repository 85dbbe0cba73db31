/* An axis of time for people: its unit, its tics, and times as texts. */
#ifndef SIMUL_BENCH_PICTURES_AXIS_H
#define SIMUL_BENCH_PICTURES_AXIS_H

#define AXIS_TEXT_BYTES 48
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

/* Writes the time in the unit of the axis, or in the next smaller unit if the time is
 * shorter than one unit: "12.0 h", "32.0 min"; "" if that unit is seconds or less.
 * Returns `text`. */
const char *axis_large(const struct axis *axis, double seconds,
                       char text[static AXIS_TEXT_BYTES]);

/* Writes seconds and, as axis_large() does, the same time in a larger unit:
 * "43,200 s = 12.0 h". Returns `text`. */
const char *axis_both(const struct axis *axis, double seconds,
                      char text[static AXIS_BOTH_BYTES]);

#endif
