/* Tests each claim about HTTP clients against a server that provokes the case. */
#include "tests/support/http_clients.h"
#include "base/clock.h"
#include "models/http/warm.h"
#include "tests/support/watched_api.h"
#include "tests/support/rogue.h"

#include <criterion/criterion.h>
#include <dirent.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

enum { CONVERSATIONS = 5, ROUNDS = 3, ANY = -1 };

static const char *const no_options[] = {NULL};

void http_client_run(struct workload *workload, http_client_converse *converse) {
    struct error error = {.kind = ERROR_NONE};
    size_t count = (size_t)workload->conversations * (size_t)workload->rounds;
    workload->events = calloc(count, sizeof *workload->events);
    cr_assert_not_null(workload->events, "out of memory");
    if (workload->connections == CONNECTIONS_WARM) {
        cr_assert(warm_connect(workload, &error), "%s", error.message);
    }
    workload->ready_ns = clock_now_ns();
    converse(workload);
    warm_close(workload);
}

/* Runs the workload against a rogue server, and stops the server: its counts are
 * final. */
static struct workload run_against(struct rogue *rogue, enum rogue_way way,
                                   struct workload workload,
                                   http_client_converse *converse) {
    rogue_start(rogue, way);
    workload.url = rogue->url;
    http_client_run(&workload, converse);
    rogue_stop(rogue);
    return workload;
}

static struct workload small(void) {
    return (struct workload){.conversations = CONVERSATIONS, .rounds = ROUNDS};
}

static int count_ok(const struct workload *workload) {
    int count = 0;
    for (int32_t i = 0; i < workload->conversations * workload->rounds; i++) {
        count += workload->events[i].error == EVENT_OK;
    }
    return count;
}

static void expect_error(const struct workload *workload, enum event_error error,
                         const char *what) {
    for (int32_t i = 0; i < workload->conversations * workload->rounds; i++) {
        cr_expect_eq(workload->events[i].error, error, "%s, request %d: '%s', not '%s'",
                     what, i, event_error_word(workload->events[i].error),
                     event_error_word(error));
    }
}

void http_client_names_each_failure(http_client_converse *converse) {
    static const struct {
        const char *what;
        enum rogue_way way;
        enum event_error error;
        int32_t status;
        int64_t timeout_ns;
    } cases[] = {
        {"closes at once", ROGUE_CLOSES, EVENT_TRUNCATED, 0, 0},
        {"resets at once", ROGUE_RESETS, EVENT_RESET, 0, 0},
        {"babbles", ROGUE_BABBLES, EVENT_PROTOCOL, 0, 0},
        {"half a body", ROGUE_HALF_BODY, EVENT_TRUNCATED, 200, 0},
        {"resets in the body", ROGUE_RESETS_BODY, EVENT_RESET, ANY, 0},
        {"404", ROGUE_NOT_FOUND, EVENT_STATUS, 404, 0},
        {"500", ROGUE_BREAKS_DOWN, EVENT_STATUS, 500, 0},
        {"silent", ROGUE_SILENT, EVENT_TIMEOUT, 0, 30 * NS_PER_MS},
        {"stops midway", ROGUE_STOPS_MIDWAY, EVENT_TIMEOUT, 200, 30 * NS_PER_MS},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct rogue rogue;
        struct workload workload = small();
        workload.timeout_ns = cases[i].timeout_ns;
        workload = run_against(&rogue, cases[i].way, workload, converse);
        expect_error(&workload, cases[i].error, cases[i].what);
        if (cases[i].status == ANY) {
            free(workload.events);
            continue; /* a reset may overtake bytes that were sent before it */
        }
        cr_expect_eq(workload.events[0].status, cases[i].status,
                     "%s: status %d, not %d", cases[i].what, workload.events[0].status,
                     cases[i].status);
        cr_expect_eq(workload.events[0].first_byte_ns > 0, cases[i].status > 0,
                     "%s: only a status has a first byte", cases[i].what);
        free(workload.events);
    }
}

void http_client_names_a_refusal(http_client_converse *converse) {
    char url[64];
    int fd = rogue_nobody(url);
    struct workload workload = small();
    workload.url = url;
    http_client_run(&workload, converse);
    close(fd);
    expect_error(&workload, EVENT_REFUSED, "no server listens");
    free(workload.events);
}

void http_client_names_an_unknown_host(http_client_converse *converse) {
    struct workload workload = {
        .url = "http://x.invalid", .conversations = 1, .rounds = 1};
    http_client_run(&workload, converse);
    expect_error(&workload, EVENT_RESOLVE, "x.invalid");
    free(workload.events);
}

