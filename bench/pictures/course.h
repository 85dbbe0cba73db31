/* The course of one trial: the times at which each request passed from phase to phase,
 * in the scenario's own seconds since the common start. They come from the API's
 * record; without a record, from the Server-Timing header that the model saw; without
 * that header, from the times that the model took itself. */
#ifndef SIMUL_BENCH_PICTURES_COURSE_H
#define SIMUL_BENCH_PICTURES_COURSE_H

#include "base/witness.h"
#include "bench/measure/events.h"
#include "bench/plan/plan.h"
#include "bench/summary/past_trial.h"

/* Two more phases, which follow the response. PHASE_NONE is drawn from the time at
 * which a request could have begun until its model began it. If there are only the
 * model's own stamps, PHASE_RESPONSE is drawn up to the first byte. */
#define COURSE_BODY   PHASE_COUNT /* from the first byte to the last */
#define COURSE_FAILED ((enum phase)(PHASE_COUNT + 1)) /* up to the request's failure */
enum { COURSE_PHASES = PHASE_COUNT + 2 };

/* Returns "unbegun", "queue", ... */
const char *phase_name(enum phase phase);

/* One request. Phase p lasts from until_s[p - 1] (the first from ready_s) to
 * until_s[p]. */
struct passage {
    double ready_s;
    double until_s[COURSE_PHASES];
};

/* A zeroed course is closed. */
struct course {
    struct events events;
    struct witness_record *records; /* [conversation][round]; NULL: there is no log */
    bool client_sends;
    int64_t start_ns;
    double seconds_per_ns;
    double makespan_s;
};

/* Of the valid trials of a model at a point of the plan, the one whose makespan is
 * nearest to `median_s`, the earlier of two that are equally near. Takes a trial with a
 * failed request only if there is no other.
 * NULL: there is no valid trial. Borrowed from `trials`. */
const struct past_trial *course_typical_trial(const struct past_trials *trials,
                                              size_t point, const char *model,
                                              const struct scenario *scenario,
                                              double median_s);

/* Reads the events of a trial, and the API's record if there is one. Fails (input) if a
 * file is missing or wrong. Call course_close() in any case. */
bool course_open(struct course *course, const char *run, const struct past_trial *trial,
                 const struct scenario *scenario, struct error *error);
void course_close(struct course *course);

/* Fills the passage of one request. False: the request has no row. */
bool course_passage(const struct course *course, int32_t conversation, int32_t round,
                    struct passage *passage);

/* A stretch of time. */
struct spell {
    double from_s;
    double to_s;
};

/* The union of all spells in a phase, in order. The caller frees `spells`. False: out of
 * memory. */
bool course_spells(const struct course *course, enum phase phase, struct spell **spells,
                   size_t *count);

#endif
