/* The trials of one model in one scenario. Figures stand on the complete ones alone: a
 * trial in which a request failed has done less than was asked, and is often quicker.
 */
#ifndef SIMUL_BENCH_SUMMARY_SAMPLE_H
#define SIMUL_BENCH_SUMMARY_SAMPLE_H

#include "bench/summary/past_trial.h"

/* Zeroed: no trials. */
struct sample {
    /* Valid: first the complete ones, in the order of the run; borrowed. */
    const struct past_trial **trials;
    size_t count;      /* complete: every request succeeded */
    size_t incomplete; /* valid too, and behind them */
    size_t invalid;
    double *values; /* scratch, as long as all of them */
};

/* Picks a model's trials at a point of the plan out of a run's. False: out of memory;
 * sample_close() in any case. */
bool sample_open(struct sample *sample, const struct past_trials *trials, size_t point,
                 const char *model);
void sample_close(struct sample *sample);

/* Fills `values` with one figure of every complete trial, times `factor`; returns how
 * many trials know it. */
size_t sample_take(struct sample *sample, enum trial_figure figure, double factor);

/* Their median; NaN: no trial knows it. */
double sample_median(struct sample *sample, enum trial_figure figure, double factor);

/* The median makespan of the incomplete trials; NaN: there is none. */
double sample_incomplete_median(struct sample *sample, double factor);

/* The median over the blocks of how many times faster than the baseline; NaN where the
 * two share no block, and where a request of either failed: no model shall win by what
 * it did not do, nor by the trials that happened to go well. */
double sample_speedup(struct sample *sample, const struct sample *baseline);

/* Adds the requests of all valid trials, the incomplete ones too, to two tallies, by
 * error (success has a row in any case) and by status. False: out of memory. */
bool sample_requests(const struct sample *sample, struct tally *by_error,
                     struct tally *by_status);

/* Adds the distinct reasons of a model's invalid trials. False: out of memory. */
bool sample_reasons(const struct past_trials *trials, size_t point, const char *model,
                    struct texts *reasons);

#endif
