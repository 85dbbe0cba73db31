/* async/net/address.c: a number is read at once, a name is looked up in a thread. */
#include "tests/async/support.h"

#include <arpa/inet.h>
#include <netdb.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

Test(async_address, ip4_and_ip6_addresses_are_read_and_no_others) {
    struct async_address address;
    struct sockaddr_in ip4 = {.sin_family = AF_INET, .sin_port = htons(80)};
    struct sockaddr_in6 ip6 = {.sin6_family = AF_INET6, .sin6_port = htons(443)};
    struct sockaddr other = {.sa_family = AF_UNIX};
    ip4.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    ip6.sin6_addr = in6addr_loopback;
    cr_assert(async_address_read(&address, (struct sockaddr *)&ip4));
    cr_expect_str_eq(address.host, "127.0.0.1");
    cr_expect_eq(address.port, 80);
    cr_assert(async_address_read(&address, (struct sockaddr *)&ip6));
    cr_expect_str_eq(address.host, "::1");
    cr_expect_eq(address.port, 443);
    cr_expect_not(async_address_read(&address, &other));
}

static void note(void *argument) {
    *(bool *)argument = true;
}

REAL_TIME_TEST(async_address, others_run_while_a_name_is_looked_up) {
    struct addrinfo *list;
    struct async_address address;
    bool has_turned = false;
    SUCCEEDS(async_call_soon(async_get_running_loop(), NULL, note, &has_turned, error));
    SUCCEEDS(async_getaddrinfo("127.0.0.1", 80, 0, &list, error));
    cr_expect_not(has_turned, "the loop turned to look up a number");
    cr_assert(async_address_read(&address, list->ai_addr));
    cr_expect_str_eq(address.host, "127.0.0.1");
    cr_expect_eq(address.port, 80);
    freeaddrinfo(list);
    SUCCEEDS(async_getaddrinfo("localhost", 81, 0, &list, error));
    cr_expect(has_turned, "no other ran while the name was looked up");
    cr_assert(async_address_read(&address, list->ai_addr));
    cr_expect_eq(address.port, 81);
    freeaddrinfo(list);
    FAILS_WITH(ASYNC_INVALID_ARGUMENT, async_getaddrinfo(NULL, -1, 0, &list, error));
    FAILS_WITH(ASYNC_SYSTEM, async_getaddrinfo("no-such.invalid", 80, 0, &list, error));
    cr_expect_lt(error->code, 0);
    cr_expect(strstr(error->message, "no-such.invalid"), "%s", error->message);
    return true;
}

ASYNC_FUNCTION(look_up_slowly) {
    struct addrinfo *list;
    bool ok = async_getaddrinfo("localhost", 81, 0, &list, error);
    if (ok) {
        freeaddrinfo(list);
    }
    return ok;
}

REAL_TIME_TEST(async_address, a_cancelled_look_up_leaks_nothing) {
    struct async_awaitable *task = NEW_TASK(look_up_slowly, NULL);
    SUCCEEDS(async_sleep(0, error));
    async_cancel(task);
    FAILS_WITH(ASYNC_CANCELLED, async_await(task, NULL, error));
    async_release(task);
    return true;
}

#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
/* So long that the copy of the name needs a mapping of its own. */
enum { LONG_NAME_BYTES = 64 * 1024 * 1024 };

ASYNC_FUNCTION(look_up_without_memory) {
    struct addrinfo *list;
    struct rlimit limit;
    cr_assert_eq(getrlimit(RLIMIT_AS, &limit), 0);
    rlim_t before = limit.rlim_cur;
    limit.rlim_cur = 1024 * 1024;
    cr_assert_eq(setrlimit(RLIMIT_AS, &limit), 0);
    bool ok = async_getaddrinfo(argument, 80, 0, &list, error);
    limit.rlim_cur = before;
    setrlimit(RLIMIT_AS, &limit);
    cr_expect_not(ok);
    cr_expect_eq(error->kind, ASYNC_NO_MEMORY, "%s: %s", async_error_name(error->kind),
                 error->message);
    return true;
}

/* A sanitizer's own allocator ends the process instead. */
Test(async_address, a_look_up_without_memory_says_that_memory_is_out) {
    char *name = malloc(LONG_NAME_BYTES);
    cr_assert_not_null(name);
    memset(name, 'x', LONG_NAME_BYTES - 1);
    name[LONG_NAME_BYTES - 1] = '\0';
    run_cleanly(look_up_without_memory, name);
    free(name);
}
#endif
