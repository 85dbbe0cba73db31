/* An error: filled by the function that knows the cause, printed by main only. */
#ifndef SIMUL_BASE_ERROR_H
#define SIMUL_BASE_ERROR_H

#include <stdbool.h>

#ifdef __cplusplus
extern "C" {
#endif

enum error_kind {
    ERROR_NONE,
    ERROR_INPUT,  /* the user can correct it: an option, a file, a limit; exit code 2 */
    ERROR_FAILED, /* a failure while the program runs; exit code 1 */
};

/* The message says what failed, where, and what to do next. A zeroed struct is no
 * error. */
struct error {
    enum error_kind kind;
    char message[1024];
};

/* Fill `error` and return false, so that a caller can `return error_input(...)`. A
 * second call replaces the error of the first. Characters that a terminal would obey,
 * line breaks too, become '?' in the message. */
bool error_input(struct error *error, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
bool error_failed(struct error *error, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Puts text before the message, for example a place that only the caller knows. Returns
 * false. */
bool error_prefix(struct error *error, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#ifdef __cplusplus
}
#endif

#endif
