/* A latency: a fixed duration, or a distribution from which each request draws its
 * own. */
#ifndef SIMUL_BASE_LATENCY_H
#define SIMUL_BASE_LATENCY_H

#include "base/duration.h"
#include "base/error.h"

#include <stdbool.h>
#include <stdint.h>

#define LATENCY_TEXT_BYTES 128

enum latency_kind {
    LATENCY_FIXED,       /* first: the duration */
    LATENCY_UNIFORM,     /* first: min, second: max */
    LATENCY_EXPONENTIAL, /* first: mean */
    LATENCY_LOGNORMAL,   /* first: median, second: 99th percentile */
};

struct latency {
    enum latency_kind kind;
    int64_t first_ns;
    int64_t second_ns;
};

/* The phases that draw a latency. The draws of one do not depend on those of the
 * other. */
enum latency_phase { LATENCY_SEND, LATENCY_RESPONSE };

/* Reads "5s", "{uniform: {min: 4s, max: 6s}}", "{exponential: {mean: 5s}}" or
 * "{lognormal: {median: 55s, p99: 80s}}". Fails (input). */
bool latency_parse(const char *text, struct latency *latency, struct error *error);

/* Writes the latency as latency_parse() reads it. Returns `text`. */
const char *latency_format(struct latency latency,
                           char text[static LATENCY_TEXT_BYTES]);

/* The latency with these parameters, rounded to the nearest nanosecond and limited to
 * INT64_MAX. The median of a lognormal latency is at least 1 ns, because its logarithm
 * must exist. */
struct latency latency_rounded(enum latency_kind kind, double first_ns,
                               double second_ns);

/* The latency of one request in nanoseconds: a pure function of its arguments, so that
 * every model and the simulation get the same draws. */
int64_t latency_draw(struct latency latency, uint64_t seed, int64_t conversation,
                     int64_t round, enum latency_phase phase);

/* The mean of the distribution, and the largest value that latency_draw() can return;
 * in nanoseconds. */
double latency_mean_ns(struct latency latency);
double latency_longest_ns(struct latency latency);

#endif
