/* Expectations of one call. The error that they look at is the one in scope that is
 * named `error`: a struct async_error in a test, a pointer to one in a coroutine. */
#ifndef SIMUL_TESTS_ASYNC_SUPPORT_EXPECT_H
#define SIMUL_TESTS_ASYNC_SUPPORT_EXPECT_H

#include "async/async.h"

#include <criterion/criterion.h>

#define ERROR_IN_SCOPE                                                                 \
    _Generic((error), struct async_error : &(error), default : (error))

/* The call returns true: SUCCEEDS(async_sleep(1, error)). If not, the test ends. */
#define SUCCEEDS(call)                                                                 \
    do {                                                                               \
        if (!(call)) {                                                                 \
            const struct async_error *error_of_call = ERROR_IN_SCOPE;                  \
            cr_assert_fail("%s: %s: %s", #call, async_error_name(error_of_call->kind), \
                           error_of_call->message);                                    \
        }                                                                              \
    } while (0)

/* The call returns false, and its error is of this kind. The error is cleared before
 * the call, and can be looked at after it. If the call returns true, the test ends. Not
 * for calls that read the error, such as async_timeout_exit(). */
#define FAILS_WITH(expected, call)                                                     \
    do {                                                                               \
        struct async_error *error_of_call = ERROR_IN_SCOPE;                            \
        async_error_clear(error_of_call);                                              \
        cr_assert_not((call), "%s succeeded", #call);                                  \
        cr_expect_eq(error_of_call->kind, (expected), "%s: %s: %s", #call,             \
                     async_error_name(error_of_call->kind), error_of_call->message);   \
    } while (0)

#endif
