/* async/loop/error.c: errors as values. */
#include "async/error.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <string.h>

Test(async_error, failing_fills_the_error_and_returns_false) {
    struct async_error error = {.kind = ASYNC_OK};
    cr_expect_not(async_fail(&error, 42, "no %s", "fork"));
    cr_expect_eq(error.kind, ASYNC_FAILED);
    cr_expect_eq(error.code, 42);
    cr_expect_str_eq(error.message, "no fork");
    cr_expect_not(async_fail_with(&error, ASYNC_TIMEOUT, "late"));
    cr_expect_eq(error.kind, ASYNC_TIMEOUT);
    cr_expect_eq(error.code, 0);
}

Test(async_error, a_caller_that_needs_no_error_may_pass_null) {
    cr_expect_not(async_fail(NULL, 1, "x"));
    cr_expect_not(async_fail_with(NULL, ASYNC_RUNTIME, "x"));
    cr_expect_not(async_fail_system(NULL, ENOENT, "x"));
    cr_expect_not(async_error_copy(NULL, &(struct async_error){.kind = ASYNC_FAILED}));
}

Test(async_error, a_system_error_names_its_object_and_cause) {
    struct async_error error;
    async_fail_system(&error, ENOENT, "/no/such");
    cr_expect_eq(error.kind, ASYNC_SYSTEM);
    cr_expect_eq(error.code, ENOENT);
    cr_expect_str_eq(error.message, "/no/such: No such file or directory");
}

Test(async_error, a_long_message_is_cut) {
    struct async_error error;
    char text[1000];
    memset(text, 'x', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    async_fail(&error, 0, "%s", text);
    cr_expect_eq(strlen(error.message), sizeof error.message - 1);
    struct async_error copy;
    async_error_copy(&copy, &error);
    cr_expect_str_eq(copy.message, error.message);
}

Test(async_error, clearing_leaves_no_error) {
    struct async_error error;
    async_fail(&error, 3, "x");
    async_error_clear(&error);
    cr_expect_eq(error.kind, ASYNC_OK);
    cr_expect_eq(error.code, 0);
    cr_expect_str_empty(error.message);
    async_error_clear(NULL);
}

Test(async_error, every_kind_has_its_own_name) {
    for (int a = ASYNC_OK; a <= ASYNC_FAILED; a++) {
        cr_assert_not_null(async_error_name(a), "%d", a);
        for (int b = ASYNC_OK; b < a; b++) {
            cr_expect_str_neq(async_error_name(a), async_error_name(b));
        }
    }
    cr_expect_str_eq(async_error_name(ASYNC_CANCELLED), "CancelledError");
    cr_expect_str_eq(async_error_name((enum async_error_kind)99), "?");
}
