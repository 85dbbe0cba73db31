/* The error of a coroutine. C has no exceptions, so an error is a value that every
 * function which may wait fills in, and a cancellation is one kind of error.
 *
 *   bool dine(void *argument, void **value, struct async_error *error) {
 *       struct fork *fork = take_fork();
 *       bool ok = async_sleep(NS_PER_S, error);   // may be cancelled here
 *       put_back(fork);                           // cleanup in any case
 *       return ok;                                // false: passes the error on
 *   }
 *
 * A coroutine swallows a cancellation if it clears the error, async_error_clear(), and
 * goes on. */
#ifndef SIMUL_ASYNC_ERROR_H
#define SIMUL_ASYNC_ERROR_H

#include <stdarg.h>
#include <stdbool.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Beside each kind stands the exception that asyncio raises. */
enum async_error_kind {
    ASYNC_OK,
    ASYNC_CANCELLED,        /* CancelledError: async_cancel() was called */
    ASYNC_TIMEOUT,          /* TimeoutError */
    ASYNC_INVALID_STATE,    /* InvalidStateError: not done yet, or done already */
    ASYNC_RUNTIME,          /* RuntimeError: the call is not allowed at this moment */
    ASYNC_INVALID_ARGUMENT, /* ValueError, TypeError */
    ASYNC_QUEUE_EMPTY,      /* QueueEmpty */
    ASYNC_QUEUE_FULL,       /* QueueFull */
    ASYNC_BROKEN_BARRIER,   /* BrokenBarrierError */
    ASYNC_INCOMPLETE_READ,  /* IncompleteReadError */
    ASYNC_LIMIT_OVERRUN,    /* LimitOverrunError */
    ASYNC_GROUP,            /* ExceptionGroup: tasks of a group failed */
    ASYNC_SYSTEM,           /* OSError; the code is an errno */
    ASYNC_NO_MEMORY,        /* MemoryError; also if no stack is left */
    ASYNC_CLOSED,           /* GeneratorExit: the loop was closed under the task */
    ASYNC_FAILED,           /* Exception: the user's own, with their code and message */
};

/* A zeroed struct is no error. A function that fails replaces it. A function that
 * succeeds leaves it alone, except that async_await() of a coroutine clears its kind
 * first. */
struct async_error {
    enum async_error_kind kind;

    /* ASYNC_SYSTEM: an errno, or a negative code of getaddrinfo(). ASYNC_FAILED: the
     * user's code. ASYNC_LIMIT_OVERRUN of a stream: a count of bytes. Else 0. */
    int code;
    char message[248]; /* may be empty; a longer message is cut */
};

/* Fill `error`, unless it is NULL, and return false: `return async_fail(...)`. The
 * first makes an error of kind ASYNC_FAILED. If no error has the kind that is given to
 * the second, it makes one of kind ASYNC_INVALID_ARGUMENT (TypeError) that says so. */
bool async_fail(struct async_error *error, int code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
bool async_fail_with(struct async_error *error, enum async_error_kind kind,
                     const char *format, ...) __attribute__((format(printf, 3, 4)));

/* An error of kind ASYNC_SYSTEM, "name: strerror(code)". Returns false. */
bool async_fail_system(struct async_error *error, int code, const char *name);

/* Sets it to ASYNC_OK. NULL is left alone. */
void async_error_clear(struct async_error *error);

/* Copies *from into *to, unless `to` is NULL. Returns false. */
bool async_error_copy(struct async_error *to, const struct async_error *from);

/* The name of the exception in asyncio: "CancelledError", ...; "None" for ASYNC_OK. */
const char *async_error_name(enum async_error_kind kind);

#ifdef __cplusplus
}
#endif

#endif
