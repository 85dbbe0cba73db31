/* A scenario and the table of its fields. */
#include "bench/scenario/scenario.h"
#include "base/clock.h"
#include "base/options.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    MOST_CONVERSATIONS = SCENARIO_MOST_CONVERSATIONS,
    MOST_ROUNDS = 1000000,
    MOST_REQUESTS = 100000000
};

static bool set_count(const char *text, int32_t least, int32_t most, int32_t *to,
                      struct error *error) {
    long long number;
    if (!options_integer(text, least, most, &number, error)) {
        return false;
    }
    *to = (int32_t)number;
    return true;
}

/* Names become parts of file names and of commands in a shell. */
static bool set_name(struct scenario *scenario, const char *text, struct error *error) {
    size_t length = strlen(text);
    bool plain = length > 0 && length < sizeof scenario->name && text[0] != '.' &&
                 text[0] != '-';
    for (const char *at = text; plain && *at; at++) {
        plain = isalnum((unsigned char)*at) || strchr("._-", *at);
    }
    if (!plain) {
        return error_input(
            error,
            "'%.70s' is no name; a name has up to 63 letters, digits, '.', '_', '-'",
            text);
    }
    memcpy(scenario->name, text, length + 1);
    return true;
}

static void format_name(const struct scenario *scenario,
                        char text[static SCENARIO_FIELD_BYTES]) {
    snprintf(text, SCENARIO_FIELD_BYTES, "%s", scenario->name);
}

static bool set_title(struct scenario *scenario, const char *text,
                      struct error *error) {
    if (strlen(text) >= sizeof scenario->title) {
        return error_input(error, "longer than %d bytes", SCENARIO_TITLE_BYTES - 1);
    }
    for (const char *at = text; *at; at++) {
        if ((unsigned char)*at < ' ' || *at == 127) {
            return error_input(error, "holds a control character");
        }
    }
    snprintf(scenario->title, sizeof scenario->title, "%s", text);
    return true;
}

static void format_title(const struct scenario *scenario,
                         char text[static SCENARIO_FIELD_BYTES]) {
    snprintf(text, SCENARIO_FIELD_BYTES, "%s", scenario->title);
}

static bool set_conversations(struct scenario *scenario, const char *text,
                              struct error *error) {
    return set_count(text, 1, MOST_CONVERSATIONS, &scenario->conversations, error);
}

static void format_conversations(const struct scenario *scenario,
                                 char text[static SCENARIO_FIELD_BYTES]) {
    snprintf(text, SCENARIO_FIELD_BYTES, "%d", scenario->conversations);
}

static bool set_rounds(struct scenario *scenario, const char *text,
                       struct error *error) {
    return set_count(text, 1, MOST_ROUNDS, &scenario->rounds, error);
}

static void format_rounds(const struct scenario *scenario,
                          char text[static SCENARIO_FIELD_BYTES]) {
    snprintf(text, SCENARIO_FIELD_BYTES, "%d", scenario->rounds);
}

static bool set_send(struct scenario *scenario, const char *text, struct error *error) {
    return latency_parse(text, &scenario->send, error);
}

static void format_send(const struct scenario *scenario,
                        char text[static SCENARIO_FIELD_BYTES]) {
    latency_format(scenario->send, text);
}

static bool set_response(struct scenario *scenario, const char *text,
                         struct error *error) {
    return latency_parse(text, &scenario->response, error);
}

static void format_response(const struct scenario *scenario,
                            char text[static SCENARIO_FIELD_BYTES]) {
    latency_format(scenario->response, text);
}

static bool set_senders(struct scenario *scenario, const char *text,
                        struct error *error) {
    if (!strcmp(text, "unlimited")) {
        scenario->senders = SENDERS_UNLIMITED;
        return true;
    }
    if (!strcmp(text, "client")) {
        scenario->senders = SENDERS_CLIENT;
        return true;
    }
    if (!set_count(text, 1, MOST_CONVERSATIONS, &scenario->sender_count, error)) {
        return error_input(
            error, "'%.40s' is neither a number from 1, nor 'unlimited', nor 'client'",
            text);
    }
    scenario->senders = SENDERS_COUNT;
    return true;
}

