/* What a scenario asks for: as an object of the summary, and in a line. */
#include "bench/summary/setting.h"
#include "base/clock.h"
#include "base/utf8.h"
#include "bench/summary/field.h"

#include <limits.h>
#include <string.h>

static double to_seconds(double ns) {
    return ns / (double)NS_PER_S;
}

/* What the user's own API does is not known, and does not stand there as 0 s. */
static void describe_own_api(const struct scenario *scenario, json_t *object) {
    static const char *const unknown[] = {"send_s",   "response_s", "send",
                                          "response", "senders",    "slots"};
    char path[PATH_MAX];
    for (size_t i = 0; i < sizeof unknown / sizeof unknown[0]; i++) {
        json_object_set_new(object, unknown[i], json_null());
    }
    snprintf(path, sizeof path, "%s", scenario->url_file);
    utf8_mend(path);
    json_object_set_new(object, "url_file", json_string(path));
}

json_t *setting_describe(const struct scenario *scenario, uint64_t seed) {
    char send[LATENCY_TEXT_BYTES];
    char response[LATENCY_TEXT_BYTES];
    char senders[SCENARIO_FIELD_BYTES];
    char connections[SCENARIO_FIELD_BYTES];
    scenario_format(scenario, "senders", senders);
    scenario_format(scenario, "connections", connections);
    latency_format(scenario->send, send);
    latency_format(scenario->response, response);
    json_t *object = json_pack(
        "{s:s, s:s, s:i, s:i, s:f, s:f, s:s, s:s, s:s, s:i, s:i, s:s, s:f, s:f, s:I}",
        "name", scenario->name, "title", scenario->title, "conversations",
        (int)scenario->conversations, "rounds", (int)scenario->rounds, "send_s",
        to_seconds(latency_mean_ns(scenario->send)), "response_s",
        to_seconds(latency_mean_ns(scenario->response)), "send", send, "response",
        response, "senders", senders, "slots", (int)scenario->slots, "workers",
        (int)scenario->workers, "connections", connections, "timeout_s",
        to_seconds((double)scenario->timeout_ns), "speed", scenario->speed, "seed",
        (json_int_t)seed);
    json_object_set_new(object, "url_file", json_null());
    if (scenario->url_file) {
        describe_own_api(scenario, object);
    }
    return object;
}

bool setting_is_own_api(const json_t *setting) {
    return json_is_string(json_object_get(setting, "url_file"));
}

void setting_print(const json_t *setting, FILE *out) {
    const char *senders = field_text(setting, "senders");
    int conversations = (int)field_number(setting, "conversations");
    int rounds = (int)field_number(setting, "rounds");
    int slots = (int)field_number(setting, "slots");
    fprintf(out, "%s: %d conversation%s x %d round%s, ", field_text(setting, "name"),
            conversations, conversations == 1 ? "" : "s", rounds,
            rounds == 1 ? "" : "s");
    if (setting_is_own_api(setting)) {
        double timeout_s = field_number(setting, "timeout_s");
        fprintf(out, "a URL each of %s, in real time", field_text(setting, "url_file"));
        if (timeout_s > 0) {
            fprintf(out, ", at most %.10g s a request", timeout_s);
        }
        putc('\n', out);
        return;
    }
    fprintf(out, "send %s, response %s, ", field_text(setting, "send"),
            field_text(setting, "response"));
    if (!strcmp(senders, "1")) {
        fputs("one sender", out);
    } else if (!strcmp(senders, "client")) {
        fputs("the client's own send", out);
    } else {
        fprintf(out, "%s senders", senders);
    }
    if (slots > 0) {
        fprintf(out, ", %d answer slot%s", slots, slots == 1 ? "" : "s");
    }
    double speed = field_number(setting, "speed");
    if (speed == 1) {
        fputs(", in real time\n", out);
    } else {
        fprintf(out, ", %.10g times faster than life\n", speed);
    }
}
