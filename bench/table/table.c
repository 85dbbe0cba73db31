/* Prints tables; a column is as wide as its widest cell. */
#include "bench/table/table.h"
#include "base/wrap.h"
#include "bench/summary/setting.h"
#include "bench/table/columns.h"
#include "bench/table/remarks.h"

#include <stdio.h>
#include <string.h>

/* The first column is aligned to the left, the others to the right. */
static void print_cell(const struct columns *columns, int column, const char *cell,
                       FILE *out) {
    int padding = columns->list[column].width - wrap_width(cell);
    if (column == 0) {
        fprintf(out, "%s%*s", cell, padding, "");
    } else {
        fprintf(out, "%*s%s", columns->gap + padding, "", cell);
    }
}

static void print_rows(const struct columns *columns, const struct summary_point *point,
                       FILE *out) {
    char cell[CELL_BYTES];
    for (int i = 0; i < columns->count; i++) {
        print_cell(columns, i, columns->list[i].heading, out);
    }
    putc('\n', out);
    for (size_t model = 0; model < point->model_count; model++) {
        for (int i = 0; i < columns->count; i++) {
            columns->list[i].write(&point->models[model], cell);
            print_cell(columns, i, cell, out);
        }
        putc('\n', out);
    }
}

/* Says which figures are not shown. An empty column has none. */
static void print_gone(const struct columns *gone, int most, FILE *out) {
    const char *before = NULL;
    for (int i = 0; i < gone->count; i++) {
        if (gone->list[i].worth == COLUMN_EMPTY) {
            continue;
        }
        if (!before) {
            fprintf(out, "(no room in %d columns for ", most);
        }
        fprintf(out, "%s%s", before ? before : "", gone->list[i].heading);
        before = ", ";
    }
    if (before) {
        fputs("; a wider terminal shows them, and so does '| cat')\n", out);
    }
}

/* Prints each model's figures below each other, without those that it does not have. */
static void print_list(const struct columns *columns, const struct summary_point *point,
                       FILE *out) {
    char cell[CELL_BYTES];
    int width = 0;
    for (int i = 1; i < columns->count; i++) {
        int own = wrap_width(columns->list[i].heading);
        width = own > width ? own : width;
    }
    for (size_t model = 0; model < point->model_count; model++) {
        fprintf(out, "%s\n", point->models[model].name);
        for (int i = 1; i < columns->count; i++) {
            columns->list[i].write(&point->models[model], cell);
            if (strcmp(cell, "-") != 0) {
                fprintf(out, "  %s%*s%s\n", columns->list[i].heading,
                        2 + width - wrap_width(columns->list[i].heading), "", cell);
            }
        }
    }
}

static void print_point(const struct summary_point *point, int most, FILE *out) {
    struct columns columns;
    struct columns gone;
    setting_print(point->scenario, out);
    putc('\n', out);
    columns_choose(&columns, point);
    struct columns fitting = columns;
    if (most == 0) {
        print_rows(&columns, point, out);
    } else if (columns_fit(&fitting, most, &gone)) {
        print_rows(&fitting, point, out);
        print_gone(&gone, most, out);
    } else {
        print_list(&columns, point, out);
    }
    remarks_print(point, out);
}

void table_print(const struct summary *summary, int columns, FILE *out) {
    FILE *wrapped = wrap_open(out, columns);
    FILE *page = wrapped ? wrapped : out; /* out of memory: the terminal breaks lines */
    for (size_t i = 0; i < summary->point_count; i++) {
        if (i > 0) {
            putc('\n', page);
        }
        print_point(&summary->points[i], columns, page);
    }
    if (wrapped) {
        fclose(wrapped); /* the caller asks `out` for an error */
    }
}