static void format_senders(const struct scenario *scenario,
                           char text[static SCENARIO_FIELD_BYTES]) {
    switch (scenario->senders) {
    case SENDERS_COUNT:
        snprintf(text, SCENARIO_FIELD_BYTES, "%d", scenario->sender_count);
        break;
    case SENDERS_UNLIMITED:
        snprintf(text, SCENARIO_FIELD_BYTES, "unlimited");
        break;
    case SENDERS_CLIENT:
        snprintf(text, SCENARIO_FIELD_BYTES, "client");
        break;
    }
}

static bool set_send_work(struct scenario *scenario, const char *text,
                          struct error *error) {
    if (strcmp(text, "sleep") != 0 && strcmp(text, "cpu") != 0) {
        return error_input(error, "'%.40s' is neither 'sleep' nor 'cpu'", text);
    }
    scenario->send_work = text[0] == 'c' ? SEND_WORK_CPU : SEND_WORK_SLEEP;
    return true;
}

static void format_send_work(const struct scenario *scenario,
                             char text[static SCENARIO_FIELD_BYTES]) {
    snprintf(text, SCENARIO_FIELD_BYTES, "%s",
             scenario->send_work == SEND_WORK_CPU ? "cpu" : "sleep");
}

static bool set_slots(struct scenario *scenario, const char *text,
                      struct error *error) {
    return set_count(text, 0, MOST_CONVERSATIONS, &scenario->slots, error);
}

static void format_slots(const struct scenario *scenario,
                         char text[static SCENARIO_FIELD_BYTES]) {
    snprintf(text, SCENARIO_FIELD_BYTES, "%d", scenario->slots);
}

static bool set_workers(struct scenario *scenario, const char *text,
                        struct error *error) {
    return set_count(text, 1, MOST_CONVERSATIONS, &scenario->workers, error);
}

static void format_workers(const struct scenario *scenario,
                           char text[static SCENARIO_FIELD_BYTES]) {
    snprintf(text, SCENARIO_FIELD_BYTES, "%d", scenario->workers);
}

static const char *const connection_names[] = {"keep", "close", "warm"};

static bool set_connections(struct scenario *scenario, const char *text,
                            struct error *error) {
    for (int i = CONNECTIONS_KEEP; i <= CONNECTIONS_WARM; i++) {
        if (!strcmp(connection_names[i], text)) {
            scenario->connections = (enum scenario_connections)i;
            return true;
        }
    }
    return error_input(error, "'%.40s' is none of keep, close, warm", text);
}

static void format_connections(const struct scenario *scenario,
                               char text[static SCENARIO_FIELD_BYTES]) {
    snprintf(text, SCENARIO_FIELD_BYTES, "%s", connection_names[scenario->connections]);
}

static bool set_timeout(struct scenario *scenario, const char *text,
                        struct error *error) {
    return duration_parse(text, &scenario->timeout_ns, error);
}

static void format_timeout(const struct scenario *scenario,
                           char text[static SCENARIO_FIELD_BYTES]) {
    duration_format(scenario->timeout_ns, text);
}

static bool set_speed(struct scenario *scenario, const char *text,
                      struct error *error) {
    char *end = NULL;
    double speed = strtod(text, &end);
    bool is_number = *text && strchr("0123456789.", *text) && !strpbrk(text, "xX");
    if (!is_number || *end || !isfinite(speed) || speed < SCENARIO_LEAST_SPEED ||
        speed > 1e9) {
        return error_input(error,
                           "'%.40s' is not a number from 0.001 to 1000000000; 100 runs "
                           "a hundred times faster than life",
                           text);
    }
    scenario->speed = speed;
    return true;
}

static void format_speed(const struct scenario *scenario,
                         char text[static SCENARIO_FIELD_BYTES]) {
    snprintf(text, SCENARIO_FIELD_BYTES, "%.12g", scenario->speed);
}

static bool set_blocks(struct scenario *scenario, const char *text,
                       struct error *error) {
    return set_count(text, 1, 10000, &scenario->blocks, error);
}

static void format_blocks(const struct scenario *scenario,
                          char text[static SCENARIO_FIELD_BYTES]) {
    snprintf(text, SCENARIO_FIELD_BYTES, "%d", scenario->blocks);
}

