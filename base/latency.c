/* Seeded latencies. A draw is a hash of its arguments, so it depends neither on other
 * draws nor on the process that makes it. */
#include "base/latency.h"
#include "base/splitmix.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

/* How a distribution is written: its name, and the names of its one or two
 * durations. */
struct form {
    enum latency_kind kind;
    const char *name;
    const char *first;
    const char *second;
};

static const struct form forms[] = {
    {LATENCY_UNIFORM, "uniform", "min", "max"},
    {LATENCY_EXPONENTIAL, "exponential", "mean", NULL},
    {LATENCY_LOGNORMAL, "lognormal", "median", "p99"},
};
enum { FORM_COUNT = sizeof forms / sizeof forms[0] };

/* The 0.99 quantile of the standard normal distribution. */
static const double z99 = 2.3263478740408408;

static const char *skip(const char *at, const char *characters) {
    return at + strspn(at, characters);
}

/* Moves *at past "word:"; returns false if the text begins with anything else. */
static bool take_key(const char **at, const char *word) {
    const char *here = skip(*at, " ");
    size_t length = strlen(word);
    if (strncmp(here, word, length) != 0) {
        return false;
    }
    here = skip(here + length, " ");
    if (*here != ':') {
        return false;
    }
    *at = skip(here + 1, " ");
    return true;
}

static bool take_mark(const char **at, char mark) {
    const char *here = skip(*at, " ");
    if (*here != mark) {
        return false;
    }
    *at = skip(here + 1, " ");
    return true;
}

static bool take_duration(const char **at, int64_t *duration_ns, struct error *error) {
    char text[LATENCY_TEXT_BYTES];
    size_t length = strcspn(*at, ",}");
    if (length >= sizeof text) {
        return false;
    }
    memcpy(text, *at, length);
    text[length] = '\0';
    *at += length;
    for (size_t end = strlen(text); end > 0 && text[end - 1] == ' '; end--) {
        text[end - 1] = '\0';
    }
    return duration_parse(text, duration_ns, error);
}

/* Reads "{min: 4s, max: 6s}}", the two durations in either order. */
static bool take_parameters(const char **at, const struct form *form,
                            struct latency *latency, struct error *error) {
    bool seen_first = false;
    bool seen_second = form->second == NULL;
    if (!take_mark(at, '{')) {
        return false;
    }
    do {
        int64_t *target;
        if (!seen_first && take_key(at, form->first)) {
            seen_first = true;
            target = &latency->first_ns;
        } else if (!seen_second && take_key(at, form->second)) {
            seen_second = true;
            target = &latency->second_ns;
        } else {
            return false;
        }
        if (!take_duration(at, target, error)) {
            return false;
        }
    } while (take_mark(at, ','));
    return seen_first && seen_second && take_mark(at, '}') && take_mark(at, '}');
}

static bool check_parameters(struct latency latency, struct error *error) {
    if (latency.kind == LATENCY_UNIFORM && latency.first_ns > latency.second_ns) {
        return error_input(error,
                           "a uniform latency needs a min that is not above max");
    }
    if (latency.kind == LATENCY_LOGNORMAL &&
        (latency.first_ns == 0 || latency.first_ns > latency.second_ns)) {
        return error_input(
            error, "a lognormal latency needs a median above 0s and a p99 that is not "
                   "below the median");
    }
    return true;
}

bool latency_parse(const char *text, struct latency *latency, struct error *error) {
    const char *at = skip(text, " ");
    *latency = (struct latency){.kind = LATENCY_FIXED};
    if (*at != '{') {
        return duration_parse(text, &latency->first_ns, error);
    }
    at++;
    *error = (struct error){.kind = ERROR_NONE};
    for (int i = 0; i < FORM_COUNT; i++) {
        if (!take_key(&at, forms[i].name)) {
            continue;
        }
        latency->kind = forms[i].kind;
        if (take_parameters(&at, &forms[i], latency, error) && *skip(at, " ") == '\0') {
            return check_parameters(*latency, error);
        }
        break;
    }
    if (error->kind != ERROR_NONE) {
        return false;
    }
    return error_input(
        error,
        "'%.80s' is no latency; write 5s, {uniform: {min: 4s, max: 6s}}, "
        "{exponential: {mean: 5s}} or {lognormal: {median: 55s, p99: 80s}}",
        text);
}

