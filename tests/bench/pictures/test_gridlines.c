/* bench/pictures/gridlines.c: lines that leave out the texts. */
#include "bench/pictures/gridlines.h"

#include <criterion/criterion.h>

static struct gridline pieces[8];
static int count;

static void keep(const struct gridline *piece, void *context) {
    (void)context;
    cr_assert_lt(count, 8);
    pieces[count++] = *piece;
}

Test(gridlines, a_line_is_cut_where_texts_stand) {
    struct gridlines lines = {.lines = NULL};
    cr_assert(gridlines_add(&lines, 100, 0, 500));
    /* Two overlap; one is beside the line, and one above it. */
    static const struct gridlines_box boxes[] = {{90, 300, 150, 330},
                                                 {50, 100, 110, 130},
                                                 {60, 120, 120, 160},
                                                 {101, 200, 150, 230},
                                                 {90, 510, 150, 540}};
    for (int i = 0; i < 5; i++) {
        cr_assert(gridlines_avoid(&lines, &boxes[i]));
    }
    gridlines_draw(&lines, keep, NULL);
    cr_assert_eq(count, 3);
    static const double ends[][2] = {{0, 100}, {160, 300}, {330, 500}};
    for (int i = 0; i < 3; i++) {
        cr_expect_eq(pieces[i].x, 100);
        cr_expect_eq(pieces[i].bottom, ends[i][0]);
        cr_expect_eq(pieces[i].top, ends[i][1]);
    }
    gridlines_close(&lines);
    gridlines_close(&lines);
}

Test(gridlines, a_line_that_is_covered_is_not_drawn) {
    struct gridlines lines = {.lines = NULL};
    cr_assert(gridlines_add(&lines, 100, 0, 50));
    cr_assert(gridlines_avoid(&lines, &(struct gridlines_box){90, -10, 110, 60}));
    gridlines_draw(&lines, keep, NULL);
    cr_expect_eq(count, 0);
    gridlines_close(&lines);
}
