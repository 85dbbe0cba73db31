/* A scenario: conversations x rounds, the senders that are busy while a request is
 * sent, and the claims that a source prints about it. One table of fields serves the
 * file, the options, the help and run.json. */
#ifndef SIMUL_BENCH_SCENARIO_SCENARIO_H
#define SIMUL_BENCH_SCENARIO_SCENARIO_H

#include "base/error.h"
#include "base/latency.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SCENARIO_NAME_BYTES         64
#define SCENARIO_TITLE_BYTES        200
#define SCENARIO_FIELD_BYTES        256
#define SCENARIO_LEAST_SPEED        0.001
#define SCENARIO_MOST_CONVERSATIONS 1000000

enum scenario_senders {
    SENDERS_COUNT,     /* the API allows `sender_count` sends at a time */
    SENDERS_UNLIMITED, /* every connection sends on its own */
    SENDERS_CLIENT,    /* the client works before its request goes on the wire */
};

enum scenario_send_work { SEND_WORK_SLEEP, SEND_WORK_CPU };

enum scenario_connections { CONNECTIONS_KEEP, CONNECTIONS_CLOSE, CONNECTIONS_WARM };

/* The words that pictures use: conversations and a sender, or boards and a master. */
enum scenario_story { STORY_CONVERSATIONS, STORY_CHESS };

/* The total time that a source prints for a model. */
struct claim {
    char *model;
    int64_t total_ns;
    char *source;
};

/* Durations are in the scenario's own time; a run divides them by `speed`. */
struct scenario {
    char name[SCENARIO_NAME_BYTES];
    char title[SCENARIO_TITLE_BYTES];
    int32_t conversations;
    int32_t rounds;
    struct latency send;
    struct latency response;
    enum scenario_senders senders;
    int32_t sender_count; /* with SENDERS_COUNT */
    enum scenario_send_work send_work;
    int32_t slots; /* answers that the API works on at once; 0: no limit */
    int32_t workers;
    enum scenario_connections connections;
    int64_t timeout_ns; /* for one request; 0: none */
    double speed;
    int32_t blocks;
    enum scenario_story story;
    char **models; /* owned, with their strings */
    size_t model_count;
    struct claim *claims; /* owned, with their strings */
    size_t claim_count;
    char *url_file; /* owned; of the user's own API (urls.h); NULL: the mock API */
    uint32_t given; /* a bit for each field that was set, by index in scenario_fields */
};

struct scenario_field {
    const char *key;    /* in a file */
    const char *option; /* on a command line; NULL: no option sets it */
    const char *argument;
    const char *help;
    bool changes_work; /* the claims no longer hold if an option changes it */
    bool is_mock_only; /* for the mock API; refused beside a URL file */
    bool is_number;    /* a JSON number, not a string */
    bool (*set)(struct scenario *scenario, const char *text, struct error *error);
    void (*format)(const struct scenario *scenario,
                   char text[static SCENARIO_FIELD_BYTES]);
};

/* The table ends with a row without a key. `models` and `claims` are lists and not in
 * it, nor is `url_file`. */
extern const struct scenario_field scenario_fields[];

/* Fills in the defaults. Such a scenario owns nothing yet. */
void scenario_init(struct scenario *scenario);
void scenario_close(struct scenario *scenario);

/* Sets a field to a value from a file or an option, and notes it as given. Fails
 * (input). */
bool scenario_set(struct scenario *scenario, const struct scenario_field *field,
                  const char *text, struct error *error);

/* True if scenario_set() has set the field of that key. */
bool scenario_is_given(const struct scenario *scenario, const char *key);

/* Sets the path of the URL file; copies it. False: out of memory. */
bool scenario_set_url_file(struct scenario *scenario, const char *path);

/* The field of a key; NULL if there is none. */
const struct scenario_field *scenario_find_field(const char *key);

/* Writes the value of a field as a scenario file has it; the key has to be known.
 * Returns `text`. */
const char *scenario_format(const struct scenario *scenario, const char *key,
                            char text[static SCENARIO_FIELD_BYTES]);

/* Adds a model's name, or a claim; copies the strings. False: out of memory. */
bool scenario_add_model(struct scenario *scenario, const char *name);
bool scenario_add_claim(struct scenario *scenario, const char *model, int64_t total_ns,
                        const char *source);
void scenario_clear_models(struct scenario *scenario);
void scenario_clear_claims(struct scenario *scenario);

/* Checks the fields against each other. Fails (input). */
bool scenario_check(const struct scenario *scenario, struct error *error);

/* The number of requests: conversations x rounds. */
int64_t scenario_requests(const struct scenario *scenario);

/* True if latencies are drawn: each request gets a random one of its own. */
bool scenario_is_drawn(const struct scenario *scenario);

/* The two conversions between the scenario's own time and the real time of a run, which
 * is `speed` times shorter; no other place multiplies or divides by speed. The caller
 * rounds. */
double scenario_real_ns(const struct scenario *scenario, double own_ns);

/* The scenario's own seconds that a real duration stands for. */
double scenario_seconds(const struct scenario *scenario, double real_ns);

/* A latency of the scenario as a run of it has it: rounded to real nanoseconds. */
struct latency scenario_real_latency(const struct scenario *scenario,
                                     struct latency own);

#endif
