/* One error: a kind that decides the exit code, and a sentence. */
#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

bool error_input(struct error *error, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(error->message, sizeof error->message, format, arguments);
    va_end(arguments);
    error->kind = ERROR_INPUT;
    return false;
}

bool error_failed(struct error *error, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(error->message, sizeof error->message, format, arguments);
    va_end(arguments);
    error->kind = ERROR_FAILED;
    return false;
}

bool error_prefix(struct error *error, const char *format, ...) {
    char text[sizeof error->message];
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    size_t last = sizeof text - 1;
    size_t used = length < 0 ? 0 : (size_t)length < last ? (size_t)length : last;
    size_t rest = strnlen(error->message, last - used);
    memmove(error->message + used, error->message, rest);
    memcpy(error->message, text, used);
    error->message[used + rest] = '\0';
    return false;
}
