/* The checks of numbers, with their messages. */
#include "async/loop/argument.h"
#include "async/loop/error_kind.h"

/* More than any function of this library allocates for an awaitable of a list. */
enum { BYTES_FOR_EACH = 256 };

bool async_argument_size(const char *name, size_t size, struct async_error *error) {
    return size <= PTRDIFF_MAX ||
           async_fail_with(error, ASYNC_INVALID_ARGUMENT,
                           "%s must be >= 0, not %td; check how it is computed", name,
                           (ptrdiff_t)size);
}

bool async_argument_list(size_t count, struct async_error *error) {
    return count <= PTRDIFF_MAX / BYTES_FOR_EACH ||
           async_fail_with(error, ASYNC_INVALID_ARGUMENT,
                           "a list cannot have %zu awaitables; check its count", count);
}

void async_argument_failure(const char *function, struct async_error *error) {
    if (error->kind == ASYNC_OK) {
        async_fail_with(error, ASYNC_FAILED, "%s returned false without an error",
                        function);
    } else if (!async_is_error_kind(error->kind)) {
        async_fail_with(error, ASYNC_INVALID_ARGUMENT,
                        "%s returned false with kind %d, which no error has; use one "
                        "of enum async_error_kind",
                        function, (int)error->kind);
    }
}
