/* A host with several addresses, of which some do not work: every model has to reach it
 * by the same address, with each kind of connection. The host stands in a hosts file
 * that only the models see, in a mount namespace. */
#include "base/clock.h"
#include "tests/support/program.h"
#include "tests/support/rogue.h"
#include "tests/support/swallower.h"

#include <arpa/inet.h>
#include <criterion/criterion.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define IN_C                                                                           \
    "simul-model-sequential simul-model-threads simul-model-thread-pool "              \
    "simul-model-event-loop simul-model-coroutines "
#define OTHER TEST_SOURCE "/models/other/"

/* Addresses that share the same bits with 127.0.0.1, so that the resolver keeps their
 * order. No server listens on the first. */
#define REFUSES  "127.0.0.6"
#define SWALLOWS "127.0.0.7"
#define ANSWERS  "127.0.0.5"
#define RESETS   "127.0.0.4"

enum { ADDRESSES = 4, KINDS = 3 };

static const char *const kinds[KINDS] = {"keep", "close", "warm"};

TestSuite(addresses, .init = program_enter, .fini = program_leave);

#if TEST_OTHER_LANGUAGES
#    define NOT_NODE IN_C OTHER "sequential.py " OTHER "asyncio_streams.py "
#else
#    define NOT_NODE IN_C
#endif

/* All models that can run here. */
static const char *find_models(void) {
    bool has_node = TEST_OTHER_LANGUAGES && program_run("command -v node").code == 0;
    return has_node ? NOT_NODE OTHER "node.mjs" : NOT_NODE;
}

/* Replaces a file of /etc for all that `script` runs. As root a mount namespace is
 * enough; else it needs a user namespace. Skips the test if neither can be made. */
static void run_with(const char *file, const char *replaced, const char *script) {
    static const char *const ways[] = {"-m", "-rm"};
    for (int i = 0; i < 2; i++) {
        if (program_run("unshare %s mount --bind %s %s 2>/dev/null", ways[i], file,
                        replaced)
                .code == 0) {
            program_write("script.sh", script);
            program_expect(0, "unshare %s sh -c 'mount --bind %s %s && . ./script.sh'",
                           ways[i], file, replaced);
            return;
        }
    }
    cr_skip_test("no mount namespace can be made here (unshare -m, unshare -rm)");
}

/* Runs the models at once, each with each kind of connection: their output is in the
 * files <model>.<kind>. */
static void run_all(const char *models, const char *file, const char *replaced,
                    const char *url, const char *timeout_ns) {
    char script[2000];
    snprintf(script, sizeof script,
             "for model in %s; do for kind in keep close warm; do\n"
             "    $model --url %s --connections $kind --timeout %s "
             ">$(basename $model).$kind 2>&1 &\n"
             "done; done; wait\n",
             models, url, timeout_ns);
    run_with(file, replaced, script);
}

/* Calls a check with the last line that each model printed. */
static void for_each_output(const char *models,
                            void (*check)(const char *name, const char *line,
                                          const void *context),
                            const void *context) {
    char list[1000];
    char *rest = NULL;
    snprintf(list, sizeof list, "%s", models);
    for (char *model = strtok_r(list, " ", &rest); model;
         model = strtok_r(NULL, " ", &rest)) {
        const char *base = strrchr(model, '/');
        for (int i = 0; i < KINDS; i++) {
            char name[100];
            snprintf(name, sizeof name, "%s.%s", base ? base + 1 : model, kinds[i]);
            check(name, program_expect(0, "tail -n 1 %s", name).out, context);
        }
    }
}

/* The order of the addresses, and how the request ends then. */
struct order {
    const char *addresses[ADDRESSES];
    const char *status;
    const char *error;
};

static void check_row(const char *name, const char *line, const void *context) {
    const struct order *order = context;
    char row[500];
    char found[100] = "no row";
    char *fields[8] = {NULL};
    char *rest = row;
    snprintf(row, sizeof row, "%s", line);
    for (int i = 0; i < 8; i++) {
        fields[i] = strsep(&rest, ",");
    }
    if (fields[7]) {
        snprintf(found, sizeof found, "%.40s '%.40s'", fields[6], fields[7]);
    }
    cr_expect(fields[7] && !strcmp(fields[6], order->status) &&
                  !strcmp(fields[7], order->error),
              "%s, first address %s: %s, not %s '%s': %s", name, order->addresses[0],
              found, order->status, order->error, line);
}