void http_client_reaches_a_host_by_its_name(http_client_converse *converse) {
    struct rogue rogue;
    char url[64];
    rogue_start(&rogue, ROGUE_ANSWERS);
    snprintf(url, sizeof url, "http://localhost%s", strrchr(rogue.url, ':'));
    struct workload workload = small();
    workload.url = url;
    http_client_run(&workload, converse);
    rogue_stop(&rogue);
    cr_expect_eq(count_ok(&workload), CONVERSATIONS * ROUNDS, "%d succeeded",
                 count_ok(&workload));
    free(workload.events);
}

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

/* Limits this process to `room` more descriptors. */
static void leave_descriptors(int count) {
    int fd = open("/dev/null", O_RDONLY);
    struct rlimit limit;
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = (rlim_t)(fd + count);
    close(fd);
    cr_assert_eq(setrlimit(RLIMIT_NOFILE, &limit), 0, "cannot limit descriptors");
}

void http_client_names_a_lack_of_descriptors(http_client_converse *converse) {
    struct rogue rogue;
    rogue_start(&rogue, ROGUE_SILENT);
    struct workload first = {
        .url = rogue.url, .conversations = 1, .rounds = 1, .timeout_ns = NS_PER_MS};
    http_client_run(&first, converse); /* libraries open files in a first run */
    free(first.events);
    int limited = 0;
    /* At every point of a request, a lack of descriptors is `limit`, not `refused`. */
    for (int room = 0; room < 12; room++) {
        struct workload workload = {.url = rogue.url,
                                    .conversations = 1,
                                    .rounds = 1,
                                    .timeout_ns = 20 * NS_PER_MS};
        struct rlimit before;
        getrlimit(RLIMIT_NOFILE, &before);
        leave_descriptors(room);
        http_client_run(&workload, converse);
        setrlimit(RLIMIT_NOFILE, &before);
        enum event_error error = workload.events[0].error;
        cr_expect(error == EVENT_LIMIT || error == EVENT_TIMEOUT,
                  "room for %d descriptors: '%s'", room, event_error_word(error));
        limited += error == EVENT_LIMIT;
        free(workload.events);
    }
    rogue_stop(&rogue);
    cr_expect_gt(limited, 0, "the descriptors never ran out");
}

void http_client_goes_on_after_a_failure(http_client_converse *converse) {
    struct rogue rogue;
    struct workload workload = run_against(&rogue, ROGUE_HALF_BODY, small(), converse);
    for (int32_t i = 0; i < CONVERSATIONS; i++) {
        for (int32_t round = 1; round < ROUNDS; round++) {
            const struct event *event = workload_event(&workload, i, round);
            cr_expect_gt(event->end_ns, 0, "request %d/%d has no end", i, round);
            cr_expect_eq(event->ready_ns, event[-1].end_ns,
                         "request %d/%d was not ready at the end of the last round", i,
                         round);
        }
    }
    free(workload.events);
}

void http_client_times_out_never_early(http_client_converse *converse) {
    const int64_t timeout_ns = 20 * NS_PER_MS + 1; /* not a whole millisecond */
    struct rogue rogue;
    rogue_start(&rogue, ROGUE_SILENT);
    for (int i = 0; i < 4; i++) {
        /* Across the end of a second, where a client may count milliseconds wrongly. */
        int64_t second_ns = (clock_now_ns() / NS_PER_S + 1) * NS_PER_S;
        struct workload workload = {.url = rogue.url,
                                    .conversations = 20,
                                    .rounds = 1,
                                    .timeout_ns = timeout_ns};
        clock_sleep_until_ns(second_ns - (5 + 3 * i) * NS_PER_MS - 100 * NS_PER_US);
        http_client_run(&workload, converse);
        expect_error(&workload, EVENT_TIMEOUT, "silent");
        for (int32_t k = 0; k < workload.conversations; k++) {
            const struct event *event = &workload.events[k];
            cr_expect_geq(event->end_ns - event->begin_ns, timeout_ns,
                          "timed out after %ld ns",
                          (long)(event->end_ns - event->begin_ns));
        }
        free(workload.events);
    }
    rogue_stop(&rogue);
}

