/* An axis of time as people read it: its unit, its tics, and times in words. */
#ifndef SIMUL_BENCH_PICTURES_AXIS_H
#define SIMUL_BENCH_PICTURES_AXIS_H

#define AXIS_TEXT_BYTES 48
#define AXIS_BOTH_BYTES (2 * AXIS_TEXT_BYTES + 4)

struct axis {
    const char *unit; /* "s", "min", "h", ... */
    double unit_s;
    double step_s; /* from one tic to the next */
};

/* For times from 0 to `longest_s`, with at most `most_tics` tics after 0. */
struct axis axis_for(double longest_s, int most_tics);

/* The same in minutes where all its tics are whole minutes: how clocks are read. */
struct axis axis_in_minutes(struct axis axis);

/* "120 s", "2.5 h": a tic's label. Returns `text`. */
const char *axis_tic(const struct axis *axis, double at_s,
                     char text[static AXIS_TEXT_BYTES]);

/* "43,200 s", "115 s", "60.1 s", "23.4 ms": three digits at least. Returns `text`. */
const char *axis_seconds(double seconds, char text[static AXIS_TEXT_BYTES]);

/* "43,200.0 s", "115.4 s": with its tenths at least, as the table has it. Returns
 * `text`. */
const char *axis_exact(double seconds, char text[static AXIS_TEXT_BYTES]);

/* "12.0 h", "32 min": beside seconds, where the axis is in larger units; else "". What
 * is less than one of the axis' units is in the next smaller one. Returns `text`. */
const char *axis_large(const struct axis *axis, double seconds,
                       char text[static AXIS_TEXT_BYTES]);

/* "43,200 s = 12.0 h": in seconds and, where the axis is in larger units, in those.
 * Returns `text`. */
const char *axis_both(const struct axis *axis, double seconds,
                      char text[static AXIS_BOTH_BYTES]);

#endif