static void check_order(const struct order *order, int port) {
    char hosts[300] = "";
    char url[64];
    for (int i = 0; i < ADDRESSES; i++) {
        size_t used = strlen(hosts);
        snprintf(hosts + used, sizeof hosts - used, "%s four.test\n",
                 order->addresses[i]);
    }
    program_write("hosts", hosts);
    snprintf(url, sizeof url, "http://four.test:%d", port);
    const char *models = find_models();
    run_all(models, "hosts", "/etc/hosts", url, "4000000000");
    for_each_output(models, check_row, order);
}

/* An address that takes the connection and resets it ends the search, as in curl. */
Test(addresses, each_model_reaches_the_same_one_with_each_kind_of_connection) {
    static const struct order orders[] = {
        {{REFUSES, SWALLOWS, ANSWERS, RESETS}, "200", ""},
        {{SWALLOWS, ANSWERS, RESETS, REFUSES}, "200", ""},
        {{ANSWERS, RESETS, REFUSES, SWALLOWS}, "200", ""},
        {{RESETS, REFUSES, SWALLOWS, ANSWERS}, "0", "reset"},
        {{REFUSES, SWALLOWS, RESETS, ANSWERS}, "0", "reset"},
    };
    struct rogue answers;
    struct rogue resets;
    struct swallower swallows;
    rogue_start_at(&answers, ROGUE_ANSWERS, ANSWERS, 0);
    int port = atoi(strrchr(answers.url, ':') + 1);
    rogue_start_at(&resets, ROGUE_RESETS, RESETS, port);
    swallower_start(&swallows, SWALLOWS, port);
    for (size_t i = 0; i < sizeof orders / sizeof orders[0]; i++) {
        check_order(&orders[i], port);
    }
    swallower_stop(&swallows);
    rogue_stop(&resets);
    rogue_stop(&answers);
}

/* With a warm connection the model gives up; else its row says it. */
static void check_timeout(const char *name, const char *line, const void *context) {
    bool is_told = strstr(name, ".warm") ? strstr(line, "cannot connect to ") != NULL
                                         : strstr(line, ",timeout,") != NULL;
    (void)context;
    cr_expect(is_told, "%s: %s", name, line);
}

/* The resolver itself would wait for a minute and more. Node is left out: its rows are
 * the same, but its process ends only when the resolver does. */
Test(addresses, a_resolver_that_does_not_answer_is_given_up_after_the_timeout) {
    struct sockaddr_in place = {.sin_family = AF_INET, .sin_port = htons(53)};
    inet_pton(AF_INET, "127.0.0.9", &place.sin_addr);
    int silent = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (bind(silent, (struct sockaddr *)&place, sizeof place) != 0) {
        cr_skip_test("port 53 of 127.0.0.9 cannot be had here");
    }
    program_write("resolv.conf", "nameserver 127.0.0.9\noptions timeout:30\n");
    run_all(NOT_NODE, "resolv.conf", "/etc/resolv.conf", "http://lost.test:8080",
            "500000000");
    for_each_output(NOT_NODE, check_timeout, NULL);
    close(silent);
}

Test(addresses, ctrl_c_ends_a_run_that_waits_for_its_warm_connections) {
    struct swallower swallower;
    struct process run;
    char urls[80];
    swallower_start(&swallower, "127.0.0.1", 0);
    snprintf(urls, sizeof urls, "%s/a\n", swallower.url);
    program_write("own.txt", urls);
    program_start(&run, "exec simul run --no-plots --url-file own.txt --timeout 0s "
                        "--connections warm --models sequential");
    /* Only the command line of the trial's model has this, and not its --describe. */
    for (int i = 0; i < 2000 && program_count("urls-0.txt") == 0; i++) {
        usleep(5000);
    }
    cr_assert_gt(program_count("urls-0.txt"), 0, "no model was started");
    process_signal(&run, SIGINT);
    cr_assert_eq(process_wait(&run, clock_now_ns() + 30 * NS_PER_S), PROCESS_EXITED);
    cr_expect(WIFEXITED(run.status) && WEXITSTATUS(run.status) == 130, "%d",
              run.status);
    process_close(&run);
    swallower_stop(&swallower);
}
