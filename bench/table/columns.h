/* The columns of a table: which there are, and which a terminal has room for. */
#ifndef SIMUL_BENCH_TABLE_COLUMNS_H
#define SIMUL_BENCH_TABLE_COLUMNS_H

#include "bench/summary/summary.h"
#include "bench/table/cell.h"

enum { COLUMNS_MOST = 10 };

/* How much a column is missed: the least goes first if there is no room for all. A
 * table without a figure that is NEEDED becomes a list. */
enum column_worth {
    COLUMN_EMPTY, /* no model has this figure */
    COLUMN_COST,
    COLUMN_BUSY,
    COLUMN_SPREAD,
    COLUMN_ERROR,
    COLUMN_RATIO,
    COLUMN_NEEDED,
};

struct column {
    char heading[CELL_BYTES];
    void (*write)(const struct summary_model *model, char *cell);
    enum column_worth worth;
    int width; /* of its widest cell */
};

struct columns {
    struct column list[COLUMNS_MOST]; /* the first is the model's name */
    int count;
    int gap; /* the spaces between two columns */
};

/* Lists all columns for a point: with figures if it is measured, else predictions. */
void columns_choose(struct columns *columns, const struct summary_point *point);

/* The width of the whole table. */
int columns_width(const struct columns *columns);

/* Narrows the gap, and then moves the columns that go first to `gone`, until the table
 * is at most `most` wide. False: even the columns that are needed are wider. */
bool columns_fit(struct columns *columns, int most, struct columns *gone);

#endif
