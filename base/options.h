/* Reads command lines by a table. A row is one option: its name, its check, its
 * help. */
#ifndef SIMUL_BASE_OPTIONS_H
#define SIMUL_BASE_OPTIONS_H

#include "base/error.h"

#include <stdbool.h>
#include <stdio.h>

/* One option. A table ends with a row without a name. */
struct option_row {
    const char *name;     /* the long name, without dashes */
    const char *argument; /* the name of its value in the help; NULL: a flag */
    const char *help;     /* one line, with the default; NULL: taken, but not offered */
    /* Stores the text (NULL for a flag) in `target`; may fail (input).
     * options_parse() puts the option's name before the message. */
    bool (*set)(void *target, const struct option_row *row, const char *text,
                struct error *error);
};

/* Applies the options of argv[1..] to `target` and moves the operands to the front of
 * argv[1..]; `operand_count` is their number. `--help` sets `help` and ends the
 * reading. Fails (input) with a message that names the option; if the option is
 * unknown, the message names the nearest known one too. */
bool options_parse(const struct option_row rows[], void *target, int argc, char *argv[],
                   int *operand_count, bool *help, struct error *error);

/* Prints one line for each option that has a help, and one for --help, in aligned columns. */
void options_print(const struct option_row rows[], FILE *out);

/* Reads a whole decimal number within the limits. Fails (input). */
bool options_integer(const char *text, long long least, long long most,
                     long long *number, struct error *error);

#endif
