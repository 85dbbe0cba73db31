/* A program's command line, put together piece by piece. */
#ifndef SIMUL_BENCH_PROGRAMS_COMMAND_LINE_H
#define SIMUL_BENCH_PROGRAMS_COMMAND_LINE_H

#include <stdint.h>

#define COMMAND_LINE_WORDS  32
#define COMMAND_LINE_NUMBER 32

/* Texts are borrowed, numbers have their room here. Zeroed: empty. */
struct command_line {
    const char *argv[COMMAND_LINE_WORDS + 1]; /* ended by NULL */
    int count;
    char numbers[COMMAND_LINE_WORDS][COMMAND_LINE_NUMBER];
};

/* Adds an option and its value; without the option (NULL) the text alone. More than
 * COMMAND_LINE_WORDS words are a fault of the caller. */
void command_line_add(struct command_line *line, const char *option, const char *text);
void command_line_add_number(struct command_line *line, const char *option,
                             int64_t number);

#endif
