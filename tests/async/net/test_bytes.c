/* async/net/bytes.c: a buffer that grows. */
#include "async/bytes.h"

#include <criterion/criterion.h>
#include <stdint.h>
#include <string.h>

Test(async_bytes, appended_bytes_end_with_a_nul) {
    struct async_bytes bytes = {.data = NULL};
    cr_assert(async_bytes_append(&bytes, "", 0));
    cr_expect_str_eq(bytes.data, "");
    cr_assert(async_bytes_append(&bytes, "ab", 2));
    cr_assert(async_bytes_append(&bytes, "\0c", 2));
    cr_expect_eq(bytes.count, 4);
    cr_expect_arr_eq(bytes.data, "ab\0c\0", 5);
    async_bytes_clear(&bytes);
    cr_expect_eq(bytes.count, 0);
    cr_expect_str_eq(bytes.data, "");
    async_bytes_free(&bytes);
    cr_expect_null(bytes.data);
    async_bytes_clear(&bytes);
}

Test(async_bytes, more_than_the_memory_holds_is_refused) {
    struct async_bytes bytes = {.data = NULL};
    cr_assert(async_bytes_append(&bytes, "x", 1));
    cr_expect_not(async_bytes_append(&bytes, "x", SIZE_MAX));
    cr_expect_str_eq(bytes.data, "x");
    async_bytes_free(&bytes);
}
