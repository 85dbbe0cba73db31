/* The trials of one model in one scenario. Figures stand on the complete ones alone: a
 * trial in which a request failed has done less than was asked, and is often quicker.
 */
#ifndef SIMUL_BENCH_SUMMARY_SAMPLE_H
#define SIMUL_BENCH_SUMMARY_SAMPLE_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

/* Zeroed: no trials. */
struct sample {
    const json_t **trials; /* valid: first the complete ones, by block; borrowed */
    size_t count;          /* complete: every request succeeded */
    size_t incomplete;     /* valid too, and behind them */
    size_t invalid;
    double *values; /* scratch, as long as all of them */
};

/* Picks a model's trials at a point of the plan out of a run's. False: out of memory;
 * sample_close() in any case. */
bool sample_open(struct sample *sample, const json_t *trials, size_t point,
                 const char *model);
void sample_close(struct sample *sample);

/* Fills `values` with one field of every complete trial, times `factor`; returns how
 * many have it. */
size_t sample_take(struct sample *sample, const char *key, double factor);

/* Their median; NaN where none has it. */
double sample_median(struct sample *sample, const char *key, double factor);

/* The median makespan of those in which a request failed; NaN where none did. */
double sample_incomplete_median(struct sample *sample, double factor);

/* The median over the blocks of how many times faster than the baseline; NaN where the
 * two share no block, and where a request of either failed: no model shall win by what
 * it did not do, nor by the trials that happened to go well. */
double sample_speedup(struct sample *sample, const struct sample *baseline);

/* Of all valid trials, the incomplete ones too, the requests by error and by status, as
 * the summary has them. The caller owns the reference. */
json_t *sample_requests(const struct sample *sample);

/* The distinct reasons of a model's invalid trials. The caller owns the reference. */
json_t *sample_reasons(const json_t *trials, size_t point, const char *model);

#endif
