/* Writes the message of an error. A message may quote text from a user, a file or a
 * program, so characters that a terminal would obey are replaced here, for all
 * messages. */
#include "base/error.h"
#include "base/utf8.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

bool error_input(struct error *error, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(error->message, sizeof error->message, format, arguments);
    va_end(arguments);
    utf8_mend(error->message);
    error->kind = ERROR_INPUT;
    return false;
}

bool error_failed(struct error *error, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(error->message, sizeof error->message, format, arguments);
    va_end(arguments);
    utf8_mend(error->message);
    error->kind = ERROR_FAILED;
    return false;
}

bool error_prefix(struct error *error, const char *format, ...) {
    char text[sizeof error->message];
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    if (length < 0) {
        text[0] = '\0';
    }
    utf8_mend(text);
    size_t last = sizeof text - 1;
    size_t used = strlen(text);
    size_t rest = strnlen(error->message, last - used);
    memmove(error->message + used, error->message, rest);
    memcpy(error->message, text, used);
    error->message[used + rest] = '\0';
    return false;
}
