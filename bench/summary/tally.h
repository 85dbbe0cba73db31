/* Numbers of requests by kind: by error, or by HTTP status. */
#ifndef SIMUL_BENCH_SUMMARY_TALLY_H
#define SIMUL_BENCH_SUMMARY_TALLY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct tally_row {
    int kind; /* an enum event_error, or an HTTP status (0: no answer) */
    int64_t count;
};

/* One row for each kind, in the order in which the kinds were first added. A zeroed
 * tally is empty. */
struct tally {
    struct tally_row *rows; /* owned */
    size_t row_count;
};

/* Adds `count` requests of a kind; 0 makes a row, too. False: out of memory. */
bool tally_add(struct tally *tally, int kind, int64_t count);

/* Adds every row of `more`. False: out of memory. */
bool tally_add_all(struct tally *tally, const struct tally *more);

/* The number of requests of that kind. */
int64_t tally_of(const struct tally *tally, int kind);

void tally_close(struct tally *tally);

#endif
