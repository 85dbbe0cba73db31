/* The trials of one model at one point of the plan. Figures use only the complete ones:
 * a trial in which a request failed did less work, and is often quicker. */
#ifndef SIMUL_BENCH_SUMMARY_SAMPLE_H
#define SIMUL_BENCH_SUMMARY_SAMPLE_H

#include "bench/summary/past_trial.h"

/* A zeroed sample is empty. */
struct sample {
    /* The valid trials, borrowed: first the complete ones, in the order of the run. */
    const struct past_trial **trials;
    size_t count;      /* complete trials: every request succeeded */
    size_t incomplete; /* the other valid ones, behind them */
    size_t invalid;
    double *values; /* scratch, with room for one value of each trial */
};

/* Picks the trials of a model at a point of the plan. False: out of memory. Call
 * sample_close() in any case. */
bool sample_open(struct sample *sample, const struct past_trials *trials, size_t point,
                 const char *model);
void sample_close(struct sample *sample);

/* Fills `values` with one figure of every complete trial that has it, times `factor`.
 * Returns how many have it. */
size_t sample_take(struct sample *sample, enum trial_figure figure, double factor);

/* The median of these values; NaN: no trial has the figure. */
double sample_median(struct sample *sample, enum trial_figure figure, double factor);

/* The median makespan of the incomplete trials; NaN: there is no such trial. */
double sample_incomplete_median(struct sample *sample, double factor);

/* How many times faster the model is than the baseline: the median of the ratios in
 * each block. NaN if they have no block in common, or if a request of either failed,
 * because a model must not win by work that it did not do. */
double sample_speedup(struct sample *sample, const struct sample *baseline);

/* Adds the requests of all valid trials to two tallies, by error (with a row for
 * success in any case) and by status. False: out of memory. */
bool sample_requests(const struct sample *sample, struct tally *by_error,
                     struct tally *by_status);

/* Adds the reasons of a model's invalid trials, each once. False: out of memory. */
bool sample_reasons(const struct past_trials *trials, size_t point, const char *model,
                    struct texts *reasons);

#endif
