/* mock_api/server.c: the whole API under load, its log, its counts and its end. */
#include "mock_api/server.h"
#include "base/clock.h"
#include "base/witness.h"
#include "tests/support/api.h"

#include <criterion/criterion.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { CLIENT_COUNT = 12 };

static struct api api;
static struct client clients[CLIENT_COUNT];
static struct reply replies[CLIENT_COUNT];
static struct reply reply;
static char directory[64];
static char path[96];

static void make_directory(void) {
    strcpy(directory, "/tmp/simul-server-XXXXXX");
    cr_assert_not_null(mkdtemp(directory));
    snprintf(path, sizeof path, "%s/log", directory);
}

static void remove_directory(void) {
    unlink(path);
    rmdir(directory);
}

TestSuite(server, .init = make_directory, .fini = remove_directory);

/* Each client sends GET /<its number>/0, in order. Returns the time of the begin. */
static int64_t begin_all(void) {
    int64_t begin_ns = clock_now_ns();
    for (int i = 0; i < CLIENT_COUNT; i++) {
        char text[80];
        snprintf(text, sizeof text, "GET /%d/0 HTTP/1.1\r\nHost: a\r\n\r\n", i);
        client_open(&clients[i], api.port);
        client_send(&clients[i], text);
    }
    return begin_ns;
}

/* Reads every reply. Returns the time at which the last one was complete. */
static int64_t end_all(void) {
    for (int i = 0; i < CLIENT_COUNT; i++) {
        cr_assert(client_read(&clients[i], &replies[i], false));
        cr_assert_eq(replies[i].status, 200);
        client_close(&clients[i]);
    }
    return clock_now_ns();
}

Test(server, one_sender_serialises_all_sends) {
    API_START(&api, "--send", "5ms", "--response", "55ms");
    int64_t begin_ns = begin_all();
    int64_t end_ns = end_all();
    cr_expect_geq(end_ns - begin_ns, (CLIENT_COUNT * 5 + 55) * NS_PER_MS);
    for (int i = 0; i < CLIENT_COUNT; i++) {
        cr_expect_eq(reply_timing_ns(&replies[i], "send"), 5 * NS_PER_MS);
        cr_expect_eq(reply_timing_ns(&replies[i], "response"), 55 * NS_PER_MS);
        cr_expect_eq(reply_timing_ns(&replies[i], "backlog"), 0);
    }
    api_stop(&api);
}

Test(server, unlimited_senders_serialise_nothing) {
    API_START(&api, "--send", "20ms", "--response", "1ms", "--senders", "unlimited");
    begin_all();
    end_all();
    for (int i = 0; i < CLIENT_COUNT; i++) {
        cr_expect_eq(reply_timing_ns(&replies[i], "queue"), 0);
    }
    api_stop(&api);
}

Test(server, answer_slots_make_a_backlog) {
    API_START(&api, "--send", "0s", "--response", "5ms", "--slots", "3", "--senders",
              "unlimited");
    int64_t begin_ns = begin_all();
    int64_t end_ns = end_all();
    cr_expect_geq(end_ns - begin_ns, CLIENT_COUNT / 3 * 5 * NS_PER_MS);
    api_stop(&api);
}

#define JITTER "{uniform: {min: 100us, max: 3ms}}"

/* The two draws of each of six requests: of its send and of its response. */
static void draw_with_seed(const char *seed, int64_t drawn_ns[12]) {
    struct client client;
    API_START(&api, "--send", JITTER, "--response", JITTER, "--seed", seed);
    client_open(&client, api.port);
    for (int i = 0; i < 6; i++) {
        char target[40];
        snprintf(target, sizeof target, "/%d/%d", i / 2, i % 2);
        client_get(&client, target, &reply);
        drawn_ns[2 * i] = reply_timing_ns(&reply, "send");
        drawn_ns[2 * i + 1] = reply_timing_ns(&reply, "response");
    }
    client_close(&client);
    api_stop(&api);
}

Test(server, the_same_seed_draws_the_same_in_another_process) {
    int64_t first_ns[12];
    int64_t second_ns[12];
    draw_with_seed("42", first_ns);
    draw_with_seed("42", second_ns);
    for (int i = 0; i < 12; i++) {
        cr_expect_eq(first_ns[i], second_ns[i]);
        cr_expect(first_ns[i] >= 100 * NS_PER_US && first_ns[i] <= 3 * NS_PER_MS);
        cr_expect(i == 0 || first_ns[i] != first_ns[i - 1]);
    }
}

Test(server, draws_are_those_of_latency_draw) {
    int64_t drawn_ns[12];
    struct latency jitter = {LATENCY_UNIFORM, 100 * NS_PER_US, 3 * NS_PER_MS};
    draw_with_seed("43", drawn_ns);
    for (int i = 0; i < 12; i++) {
        enum latency_phase phase = i % 2 ? LATENCY_RESPONSE : LATENCY_SEND;
        cr_expect_eq(drawn_ns[i], latency_draw(jitter, 43, i / 4, i / 2 % 2, phase));
    }
}

