/* Which kinds an error may have. */
#ifndef SIMUL_ASYNC_LOOP_ERROR_KIND_H
#define SIMUL_ASYNC_LOOP_ERROR_KIND_H

#include "async/error.h"

/* ASYNC_OK is not the kind of an error. */
static inline bool async_is_error_kind(enum async_error_kind kind) {
    return kind != ASYNC_OK && (unsigned)kind <= ASYNC_FAILED;
}

#endif
