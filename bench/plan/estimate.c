/* Estimates a run. The cost of one request (connection, parsing, scheduling) is left
 * out: it is far below a hundredth of the waiting that is worth an estimate. */
#include "bench/plan/estimate.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Over a hundred years; the sums stay below it, too. */
static const int64_t most_ns = INT64_C(4000000000000000000);

static int64_t add(int64_t a_ns, int64_t b_ns) {
    return a_ns < most_ns - b_ns ? a_ns + b_ns : most_ns;
}

int64_t estimate_least_ns(const struct plan *plan, size_t index) {
    const struct prediction *prediction = &plan_entry_of(plan, index)->prediction;
    if (!prediction->is_known) {
        return 0;
    }
    double ns = scenario_real_ns(&plan_point_of(plan, index)->scenario,
                                 (double)prediction->simulated.makespan_ns);
    return ns < (double)most_ns ? llround(ns) : most_ns;
}

/* The quickest start of a program stands for that of the mock API, which is in C. */
static int64_t quickest_start_ns(const struct plan *plan) {
    int64_t least_ns = INT64_MAX;
    for (size_t i = 0; i < plan->trial_count; i++) {
        int64_t start_ns = plan_entry_of(plan, i)->model.start_ns;
        least_ns = start_ns < least_ns ? start_ns : least_ns;
    }
    return plan->trial_count > 0 ? least_ns : 0;
}

bool estimate_open(struct estimate *estimate, const struct plan *plan,
                   struct error *error) {
    *estimate = (struct estimate){.plan = plan};
    estimate->trial_ns = calloc(plan->trial_count + 1, sizeof *estimate->trial_ns);
    if (!estimate->trial_ns) {
        return error_failed(error, "out of memory");
    }
    int64_t api_ns = quickest_start_ns(plan);
    for (size_t i = 0; i < plan->trial_count; i++) {
        const struct plan_entry *entry = plan_entry_of(plan, i);
        bool is_known = entry->prediction.is_known || entry->model.never_waits;
        int64_t start_ns = api_ns + entry->model.start_ns;
        estimate->trial_ns[i] =
            is_known ? add(estimate_least_ns(plan, i), start_ns) : -1;
    }
    return true;
}

void estimate_close(struct estimate *estimate) {
    free(estimate->trial_ns);
    *estimate = (struct estimate){.plan = NULL};
}

void estimate_learn(struct estimate *estimate, size_t index, int64_t took_ns) {
    const struct plan_entry *entry = plan_entry_of(estimate->plan, index);
    for (size_t i = index; i < estimate->plan->trial_count; i++) {
        if (plan_entry_of(estimate->plan, i) == entry) {
            estimate->trial_ns[i] = took_ns;
        }
    }
}

struct estimate_sum estimate_from(const struct estimate *estimate, size_t first) {
    struct estimate_sum sum = {.ns = 0};
    for (size_t i = first; i < estimate->plan->trial_count; i++) {
        int64_t ns = estimate->trial_ns[i];
        sum.unknown_count += ns < 0;
        sum.ns = add(sum.ns, ns > 0 ? ns : 0);
    }
    return sum;
}

/* The time of all trials of a model, in any scenario. */
static int64_t sum_of(const struct estimate *estimate, const char *name) {
    int64_t sum_ns = 0;
    for (size_t i = 0; i < estimate->plan->trial_count; i++) {
        const char *own = plan_entry_of(estimate->plan, i)->model.name;
        int64_t ns = estimate->trial_ns[i];
        sum_ns = strcmp(own, name) == 0 && ns > 0 ? add(sum_ns, ns) : sum_ns;
    }
    return sum_ns;
}

const char *estimate_longest(const struct estimate *estimate, double *share) {
    struct estimate_sum all = estimate_from(estimate, 0);
    const struct plan *plan = estimate->plan;
    for (size_t i = 0; i < plan->point_count && all.ns > 0; i++) {
        for (size_t j = 0; j < plan->points[i].entry_count; j++) {
            const char *name = plan->points[i].entries[j].model.name;
            int64_t own_ns = sum_of(estimate, name);
            *share = (double)own_ns / (double)all.ns;
            if (*share > 0.5) {
                return own_ns < all.ns || all.unknown_count > 0 ? name : NULL;
            }
        }
    }
    return NULL;
}
