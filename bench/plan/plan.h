/* The trials of a run and their order: complete random blocks, so that a drift of the
 * machine affects all models alike. A single block is a demonstration, and runs the
 * models as they are listed. */
#ifndef SIMUL_BENCH_PLAN_PLAN_H
#define SIMUL_BENCH_PLAN_PLAN_H

#include "bench/programs/catalogue.h"
#include "bench/predict/predict.h"
#include "bench/scenario/scenario.h"
#include "bench/scenario/url_file.h"

/* One model in one scenario. */
struct plan_entry {
    struct model model;
    struct prediction prediction;
};

/* A scenario with the models that run it. */
struct plan_point {
    struct scenario scenario; /* owned */
    struct url_file urls;     /* of the user's own API, owned; zeroed: the mock API */
    struct plan_entry *entries;
    size_t entry_count;
};

/* One trial: which entry of which point, in which block (from 1). */
struct plan_trial {
    size_t point;
    size_t entry;
    int32_t block;
};

/* The order of the models within a block. */
enum plan_sequence {
    PLAN_BY_BLOCKS, /* random; if the scenario has one block, as listed */
    PLAN_LISTED,
    PLAN_RANDOM,
};

struct plan {
    struct plan_point *points; /* owned, with everything in them */
    size_t point_count;
    struct plan_trial *trials;
    size_t trial_count;
    uint64_t seed; /* of the order and of the drawn latencies */
    enum plan_sequence sequence;
    struct processors processors;
};

/* Begins an empty plan for the processors that this process may use. */
void plan_init(struct plan *plan, uint64_t seed);
void plan_close(struct plan *plan);

/* Adds a scenario with the models that it names; "all" stands for every listed model
 * that is available. Takes ownership of the scenario, in any case. Fails (input) if a
 * model does not exist, is not available, or is named twice. */
bool plan_add(struct plan *plan, struct scenario *scenario,
              const struct catalogue *catalogue, struct error *error);

/* True if the seed shuffles the models in each block of the point. */
bool plan_is_shuffled(const struct plan *plan, const struct plan_point *point);

/* Lists the trials: scenario by scenario, block by block. Each block holds every entry
 * once, in an order that is shuffled by the seed, or as they are listed. Fails if out
 * of memory. */
bool plan_order(struct plan *plan, struct error *error);

/* The point and the entry of the trial with that index. Borrowed. */
const struct plan_point *plan_point_of(const struct plan *plan, size_t index);
const struct plan_entry *plan_entry_of(const struct plan *plan, size_t index);

#endif
