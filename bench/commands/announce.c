/* Tells the load that a run will be for the user's own API, and how long the run takes.
 * The run asks for no confirmation; the user can still press Ctrl-C. */
#include "bench/commands/announce.h"
#include "base/clock.h"
#include "base/spoken_time.h"
#include "base/wrap.h"

#include <inttypes.h>
#include <stdio.h>
#include <unistd.h>

enum { HOSTS_BYTES = 1200 };

/* The most requests that the model has under way at a time. */
static int32_t count_at_once(const struct plan *plan, const struct plan_point *point,
                             const struct model *model) {
    int32_t most = point->scenario.conversations;
    int32_t callers = predict_callers(&point->scenario, model, &plan->processors);
    return callers < most ? callers : most;
}

/* The ending in "1 request", "36 URLs". */
static const char *plural(int64_t count) {
    return count == 1 ? "" : "s";
}

static bool announce(const struct plan *plan, const struct plan_point *point,
                     int64_t *total, struct error *error) {
    const struct scenario *scenario = &point->scenario;
    char hosts[HOSTS_BYTES];
    int64_t models = 0;
    int32_t at_once = 0;
    for (size_t i = 0; i < point->entry_count; i++) {
        const struct model *model = &point->entries[i].model;
        int32_t own = model->never_waits ? 0 : count_at_once(plan, point, model);
        models += !model->never_waits;
        at_once = own > at_once ? own : at_once;
    }
    int64_t of_each = models * scenario->blocks * scenario->rounds;
    int64_t requests = of_each * scenario->conversations;
    *total += requests;
    if (!url_file_name_hosts(&point->urls, scenario->conversations, of_each, hosts,
                             sizeof hosts)) {
        return error_failed(error, "out of memory");
    }
    FILE *rows = wrap_open(stderr, wrap_columns(STDERR_FILENO));
    if (!rows) {
        return error_failed(error, "out of memory");
    }
    fprintf(rows,
            "%s: %" PRId64 " request%s to %s (%d URL%s x %d round%s x %" PRId64
            " model%s x %d block%s), at most %d at a time\n",
            scenario->name, requests, plural(requests), hosts, scenario->conversations,
            plural(scenario->conversations), scenario->rounds, plural(scenario->rounds),
            models, plural(models), scenario->blocks, plural(scenario->blocks),
            at_once);
    fclose(rows);
    return true;
}

bool announce_load(const struct plan *plan, struct error *error) {
    int64_t total = 0;
    for (size_t i = 0; i < plan->point_count; i++) {
        if (plan->points[i].urls.text &&
            !announce(plan, &plan->points[i], &total, error)) {
            return false;
        }
    }
    return total <= ANNOUNCE_MOST_REQUESTS ||
           error_input(error,
                       "%" PRId64 " requests in all are over %d, the most for an API "
                       "of your own; lower --rounds, --blocks or --conversations, or "
                       "name fewer --models",
                       total, ANNOUNCE_MOST_REQUESTS);
}

/* A shorter run is not announced. */
static const int64_t least_ns = 5 * NS_PER_S;

static double seconds(int64_t ns) {
    return (double)ns / (double)NS_PER_S;
}

/* Writes "; sequential is 97 % of it", or "" if no model takes over half of the run. */
static void write_longest(const struct estimate *estimate, char text[static 100]) {
    double share;
    const char *longest = estimate_longest(estimate, &share);
    text[0] = '\0';
    if (longest) {
        snprintf(text, 100, "; %.60s is %.0f %% of it", longest,
                 share < 0.995 ? 100 * share : 99);
    }
}

bool announce_write_time(const struct estimate *estimate,
                         char text[static ANNOUNCE_TIME_BYTES]) {
    struct estimate_sum sum = estimate_from(estimate, 0);
    char time[SPOKEN_TIME_BYTES];
    char longest[100];
    char unknown[60] = "";
    write_longest(estimate, longest);
    if (sum.unknown_count > 0) {
        snprintf(unknown, sizeof unknown, ", and %zu trial%s that %s not predicted",
                 sum.unknown_count, plural((int64_t)sum.unknown_count),
                 sum.unknown_count == 1 ? "is" : "are");
    }
    snprintf(text, ANNOUNCE_TIME_BYTES, "about %s%s%s",
             spoken_time_about(seconds(sum.ns), time), longest, unknown);
    return sum.ns >= least_ns;
}

bool announce_check_time(const struct estimate *estimate, int64_t most_ns,
                         struct error *error) {
    struct estimate_sum sum = estimate_from(estimate, 0);
    char time[SPOKEN_TIME_BYTES];
    char most[SPOKEN_TIME_BYTES];
    char longest[100];
    if (most_ns == 0 || sum.ns <= most_ns) {
        return true;
    }
    write_longest(estimate, longest);
    return error_input(error,
                       "--max-time: the run takes about %s, and not %s%s; name fewer "
                       "--models, lower --blocks or --conversations, or raise --speed",
                       spoken_time_about(seconds(sum.ns), time),
                       spoken_time(seconds(most_ns), most), longest);
}
