/* How long the requests of one model took: all of them, sorted. */
#ifndef SIMUL_BENCH_PICTURES_SPREAD_H
#define SIMUL_BENCH_PICTURES_SPREAD_H

#include "bench/pictures/course.h"

/* A zeroed spread is empty. */
struct spread {
    double *list_s; /* owned; the shortest first */
    size_t count;
};

/* Reads the time of every request, from its begin to its end, in the scenario's seconds.
 * False: out of memory. Call spread_close() in any case. */
bool spread_open(struct spread *spread, const struct course *course);
void spread_close(struct spread *spread);

/* The time within which this part of the requests was answered; `part` is from 0 to 1.
 * There has to be a request. */
double spread_at(const struct spread *spread, double part);

/* Counts the requests in `bins` equal parts of the time from 0 to `until_s`; a longer one
 * counts in the last part. */
void spread_count(const struct spread *spread, double until_s, int bins,
                  int64_t counts[]);

#endif
