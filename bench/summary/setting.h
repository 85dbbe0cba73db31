/* A scenario's setting as a line for people, in two parts: the work and the pace. */
#ifndef SIMUL_BENCH_SUMMARY_SETTING_H
#define SIMUL_BENCH_SUMMARY_SETTING_H

#include "bench/scenario/scenario.h"

#include <stdio.h>

/* True: the requests go to the user's own API. Nothing is printed or predicted of it,
 * and the busy time of its senders is not known. */
bool setting_is_own_api(const struct scenario *scenario);

/* Prints "urls: 12 conversations x 1 round, send 5 s, response 55 s, one sender". */
void setting_print_work(const struct scenario *scenario, FILE *out);

/* Prints "100 times faster than life" or "in real time". For the user's own API with a
 * timeout it is "at most 60 s a request", and "in real time" ends the work. */
void setting_print_pace(const struct scenario *scenario, FILE *out);

/* Prints both as a line. */
void setting_print(const struct scenario *scenario, FILE *out);

#endif
