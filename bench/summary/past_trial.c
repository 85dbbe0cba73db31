/* Trials that are over, and lists of them. */
#include "bench/summary/past_trial.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

void past_trial_init(struct past_trial *trial) {
    *trial = (struct past_trial){.point = 0};
    for (int i = 0; i < TRIAL_FIGURES; i++) {
        trial->figures[i] = NAN;
    }
}

void past_trial_close(struct past_trial *trial) {
    texts_close(&trial->reasons);
    tally_close(&trial->by_error);
    tally_close(&trial->by_status);
    texts_close(&trial->stderr_end);
    free(trial->stderr_path);
    free(trial->events);
    past_trial_init(trial);
}

int64_t past_trial_failed(const struct past_trial *trial) {
    int64_t failed = 0;
    for (size_t i = 0; i < trial->by_error.row_count; i++) {
        const struct tally_row *row = &trial->by_error.rows[i];
        failed += row->kind == EVENT_OK ? 0 : row->count;
    }
    return failed;
}

bool past_trial_is_of(const struct past_trial *trial, size_t point, const char *model) {
    return trial->point == point && !strcmp(trial->model, model);
}

bool past_trials_add(struct past_trials *trials, struct past_trial *trial) {
    struct past_trial *list = realloc(trials->list, (trials->count + 1) * sizeof *list);
    if (!list) {
        past_trial_close(trial);
        return false;
    }
    trials->list = list;
    list[trials->count++] = *trial;
    past_trial_init(trial); /* the list owns it now */
    return true;
}

bool past_trials_are_valid(const struct past_trials *trials) {
    for (size_t i = 0; i < trials->count; i++) {
        if (!trials->list[i].is_valid) {
            return false;
        }
    }
    return true;
}

void past_trials_close(struct past_trials *trials) {
    for (size_t i = 0; i < trials->count; i++) {
        past_trial_close(&trials->list[i]);
    }
    free(trials->list);
    *trials = (struct past_trials){.list = NULL};
}
