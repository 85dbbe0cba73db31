/* A duration as people say it: 12 h, 1 h 0 min 55 s, 5 1/2 min. Tables, live lines and
 * pictures print it beside the seconds. */
#ifndef SIMUL_BASE_SPOKEN_TIME_H
#define SIMUL_BASE_SPOKEN_TIME_H

#define SPOKEN_TIME_BYTES 48

/* Seconds are said in minutes from here on; below, both forms are alike. */
#define SPOKEN_TIME_LEAST_S 60.0

/* Writes the seconds as people say them: "150 ms", "24.5 s", "12 min", "1 min 55 s",
 * "5 1/2 min", "1 h 0 min 55 s", "12 h", "3 days 4 h". Below a minute it rounds to
 * three digits, then to seconds, and from two days on to minutes. An unknown figure
 * (NaN) is "-". Returns `text`. */
const char *spoken_time(double seconds, char text[static SPOKEN_TIME_BYTES]);

/* Writes an estimate, rounded to about two digits (by at most 9 %): "52 min",
 * "1 min 20 s", "17 min", "1 h 20 min". Returns `text`. */
const char *spoken_time_about(double seconds, char text[static SPOKEN_TIME_BYTES]);

#endif