void http_client_records_the_times_of_the_api(http_client_converse *converse) {
    static const char *const options[] = {"--send", "2ms", "--response", "3ms", NULL};
    struct watched_api api;
    struct workload workload = small();
    watched_api_start(&api, options);
    workload.url = api.url;
    http_client_run(&workload, converse);
    cr_assert_eq(witness_count(&api.witness), (uint64_t)CONVERSATIONS * ROUNDS,
                 "the API did not see each request once");
    for (uint64_t i = 0; i < witness_count(&api.witness); i++) {
        const struct witness_record *record = &api.witness.records[i];
        const struct event *event =
            workload_event(&workload, record->conversation, record->round);
        cr_expect_eq(event->status, 200, "status %d", event->status);
        cr_expect_eq(event->queue_ns, record->send_begin_ns - record->arrival_ns);
        cr_expect_eq(event->send_ns, 2 * NS_PER_MS);
        cr_expect_eq(event->backlog_ns, 0);
        cr_expect_eq(event->response_ns, 3 * NS_PER_MS);
        cr_expect_leq(event->begin_ns, record->arrival_ns, "arrived before its begin");
        cr_expect_geq(event->first_byte_ns, record->response_due_ns);
        cr_expect_geq(event->end_ns, event->first_byte_ns);
    }
    watched_api_stop(&api);
    free(workload.events);
}

void http_client_keeps_its_own_send(http_client_converse *converse) {
    static const char *const options[] = {"--send", "0s", "--response", "1ms", NULL};
    struct watched_api api;
    struct workload workload = small();
    workload.send_hold_ns = 2 * NS_PER_MS;
    watched_api_start(&api, options);
    workload.url = api.url;
    http_client_run(&workload, converse);
    for (int32_t i = 0; i < CONVERSATIONS * ROUNDS; i++) {
        cr_expect_geq(workload.events[i].send_ns, workload.send_hold_ns,
                      "the API's 0 ms replaced the hold");
        cr_expect_eq(workload.events[i].response_ns, NS_PER_MS);
    }
    watched_api_stop(&api);
    free(workload.events);
}

void http_client_keeps_one_connection_a_conversation(http_client_converse *converse) {
    struct rogue rogue;
    struct workload workload = run_against(&rogue, ROGUE_ANSWERS, small(), converse);
    cr_expect_eq(count_ok(&workload), CONVERSATIONS * ROUNDS);
    cr_expect_eq(rogue.connections, CONVERSATIONS, "%d connections", rogue.connections);
    cr_expect_eq(rogue.most_of_one, 1, "%d connections of one", rogue.most_of_one);
    cr_expect_not(rogue.is_shared, "two conversations on one connection");
    free(workload.events);
}

void http_client_closes_after_each_request(http_client_converse *converse) {
    struct rogue rogue;
    struct workload workload = small();
    workload.connections = CONNECTIONS_CLOSE;
    workload = run_against(&rogue, ROGUE_ANSWERS, workload, converse);
    cr_expect_eq(count_ok(&workload), CONVERSATIONS * ROUNDS);
    cr_expect_eq(rogue.connections, CONVERSATIONS * ROUNDS, "%d connections",
                 rogue.connections);
    free(workload.events);
}

void http_client_uses_its_warm_connection(http_client_converse *converse) {
    struct rogue rogue;
    struct workload workload = small();
    workload.connections = CONNECTIONS_WARM;
    workload = run_against(&rogue, ROGUE_ANSWERS, workload, converse);
    cr_expect_eq(count_ok(&workload), CONVERSATIONS * ROUNDS);
    cr_expect_eq(rogue.connections, CONVERSATIONS, "%d connections", rogue.connections);
    cr_expect_eq(rogue.most_of_one, 1, "%d connections of one", rogue.most_of_one);
    cr_expect_not(rogue.is_shared, "two conversations on one connection");
    free(workload.events);
}

/* Asserts that each request succeeded, was sent once, and that those of a later round
 * opened their connection anew. */
static void expect_reopened(const struct workload *workload, const struct rogue *rogue,
                            const char *what) {
    int requests = workload->conversations * workload->rounds;
    cr_expect_eq(count_ok(workload), requests, "%s: %d of %d succeeded", what,
                 count_ok(workload), requests);
    cr_expect_eq(rogue->requests, requests, "%s: %d requests", what, rogue->requests);
    cr_expect_eq(rogue->connections, requests, "%s: %d connections", what,
                 rogue->connections);
    for (int32_t i = 0; i < requests; i++) {
        cr_expect_eq(workload->events[i].is_reopened, i % workload->rounds > 0,
                     "%s, request %d: reopened is %d", what, i,
                     workload->events[i].is_reopened);
    }
}

