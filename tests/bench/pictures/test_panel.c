/* bench/pictures/panel.c: one model's part of the timeline. */
#include "bench/pictures/panel.h"
#include "tests/support/exhibit.h"

#include <criterion/criterion.h>

static struct exhibit exhibit;
static struct performance performance;
static struct panel panel;

/* Of the lecture's models. */
enum { SEQUENTIAL = 0 };

static void open_panel(const char *scenario, double pitch) {
    struct error error;
    exhibit_open(&exhibit, scenario);
    cr_assert(performance_open(&performance, &exhibit.subject, SEQUENTIAL, &error),
              "%s", error.message);
    panel = (struct panel){.performance = &performance};
    panel_place(&panel, exhibit.subject.point->scenario.conversations, 100, pitch);
}

static void close_panel(void) {
    performance_close(&performance);
    exhibit_close(&exhibit);
}

/* Writes the labels, and returns the texts; the caller frees them. */
static char *label(double *width) {
    struct sheet sheet;
    struct error error;
    char path[PATH_MAX];
    struct axis axis = axis_for(720, 8);
    struct panel_scale scale = {300, 1, &axis, &exhibit.subject.point->scenario};
    cr_assert(sheet_open(&sheet, exhibit.folder, "it", &exhibit.glyphs, &error));
    *width = panel_label_width(&panel, &scale, &sheet);
    panel_label(&panel, &scale, &sheet);
    cr_assert(sheet_close(&sheet, &error));
    snprintf(path, sizeof path, "%.200s/it-texts.tsv", exhibit.folder);
    return folder_read(path);
}

Test(panel, the_parts_of_a_panel_lie_above_each_other) {
    static const double pitches[] = {55, 180, 600, 2000};
    for (size_t i = 0; i < sizeof pitches / sizeof pitches[0]; i++) {
        open_panel("urls", pitches[i]);
        cr_expect_gt(panel.bottom, 100);
        cr_expect_gt(panel.rows_top, panel.bottom);
        cr_expect_gt(panel.strip, 0);
        cr_expect_gt(panel.top - panel.strip, panel.rows_top);
        cr_expect_lt(panel.top, 100 + pitches[i]);
        close_panel();
    }
}

Test(panel, of_many_conversations_only_as_many_rows_as_fit_are_drawn) {
    open_panel("urls", 180);
    cr_expect_eq(panel.rows, 12);
    panel_place(&panel, 10000, 100, 180);
    cr_expect_lt(panel.rows, 180 / 3);
    cr_expect_gt(panel.rows, 36);
    close_panel();
}

Test(panel, few_rows_stand_in_the_middle) {
    open_panel("urls", 2000);
    cr_expect_float_eq(panel.rows_top - panel.bottom, 12 * 54, 0.01);
    cr_expect_float_eq((panel.top + panel.bottom) / 2, 1100, 10);
    close_panel();
}

Test(panel, every_request_has_a_bar_for_each_phase_and_the_strip_has_one) {
    struct bars bars = {.least_s = 0.001};
    open_panel("urls", 180);
    panel_add_bars(&panel, &bars);
    size_t in_strip = 0;
    for (size_t i = 0; i < bars.count; i++) {
        in_strip +=
            bars.list[i].bottom > panel.rows_top && bars.list[i].phase == PHASE_SEND;
    }
    /* Each of 12 is sent and answered; the sender pauses while each is answered. */
    cr_expect_eq(in_strip, 12);
    cr_expect_eq(bars.count, 12 * 2 + in_strip);
    bars_close(&bars);
    close_panel();
}

Test(panel, a_model_that_was_not_measured_has_no_bars_but_a_reason) {
    struct bars bars = {.least_s = 0.001};
    bool there[COURSE_PHASES] = {false};
    double width;
    open_panel("urls", 180);
    performance.is_measured = false;
    panel_add_bars(&panel, &bars);
    panel_find_phases(&panel, 1, there);
    cr_expect_eq(bars.count, 0);
    cr_expect_not(there[PHASE_SEND]);
    char *texts = label(&width);
    cr_expect_null(exhibit_field(texts, "value\t", 0, 3));
    cr_expect_null(exhibit_field(texts, "row\t", 0, 3));
    free(texts);
    bars_close(&bars);
    close_panel();
}

Test(panel, waits_that_are_too_short_are_not_drawn) {
    bool there[COURSE_PHASES] = {false};
    open_panel("urls", 180);
    panel_find_phases(&panel, 1000, there);
    cr_expect(there[PHASE_SEND]);
    cr_expect(there[PHASE_RESPONSE]);
    cr_expect_not(there[PHASE_QUEUE]);
    cr_expect_not(there[COURSE_FAILED]);
    close_panel();
}

Test(panel, the_label_says_how_long_the_trial_took_and_how_idle_the_sender_was) {
    double wide;
    double narrow;
    open_panel("urls", 400);
    cr_assert(panel_has_two_lines(&panel));
    char *texts = label(&wide);
    cr_expect_str_eq(exhibit_field(texts, "value\t", 0, 3), "720 s");
    cr_expect_str_eq(exhibit_field(texts, "note\t", 0, 3), "sender idle 92 %");
    cr_expect_gt(atof(exhibit_field(texts, "value\t", 0, 2)),
                 atof(exhibit_field(texts, "note\t", 0, 2)));
    cr_expect_str_eq(exhibit_field(texts, "row\t", 11, 3), "12");
    free(texts);
    panel_place(&panel, 12, 100, 40);
    cr_assert_not(panel_has_two_lines(&panel));
    texts = label(&narrow);
    cr_expect_eq(atof(exhibit_field(texts, "value\t", 0, 2)),
                 atof(exhibit_field(texts, "note\t", 0, 2)));
    cr_expect_null(exhibit_field(texts, "row\t", 0, 3),
                   "rows that thin have no numbers");
    cr_expect_gt(narrow, wide);
    free(texts);
    close_panel();
}
