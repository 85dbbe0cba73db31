/* models/http/warm.c: connections that are made before the clock starts. */
#include "models/http/warm.h"
#include "base/clock.h"
#include "tests/support/rogue.h"
#include "tests/support/swallower.h"

#include <arpa/inet.h>
#include <criterion/criterion.h>
#include <dirent.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static int count_descriptors(void) {
    DIR *directory = opendir("/proc/self/fd");
    cr_assert_not_null(directory, "no /proc");
    int count = 0;
    while (readdir(directory)) {
        count++;
    }
    closedir(directory);
    return count;
}

Test(warm, each_conversation_has_a_connected_socket) {
    struct rogue rogue;
    struct error error;
    rogue_start(&rogue, ROGUE_ANSWERS);
    struct workload workload = {.url = rogue.url, .conversations = 3, .rounds = 1};
    cr_assert(warm_connect(&workload, &error), "%s", error.message);
    for (int32_t i = 0; i < 3; i++) {
        struct sockaddr_storage peer;
        socklen_t length = sizeof peer;
        int fd = warm_take(&workload, i);
        cr_expect_geq(fd, 0);
        cr_expect_eq(getpeername(fd, (struct sockaddr *)&peer, &length), 0,
                     "%d is not connected", i);
        close(fd);
    }
    warm_close(&workload);
    rogue_stop(&rogue);
}

Test(warm, a_socket_sends_without_delay) {
    struct rogue rogue;
    struct error error;
    rogue_start(&rogue, ROGUE_ANSWERS);
    struct workload workload = {.url = rogue.url, .conversations = 1, .rounds = 1};
    cr_assert(warm_connect(&workload, &error), "%s", error.message);
    int fd = warm_take(&workload, 0);
    int no_delay = 0;
    socklen_t length = sizeof no_delay;
    getsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &no_delay, &length);
    cr_expect(no_delay);
    close(fd);
    warm_close(&workload);
    rogue_stop(&rogue);
}

Test(warm, a_socket_is_handed_out_once) {
    struct rogue rogue;
    struct error error;
    rogue_start(&rogue, ROGUE_ANSWERS);
    struct workload workload = {.url = rogue.url, .conversations = 2, .rounds = 1};
    cr_assert(warm_connect(&workload, &error), "%s", error.message);
    int fd = warm_take(&workload, 1);
    cr_expect_geq(fd, 0);
    cr_expect_eq(warm_take(&workload, 1), -1);
    cr_expect_geq(warm_take(&workload, 0), 0);
    warm_close(&workload);
    rogue_stop(&rogue);
}

Test(warm, no_socket_is_handed_out_if_none_is_warm) {
    struct workload workload = {.url = "http://x", .conversations = 1, .rounds = 1};
    cr_expect_eq(warm_take(&workload, 0), -1);
    warm_close(&workload);
}

Test(warm, sockets_that_were_not_taken_are_closed) {
    struct rogue rogue;
    struct error error;
    rogue_start(&rogue, ROGUE_SILENT);
    struct workload workload = {.url = rogue.url, .conversations = 5, .rounds = 1};
    cr_assert(warm_connect(&workload, &error), "%s", error.message);
    warm_close(&workload);
    rogue_stop(&rogue);
    cr_expect_null(workload.warm_sockets);
    rogue_start(&rogue, ROGUE_SILENT);
    int before = count_descriptors();
    workload.url = rogue.url;
    cr_assert(warm_connect(&workload, &error), "%s", error.message);
    int taken = warm_take(&workload, 2);
    warm_close(&workload);
    close(taken);
    rogue_stop(&rogue);
    int closed_by_the_rogue = 2; /* its listener and its eventfd */
    cr_expect_eq(count_descriptors(), before - closed_by_the_rogue, "%d, %d before",
                 count_descriptors(), before);
}

/* Listens on ::1 and a free port; skips the test if there is no IPv6. */
static int listen_on_ip6(char url[static 64], const char *host) {
    struct sockaddr_in6 address = {.sin6_family = AF_INET6,
                                   .sin6_addr = in6addr_loopback};
    socklen_t length = sizeof address;
    int listener = socket(AF_INET6, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (listener < 0 || bind(listener, (struct sockaddr *)&address, length) != 0) {
        cr_skip_test("no IPv6 here");
    }
    cr_assert(listen(listener, 8) == 0 &&
              getsockname(listener, (struct sockaddr *)&address, &length) == 0);
    snprintf(url, 64, "http://%s:%d", host, ntohs(address.sin6_port));
    return listener;
}

static void expect_ip6_connection(const char *host) {
    char url[64];
    int listener = listen_on_ip6(url, host);
    struct error error = {.kind = ERROR_NONE};
    struct workload workload = {.url = url, .conversations = 2, .rounds = 1};
    cr_expect(warm_connect(&workload, &error), "%s", error.message);
    warm_close(&workload);
    close(listener);
}

Test(warm, a_bracketed_host_is_an_ip6_address) {
    expect_ip6_connection("[::1]");
}

Test(warm, both_addresses_of_localhost_are_tried) {
    expect_ip6_connection("localhost");
}

Test(warm, there_may_be_more_connections_than_are_made_at_a_time) {
    struct rogue rogue;
    struct error error;
    rogue_start(&rogue, ROGUE_ANSWERS);
    struct workload workload = {.url = rogue.url, .conversations = 150, .rounds = 1};
    cr_assert(warm_connect(&workload, &error), "%s", error.message);
    for (int32_t i = 0; i < 150; i++) {
        cr_expect_geq(workload.warm_sockets[i], 0);
        for (int32_t k = 0; k < i; k++) {
            cr_expect_neq(workload.warm_sockets[i], workload.warm_sockets[k]);
        }
    }
    warm_close(&workload);
    rogue_stop(&rogue);
}

/* The kernel by itself would try for two minutes. */
Test(warm, an_address_that_swallows_packets_is_given_up_after_the_timeout) {
    struct swallower swallower;
    struct error error = {.kind = ERROR_NONE};
    swallower_start(&swallower, "127.0.0.1", 0);
    struct workload workload = {.url = swallower.url,
                                .conversations = 3,
                                .rounds = 1,
                                .timeout_ns = 200 * NS_PER_MS};
    int64_t begin_ns = clock_now_ns();
    cr_expect_not(warm_connect(&workload, &error));
    cr_expect_geq(clock_now_ns() - begin_ns, workload.timeout_ns);
    cr_expect(strstr(error.message, "cannot connect to 127.0.0.1 port ") &&
                  strstr(error.message, "imeout"),
              "'%s'", error.message);
    warm_close(&workload);
    swallower_stop(&swallower);
}

Test(warm, a_host_that_cannot_be_connected_is_named) {
    char nobody[64];
    rogue_nobody(nobody);
    struct {
        const char *url;
        const char *named;
    } cases[] = {
        {nobody, "127.0.0.1"},
        {"http://x.invalid", "x.invalid"},
        {"http://127.0.0.1:99999", "no URL"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct error error = {.kind = ERROR_NONE};
        struct workload workload = {
            .url = cases[i].url, .conversations = 2, .rounds = 1};
        cr_expect_not(warm_connect(&workload, &error), "%s", cases[i].url);
        cr_expect(strstr(error.message, cases[i].named), "'%s' does not name '%s'",
                  error.message, cases[i].named);
        warm_close(&workload);
    }
}
