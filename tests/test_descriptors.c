/* base/descriptors.c: the soft limit becomes the hard one. */
#include "base/descriptors.h"

#include <criterion/criterion.h>
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
