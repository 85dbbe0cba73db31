/* Predicts by theory how long a model takes in a scenario. */
#ifndef SIMUL_BENCH_PREDICT_PREDICT_H
#define SIMUL_BENCH_PREDICT_PREDICT_H

#include "bench/predict/processors.h"
#include "bench/programs/catalogue.h"
#include "bench/scenario/scenario.h"
#include "bench/predict/simulation.h"

/* All durations are in the scenario's own nanoseconds. */
struct prediction {
    bool is_known; /* false: there is no prediction */
    bool has_closed_form;
    int64_t closed_form_ns;
    struct simulation_result simulated;
    /* true: the senders compute, and the simulation shares the cores evenly */
    bool is_approximate;
};

/* How many conversations the model can have under way at a time, by its `holds`: one,
 * `workers`, `cores`, or all. It may have more workers or cores than there are
 * conversations. A model that prints no description can have all of them. */
int32_t predict_callers(const struct scenario *scenario, const struct model *model,
                        const struct processors *processors);

/* The simulation's setup for a model in a scenario, on these processors. */
struct simulation_setup predict_setup(const struct scenario *scenario,
                                      const struct model *model,
                                      const struct processors *processors,
                                      uint64_t seed);

/* Predicts. The prediction is unknown if the model prints no description or does not
 * wait, and for the user's own API. Fails if out of memory, or if a signal has come. */
bool predict(const struct scenario *scenario, const struct model *model,
             const struct processors *processors, uint64_t seed,
             struct prediction *prediction, struct error *error);

#endif
