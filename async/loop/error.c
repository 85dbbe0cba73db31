/* Errors as values. */
#include "async/error.h"
#include "async/loop/error_kind.h"

#include <stdio.h>
#include <string.h>

bool async_fail(struct async_error *error, int code, const char *format, ...) {
    if (error) {
        va_list arguments;
        va_start(arguments, format);
        vsnprintf(error->message, sizeof error->message, format, arguments);
        va_end(arguments);
        error->kind = ASYNC_FAILED;
        error->code = code;
    }
    return false;
}

bool async_fail_with(struct async_error *error, enum async_error_kind kind,
                     const char *format, ...) {
    if (error) {
        va_list arguments;
        va_start(arguments, format);
        vsnprintf(error->message, sizeof error->message, format, arguments);
        va_end(arguments);
        error->kind = kind;
        error->code = 0;
        if (!async_is_error_kind(kind)) {
            snprintf(error->message, sizeof error->message,
                     "async_fail_with() got kind %d, which no error has; use one of "
                     "enum async_error_kind",
                     (int)kind);
            error->kind = ASYNC_INVALID_ARGUMENT;
        }
    }
    return false;
}

bool async_fail_system(struct async_error *error, int code, const char *name) {
    async_fail_with(error, ASYNC_SYSTEM, "%s: %s", name, strerror(code));
    if (error) {
        error->code = code;
    }
    return false;
}

void async_error_clear(struct async_error *error) {
    if (error) {
        error->kind = ASYNC_OK;
        error->code = 0;
        error->message[0] = '\0';
    }
}

/* Does not copy the rest of the message, because many hot paths have waits that
 * fail. */
bool async_error_copy(struct async_error *to, const struct async_error *from) {
    if (to && to != from) {
        to->kind = from->kind;
        to->code = from->code;
        size_t length = strnlen(from->message, sizeof from->message - 1);
        memcpy(to->message, from->message, length);
        to->message[length] = '\0';
    }
    return false;
}

const char *async_error_name(enum async_error_kind kind) {
    static const char *const names[] = {
        [ASYNC_OK] = "None",
        [ASYNC_CANCELLED] = "CancelledError",
        [ASYNC_TIMEOUT] = "TimeoutError",
        [ASYNC_INVALID_STATE] = "InvalidStateError",
        [ASYNC_RUNTIME] = "RuntimeError",
        [ASYNC_INVALID_ARGUMENT] = "ValueError",
        [ASYNC_QUEUE_EMPTY] = "QueueEmpty",
        [ASYNC_QUEUE_FULL] = "QueueFull",
        [ASYNC_BROKEN_BARRIER] = "BrokenBarrierError",
        [ASYNC_INCOMPLETE_READ] = "IncompleteReadError",
        [ASYNC_LIMIT_OVERRUN] = "LimitOverrunError",
        [ASYNC_GROUP] = "ExceptionGroup",
        [ASYNC_SYSTEM] = "OSError",
        [ASYNC_NO_MEMORY] = "MemoryError",
        [ASYNC_CLOSED] = "GeneratorExit",
        [ASYNC_FAILED] = "Exception",
    };
    return (size_t)kind < sizeof names / sizeof *names ? names[kind] : "?";
}
