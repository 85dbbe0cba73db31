/* A scenario's setting in a sentence of two parts: what is asked for, and how it is
 * run.
 */
#ifndef SIMUL_BENCH_SUMMARY_SETTING_H
#define SIMUL_BENCH_SUMMARY_SETTING_H

#include "bench/scenario/scenario.h"

#include <stdio.h>

/* The user's own API is asked: nothing of it is printed or predicted, and when its
 * senders are busy is not known. */
bool setting_is_own_api(const struct scenario *scenario);

/* "urls: 12 conversations x 1 round, send 5 s, response 55 s, one sender" */
void setting_print_work(const struct scenario *scenario, FILE *out);

/* "100 times faster than life", "in real time"; of the user's own API "at most 60 s a
 * request" if it has a timeout: that it is asked in real time is then said with the
 * work. */
void setting_print_pace(const struct scenario *scenario, FILE *out);

/* Both, as a line. */
void setting_print(const struct scenario *scenario, FILE *out);

#endif
