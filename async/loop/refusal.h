/* Why an awaitable could not be made. A function that makes one has no error to fill in:
 * it returns NULL and notes the reason here, and awaiting NULL fails with that reason.
 * The reason is kept for the task that asked, because another task may be refused before
 * this one awaits. */
#ifndef SIMUL_ASYNC_LOOP_REFUSAL_H
#define SIMUL_ASYNC_LOOP_REFUSAL_H

#include "async/error.h"
#include "async/loop.h"

enum async_refusal {
    ASYNC_NOT_REFUSED,
    ASYNC_NO_LOOP,
    ASYNC_LOOP_IS_CLOSED,
    ASYNC_OTHER_THREAD,
    ASYNC_NO_COROUTINE,
    ASYNC_TOO_MANY,
    ASYNC_NEGATIVE_SIZE,
    ASYNC_OUT_OF_MEMORY,
};

/* Fills the error with asyncio's kind and message. Returns true for ASYNC_NOT_REFUSED. */
bool async_refusal_check(enum async_refusal refusal, struct async_error *error);

/* Notes the reason, unless it is ASYNC_NOT_REFUSED. Returns NULL. */
struct async_awaitable *async_refuse(enum async_refusal refusal);

/* The error of NULL in the place of an awaitable: the reason that was noted last for this
 * task, else the last one of this thread, else ASYNC_INVALID_ARGUMENT. Returns false. */
bool async_refusal_fail(struct async_error *error);

#endif
