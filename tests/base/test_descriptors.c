/* base/descriptors.c: raises the soft limit, and checks that the hard one is enough. */
#include "base/descriptors.h"

#include <criterion/criterion.h>
#include <string.h>
#include <sys/resource.h>

Test(descriptors, the_soft_limit_becomes_the_hard_one) {
    struct rlimit limit;
    cr_assert_eq(getrlimit(RLIMIT_NOFILE, &limit), 0);
    limit.rlim_cur = 64;
    limit.rlim_max = limit.rlim_max < 500 ? limit.rlim_max : 500;
    cr_assert_eq(setrlimit(RLIMIT_NOFILE, &limit), 0);
    descriptors_raise_limit();
    cr_assert_eq(getrlimit(RLIMIT_NOFILE, &limit), 0);
    cr_assert_eq(limit.rlim_cur, limit.rlim_max);
    cr_assert_gt(limit.rlim_cur, 64);
}

Test(descriptors, a_refusal_names_the_number_that_is_needed) {
    struct rlimit limit = {.rlim_cur = 20, .rlim_max = 20};
    struct error error = {.kind = ERROR_NONE};
    cr_assert_eq(setrlimit(RLIMIT_NOFILE, &limit), 0);
    cr_expect(descriptors_require(20, &error));
    cr_expect_not(descriptors_require(21, &error));
    cr_expect_eq(error.kind, ERROR_INPUT);
    cr_expect_not_null(strstr(error.message, "20 can be had"));
    cr_expect_not_null(strstr(error.message, "ulimit -n 21"));
}
