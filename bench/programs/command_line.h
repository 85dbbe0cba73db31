/* A program's command line, put together piece by piece. */
#ifndef SIMUL_BENCH_PROGRAMS_COMMAND_LINE_H
#define SIMUL_BENCH_PROGRAMS_COMMAND_LINE_H

#include <stdint.h>

#define COMMAND_LINE_WORDS  32
#define COMMAND_LINE_NUMBER 32

/* Texts are borrowed; numbers are stored here. A zeroed command line is empty. */
struct command_line {
    const char *argv[COMMAND_LINE_WORDS + 1]; /* ended by NULL */
    int count;
    char numbers[COMMAND_LINE_WORDS][COMMAND_LINE_NUMBER];
};

/* Adds an option and its value, or the text alone if `option` is NULL. The caller adds
 * at most COMMAND_LINE_WORDS words. */
void command_line_add(struct command_line *line, const char *option, const char *text);
void command_line_add_number(struct command_line *line, const char *option,
                             int64_t number);

#endif