void http_client_opens_a_closed_connection_anew(http_client_converse *converse) {
    static const enum workload_connections kinds[] = {CONNECTIONS_KEEP,
                                                      CONNECTIONS_WARM};
    static const enum rogue_way ways[] = {ROGUE_LEAVES, ROGUE_SAYS_GOODBYE};
    for (int i = 0; i < 4; i++) {
        struct rogue rogue;
        struct workload workload = small();
        workload.connections = kinds[i % 2];
        workload = run_against(&rogue, ways[i / 2], workload, converse);
        expect_reopened(&workload, &rogue, i / 2 ? "says goodbye" : "leaves");
        free(workload.events);
    }
}

/* Waits until the server has closed a connection that nobody has used. */
static void await_end(int fd) {
    struct pollfd poll_fd = {.fd = fd, .events = POLLIN};
    cr_assert_eq(poll(&poll_fd, 1, 10000), 1, "the server keeps the connection");
}

void http_client_opens_a_closed_warm_connection_anew(http_client_converse *converse) {
    struct rogue rogue;
    struct error error;
    struct event events[ROGUE_DROPPED + 1] = {{.end_ns = 0}};
    struct workload workload = {.conversations = ROGUE_DROPPED,
                                .rounds = 1,
                                .connections = CONNECTIONS_WARM,
                                .events = events};
    rogue_start(&rogue, ROGUE_DROPS_FIRST);
    workload.url = rogue.url;
    cr_assert(warm_connect(&workload, &error), "%s", error.message);
    for (int32_t i = 0; i < ROGUE_DROPPED; i++) {
        await_end(workload.warm_sockets[i]);
    }
    workload.ready_ns = clock_now_ns();
    converse(&workload);
    warm_close(&workload);
    rogue_stop(&rogue);
    cr_expect_eq(count_ok(&workload), ROGUE_DROPPED);
    cr_expect_eq(rogue.requests, ROGUE_DROPPED, "%d requests", rogue.requests);
    cr_expect_eq(rogue.connections, 2 * ROGUE_DROPPED);
    for (int32_t i = 0; i < ROGUE_DROPPED; i++) {
        cr_expect(events[i].is_reopened, "%d: reopened is not told", i);
    }
}

void http_client_sends_each_request_once(http_client_converse *converse) {
    struct rogue rogue;
    struct workload workload =
        run_against(&rogue, ROGUE_ENDS_SECOND, small(), converse);
    cr_expect_eq(rogue.requests, CONVERSATIONS * ROUNDS, "%d requests", rogue.requests);
    for (int32_t i = 0; i < CONVERSATIONS * ROUNDS; i++) {
        const struct event *event = &workload.events[i];
        enum event_error error = i % ROUNDS == 1 ? EVENT_TRUNCATED : EVENT_OK;
        cr_expect_eq(event->error, error, "request %d: '%s', not '%s'", i,
                     event_error_word(event->error), event_error_word(error));
        cr_expect_not(event->is_reopened, "request %d", i);
    }
    free(workload.events);
}

/* After a failure, the client has no connection that the server could have closed. */
void http_client_opens_anew_what_it_closed_itself(http_client_converse *converse) {
    static const enum rogue_way ways[] = {ROGUE_CLOSES, ROGUE_BABBLES, ROGUE_SILENT};
    for (int i = 0; i < 3; i++) {
        struct rogue rogue;
        struct workload workload = small();
        workload.timeout_ns = 20 * NS_PER_MS;
        workload = run_against(&rogue, ways[i], workload, converse);
        cr_expect_eq(rogue.requests, CONVERSATIONS * ROUNDS);
        for (int32_t k = 0; k < CONVERSATIONS * ROUNDS; k++) {
            cr_expect_not(workload.events[k].is_reopened, "way %d, request %d", i, k);
        }
        free(workload.events);
    }
}

void http_client_leaves_no_descriptor(http_client_converse *converse) {
    static const enum workload_connections kinds[] = {
        CONNECTIONS_KEEP, CONNECTIONS_CLOSE, CONNECTIONS_WARM};
    struct watched_api api;
    struct workload workload = {.conversations = 1, .rounds = 1};
    watched_api_start(&api, no_options);
    workload.url = api.url;
    http_client_run(&workload, converse); /* libraries open files in a first run */
    free(workload.events);
    int before = count_descriptors();
    for (int i = 0; i < 3; i++) {
        workload = small();
        workload.url = api.url;
        workload.connections = kinds[i];
        http_client_run(&workload, converse);
        free(workload.events);
    }
    cr_expect_eq(count_descriptors(), before, "%d descriptors, %d before",
                 count_descriptors(), before);
    watched_api_stop(&api);
}
