/* The line for each trial. */
#include "bench/live/progress.h"
#include "base/clock.h"

#include <stdio.h>
#include <string.h>

void progress_place(const struct plan *plan, size_t index,
                    char text[static PROGRESS_BYTES]) {
    snprintf(text, PROGRESS_BYTES, "[%zu/%zu] %s, block %d, ", index + 1,
             plan->trial_count, plan_point_of(plan, index)->scenario.name,
             plan->trials[index].block);
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
        used += (size_t)snprintf(text + used, PROGRESS_BYTES - used,
                                 " (predicted %.1f s)", predicted_s);
    }
    char failures[FIGURES_FAILURES_BYTES];
    if (figures_name_failures(&trial->figures, failures)) {
        snprintf(text + used, PROGRESS_BYTES - used, ", %s", failures);
    }
}
