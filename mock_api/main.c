/* simul-mock-api: the API that every model is measured against. `simul serve` runs this
 * program. */
#include "base/clock.h"
#include "base/descriptors.h"
#include "mock_api/server.h"
#include "mock_api/settings.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

static void print_help(void) {
    puts("simul serve: the mock API alone, for any client\n\n"
         "usage: simul serve [OPTION...]\n");
    options_print(settings_options, stdout);
    puts("\nA LATENCY is a duration (5s, 1.5h, 12h30min, 250us) or a distribution:\n"
         "{uniform: {min: 4s, max: 6s}}, {exponential: {mean: 5s}},\n"
         "{lognormal: {median: 55s, p99: 80s}}. A request may have its own:\n"
         "GET /3/0?send=5ms&response=55ms is round 0 of conversation 3.\n"
         "GET /health answers at once; GET /metrics is Prometheus text.\n\n"
         "Its URL is printed when it accepts connections. SIGTERM ends it.");
}

static int report(const struct error *error) {
    fprintf(stderr, "simul serve: %s\n", error->message);
    return error->kind == ERROR_INPUT ? 2 : 1;
}

int main(int argc, char *argv[]) {
    struct error error = {.kind = ERROR_NONE};
    struct settings settings;
    if (!settings_parse(&settings, argc, argv, &error)) {
        return report(&error);
    }
    if (settings.help) {
        print_help();
        return fflush(stdout) == 0 ? 0 : 1;
    }
    clock_set_timer_slack();
    descriptors_raise_limit();
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN); /* a log over the limit is reported, and not fatal */
    struct server *server = malloc(sizeof *server);
    if (!server) {
        error_failed(&error, "out of memory");
        return report(&error);
    }
    bool opened = server_open(server, &settings, &error);
    if (opened) {
        char url[SERVER_URL_BYTES];
        if (puts(server_url(server, url)) >= 0 && fflush(stdout) == 0) {
            server_run(server);
        } else {
            opened = error_failed(&error, "cannot write the URL to stdout");
        }
    }
    server_close(server);
    free(server);
    return opened ? 0 : report(&error);
}