const char *latency_format(struct latency latency,
                           char text[static LATENCY_TEXT_BYTES]) {
    char first[DURATION_TEXT_BYTES];
    char second[DURATION_TEXT_BYTES];
    duration_format(latency.first_ns, first);
    duration_format(latency.second_ns, second);
    for (int i = 0; i < FORM_COUNT; i++) {
        if (forms[i].kind != latency.kind) {
            continue;
        }
        if (forms[i].second) {
            snprintf(text, LATENCY_TEXT_BYTES, "{%s: {%s: %s, %s: %s}}", forms[i].name,
                     forms[i].first, first, forms[i].second, second);
        } else {
            snprintf(text, LATENCY_TEXT_BYTES, "{%s: {%s: %s}}", forms[i].name,
                     forms[i].first, first);
        }
        return text;
    }
    snprintf(text, LATENCY_TEXT_BYTES, "%s", first);
    return text;
}

/* Rounds to the nearest nanosecond, at most INT64_MAX: llround() alone would wrap. */
static int64_t round_ns(double ns) {
    return ns < 0x1p63 ? llround(ns) : INT64_MAX;
}

struct latency latency_rounded(enum latency_kind kind, double first_ns,
                               double second_ns) {
    struct latency latency = {kind, round_ns(first_ns), round_ns(second_ns)};
    if (kind == LATENCY_LOGNORMAL && latency.first_ns == 0) {
        latency.first_ns = 1;
        latency.second_ns += latency.second_ns == 0;
    }
    return latency;
}

/* A number of 53 bits above 0 and at most 1, so that its logarithm is finite. */
static double to_unit_interval(uint64_t bits) {
    return ((double)(bits >> 11) + 0.5) * 0x1p-53;
}

/* The draw that u gives; v is a second, independent number, for the lognormal alone. */
static double quantile_ns(struct latency latency, double u, double v) {
    double first = (double)latency.first_ns;
    double second = (double)latency.second_ns;
    switch (latency.kind) {
    case LATENCY_UNIFORM:
        return first + u * (second - first);
    case LATENCY_EXPONENTIAL:
        return -first * log(u);
    case LATENCY_LOGNORMAL: {
        /* Box and Muller 1958; sigma from p99 = median * exp(sigma * z99). */
        double normal = sqrt(-2 * log(u)) * cos(2 * M_PI * v);
        return first * exp(log(second / first) / z99 * normal);
    }
    case LATENCY_FIXED:
        break;
    }
    return first;
}

int64_t latency_draw(struct latency latency, uint64_t seed, int64_t conversation,
                     int64_t round, enum latency_phase phase) {
    if (latency.kind == LATENCY_FIXED) {
        return latency.first_ns;
    }
    uint64_t key = splitmix_hash(
        splitmix_hash(splitmix_hash(seed) ^ (uint64_t)conversation) ^ (uint64_t)round);
    key = splitmix_hash(key ^ ((uint64_t)phase << 32));
    double u = to_unit_interval(key);
    double v = to_unit_interval(splitmix_hash(key ^ 1));
    return round_ns(quantile_ns(latency, u, v));
}

double latency_mean_ns(struct latency latency) {
    double first = (double)latency.first_ns;
    double second = (double)latency.second_ns;
    if (latency.kind == LATENCY_UNIFORM) {
        return (first + second) / 2;
    }
    if (latency.kind == LATENCY_LOGNORMAL) {
        double sigma = log(second / first) / z99;
        return first * exp(sigma * sigma / 2);
    }
    return first;
}

double latency_longest_ns(struct latency latency) {
    if (latency.kind == LATENCY_UNIFORM) {
        return (double)latency.second_ns;
    }
    return quantile_ns(latency, to_unit_interval(0), 0);
}