Test(server, another_seed_draws_others) {
    int64_t first_ns[12];
    int64_t second_ns[12];
    draw_with_seed("1", first_ns);
    draw_with_seed("2", second_ns);
    for (int i = 0; i < 12; i++) {
        cr_expect_neq(first_ns[i], second_ns[i]);
    }
}

Test(server, a_path_without_numbers_draws_by_the_order_of_arrival) {
    struct latency jitter = {LATENCY_UNIFORM, 100 * NS_PER_US, 3 * NS_PER_MS};
    API_START(&api, "--send", JITTER, "--response", "0s", "--seed", "5");
    for (int i = 0; i < 4; i++) {
        api_get(&api, "/somewhere", &reply);
        cr_expect_eq(reply_timing_ns(&reply, "send"),
                     latency_draw(jitter, 5, i, 0, LATENCY_SEND));
        cr_expect_str_eq(reply.body, "{\"conversation\":null,\"round\":null}\n");
    }
    api_stop(&api);
}

Test(server, health_is_ok_at_once_while_requests_wait) {
    API_START(&api, "--send", "1h");
    begin_all();
    api_get(&api, "/health", &reply);
    cr_expect_eq(reply.status, 200);
    cr_expect_str_eq(reply.body, "ok\n");
    api_stop(&api);
}

Test(server, metrics_count_requests_and_connections) {
    API_START(&api, "--send", "0s", "--response", "0s");
    begin_all();
    end_all();
    cr_expect_eq(api_metric(&api, "simul_requests_total{status=\"200\"}"), 12);
    cr_expect_eq(api_metric(&api, "simul_lateness_seconds_count"), 12);
    cr_expect_eq(api_metric(&api, "simul_requests_in_flight{phase=\"send\"}"), 0);
    cr_expect_eq(api_metric(&api, "simul_connections_total"), 16);
    api_get(&api, "/?send=x", &reply);
    cr_expect_eq(api_metric(&api, "simul_requests_total{status=\"400\"}"), 1);
    api_await_metric(&api, "simul_connections_open", 1);
    api_stop(&api);
}

Test(server, metrics_show_requests_in_their_phases) {
    API_START(&api, "--send", "1h", "--senders", "2");
    begin_all();
    api_await_metric(&api, "simul_requests_in_flight{phase=\"queue\"}", 10);
    cr_expect_eq(api_metric(&api, "simul_requests_in_flight{phase=\"send\"}"), 2);
    cr_expect_eq(api_metric(&api, "simul_connections_open"), 13);
    api_stop(&api);
}

Test(server, sigterm_ends_it_with_requests_under_way) {
    API_START(&api, "--send", "1h", "--response", "1h", "--log", path);
    begin_all();
    api_await_metric(&api, "simul_requests_in_flight{phase=\"queue\"}", 11);
    api_stop(&api);
    for (int i = 0; i < CLIENT_COUNT; i++) {
        cr_expect(client_at_end(&clients[i]));
        client_close(&clients[i]);
    }
    struct error error = {.kind = ERROR_NONE};
    struct witness witness;
    cr_assert(witness_open(&witness, path, &error), "%s", error.message);
    cr_assert_eq(witness_count(&witness), CLIENT_COUNT);
    for (int i = 0; i < CLIENT_COUNT; i++) {
        cr_expect_eq(witness.records[i].status, WITNESS_HUNG_UP);
    }
    witness_close(&witness);
}

Test(server, sigint_ends_it_too) {
    API_START(&api, "--send", "1h");
    process_signal(&api.process, SIGINT);
    cr_assert_eq(process_wait(&api.process, clock_now_ns() + 2 * NS_PER_S),
                 PROCESS_EXITED);
    cr_expect(process_succeeded(&api.process));
    process_close(&api.process);
}

static void expect_order(const struct witness_record *record) {
    cr_expect_gt(record->arrival_ns, 0);
    cr_expect_leq(record->arrival_ns, record->send_begin_ns);
    cr_expect_leq(record->send_begin_ns, record->send_end_ns);
    cr_expect_leq(record->send_end_ns, record->response_begin_ns);
    cr_expect_leq(record->response_begin_ns, record->response_due_ns);
    cr_expect_leq(record->response_due_ns, record->answered_ns);
}

Test(server, the_log_has_every_request_in_order) {
    API_START(&api, "--send", "2ms", "--response", "7ms", "--slots", "4", "--log",
              path);
    int64_t begin_ns = begin_all();
    int64_t end_ns = end_all();
    api_stop(&api);
    struct error error = {.kind = ERROR_NONE};
    struct witness witness;
    cr_assert(witness_open(&witness, path, &error), "%s", error.message);
    cr_assert_eq(witness_count(&witness), CLIENT_COUNT);
    bool seen[CLIENT_COUNT] = {false};
    for (int i = 0; i < CLIENT_COUNT; i++) {
        const struct witness_record *record = &witness.records[i];
        expect_order(record);
        cr_expect_geq(record->arrival_ns, begin_ns);
        cr_expect_leq(record->answered_ns, end_ns);
        cr_expect_eq(record->send_end_ns - record->send_begin_ns, 2 * NS_PER_MS);
        cr_expect_eq(record->response_due_ns - record->response_begin_ns,
                     7 * NS_PER_MS);
        cr_expect_eq(record->status, 200);
        cr_expect_gt(record->bytes, 100);
        cr_assert(record->conversation >= 0 && record->conversation < CLIENT_COUNT);
        cr_expect_not(seen[record->conversation], "logged twice");
        seen[record->conversation] = true;
        cr_expect_eq(record->round, 0);
        const struct witness_record *before = i ? record - 1 : record;
        cr_expect(i == 0 || record->send_begin_ns >= before->send_end_ns,
                  "two sends at a time");
    }
    witness_close(&witness);
}

