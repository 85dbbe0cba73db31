/* Compares a printed figure with the prediction, and says why they differ. */
#ifndef SIMUL_BENCH_SUMMARY_CLAIMS_H
#define SIMUL_BENCH_SUMMARY_CLAIMS_H

#include "bench/plan/plan.h"

#define CLAIM_WHY_BYTES 400

struct verdict {
    int64_t predicted_ns;
    bool is_whole; /* in the prediction no request fails, so its time can be compared */
    /* Printed and predicted figure differ by at most 0.1 %, and no request fails. */
    bool holds;
    char why[CLAIM_WHY_BYTES];
};

/* Judges a claim. False: its model is not in the plan, or nothing is predicted of it.
 */
bool claim_judge(const struct plan *plan, const struct plan_point *point,
                 const struct claim *claim, struct verdict *verdict);

/* The entry of that model; NULL: it is not in the plan. */
const struct plan_entry *claim_find_entry(const struct plan_point *point,
                                          const char *model);

/* The first claim about a model, whose figure the column "printed" shows; NULL: none.
 */
const struct claim *claim_find(const struct scenario *scenario, const char *model);

#endif
