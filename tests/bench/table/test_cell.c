/* bench/table/cell.c: figures as texts. */
#include "bench/table/cell.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

Test(cell, seconds_have_four_digits_and_tenths_at_least) {
    static const struct {
        double seconds;
        const char *text;
    } rows[] = {
        {0, "0.000 s"},
        {0.000123456, "0.000123 s"},
        {0.0123456, "0.01235 s"},
        {9.9994, "9.999 s"},
        {12.3456, "12.35 s"},
        {123.456, "123.5 s"},
        {1234.56, "1,234.6 s"},
        {43200, "43,200.0 s"},
        {1234567.8, "1,234,567.8 s"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char cell[CELL_BYTES];
        cell_write_seconds(rows[i].seconds, cell);
        cr_expect_str_eq(cell, rows[i].text, "%s", cell);
    }
}

Test(cell, a_missing_figure_is_a_dash) {
    char cell[CELL_BYTES];
    cell_write_seconds(NAN, cell);
    cr_expect_str_eq(cell, "-");
    cell_write_printed(NAN, cell);
    cr_expect_str_eq(cell, "-");
    cell_write_seconds(INFINITY, cell);
    cr_expect_str_eq(cell, "-");
}

Test(cell, no_figure_is_wider_than_a_cell) {
    static const double seconds[] = {1e12, 1e13, -1e300, 1.7e308};
    for (size_t i = 0; i < sizeof seconds / sizeof seconds[0]; i++) {
        char cell[CELL_BYTES];
        cell_write_seconds(seconds[i], cell);
        cr_expect_lt(strlen(cell), 25, "%s", cell);
        cell_write_printed(seconds[i], cell);
        cr_expect_lt(strlen(cell), 25, "%s", cell);
    }
}

Test(cell, printed_figures_are_written_as_they_were_printed) {
    char cell[CELL_BYTES];
    cell_write_printed(330, cell);
    cr_expect_str_eq(cell, "330 s");
    cell_write_printed(43200, cell);
    cr_expect_str_eq(cell, "43,200 s");
    cell_write_printed(0.5, cell);
    cr_expect_str_eq(cell, "0.5 s");
}
