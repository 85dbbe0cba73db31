/* A scenario's setting (an object of the summary) as a sentence. */
#ifndef SIMUL_BENCH_SETTING_H
#define SIMUL_BENCH_SETTING_H

#include <jansson.h>
#include <stdbool.h>
#include <stdio.h>

/* The user's own API is asked: nothing of it is printed or predicted, and nobody saw
 * who was busy. */
bool setting_is_own_api(const json_t *setting);

/* Prints it in one line: how much is asked for, how long it takes, who sends, how fast
 * it is run. */
void setting_print(const json_t *setting, FILE *out);

#endif
