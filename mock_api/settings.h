/* The settings of the mock API, which its command line gives. */
#ifndef SIMUL_MOCK_API_SETTINGS_H
#define SIMUL_MOCK_API_SETTINGS_H

#include "base/error.h"
#include "base/latency.h"
#include "base/options.h"

#include <stdint.h>

struct settings {
    const char *listen; /* an IP address; borrowed from argv */
    int port;           /* 0: any free one */
    struct latency send;
    struct latency response;
    int64_t senders; /* sends at a time in the whole API; 0: unlimited */
    int64_t slots;   /* answers worked on at a time; 0: unlimited */
    uint64_t seed;
    bool starts_by_number; /* conversations begin in the order of their numbers */
    const char *log;       /* NULL: none; borrowed from argv */
    uint64_t log_capacity;
    bool help;
};

/* The option table, for --help. */
extern const struct option_row settings_options[];

/* Reads a command line over the defaults. Fails (input). */
bool settings_parse(struct settings *settings, int argc, char *argv[],
                    struct error *error);

#endif
