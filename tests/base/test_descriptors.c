/* base/descriptors.c: raises the soft limit, and checks that the hard one is enough. */
#include "base/descriptors.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

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

Test(descriptors, a_socket_is_closed_on_exec) {
    int reason = -1;
    int fd = descriptors_open_socket(AF_INET, SOCK_STREAM, 0, &reason);
    cr_assert_geq(fd, 0);
    cr_expect_eq(reason, 0);
    cr_expect(fcntl(fd, F_GETFD) & FD_CLOEXEC);
    close(fd);
}

Test(descriptors, a_missing_socket_has_its_reason) {
    struct rlimit limit;
    int reason = 0;
    cr_assert_eq(getrlimit(RLIMIT_NOFILE, &limit), 0);
    struct rlimit none = {.rlim_cur = 3, .rlim_max = limit.rlim_max};
    cr_assert_eq(setrlimit(RLIMIT_NOFILE, &none), 0);
    int fd = descriptors_open_socket(AF_INET, SOCK_STREAM, 0, &reason);
    cr_assert_eq(setrlimit(RLIMIT_NOFILE, &limit), 0); /* a sanitizer opens files */
    cr_expect_eq(fd, -1);
    cr_expect_eq(reason, EMFILE);
}
