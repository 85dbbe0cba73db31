/* The main of every C model: argv -> workload -> run -> events as CSV on stdout. */
#include "base/advice.h"
#include "base/clock.h"
#include "base/descriptors.h"
#include "models/http/warm.h"
#include "models/model.h"
#include "models/runtime/arguments.h"

#include <ctype.h>
#include <curl/curl.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

static const char *const holds_names[] = {
    [HOLDS_ONE] = "one",
    [HOLDS_WORKERS] = "workers",
    [HOLDS_ALL] = "all",
    [HOLDS_CORES] = "cores",
};

enum { NAME_BYTES = 64 };

/* The model's name is that of its program, without "simul-model-" and with nothing that
 * JSON would have to escape. */
static const char *name_model(char name[static NAME_BYTES]) {
    static const char prefix[] = "simul-model-";
    const char *program = program_invocation_short_name;
    bool has_prefix = !strncmp(program, prefix, sizeof prefix - 1);
    snprintf(name, NAME_BYTES, "%s", program + (has_prefix ? sizeof prefix - 1 : 0));
    for (char *at = name; *at; at++) {
        *at = isalnum((unsigned char)*at) || strchr("._-", *at) ? *at : '-';
    }
    return name;
}

static void describe(void) {
    char name[NAME_BYTES];
    char why[256] = "";
    bool available = !model.is_available || model.is_available(why, sizeof why);
    printf(
        "{\"name\": \"%s\", \"summary\": \"%s\", \"holds\": \"%s\", "
        "\"send_holds\": \"%s\", \"listed\": %s, \"available\": %s, \"why\": \"%s\", "
        "\"waits\": %s, \"needs\": {\"descriptors\": %d, "
        "\"descriptors_per_caller\": %d, \"threads_per_caller\": %d, "
        "\"bytes_per_caller\": %d}}\n",
        name_model(name), model.summary, holds_names[model.holds],
        model.send_holds == SEND_HOLDS_LOOP ? "loop" : "caller",
        model.unlisted ? "false" : "true", available ? "true" : "false", why,
        model.never_waits ? "false" : "true", model.needs.descriptors,
        model.needs.descriptors_per_caller, model.needs.threads_per_caller,
        model.needs.bytes_per_caller);
}

static void print_help(void) {
    printf("%s: %s\n\nusage: %s --url URL [OPTION...]\n\n",
           program_invocation_short_name, model.summary, program_invocation_short_name);
    options_print(arguments_options, stdout);
    puts("\nPrints one CSV row for each request; times are nanoseconds of "
         "CLOCK_MONOTONIC.");
}

/* Maps the array of events. Forked children share this memory, and it is touched here,
 * so that no page fault falls into the measured time. */
static bool map_events(struct workload *workload, size_t *bytes, struct error *error) {
    *bytes = (size_t)workload->conversations * (size_t)workload->rounds *
             sizeof *workload->events;
    void *memory = mmap(NULL, *bytes, PROT_READ | PROT_WRITE,
                        MAP_SHARED | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
    if (memory == MAP_FAILED) {
        return error_input(error, "no memory for the events of %d x %d requests",
                           workload->conversations, workload->rounds);
    }
    workload->events = memory;
    return true;
}

static bool run(struct workload *workload, struct error *error) {
    size_t bytes = 0;
    if (!map_events(workload, &bytes, error)) {
        return false;
    }
    curl_global_init(CURL_GLOBAL_DEFAULT); /* before the clock starts */
    bool ok =
        workload->connections != CONNECTIONS_WARM || warm_connect(workload, error);
    if (ok) {
        workload->ready_ns = clock_now_ns();
        ok = model.run(workload, error);
    }
    if (ok && !event_print_all(workload->events, workload->conversations,
                               workload->rounds, stdout)) {
        ok = error_failed(error, "cannot write the events to stdout: %s%s",
                          strerror(errno), advice_for(errno));
    }
    warm_close(workload);
    munmap(workload->events, bytes);
    curl_global_cleanup();
    return ok;
}

int main(int argc, char *argv[]) {
    struct error error = {.kind = ERROR_NONE};
    struct arguments arguments;
    bool ok = arguments_parse(&arguments, argc, argv, &error);
    if (ok && arguments.help) {
        print_help();
    } else if (ok && arguments.describe) {
        describe();
    } else if (ok) {
        clock_set_timer_slack();
        descriptors_raise_limit();
        signal(SIGPIPE, SIG_IGN);
        ok = run(&arguments.workload, &error);
    }
    arguments_close(&arguments);
    if (ok && fflush(stdout) != 0) {
        ok = error_failed(&error, "cannot write to stdout");
    }
    if (!ok) {
        fprintf(stderr, "%s: %s\n", program_invocation_short_name, error.message);
    }
    return ok ? 0 : error.kind == ERROR_INPUT ? 2 : 1;
}
