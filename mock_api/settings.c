/* Reads the mock API's command line. */
#include "mock_api/settings.h"

#include <string.h>

static bool set_listen(void *target, const struct option_row *row, const char *text,
                       struct error *error) {
    (void)row, (void)error; /* libuv checks the address when it binds */
    ((struct settings *)target)->listen = text;
    return true;
}

static bool set_port(void *target, const struct option_row *row, const char *text,
                     struct error *error) {
    (void)row;
    long long number;
    if (!options_integer(text, 0, 65535, &number, error)) {
        return false;
    }
    ((struct settings *)target)->port = (int)number;
    return true;
}

static bool set_send(void *target, const struct option_row *row, const char *text,
                     struct error *error) {
    (void)row;
    return latency_parse(text, &((struct settings *)target)->send, error);
}

static bool set_response(void *target, const struct option_row *row, const char *text,
                         struct error *error) {
    (void)row;
    return latency_parse(text, &((struct settings *)target)->response, error);
}

static bool set_senders(void *target, const struct option_row *row, const char *text,
                        struct error *error) {
    (void)row;
    long long number = 0;
    if (strcmp(text, "unlimited") != 0 &&
        !options_integer(text, 1, 1000000, &number, error)) {
        return error_input(
            error, "'%.60s' is neither a number from 1 to 1000000 nor 'unlimited'",
            text);
    }
    ((struct settings *)target)->senders = number;
    return true;
}

static bool set_slots(void *target, const struct option_row *row, const char *text,
                      struct error *error) {
    (void)row;
    long long number;
    if (!options_integer(text, 0, 1000000, &number, error)) {
        return false;
    }
    ((struct settings *)target)->slots = number;
    return true;
}

static bool set_seed(void *target, const struct option_row *row, const char *text,
                     struct error *error) {
    (void)row;
    long long number;
    if (!options_integer(text, 0, INT64_MAX, &number, error)) {
        return false;
    }
    ((struct settings *)target)->seed = (uint64_t)number;
    return true;
}

static bool set_start_order(void *target, const struct option_row *row,
                            const char *text, struct error *error) {
    (void)row;
    bool by_number = strcmp(text, "number") == 0;
    if (!by_number && strcmp(text, "arrival") != 0) {
        return error_input(error, "'%.60s' is neither 'arrival' nor 'number'", text);
    }
    ((struct settings *)target)->starts_by_number = by_number;
    return true;
}

static bool set_log(void *target, const struct option_row *row, const char *text,
                    struct error *error) {
    (void)row, (void)error;
    ((struct settings *)target)->log = text;
    return true;
}

static bool set_log_capacity(void *target, const struct option_row *row,
                             const char *text, struct error *error) {
    (void)row;
    long long number;
    if (!options_integer(text, 1, 100000000, &number, error)) {
        return false;
    }
    ((struct settings *)target)->log_capacity = (uint64_t)number;
    return true;
}

const struct option_row settings_options[] = {
    {"listen", "ADDRESS", "the IP address to listen on (127.0.0.1)", set_listen},
    {"port", "PORT", "the port; 0: any free one (8080)", set_port},
    {"send", "LATENCY", "how long a request takes to be sent (5ms)", set_send},
    {"response", "LATENCY", "how long its answer then takes (55ms)", set_response},
    {"senders", "N", "sends at a time in the whole API, or 'unlimited' (1)",
     set_senders},
    {"slots", "N", "answers worked on at a time; 0: no limit (0)", set_slots},
    {"seed", "N", "the seed of the draws, if a latency is a distribution (1)",
     set_seed},
    {"start-order", "ORDER", "start conversations by 'arrival' or 'number' (arrival)",
     set_start_order},
    {"log", "FILE", "write one binary record for each request (none)", set_log},
    {"log-capacity", "N", "how many records the log has room for (100000)",
     set_log_capacity},
    {NULL, NULL, NULL, NULL},
};

bool settings_parse(struct settings *settings, int argc, char *argv[],
                    struct error *error) {
    *settings = (struct settings){
        .listen = "127.0.0.1",
        .port = 8080,
        .send = {.kind = LATENCY_FIXED, .first_ns = 5000000},
        .response = {.kind = LATENCY_FIXED, .first_ns = 55000000},
        .senders = 1,
        .seed = 1,
        .log_capacity = 100000,
    };
    int operands = 0;
    if (!options_parse(settings_options, settings, argc, argv, &operands,
                       &settings->help, error)) {
        return false;
    }
    if (!settings->help && operands > 0) {
        return error_input(
            error, "'%.60s' is no option; the mock API takes options only", argv[1]);
    }
    return true;
}
