/* A model in the summary: what is printed, predicted and measured of it.
 *
 * Seconds are in the scenario's own time, but setup_s, user_s, system_s and excess_us
 * are in real time. A number that is not known is NaN. */
#ifndef SIMUL_BENCH_SUMMARY_MODEL_H
#define SIMUL_BENCH_SUMMARY_MODEL_H

#include "bench/plan/plan.h"
#include "bench/summary/sample.h"

/* All are NaN if nothing is predicted of the model. */
struct summary_predicted {
    double closed_form_s; /* also NaN if no formula applies */
    double simulated_s;
    double busy_s;
};

/* Figures of the complete trials: valid, and every request succeeded. */
struct summary_measured {
    double median_s; /* of the makespan */
    double low_s;    /* the interval of the median */
    double high_s;
    bool is_bootstrap; /* low_s and high_s; else they are least and greatest */
    size_t trials;
    size_t invalid;    /* not in the figures */
    size_t incomplete; /* valid, but a request failed; not in the figures */
    double incomplete_median_s;
    double busy_s;
};

/* The requests of all valid trials, including the incomplete ones. */
struct summary_requests {
    int64_t ok;
    int64_t failed;
    int64_t reopened; /* the server had closed their connection before */
    struct tally by_error;
    struct tally by_status;
    struct failed_requests first_failed; /* of the first incomplete trial */
};

/* Medians of the complete trials. */
struct summary_resources {
    double user_s;
    double system_s;
    double peak_memory_bytes;
    double peak_threads;
    double voluntary_switches;
    double involuntary_switches;
    double in_flight_peak;
};

struct summary_model {
    char name[MODEL_NAME_BYTES];
    double printed_s;
    struct summary_predicted predicted;
    /* Without trials nothing is known from here on. */
    struct summary_measured measured;
    double error_percent; /* of the median, in percent of the prediction */
    double speedup;       /* against the baseline */
    double setup_s;
    double excess_us; /* for each request */
    struct summary_requests requests;
    struct summary_resources resources;
    struct texts invalid_reasons; /* each reason once */
    /* Of the first invalid trial that printed to stderr; both as in struct past_trial. */
    char *stderr_path;
    struct texts stderr_end;
};

/* Fills in the printed and the predicted figures of an entry's model. */
void summary_model_init(struct summary_model *model, const struct scenario *scenario,
                        const struct plan_entry *entry);

/* Adds the figures of its trials at a point of the plan (from 0). False: out of memory.
 */
bool summary_model_measure(struct summary_model *model, const struct plan *plan,
                           size_t point, const struct plan_entry *entry,
                           const struct past_trials *trials,
                           const struct sample *baseline);

void summary_model_close(struct summary_model *model);

#endif
