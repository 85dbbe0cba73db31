/* The open descriptors of this process: a test compares their numbers before and
 * after. */
#ifndef SIMUL_TESTS_ASYNC_SUPPORT_DESCRIPTORS_H
#define SIMUL_TESTS_ASYNC_SUPPORT_DESCRIPTORS_H

#include <criterion/criterion.h>
#include <sys/socket.h>
#include <unistd.h>

/* Each count includes the descriptor that counts. */
int count_descriptors(void);

/* Expects as many as before. Waits up to 5 s for it, because a thread of this process,
 * such as a test's server, may still have to close its end of a connection. */
void expect_descriptors(int before);

/* With its first loop libuv opens a pair of descriptors for signals, and keeps it: call
 * this before the first count. */
void open_what_stays(void);

/* A pair of connected sockets in this process. */
#define OPEN_PAIR(pair)                                                                \
    cr_assert_eq(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, (pair)), 0)

#endif
