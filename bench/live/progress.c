/* The line for each trial. */
#include "bench/live/progress.h"
#include "base/spoken_time.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

void progress_place(const struct plan *plan, size_t index,
                    char text[static PROGRESS_BYTES]) {
    snprintf(text, PROGRESS_BYTES, "[%zu/%zu] %s, block %d, ", index + 1,
             plan->trial_count, plan_point_of(plan, index)->scenario.name,
             plan->trials[index].block);
}

size_t progress_predicted(double predicted_s,
                          char text[static PROGRESS_PREDICTED_BYTES]) {
    char spoken[SPOKEN_TIME_BYTES] = "";
    bool is_spoken = predicted_s >= SPOKEN_TIME_LEAST_S;
    return (size_t)snprintf(text, PROGRESS_PREDICTED_BYTES, " (predicted %.1f s%s%s)",
                            predicted_s, is_spoken ? ", " : "",
                            is_spoken ? spoken_time(predicted_s, spoken) : "");
}

void progress_line(const struct plan *plan, size_t index, const struct trial *trial,
                   char text[static PROGRESS_BYTES]) {
    const struct plan_entry *entry = plan_entry_of(plan, index);
    progress_place(plan, index, text);
    size_t used = strlen(text);
    if (trial->validity.count > 0) {
        snprintf(text + used, PROGRESS_BYTES - used, "%s: invalid: %s",
                 entry->model.name, trial->validity.reasons[0]);
        return;
    }
    used += (size_t)snprintf(text + used, PROGRESS_BYTES - used, "%s: %.1f s",
                             entry->model.name,
                             scenario_seconds(&plan_point_of(plan, index)->scenario,
                                              (double)trial->figures.makespan_ns));
    if (entry->prediction.is_known) {
        double predicted_s =
            (double)entry->prediction.simulated.makespan_ns / (double)NS_PER_S;
        used += progress_predicted(predicted_s, text + used);
    }
    char failures[FIGURES_FAILURES_BYTES];
    if (figures_name_failures(&trial->figures, failures)) {
        snprintf(text + used, PROGRESS_BYTES - used, ", %s", failures);
    }
}

void progress_now(const struct plan *plan, size_t index, const struct lanes *lanes,
                  char text[static PROGRESS_BYTES]) {
    const struct scenario *scenario = &plan_point_of(plan, index)->scenario;
    double now_s = scenario_seconds(scenario, (double)lanes_elapsed_ns(lanes));
    double all_s = scenario_seconds(scenario, (double)lanes->setup.predicted_ns);
    progress_place(plan, index, text);
    size_t used = strlen(text);
    used += (size_t)snprintf(text + used, PROGRESS_BYTES - used, "%s: at %.1f s",
                             plan_entry_of(plan, index)->model.name, now_s);
    if (all_s > 0) {
        used +=
            (size_t)snprintf(text + used, PROGRESS_BYTES - used, " of %.1f s", all_s);
    }
    if (!lanes->is_blind) {
        snprintf(text + used, PROGRESS_BYTES - used,
                 ", %" PRId64 " of %" PRId64 " requests answered", lanes->answered,
                 scenario_requests(scenario));
    }
}

void progress_left(const struct estimate *estimate, size_t index, int64_t elapsed_ns,
                   char text[static PROGRESS_BYTES]) {
    char spoken[SPOKEN_TIME_BYTES];
    text[0] = '\0';
    if (!estimate || index >= estimate->plan->trial_count) {
        return;
    }
    struct estimate_sum later = estimate_from(estimate, index + 1);
    int64_t own_ns = estimate->trial_ns[index] - elapsed_ns;
    int64_t left_ns = later.ns + (own_ns > 0 ? own_ns : 0);
    if (later.unknown_count == 0 && estimate->trial_ns[index] >= 0 &&
        left_ns >= PROGRESS_LEAST_NS) {
        double left_s = (double)left_ns / (double)NS_PER_S;
        snprintf(text, PROGRESS_BYTES, "about %s left",
                 spoken_time_about(left_s, spoken));
    }
}
