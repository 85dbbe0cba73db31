/* The tables of the picture of resources. */
#include "tests/support/exhibit.h"

#include <criterion/criterion.h>

static struct exhibit exhibit;

static char *draw(const char *table) {
    return exhibit_table(&exhibit, &picture_resources, 0, table);
}

/* sequential, threads, thread-pool and event-loop take so much. */
static void open_run(void) {
    static const double threads[] = {1, 13, 5, 1};
    exhibit_open(&exhibit, "urls");
    for (int i = 0; i < 4; i++) {
        double *figures = exhibit.trials.list[i].figures;
        figures[TRIAL_PEAK_THREADS] = threads[i];
        figures[TRIAL_PEAK_MEMORY_BYTES] = (i + 1) * 1048576.0 * 2.5;
    }
    exhibit_sum_up(&exhibit);
}

Test(resources, equally_fast_models_are_compared) {
    open_run();
    char *texts = draw("texts");
    cr_expect_str_eq(
        exhibit_field(texts, "title\t", 0, 3),
        "Equally fast, event-loop: 1 thread, 10.0 MiB; threads: 13 threads, "
        "5.0 MiB");
    static const char *const values[] = {"2.5 MiB", "1", "7.00 ms", "5.0 MiB", "13"};
    for (int i = 0; i < 5; i++) {
        cr_expect_str_eq(exhibit_field(texts, "value\t", i, 3), values[i]);
    }
    free(texts);
    exhibit_close(&exhibit);
}

Test(resources, a_bar_is_as_long_as_its_amount) {
    open_run();
    char *bars = draw("bars");
    double widths[12];
    for (int i = 0; i < 12; i++) {
        widths[i] = atof(exhibit_field(bars, "\t", i, 4)) -
                    atof(exhibit_field(bars, "\t", i, 2));
    }
    cr_expect_float_eq(widths[0] / widths[9], 0.25, 0.01); /* memory */
    cr_expect_float_eq(widths[7] / widths[4], 5.0 / 13, 0.01);
    free(bars);
    exhibit_close(&exhibit);
}

Test(resources, what_is_not_known_or_failed_has_no_bar) {
    exhibit_open(&exhibit, "urls"); /* their memory is not known */
    exhibit_fail(&exhibit, 1, 2);
    char *texts = draw("texts");
    cr_expect_eq(exhibit_count(texts, "\tnot known\n"), 3);
    cr_expect_eq(exhibit_count(texts, "\t2 of 12 requests failed\n"), 1);
    free(texts);
    exhibit_close(&exhibit);
}
