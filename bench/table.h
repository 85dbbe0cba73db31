/* A summary as a table for people. */
#ifndef SIMUL_BENCH_TABLE_H
#define SIMUL_BENCH_TABLE_H

#include <jansson.h>
#include <stdio.h>

/* Prints one table a scenario, measured or only predicted, with what is
 * to be said of it below. */
void table_print(const json_t *summary, FILE *out);

/* Prints the setting of a scenario in one line: how much is asked for, how long it
 * takes, who sends, how fast it is run. */
void table_print_setting(const json_t *setting, FILE *out);

/* Makes 43200 at the beginning of the text 43,200; there is room for that. */
void table_group_thousands(char *text);

#endif
