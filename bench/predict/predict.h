/* What theory says that a model takes in a scenario. */
#ifndef SIMUL_BENCH_PREDICT_PREDICT_H
#define SIMUL_BENCH_PREDICT_PREDICT_H

#include "bench/programs/catalogue.h"
#include "bench/scenario/scenario.h"
#include "bench/predict/simulation.h"

/* All durations in the scenario's own nanoseconds. */
struct prediction {
    bool is_known; /* else nothing is predicted: the model does not say what it is */
    bool has_closed_form;
    int64_t closed_form_ns;
    struct simulation_result simulated;
    bool is_approximate; /* computing senders: the scheduler is taken as fair */
};

/* What the simulation is told for a model in a scenario on a
 * machine of so many cores. */
struct simulation_setup predict_setup(const struct scenario *scenario,
                                      const struct model *model, int32_t cores,
                                      uint64_t seed);

/* Predicts; not known where the model is not described or does not wait, and of the
 * user's own API. Fails: out of memory. */
bool predict(const struct scenario *scenario, const struct model *model, int32_t cores,
             uint64_t seed, struct prediction *prediction, struct error *error);

#endif
