/* Prints a scenario's setting in a line. */
#include "bench/summary/setting.h"
#include "base/duration.h"
#include "base/utf8.h"

#include <limits.h>

bool setting_is_own_api(const struct scenario *scenario) {
    return scenario->url_file != NULL;
}

static void print_own_api(const struct scenario *scenario, FILE *out) {
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%s", scenario->url_file);
    utf8_mend(path);
    fprintf(out, "a URL each of %s%s", path,
            scenario->timeout_ns > 0 ? ", in real time" : "");
}

static void print_mock_api(const struct scenario *scenario, FILE *out) {
    char send[LATENCY_TEXT_BYTES];
    char response[LATENCY_TEXT_BYTES];
    char senders[SCENARIO_FIELD_BYTES];
    int slots = (int)scenario->slots;
    fprintf(out, "send %s, response %s, ", latency_format(scenario->send, send),
            latency_format(scenario->response, response));
    if (scenario->senders == SENDERS_COUNT && scenario->sender_count == 1) {
        fputs("one sender", out);
    } else if (scenario->senders == SENDERS_CLIENT) {
        fputs("the client's own send", out);
    } else {
        fprintf(out, "%s senders", scenario_format(scenario, "senders", senders));
    }
    if (slots > 0) {
        fprintf(out, ", %d answer slot%s", slots, slots == 1 ? "" : "s");
    }
}

void setting_print_work(const struct scenario *scenario, FILE *out) {
    int conversations = (int)scenario->conversations;
    int rounds = (int)scenario->rounds;
    fprintf(out, "%s: %d conversation%s x %d round%s, ", scenario->name, conversations,
            conversations == 1 ? "" : "s", rounds, rounds == 1 ? "" : "s");
    if (setting_is_own_api(scenario)) {
        print_own_api(scenario, out);
    } else {
        print_mock_api(scenario, out);
    }
}

void setting_print_pace(const struct scenario *scenario, FILE *out) {
    bool is_own = setting_is_own_api(scenario);
    if (is_own && scenario->timeout_ns > 0) {
        fprintf(out, "at most %.10g s a request",
                duration_seconds((double)scenario->timeout_ns));
    } else if (is_own || scenario->speed == 1) {
        fputs("in real time", out);
    } else {
        fprintf(out, "%.10g times faster than life", scenario->speed);
    }
}

void setting_print(const struct scenario *scenario, FILE *out) {
    setting_print_work(scenario, out);
    fputs(", ", out);
    setting_print_pace(scenario, out);
    putc('\n', out);
}
