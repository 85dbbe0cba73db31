/* bench/pictures/scale.c: linear, or logarithmic. */
#include "bench/pictures/scale.h"
#include "tests/support/folder.h"

#include <criterion/criterion.h>
#include <math.h>

/* Draws the axis and returns the table; the caller frees it. */
static char *draw(const struct scale *scale, const char *table) {
    static struct glyphs glyphs;
    struct sheet sheet;
    struct error error;
    char folder[PATH_MAX];
    char path[PATH_MAX];
    folder_make(folder);
    cr_assert(sheet_open(&sheet, folder, "it", &glyphs, &error));
    scale_draw(scale, 70, 700, &sheet);
    cr_assert(sheet_close(&sheet, &error));
    snprintf(path, sizeof path, "%.200s/it-%s.tsv", folder, table);
    char *text = folder_read(path);
    folder_remove(folder);
    return text;
}

Test(scale, figures_of_one_size_stand_on_a_linear_axis) {
    struct scale scale = scale_for(115, 720);
    cr_expect_not(scale.is_log);
    scale.left = 300;
    scale.px = 2;
    cr_expect_eq(scale_x(&scale, 0), 300);
    cr_expect_eq(scale_x(&scale, 115), 530);
    cr_expect_eq(scale_length(&scale, 720), 720);
}

Test(scale, figures_far_apart_stand_on_a_logarithmic_axis) {
    struct scale scale = scale_for(1, 10000);
    cr_assert(scale.is_log);
    cr_expect_leq(scale.from_s, 1);
    scale.left = 300;
    scale.px = 100;
    cr_expect_float_eq(scale_x(&scale, 1000) - scale_x(&scale, 100), 100, 1e-6);
    cr_expect_geq(scale_x(&scale, 1), 300, "the smallest has a length, too");
}

Test(scale, the_axis_is_linear_up_to_a_ratio_of_250) {
    cr_expect_not(scale_for(1, 250).is_log);
    cr_expect(scale_for(1, 251).is_log);
}

Test(scale, without_figures_there_is_still_an_axis) {
    struct scale scale = scale_for(INFINITY, 0);
    cr_expect_not(scale.is_log);
    cr_expect_eq(scale.longest_s, 1);
    scale.left = 300;
    scale.px = 1000;
    char *lines = draw(&scale, "lines");
    cr_expect(strstr(lines, "grid\t") != NULL, "%s", lines);
    free(lines);
}

Test(scale, decades_have_a_line_and_a_tic_each) {
    struct scale scale = scale_for(1, 10000);
    scale.left = 300;
    scale.px = 100;
    char *texts = draw(&scale, "texts");
    int tics = 0;
    for (const char *at = texts; (at = strstr(at, "tic\t")); at++) {
        tics++;
    }
    cr_expect_eq(tics, (int)round(log10(10000 / scale.from_s)) + 1, "%s", texts);
    cr_expect(strstr(texts, "\t1 s\n") != NULL, "%s", texts);
    cr_expect(strstr(texts, "\t10,000 s\n") != NULL, "%s", texts);
    free(texts);
}
