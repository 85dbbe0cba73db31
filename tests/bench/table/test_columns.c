/* bench/table/columns.c: which columns a table has, and which it has room for. */
#include "bench/table/columns.h"
#include "tests/support/summed.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

static struct summed run;
static struct columns columns;
static struct columns gone;

/* The columns of a run of urls, in which each model has one trial in each block. */
static void choose(int blocks) {
    static const char *const models[] = {"sequential", "threads", "event-loop"};
    summed_open(&run, "urls");
    for (int block = 1; block <= blocks; block++) {
        for (size_t i = 0; i < sizeof models / sizeof models[0]; i++) {
            summed_add(&run, 0, models[i], block, 1200 + block);
        }
    }
    columns_choose(&columns, summed_point(&run));
}

static void expect_headings(const struct columns *list, const char *expected) {
    char text[COLUMNS_MOST * CELL_BYTES] = "";
    for (int i = 0; i < list->count; i++) {
        size_t used = strlen(text);
        snprintf(text + used, sizeof text - used, "%s%s", i > 0 ? "|" : "",
                 list->list[i].heading);
    }
    cr_expect_str_eq(text, expected, "%s", text);
}

Test(columns, a_measured_point_has_all) {
    choose(2);
    expect_headings(&columns, "model|printed|predicted|that is|measured|(min..max of "
                              "2)|error|excess/request|sender busy|vs sequential");
    cr_expect_eq(columns.count, COLUMNS_MOST);
    summed_close(&run);
}

Test(columns, with_room_for_all_none_goes) {
    choose(2);
    int width = columns_width(&columns);
    cr_expect(columns_fit(&columns, width, &gone));
    cr_expect_eq(gone.count, 0);
    cr_expect_eq(columns_width(&columns), width);
    summed_close(&run);
}

Test(columns, before_one_goes_the_gaps_get_narrow) {
    choose(2);
    int width = columns_width(&columns);
    cr_expect(columns_fit(&columns, width - 9, &gone));
    cr_expect_eq(gone.count, 0);
    cr_expect_eq(columns_width(&columns), width - 9);
    summed_close(&run);
}

Test(columns, they_go_by_their_worth_and_never_those_that_are_needed) {
    choose(2);
    struct columns all = columns;
    int least = columns_width(&columns);
    for (; columns_fit(&columns, least, &gone); least--) {
        cr_expect_leq(columns_width(&columns), least);
        cr_expect_eq(columns.count + gone.count, all.count);
        columns = all;
    }
    expect_headings(&gone, "excess/request|sender busy|(min..max of 2)|error|vs "
                           "sequential");
    expect_headings(&columns, "model|printed|predicted|that is|measured");
    cr_expect_eq(columns_width(&columns), least + 1);
    summed_close(&run);
}

Test(columns, one_trial_of_each_model_has_no_range) {
    choose(1);
    expect_headings(&columns, "model|printed|predicted|that is|measured "
                              "once|error|excess/request|sender busy|vs sequential");
    summed_close(&run);
}

Test(columns, without_a_trial_there_is_no_range_either) {
    choose(0);
    expect_headings(&columns, "model|printed|predicted|that is|measured|error|"
                              "excess/request|sender busy|vs sequential");
    summed_close(&run);
}
