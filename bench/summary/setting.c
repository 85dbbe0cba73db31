/* Prints a scenario's setting in a line. */
#include "bench/summary/setting.h"
#include "base/duration.h"
#include "base/spoken_time.h"
#include "base/utf8.h"

#include <limits.h>
#include <string.h>

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

/* The nearest duration with four digits. */
static int64_t round_to_four_digits(int64_t duration_ns) {
    int64_t step_ns = 1;
    while (duration_ns / step_ns >= 10000) {
        step_ns *= 10;
    }
    return (duration_ns + step_ns / 2) / step_ns * step_ns;
}

/* Prints a latency. Many decimals are rounded: 24.545454545 s is 24.55 s. From a minute
 * on, the time follows as people say it: 300 s (5 min). */
static void print_latency(struct latency latency, FILE *out) {
    char text[LATENCY_TEXT_BYTES];
    char spoken[SPOKEN_TIME_BYTES];
    double seconds = duration_seconds((double)latency.first_ns);
    if (latency.kind != LATENCY_FIXED) {
        fputs(latency_format(latency, text), out);
        return;
    }
    duration_format(latency.first_ns, text);
    if (strchr(text, '.') && strlen(text) > sizeof "1234.5 s") {
        duration_format(round_to_four_digits(latency.first_ns), text);
    }
    fputs(text, out);
    if (seconds >= SPOKEN_TIME_LEAST_S) {
        fprintf(out, " (%s)", spoken_time(seconds, spoken));
    }
}

static void print_mock_api(const struct scenario *scenario, FILE *out) {
    char senders[SCENARIO_FIELD_BYTES];
    int slots = (int)scenario->slots;
    fputs("send ", out);
    print_latency(scenario->send, out);
    fputs(", response ", out);
    print_latency(scenario->response, out);
    fputs(", ", out);
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
