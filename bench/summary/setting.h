/* A scenario's setting: what of it stands in the summary, and that as a sentence. */
#ifndef SIMUL_BENCH_SUMMARY_SETTING_H
#define SIMUL_BENCH_SUMMARY_SETTING_H

#include "bench/scenario/scenario.h"

#include <jansson.h>
#include <stdbool.h>
#include <stdio.h>

/* The object of the summary. The caller owns the reference. */
json_t *setting_describe(const struct scenario *scenario, uint64_t seed);

/* The user's own API is asked: nothing of it is printed or predicted, and nobody saw
 * who was busy. */
bool setting_is_own_api(const json_t *setting);

/* Prints it in one line: how much is asked for, how long it takes, who sends, how fast
 * it is run. */
void setting_print(const json_t *setting, FILE *out);

#endif
