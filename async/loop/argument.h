/* Is a value that the program passed in its legal range? Each check fails with
 * ASYNC_INVALID_ARGUMENT, where CPython raises ValueError or TypeError. */
#ifndef SIMUL_ASYNC_LOOP_ARGUMENT_H
#define SIMUL_ASYNC_LOOP_ARGUMENT_H

#include "async/error.h"

#include <stddef.h>
#include <stdint.h>

/* A count or a size. No object has more than PTRDIFF_MAX bytes, so a larger number was
 * negative before it became a size_t. `name` begins the message. */
bool async_argument_size(const char *name, size_t size, struct async_error *error);

/* The length of an array of awaitables. It is checked before the array is read. */
bool async_argument_list(size_t count, struct async_error *error);

/* The error of a function that returned false: if it is none, or its kind does not
 * exist, it is replaced by one that says so. */
void async_argument_failure(const char *function, struct async_error *error);

#endif
