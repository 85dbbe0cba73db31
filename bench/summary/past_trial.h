/* A trial that is over, as the run directory keeps it. */
#ifndef SIMUL_BENCH_SUMMARY_PAST_TRIAL_H
#define SIMUL_BENCH_SUMMARY_PAST_TRIAL_H

#include "bench/measure/figures.h"
#include "bench/programs/catalogue.h"
#include "bench/summary/tally.h"
#include "bench/summary/texts.h"

/* The figures of a trial. Times are in real nanoseconds. */
enum trial_figure {
    TRIAL_MAKESPAN_NS,
    TRIAL_BUSY_NS,
    TRIAL_SETUP_NS,
    TRIAL_USER_NS,
    TRIAL_SYSTEM_NS,
    TRIAL_PEAK_MEMORY_BYTES,
    TRIAL_PEAK_THREADS,
    TRIAL_VOLUNTARY_SWITCHES,
    TRIAL_INVOLUNTARY_SWITCHES,
    TRIAL_IN_FLIGHT_PEAK,
    TRIAL_API_LATENESS_NS,
    TRIAL_THROTTLED_NS,
    TRIAL_FIGURES,
};

/* past_trial_init() makes an empty one. */
struct past_trial {
    size_t point; /* of the plan, from 0 */
    char model[MODEL_NAME_BYTES];
    int64_t block; /* from 1 */
    bool is_valid;
    struct texts reasons; /* why it is not valid */
    /* By enum trial_figure; NaN: unknown. */
    double figures[TRIAL_FIGURES];
    struct tally by_error;  /* requests, by enum event_error */
    struct tally by_status; /* the same requests, by HTTP status */
    int64_t reopened; /* of these, whose connection the server had closed before */
    struct failed_requests first_failed;
    /* The path of its stderr inside the run directory, not checked, owned; NULL: it
     * printed nothing there. */
    char *stderr_path;
    struct texts stderr_end; /* the last lines of that, if the trial is invalid */
    /* The path of its events inside the run directory; owned; NULL: unknown. It is not
     * checked: trials.jsonl may come from another person. */
    char *events;
};

/* The trials of a run, in the order in which they ended. A zeroed list is empty. */
struct past_trials {
    struct past_trial *list; /* owned, with all below */
    size_t count;
};

/* Makes an empty trial: no figure is known. */
void past_trial_init(struct past_trial *trial);
void past_trial_close(struct past_trial *trial);

/* How many of its requests failed. */
int64_t past_trial_failed(const struct past_trial *trial);

/* True: the trial is of that model at that point of the plan. */
bool past_trial_is_of(const struct past_trial *trial, size_t point, const char *model);

/* Moves a trial to the end of the list; `trial` is empty afterwards. False: out of
 * memory; the trial is closed. */
bool past_trials_add(struct past_trials *trials, struct past_trial *trial);

/* True: every trial is valid. */
bool past_trials_are_valid(const struct past_trials *trials);

void past_trials_close(struct past_trials *trials);

#endif
