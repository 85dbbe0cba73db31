/* Requests counted by how they ended. */
#ifndef SIMUL_BENCH_SUMMARY_TALLY_H
#define SIMUL_BENCH_SUMMARY_TALLY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct tally_row {
    int kind; /* an enum event_error, or an HTTP status (0: there was no answer) */
    int64_t count;
};

/* One row a kind, in the order in which the kinds were first added. Zeroed: empty. */
struct tally {
    struct tally_row *rows; /* owned */
    size_t row_count;
};

/* Adds so many requests of a kind; also 0, which makes a row. False: out of memory. */
bool tally_add(struct tally *tally, int kind, int64_t count);

/* Adds every row of `more`. False: out of memory. */
bool tally_add_all(struct tally *tally, const struct tally *more);

/* How many requests of that kind; 0 if it has no row. */
int64_t tally_of(const struct tally *tally, int kind);

void tally_close(struct tally *tally);

#endif
