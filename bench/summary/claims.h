/* What somebody printed, held against what theory says, with the
 * reason where they differ. */
#ifndef SIMUL_BENCH_SUMMARY_CLAIMS_H
#define SIMUL_BENCH_SUMMARY_CLAIMS_H

#include "bench/plan/plan.h"

#define CLAIM_WHY_BYTES 400

struct verdict {
    int64_t predicted_ns;
    bool
        holds; /* printed and predicted differ by at most 0.1 %, and no request fails */
    char why[CLAIM_WHY_BYTES];
};

/* Judges a claim about a model that is in the plan and predicted;
 * false where it is not. */
bool claim_judge(const struct plan *plan, const struct plan_point *point,
                 const struct claim *claim, struct verdict *verdict);

/* The entry of a claim's model; NULL: it is not in the plan. */
const struct plan_entry *claim_find_entry(const struct plan_point *point,
                                          const char *model);

/* What is printed of a model: the first claim about it; NULL: nothing. */
const struct claim *claim_find(const struct scenario *scenario, const char *model);

#endif