Test(server, the_log_and_server_timing_agree) {
    API_START(&api, "--send", "2ms", "--response", "3ms", "--slots", "1", "--log",
              path);
    begin_all();
    end_all();
    api_stop(&api);
    struct error error = {.kind = ERROR_NONE};
    struct witness witness;
    cr_assert(witness_open(&witness, path, &error), "%s", error.message);
    for (int i = 0; i < CLIENT_COUNT; i++) {
        const struct witness_record *record = &witness.records[i];
        const struct reply *told = &replies[record->conversation];
        cr_expect_eq(reply_timing_ns(told, "queue"),
                     record->send_begin_ns - record->arrival_ns);
        cr_expect_eq(reply_timing_ns(told, "backlog"),
                     record->response_begin_ns - record->send_end_ns);
    }
    witness_close(&witness);
}

Test(server, a_full_log_does_not_stop_the_api) {
    API_START(&api, "--send", "0s", "--response", "0s", "--log", path, "--log-capacity",
              "5");
    begin_all();
    end_all();
    api_stop(&api);
    struct error error = {.kind = ERROR_NONE};
    struct witness witness;
    cr_assert(witness_open(&witness, path, &error), "%s", error.message);
    cr_expect_eq(witness_count(&witness), 5);
    cr_expect_eq(witness.header->count, CLIENT_COUNT);
    witness_close(&witness);
}

static struct server *open_server(const struct settings *settings, bool *opened,
                                  struct error *error) {
    struct server *server = malloc(sizeof *server);
    cr_assert_not_null(server);
    *error = (struct error){.kind = ERROR_NONE};
    *opened = server_open(server, settings, error);
    return server;
}

static void close_server(struct server *server) {
    server_close(server);
    free(server);
}

Test(server, its_url_names_the_port_that_it_got) {
    struct settings settings = {.listen = "127.0.0.1", .port = 0};
    struct error error;
    bool opened;
    struct server *server = open_server(&settings, &opened, &error);
    cr_assert(opened, "%s", error.message);
    char url[SERVER_URL_BYTES];
    int port = 0;
    cr_assert_eq(sscanf(server_url(server, url), "http://127.0.0.1:%d", &port), 1);
    cr_expect_gt(port, 0);
    close_server(server);
}

Test(server, a_port_in_use_is_refused) {
    struct settings settings = {.listen = "127.0.0.1", .port = 0};
    struct error error;
    bool opened;
    char url[SERVER_URL_BYTES];
    struct server *first = open_server(&settings, &opened, &error);
    cr_assert(opened, "%s", error.message);
    sscanf(server_url(first, url), "http://127.0.0.1:%d", &settings.port);
    struct server *second = open_server(&settings, &opened, &error);
    cr_expect_not(opened);
    cr_expect_eq(error.kind, ERROR_INPUT);
    cr_expect_not_null(strstr(error.message, "address already in use"), "%s",
                       error.message);
    cr_expect_not_null(strstr(error.message, "try --port 0"));
    close_server(second);
    close_server(first);
}

Test(server, an_address_that_is_no_ip_address_is_refused) {
    static const char *const addresses[] = {"localhost", "", "127.0.0.256", "1.2.3"};
    for (int i = 0; i < 4; i++) {
        struct settings settings = {.listen = addresses[i]};
        struct error error;
        bool opened;
        struct server *server = open_server(&settings, &opened, &error);
        cr_expect_not(opened, "%s", addresses[i]);
        cr_expect_eq(error.kind, ERROR_INPUT);
        cr_expect_not_null(strstr(error.message, "is no IP address"), "%s",
                           error.message);
        close_server(server);
    }
}

Test(server, a_log_that_cannot_be_written_is_refused) {
    struct settings settings = {.listen = "127.0.0.1", .log = "/nonexistent/log"};
    struct error error;
    bool opened;
    struct server *server = open_server(&settings, &opened, &error);
    cr_expect_not(opened);
    cr_expect_eq(error.kind, ERROR_INPUT);
    close_server(server);
}

Test(server, a_signal_that_came_before_it_ran_ends_it) {
    struct settings settings = {.listen = "127.0.0.1"};
    struct error error;
    bool opened;
    struct server *server = open_server(&settings, &opened, &error);
    cr_assert(opened, "%s", error.message);
    raise(SIGTERM);
    server_run(server);
    cr_expect(server->stopping);
    close_server(server);
}
