/* simul serve, as a whole program: a server for any client. */
#include "base/clock.h"
#include "tests/support/program.h"

#include <arpa/inet.h>
#include <criterion/criterion.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

TestSuite(command_serve, .init = program_enter, .fini = program_leave);

static int64_t in_seconds(int seconds) {
    return clock_now_ns() + seconds * NS_PER_S;
}

/* Starts it on a free port, which is returned once it accepts connections. */
static int serve(struct process *server, const char *options) {
    char line[200];
    int port = 0;
    snprintf(line, sizeof line, "exec simul serve --port 0 %s", options);
    program_start(server, line);
    process_wait_line(server, in_seconds(10));
    cr_assert_not_null(server->out, "%s", server->err);
    cr_assert_eq(sscanf(server->out, "http://127.0.0.1:%d\n", &port), 1, "%s",
                 server->out);
    return port;
}

/* Ends it with SIGTERM, as a service manager does. */
static void stop(struct process *server) {
    kill(server->pid, SIGTERM);
    cr_assert_eq(process_wait(server, in_seconds(2)), PROCESS_EXITED);
    cr_assert(process_succeeded(server), "%s", server->err);
    process_close(server);
}

/* Sends a GET over a connection of its own. */
static int ask(int port, const char *target) {
    char request[200];
    struct timeval patience = {.tv_sec = 10};
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_port = htons((uint16_t)port),
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    cr_assert_eq(connect(fd, (struct sockaddr *)&address, sizeof address), 0);
    int length = snprintf(request, sizeof request,
                          "GET %s HTTP/1.1\r\nHost: localhost\r\n"
                          "Connection: close\r\n\r\n",
                          target);
    cr_assert_eq(write(fd, request, (size_t)length), length);
    return fd;
}

/* The whole reply, up to the connection's end. */
static const char *get(int port, const char *target) {
    static char reply[65536];
    size_t used = 0;
    int fd = ask(port, target);
    ssize_t count;
    while ((count = read(fd, reply + used, sizeof reply - 1 - used)) > 0) {
        used += (size_t)count;
    }
    close(fd);
    reply[used] = '\0';
    return reply;
}

Test(command_serve, it_prints_its_url_once_it_accepts) {
    struct process server;
    int port = serve(&server, "");
    cr_assert(!strncmp(get(port, "/0/0?send=1ms&response=1ms"), "HTTP/1.1 200", 12));
    cr_assert_str_eq(strchr(server.out, '\n'), "\n");
    stop(&server);
}

Test(command_serve, health_answers_at_once) {
    struct process server;
    int port = serve(&server, "--send 60s --response 60s");
    int64_t begin_ns = clock_now_ns();
    cr_assert(!strncmp(get(port, "/health"), "HTTP/1.1 200", 12));
    cr_assert_lt(clock_now_ns() - begin_ns, 2 * NS_PER_S);
    stop(&server);
}

Test(command_serve, metrics_count_requests_by_status) {
    struct process server;
    int port = serve(&server, "--send 1ms --response 1ms");
    get(port, "/0/0");
    get(port, "/0/1");
    const char *metrics = get(port, "/metrics");
    cr_assert(!strncmp(metrics, "HTTP/1.1 200", 12));
    cr_assert(program_holds(metrics, "\nsimul_requests_total{status=\"200\"} 2\n"),
              "%s", metrics);
    stop(&server);
}

Test(command_serve, sigterm_ends_it_at_once_under_load) {
    int clients[50];
    struct process server;
    int port = serve(&server, "--send 0s --response 60s --senders unlimited");
    for (int i = 0; i < 50; i++) {
        clients[i] = ask(port, "/0/0");
    }
    int64_t deadline_ns = in_seconds(10);
    while (!program_holds(get(port, "/metrics"),
                          "simul_requests_in_flight{phase=\"response\"} 50\n")) {
        cr_assert_lt(clock_now_ns(), deadline_ns);
    }
    stop(&server);
    for (int i = 0; i < 50; i++) {
        close(clients[i]);
    }
}

Test(command_serve, a_port_that_is_taken_is_refused) {
    struct process server;
    int port = serve(&server, "");
    struct outcome second = program_expect(2, "simul serve --port %d", port);
    cr_expect_str_eq(second.out, "");
    cr_expect(!strncmp(second.err, "simul serve: ", 13), "%s", second.err);
    cr_expect(program_holds(second.err, "address already in use"), "%s", second.err);
    cr_expect_eq(strchr(second.err, '\n'), second.err + strlen(second.err) - 1);
    stop(&server);
}

Test(command_serve, help_lists_its_options) {
    struct outcome help = program_expect(0, "simul serve --help");
    cr_assert(program_holds(help.out, "usage: simul serve"));
    cr_assert(program_holds(help.out, "--senders N"));
    cr_assert_str_eq(help.err, "");
}

Test(command_serve, a_wrong_command_line_gets_one_sentence) {
    static const char *const lines[] = {
        "urls",        "--port 70000",     "--port",          "--send 5",
        "--slots -1",  "--senders none",   "--listen no.one", "--listen 192.0.2.1",
        "--nonsense",  "--response ''",    "--log /no/log",   "--log-capacity 0",
        "--port 0 ''", "--response {x: 1}"};
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        struct outcome line = program_expect(2, "exec simul serve %s", lines[i]);
        cr_expect_str_eq(line.out, "", "%s", lines[i]);
        cr_expect(!strncmp(line.err, "simul serve: ", 13), "%s: %s", lines[i],
                  line.err);
        cr_expect_eq(strchr(line.err, '\n'), line.err + strlen(line.err) - 1, "%s",
                     line.err);
    }
}
