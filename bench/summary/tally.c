/* Counts requests by kind. */
#include "bench/summary/tally.h"

#include <stdlib.h>

static struct tally_row *find(const struct tally *tally, int kind) {
    for (size_t i = 0; i < tally->row_count; i++) {
        if (tally->rows[i].kind == kind) {
            return &tally->rows[i];
        }
    }
    return NULL;
}

bool tally_add(struct tally *tally, int kind, int64_t count) {
    struct tally_row *row = find(tally, kind);
    if (row) {
        row->count += count;
        return true;
    }
    struct tally_row *rows =
        realloc(tally->rows, (tally->row_count + 1) * sizeof *rows);
    if (!rows) {
        return false;
    }
    tally->rows = rows;
    rows[tally->row_count++] = (struct tally_row){kind, count};
    return true;
}

bool tally_add_all(struct tally *tally, const struct tally *more) {
    for (size_t i = 0; i < more->row_count; i++) {
        if (!tally_add(tally, more->rows[i].kind, more->rows[i].count)) {
            return false;
        }
    }
    return true;
}

int64_t tally_of(const struct tally *tally, int kind) {
    const struct tally_row *row = find(tally, kind);
    return row ? row->count : 0;
}

void tally_close(struct tally *tally) {
    free(tally->rows);
    *tally = (struct tally){.rows = NULL};
}
