#include "tests/async/support/trace.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { TRACE_BYTES = 64 * 1024 };

static char lines[TRACE_BYTES];

void trace(const char *format, ...) {
    size_t used = strlen(lines);
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(lines + used, sizeof lines - used, format, arguments);
    va_end(arguments);
    cr_assert_lt(used + (size_t)length + 1, sizeof lines, "the trace is too long");
    strcpy(lines + used + length, "\n");
}

bool trace_end(const char *name, bool ok, const struct async_error *error) {
    trace("%s %s", name, ok ? "done" : async_error_name(error->kind));
    return ok;
}

void settle(const char *name, struct async_awaitable *task) {
    struct async_error error = {.kind = ASYNC_OK};
    trace_end(name, async_await(task, NULL, &error), &error);
    async_release(task);
}

void trace_word(void *word) {
    trace("%s", (const char *)word);
}

const char *trace_lines(void) {
    return lines;
}

/* Returns what follows the name in a line, or NULL if another word begins the line. */
static const char *after_name(const char *line, const char *name) {
    size_t length = strlen(name);
    bool begins = strncmp(line, name, length) == 0 && line[length] == ' ';
    return begins ? line + length + 1 : NULL;
}

const char *trace_of(const char *name) {
    static char joined[TRACE_BYTES];
    char *end = joined;
    for (const char *line = lines; *line; line = strchr(line, '\n') + 1) {
        const char *words = name ? after_name(line, name) : line;
        if (words) {
            end = mempcpy(end, words, strcspn(words, "\n"));
            *end++ = ' ';
        }
    }
    end -= end > joined;
    *end = '\0';
    return joined;
}
