/* Prints the load that a run will be for the user's own API. The run asks for no
 * confirmation; the user can still press Ctrl-C. */
#include "bench/commands/announce.h"

#include <inttypes.h>
#include <stdio.h>

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
    fprintf(stderr,
            "%s: %" PRId64 " request%s to %s (%d URL%s x %d round%s x %" PRId64
            " model%s x %d block%s), at most %d at a time\n",
            scenario->name, requests, plural(requests), hosts, scenario->conversations,
            plural(scenario->conversations), scenario->rounds, plural(scenario->rounds),
            models, plural(models), scenario->blocks, plural(scenario->blocks),
            at_once);
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
