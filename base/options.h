/* Command lines from one table: a row is an option, its check and its help. */
#ifndef SIMUL_BASE_OPTIONS_H
#define SIMUL_BASE_OPTIONS_H

#include "base/error.h"

#include <stdbool.h>
#include <stdio.h>

/* One option. A table ends with a row without a name. */
struct option_row {
    const char *name;     /* long, without its dashes */
    const char *argument; /* what it is called in the help; NULL: a flag */
    const char *help;     /* one line, with the default */
    /* Stores the text (NULL for a flag) in `target`; may fail (input). The message is
     * completed with the option's name. */
    bool (*set)(void *target, const struct option_row *row, const char *text,
                struct error *error);
};

/* Applies the options of argv[1..] to `target` and moves the operands to the
 * front of argv[1..]; `operand_count` says how many. `--help` stops it and sets
 * `help`. Fails (input) with a sentence that names the option, and the nearest
 * one where it is unknown. */
bool options_parse(const struct option_row rows[], void *target, int argc, char *argv[],
                   int *operand_count, bool *help, struct error *error);

/* One line an option, the columns aligned. */
void options_print(const struct option_row rows[], FILE *out);

/* Reads a whole decimal number within the limits. Fails (input). */
bool options_integer(const char *text, long long least, long long most,
                     long long *number, struct error *error);

#endif
