/* A program's command line. */
#include "bench/programs/command_line.h"

#include <assert.h>
#include <inttypes.h>
#include <stddef.h>
#include <stdio.h>

void command_line_add(struct command_line *line, const char *option, const char *text) {
    assert(line->count + 2 <= COMMAND_LINE_WORDS);
    if (option) {
        line->argv[line->count++] = option;
    }
    line->argv[line->count++] = text;
}

void command_line_add_number(struct command_line *line, const char *option,
                             int64_t number) {
    char *text = line->numbers[line->count];
    snprintf(text, COMMAND_LINE_NUMBER, "%" PRId64, number);
    command_line_add(line, option, text);
}