static bool set_story(struct scenario *scenario, const char *text,
                      struct error *error) {
    if (strcmp(text, "conversations") != 0 && strcmp(text, "chess") != 0) {
        return error_input(error, "'%.40s' is neither 'conversations' nor 'chess'",
                           text);
    }
    scenario->story = strcmp(text, "chess") ? STORY_CONVERSATIONS : STORY_CHESS;
    return true;
}

static void format_story(const struct scenario *scenario,
                         char text[static SCENARIO_FIELD_BYTES]) {
    snprintf(text, SCENARIO_FIELD_BYTES, "%s",
             scenario->story == STORY_CHESS ? "chess" : "conversations");
}

const struct scenario_field scenario_fields[] = {
    {"name", NULL, NULL, "the scenario's name", false, false, false, set_name,
     format_name},
    {"title", NULL, NULL, "one line for people", false, false, false, set_title,
     format_title},
    {"conversations", "conversations", "N",
     "chains of requests, independent of each other", true, false, true,
     set_conversations, format_conversations},
    {"rounds", "rounds", "N", "requests in each conversation, one after the other",
     true, false, true, set_rounds, format_rounds},
    {"send", "send", "LATENCY", "how long a request takes to be sent", true, true,
     false, set_send, format_send},
    {"response", "response", "LATENCY", "how long its answer then takes", true, true,
     false, set_response, format_response},
    {"senders", "senders", "WHO", "sends at a time: a number, 'unlimited', or 'client'",
     true, true, false, set_senders, format_senders},
    {"send_work", "send-work", "KIND", "how a client sends: 'sleep' or 'cpu'", true,
     true, false, set_send_work, format_send_work},
    {"slots", "slots", "N", "answers the API works on at once; 0: no limit", true, true,
     true, set_slots, format_slots},
    {"workers", "workers", "N", "workers of a pool", true, false, true, set_workers,
     format_workers},
    {"connections", "connections", "KIND", "'keep', 'close' or 'warm'", false, false,
     false, set_connections, format_connections},
    {"timeout", "timeout", "DURATION",
     "for one request, in the scenario's time; 0s: none", true, false, false,
     set_timeout, format_timeout},
    {"speed", "speed", "X", "how many times faster than life", false, true, true,
     set_speed, format_speed},
    {"blocks", "blocks", "N", "how often each model runs", false, false, true,
     set_blocks, format_blocks},
    {"story", "story", "STORY",
     "what pictures show: 'conversations', or 'chess' boards", false, false, false,
     set_story, format_story},
    {NULL, NULL, NULL, NULL, false, false, false, NULL, NULL},
};

void scenario_init(struct scenario *scenario) {
    *scenario = (struct scenario){
        .conversations = 1,
        .rounds = 1,
        .sender_count = 1,
        .workers = 4,
        .speed = 100,
        .blocks = 3,
    };
}

void scenario_clear_models(struct scenario *scenario) {
    for (size_t i = 0; i < scenario->model_count; i++) {
        free(scenario->models[i]);
    }
    free(scenario->models);
    scenario->models = NULL;
    scenario->model_count = 0;
}

void scenario_clear_claims(struct scenario *scenario) {
    for (size_t i = 0; i < scenario->claim_count; i++) {
        free(scenario->claims[i].model);
        free(scenario->claims[i].source);
    }
    free(scenario->claims);
    scenario->claims = NULL;
    scenario->claim_count = 0;
}

void scenario_close(struct scenario *scenario) {
    scenario_clear_models(scenario);
    scenario_clear_claims(scenario);
    free(scenario->url_file);
    scenario->url_file = NULL;
}

bool scenario_set(struct scenario *scenario, const struct scenario_field *field,
                  const char *text, struct error *error) {
    scenario->given |= 1u << (field - scenario_fields);
    return field->set(scenario, text, error);
}

bool scenario_is_given(const struct scenario *scenario, const char *key) {
    return scenario->given >> (scenario_find_field(key) - scenario_fields) & 1;
}

bool scenario_set_url_file(struct scenario *scenario, const char *path) {
    free(scenario->url_file);
    scenario->url_file = strdup(path);
    return scenario->url_file != NULL;
}

const struct scenario_field *scenario_find_field(const char *key) {
    for (const struct scenario_field *field = scenario_fields; field->key; field++) {
        if (!strcmp(field->key, key)) {
            return field;
        }
    }
    return NULL;
}

