/* The completion picture's tables. */
#include "tests/support/exhibit.h"

#include <criterion/criterion.h>
#include <math.h>

static struct exhibit exhibit;

static char *draw(const char *table) {
    return exhibit_table(&exhibit, &picture_completion, 0, table);
}

Test(completion, every_figure_is_a_bar_of_its_length) {
    exhibit_open(&exhibit, "urls");
    char *values = draw("values");
    static const struct {
        const char *row;
        double s;
    } rows[] = {
        {"printed\tsequential\t", 720},  {"predicted\tsequential\t", 720},
        {"measured\tsequential\t", 720}, {"predicted\tthreads\t", 115},
        {"measured\tthreads\t", 115},    {"predicted\tthread-pool\t", 195},
        {"printed\tevent-loop\t", 330},  {"measured\tevent-loop\t", 115},
    };
    double left = atof(exhibit_field(values, "printed\tsequential\t", 0, 3));
    double scale =
        (atof(exhibit_field(values, "printed\tsequential\t", 0, 5)) - left) / 720;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        cr_assert_not_null(exhibit_field(values, rows[i].row, 0, 2), "%s", rows[i].row);
        cr_expect_float_eq(atof(exhibit_field(values, rows[i].row, 0, 2)), rows[i].s,
                           1e-6);
        double right = atof(exhibit_field(values, rows[i].row, 0, 5));
        cr_expect_float_eq(right - left, rows[i].s * scale, 0.1);
    }
    free(values);
    exhibit_close(&exhibit);
}

Test(completion, a_missing_figure_is_named_and_has_no_bar) {
    exhibit_open(&exhibit, "urls");
    exhibit.plan.points[0].entries[1].prediction.is_known = false;
    exhibit_invalidate(&exhibit, 2);
    char *values = draw("values");
    char *texts = draw("texts");
    cr_expect_null(exhibit_field(values, "printed\tthreads\t", 0, 0));
    cr_expect_null(exhibit_field(values, "predicted\tthreads\t", 0, 0));
    cr_expect_null(exhibit_field(values, "measured\tthread-pool\t", 0, 0));
    cr_expect_null(strstr(texts, "nothing printed"));
    cr_expect_eq(exhibit_count(texts, "\tno prediction\n"), 1);
    cr_expect_eq(exhibit_count(texts, "\tits trial is invalid\n"), 1);
    free(values);
    free(texts);
    exhibit_close(&exhibit);
}

Test(completion, every_bar_has_its_value_as_a_label) {
    exhibit_open(&exhibit, "urls");
    char *texts = draw("texts");
    cr_expect_not_null(strstr(texts, "\t330 s printed\n"));
    cr_expect_not_null(strstr(texts, "\t720 s printed\n"));
    cr_expect_not_null(strstr(texts, "\t720.0 s predicted\n"));
    cr_expect_not_null(strstr(texts, "\t195.0 s measured\n"));
    free(texts);
    exhibit_close(&exhibit);
}

Test(completion, one_trial_has_no_whisker_and_two_have_if_it_can_be_seen) {
    exhibit_open(&exhibit, "urls");
    char *lines = draw("lines");
    cr_expect_eq(exhibit_count(lines, "\nwhisker\t"), 0);
    free(lines);
    lecture_keep(&exhibit.trials, lecture_trial(0, "threads", 2, 1450));
    exhibit_sum_up(&exhibit);
    lines = draw("lines");
    char *values = draw("values");
    char *texts = draw("texts");
    cr_assert_eq(exhibit_count(lines, "\nwhisker\t"), 3); /* a line and its two caps */
    double left = atof(exhibit_field(values, "measured\tthreads", 0, 3));
    double scale =
        (atof(exhibit_field(values, "measured\tsequential", 0, 5)) - left) / 720;
    cr_expect_float_eq(atof(exhibit_field(lines, "whisker\t", 0, 1)),
                       left + 115 * scale, 0.2);
    cr_expect_float_eq(atof(exhibit_field(lines, "whisker\t", 0, 3)),
                       left + 145 * scale, 0.2);
    cr_expect_not_null(
        strstr(texts, "(the median of 2 trials, each a dot; whiskers: all of them)"));
    free(lines);
    free(values);
    free(texts);
    exhibit_close(&exhibit);
}

Test(completion, figures_far_apart_stand_on_an_axis_that_is_labelled_logarithmic) {
    exhibit_open(&exhibit, "urls");
    char *texts = draw("texts");
    cr_expect_null(strstr(texts, "logarithmic"));
    free(texts);
    exhibit.trials.list[1].figures[TRIAL_MAKESPAN_NS] = 7200000; /* a 1000th */
    exhibit_sum_up(&exhibit);
    texts = draw("texts");
    cr_expect_not_null(strstr(texts, "\tlogarithmic axis\n"));
    char *values = draw("values");
    double left = atof(exhibit_field(values, "measured\tthreads", 0, 3));
    double least = atof(exhibit_field(values, "measured\tthreads", 0, 5)) - left;
    double most = atof(exhibit_field(values, "measured\tsequential", 0, 5)) - left;
    double decades = log10(720 / 0.1); /* the axis begins below 0.72 s */
    cr_expect_float_eq(least / most, log10(0.72 / 0.1) / decades, 0.01, "%g %g", least,
                       most);
    free(texts);
    free(values);
    exhibit_close(&exhibit);
}

Test(completion, each_trial_is_a_dot_and_an_interval_too_narrow_is_left_out) {
    exhibit_open(&exhibit, "urls");
    lecture_keep(&exhibit.trials, lecture_trial(0, "threads", 2, 1152));
    exhibit_sum_up(&exhibit);
    char *lines = draw("lines");
    char *dots = draw("dots");
    char *texts = draw("texts");
    cr_expect_eq(exhibit_count(lines, "\nwhisker\t"), 0);
    cr_expect_eq(exhibit_count(dots, "\n"), 1 + 2); /* below the header */
    cr_expect_not_null(strstr(texts, "\t(the median of 2 trials, each a dot)\n"));
    free(lines);
    free(dots);
    free(texts);
    exhibit_close(&exhibit);
}

Test(completion, without_a_claim_no_row_and_no_legend_is_of_printed_figures) {
    exhibit_open_many(&exhibit, "urls", 3);
    char *texts = draw("texts");
    char *values = draw("values");
    cr_expect_null(strstr(texts, "printed"));
    cr_expect_null(strstr(values, "printed"));
    cr_expect_not_null(strstr(texts, "legend\t"));
    cr_expect_not_null(strstr(texts, "\tmeasured\n"));
    free(texts);
    free(values);
    exhibit_close(&exhibit);
}

Test(completion, without_a_figure_there_is_no_axis) {
    exhibit_open(&exhibit, "urls");
    scenario_clear_claims(&exhibit.plan.points[0].scenario);
    for (size_t i = 0; i < 4; i++) {
        exhibit.plan.points[0].entries[i].prediction.is_known = false;
        exhibit_invalidate(&exhibit, i);
    }
    char *texts = draw("texts");
    cr_expect_eq(exhibit_count(texts, "\ntic\t"), 0);
    cr_expect_null(strstr(texts, "predict"));
    cr_expect_null(strstr(texts, "\tmeasured\n"));
    cr_expect_eq(exhibit_count(texts, "\tits trial is invalid\n"), 4);
    free(texts);
    exhibit_close(&exhibit);
}
