/* A model in the summary: what is printed, predicted and measured of it.
 *
 * Seconds are the scenario's own, but for setup_s, user_s, system_s and excess_us,
 * which are real. A number that is not known is NaN: nothing was printed, predicted or
 * measured. */
#ifndef SIMUL_BENCH_SUMMARY_MODEL_H
#define SIMUL_BENCH_SUMMARY_MODEL_H

#include "bench/plan/plan.h"
#include "bench/summary/sample.h"

/* All NaN where nothing is predicted of the model. */
struct summary_predicted {
    double closed_form_s; /* NaN as well where no formula covers it */
    double simulated_s;
    double busy_s;
};

/* Of the complete trials: valid, and every request succeeded. */
struct summary_measured {
    double median_s; /* of the makespan */
    double low_s;    /* its interval */
    double high_s;
    bool is_bootstrap; /* the interval; else it is the range */
    size_t trials;
    size_t invalid;    /* trials that are left out */
    size_t incomplete; /* valid ones in which a request failed: left out, too */
    double incomplete_median_s;
    double busy_s;
};

/* Of all valid trials, the incomplete ones too. */
struct summary_requests {
    int64_t ok;
    int64_t failed;
    struct tally by_error;
    struct tally by_status;
};

/* Medians. */
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
    /* From here on nothing is known if the trials were not given. */
    struct summary_measured measured;
    double error_percent; /* of the median, in percent of the prediction */
    double speedup;       /* against the baseline */
    double setup_s;
    double excess_us; /* a request */
    struct summary_requests requests;
    struct summary_resources resources;
    struct texts invalid_reasons; /* distinct */
};

/* Fills in all that is known of the model of an entry before any trial. */
void summary_model_init(struct summary_model *model, const struct scenario *scenario,
                        const struct plan_entry *entry);

/* Adds what its trials at a point of the plan (from 0) say. False: out of memory. */
bool summary_model_measure(struct summary_model *model, const struct plan *plan,
                           size_t point, const struct plan_entry *entry,
                           const struct past_trials *trials,
                           const struct sample *baseline);

void summary_model_close(struct summary_model *model);

#endif