const char *scenario_format(const struct scenario *scenario, const char *key,
                            char text[static SCENARIO_FIELD_BYTES]) {
    scenario_find_field(key)->format(scenario, text);
    return text;
}

bool scenario_add_model(struct scenario *scenario, const char *name) {
    char **models =
        realloc(scenario->models, (scenario->model_count + 1) * sizeof *models);
    if (!models) {
        return false;
    }
    scenario->models = models;
    models[scenario->model_count] = strdup(name);
    return models[scenario->model_count++] != NULL;
}

bool scenario_add_claim(struct scenario *scenario, const char *model, int64_t total_ns,
                        const char *source) {
    struct claim *claims =
        realloc(scenario->claims, (scenario->claim_count + 1) * sizeof *claims);
    if (!claims) {
        return false;
    }
    scenario->claims = claims;
    struct claim *claim = &claims[scenario->claim_count++];
    *claim = (struct claim){
        .model = strdup(model), .total_ns = total_ns, .source = strdup(source)};
    return claim->model && claim->source;
}

int64_t scenario_requests(const struct scenario *scenario) {
    return (int64_t)scenario->conversations * scenario->rounds;
}

bool scenario_is_drawn(const struct scenario *scenario) {
    return scenario->send.kind != LATENCY_FIXED ||
           scenario->response.kind != LATENCY_FIXED;
}

/* A URL file replaces the mock API, so a field for the mock API has no meaning
 * there. */
static bool check_own_api(const struct scenario *scenario, struct error *error) {
    for (int i = 0; scenario_fields[i].key; i++) {
        if (scenario_fields[i].is_mock_only && scenario->given >> i & 1) {
            return error_input(error,
                               "'%s' is for the mock API; with a URL file your own API "
                               "is used, so leave it out",
                               scenario_fields[i].key);
        }
    }
    return true;
}

bool scenario_check(const struct scenario *scenario, struct error *error) {
    if (scenario->url_file && !check_own_api(scenario, error)) {
        return false;
    }
    int64_t requests = scenario_requests(scenario);
    if (requests > MOST_REQUESTS) {
        return error_input(error, "%d conversations x %d rounds are over %d requests",
                           scenario->conversations, scenario->rounds, MOST_REQUESTS);
    }
    /* The sum of all requests, one after the other, and the timeout have to fit 64 bits
     * of nanoseconds, in the scenario's time and in the real time of a run (speed <
     * 1). */
    double longest_ns =
        (latency_longest_ns(scenario->send) + latency_longest_ns(scenario->response)) *
        (double)requests;
    double timeout_ns = (double)scenario->timeout_ns;
    if (!(longest_ns < 4e18)) {
        return error_input(error, "in sequence these requests could take over 100 "
                                  "years; make them fewer or shorter");
    }
    if (!(timeout_ns < 4e18)) {
        return error_input(error, "the timeout is over 100 years; 0s is none");
    }
    if (!(scenario_real_ns(scenario, longest_ns) < 4e18 &&
          scenario_real_ns(scenario, timeout_ns) < 4e18)) {
        return error_input(error,
                           "at speed %g this could take over 100 years of real time; "
                           "raise the speed, or make it shorter",
                           scenario->speed);
    }
    if (scenario->senders == SENDERS_CLIENT && scenario->send.kind != LATENCY_FIXED) {
        return error_input(error, "with 'senders: client', 'send' has to be one fixed "
                                  "duration");
    }
    if (scenario->senders != SENDERS_CLIENT && scenario->send_work == SEND_WORK_CPU) {
        return error_input(error, "'send_work: cpu' needs 'senders: client'");
    }
    return true;
}

double scenario_real_ns(const struct scenario *scenario, double own_ns) {
    return own_ns / scenario->speed;
}

struct latency scenario_real_latency(const struct scenario *scenario,
                                     struct latency own) {
    return latency_rounded(own.kind, scenario_real_ns(scenario, (double)own.first_ns),
                           scenario_real_ns(scenario, (double)own.second_ns));
}

double scenario_seconds(const struct scenario *scenario, double real_ns) {
    return real_ns * (scenario->speed / (double)NS_PER_S);
}
