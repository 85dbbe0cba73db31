/* What a coroutine fails with: C has no exceptions, so an error is a value that every
 * function which may wait fills in, and cancellation is one of its kinds.
 *
 *   bool dine(void *argument, void **value, struct async_error *error) {
 *       struct fork *fork = take_fork();
 *       bool ok = async_sleep(NS_PER_S, error);   // may be cancelled here
 *       put_back(fork);                           // cleaned up in any case
 *       return ok;                                // false: passes it on
 *   }
 *
 * To swallow a cancellation is to clear the error and go on: async_error_clear(). */
#ifndef SIMUL_ASYNC_ERROR_H
#define SIMUL_ASYNC_ERROR_H

#include <stdarg.h>
#include <stdbool.h>

/* In brackets: what asyncio raises there. */
enum async_error_kind {
    ASYNC_OK,
    ASYNC_CANCELLED,        /* CancelledError: somebody called async_cancel() */
    ASYNC_TIMEOUT,          /* TimeoutError */
    ASYNC_INVALID_STATE,    /* InvalidStateError: not done yet, or done already */
    ASYNC_RUNTIME,          /* RuntimeError: the call does not fit this moment */
    ASYNC_INVALID_ARGUMENT, /* ValueError, TypeError */
    ASYNC_QUEUE_EMPTY,      /* QueueEmpty */
    ASYNC_QUEUE_FULL,       /* QueueFull */
    ASYNC_BROKEN_BARRIER,   /* BrokenBarrierError */
    ASYNC_INCOMPLETE_READ,  /* IncompleteReadError */
    ASYNC_LIMIT_OVERRUN,    /* LimitOverrunError */
    ASYNC_GROUP,            /* ExceptionGroup: several tasks of a group failed */
    ASYNC_SYSTEM,           /* OSError; code: errno */
    ASYNC_NO_MEMORY,        /* MemoryError; no stack is left, too */
    ASYNC_CLOSED,           /* GeneratorExit: the loop was closed under the task */
    ASYNC_FAILED,           /* Exception: the user's own; code and message are theirs */
};

/* Zeroed: no error. Left alone by what succeeds, replaced by what fails. */
struct async_error {
    enum async_error_kind kind;
    int code;          /* ASYNC_SYSTEM: errno; ASYNC_FAILED: the user's; else 0 */
    char message[248]; /* cut, never overrun; may be empty */
};

/* Fills `error`, where it is not NULL, and returns false: `return async_fail(...)`. */
bool async_fail(struct async_error *error, int code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
bool async_fail_with(struct async_error *error, enum async_error_kind kind,
                     const char *format, ...) __attribute__((format(printf, 3, 4)));

/* "name: strerror(code)", of kind ASYNC_SYSTEM. Returns false. */
bool async_fail_system(struct async_error *error, int code, const char *name);

/* No error any more. NULL is left alone. */
void async_error_clear(struct async_error *error);

/* Copies *from into *to, where `to` is not NULL. Returns false. */
bool async_error_copy(struct async_error *to, const struct async_error *from);

/* The name that asyncio's users know: "CancelledError"; ASYNC_OK: "None". */
const char *async_error_name(enum async_error_kind kind);

#endif
