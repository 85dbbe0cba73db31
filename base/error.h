/* One error, filled where its cause is known and printed by main alone. */
#ifndef SIMUL_BASE_ERROR_H
#define SIMUL_BASE_ERROR_H

#include <stdbool.h>

enum error_kind {
    ERROR_NONE,
    ERROR_INPUT,  /* the user can mend it: an option, a file, a limit; exit code 2 */
    ERROR_FAILED, /* it went wrong while running; exit code 1 */
};

/* What went wrong, where, and what to do next. Zeroed: no error. */
struct error {
    enum error_kind kind;
    char message[1024];
};

/* Fill `error` and return false, so that a caller can `return error_input(...)`. A
 * second call replaces the first. What would steer a terminal, line breaks too, is a
 * '?' in it. */
bool error_input(struct error *error, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
bool error_failed(struct error *error, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Puts text before the message: the place that only the caller knows. Returns false. */
bool error_prefix(struct error *error, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#endif
