/* Sorts the times of a trial's requests. */
#include "bench/pictures/spread.h"
#include "bench/measure/statistics.h"

#include <stdlib.h>
#include <string.h>

static int compare(const void *a, const void *b) {
    double x = *(const double *)a;
    double y = *(const double *)b;
    return (x > y) - (x < y);
}

bool spread_open(struct spread *spread, const struct course *course) {
    const struct events *events = &course->events;
    size_t room = (size_t)events->conversations * (size_t)events->rounds;
    *spread = (struct spread){.list_s = calloc(room + 1, sizeof *spread->list_s)};
    if (!spread->list_s) {
        return false;
    }
    for (int32_t i = 0; i < events->conversations; i++) {
        for (int32_t round = 0; round < events->rounds; round++) {
            const struct event *event = events_at(events, i, round);
            if (event->is_present) {
                spread->list_s[spread->count++] =
                    (double)(event->end_ns - event->begin_ns) * course->seconds_per_ns;
            }
        }
    }
    qsort(spread->list_s, spread->count, sizeof *spread->list_s, compare);
    return true;
}

void spread_close(struct spread *spread) {
    free(spread->list_s);
    *spread = (struct spread){.list_s = NULL};
}

double spread_at(const struct spread *spread, double part) {
    return statistics_quantile(spread->list_s, spread->count, part);
}

void spread_count(const struct spread *spread, double until_s, int bins,
                  int64_t counts[]) {
    memset(counts, 0, (size_t)bins * sizeof *counts);
    for (size_t i = 0; i < spread->count; i++) {
        double bin = spread->list_s[i] / until_s * bins;
        counts[bin < bins - 1 ? (int)bin : bins - 1]++;
    }
}
