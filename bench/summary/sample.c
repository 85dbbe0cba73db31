/* Picks the trials of a model, and computes medians of their figures. */
#include "bench/summary/sample.h"
#include "bench/measure/statistics.h"

#include <math.h>
#include <stdlib.h>

/* Appends the valid trials that are complete, or else those that are not. Returns how
 * many. */
static size_t sample_add(struct sample *sample, const struct past_trials *trials,
                         size_t point, const char *model, bool complete) {
    size_t before = sample->count + sample->incomplete;
    size_t count = before;
    for (size_t i = 0; i < trials->count; i++) {
        const struct past_trial *trial = &trials->list[i];
        if (past_trial_is_of(trial, point, model) && trial->is_valid &&
            (past_trial_failed(trial) == 0) == complete) {
            sample->trials[count++] = trial;
        }
    }
    return count - before;
}

bool sample_open(struct sample *sample, const struct past_trials *trials, size_t point,
                 const char *model) {
    size_t room = trials->count + 1;
    *sample = (struct sample){.trials = calloc(room, sizeof(struct past_trial *)),
                              .values = calloc(room, sizeof(double))};
    if (!sample->trials || !sample->values) {
        return false;
    }
    sample->count = sample_add(sample, trials, point, model, true);
    sample->incomplete = sample_add(sample, trials, point, model, false);
    for (size_t i = 0; i < trials->count; i++) {
        sample->invalid += past_trial_is_of(&trials->list[i], point, model) &&
                           !trials->list[i].is_valid;
    }
    return true;
}

void sample_close(struct sample *sample) {
    free(sample->trials);
    free(sample->values);
    *sample = (struct sample){.trials = NULL};
}

size_t sample_take(struct sample *sample, enum trial_figure figure, double factor) {
    size_t count = 0;
    for (size_t i = 0; i < sample->count; i++) {
        double value = sample->trials[i]->figures[figure];
        if (isfinite(value)) {
            sample->values[count++] = value * factor;
        }
    }
    return count;
}

double sample_median(struct sample *sample, enum trial_figure figure, double factor) {
    size_t count = sample_take(sample, figure, factor);
    return statistics_median(sample->values, count);
}

double sample_incomplete_median(struct sample *sample, double factor) {
    for (size_t i = 0; i < sample->incomplete; i++) {
        const struct past_trial *trial = sample->trials[sample->count + i];
        sample->values[i] = trial->figures[TRIAL_MAKESPAN_NS] * factor;
    }
    return statistics_median(sample->values, sample->incomplete);
}

static const struct past_trial *trial_of_block(const struct sample *sample,
                                               int64_t block) {
    for (size_t i = 0; i < sample->count; i++) {
        if (sample->trials[i]->block == block) {
            return sample->trials[i];
        }
    }
    return NULL;
}

double sample_speedup(struct sample *sample, const struct sample *baseline) {
    size_t count = 0;
    if (sample->incomplete > 0 || baseline->incomplete > 0) {
        return NAN;
    }
    for (size_t i = 0; i < sample->count; i++) {
        const struct past_trial *own = sample->trials[i];
        const struct past_trial *other = trial_of_block(baseline, own->block);
        double own_ns = own->figures[TRIAL_MAKESPAN_NS];
        if (other && own_ns > 0) {
            sample->values[count++] = other->figures[TRIAL_MAKESPAN_NS] / own_ns;
        }
    }
    return statistics_median(sample->values, count);
}

bool sample_requests(const struct sample *sample, struct tally *by_error,
                     struct tally *by_status) {
    bool ok = tally_add(by_error, EVENT_OK, 0);
    for (size_t i = 0; ok && i < sample->count + sample->incomplete; i++) {
        ok = tally_add_all(by_error, &sample->trials[i]->by_error) &&
             tally_add_all(by_status, &sample->trials[i]->by_status);
    }
    return ok;
}

bool sample_reasons(const struct past_trials *trials, size_t point, const char *model,
                    struct texts *reasons) {
    for (size_t i = 0; i < trials->count; i++) {
        const struct past_trial *trial = &trials->list[i];
        if (!past_trial_is_of(trial, point, model)) {
            continue;
        }
        for (size_t j = 0; j < trial->reasons.count; j++) {
            const char *reason = trial->reasons.list[j];
            if (!texts_have(reasons, reason) && !texts_add(reasons, reason)) {
                return false;
            }
        }
    }
    return true;
}
