/* The timeline's tables, of runs whose every moment is known. */
#include "bench/pictures/finding.h"
#include "tests/support/exhibit.h"

#include <criterion/criterion.h>

static struct exhibit exhibit;

static char *draw(const char *table) {
    return exhibit_table(&exhibit, &picture_timeline, 0, table);
}

Test(timeline, each_model_ends_at_its_makespan) {
    exhibit_open(&exhibit, "urls");
    char *texts = draw("texts");
    static const char *const values[] = {"720 s", "115 s", "195 s", "115 s"};
    static const char *const notes[] = {"sender idle 92 %", "sender idle 48 %",
                                        "sender idle 69 %", "sender idle 48 %"};
    static const char *const names[] = {"sequential", "threads", "thread-pool",
                                        "event-loop"};
    for (int i = 0; i < 4; i++) {
        cr_expect_str_eq(exhibit_field(texts, "value\t", i, 3), values[i]);
        cr_expect_str_eq(exhibit_field(texts, "note\t", i, 3), notes[i]);
        cr_expect_str_eq(exhibit_field(texts, "name\t", i, 3), names[i]);
    }
    cr_expect_str_eq(exhibit_field(texts, "title\t", 0, 3),
                     "Not standing in line: 115 s instead of 720 s, 6.3 times faster");
    free(texts);
    exhibit_close(&exhibit);
}

Test(timeline, one_axis_serves_all_panels) {
    exhibit_open(&exhibit, "urls");
    char *texts = draw("texts");
    char *lines = draw("lines");
    double zero = atof(exhibit_field(texts, "tic\t", 0, 1));
    double end = atof(exhibit_field(texts, "tic\t", 6, 1));
    cr_assert_str_eq(exhibit_field(texts, "tic\t", 6, 3), "720 s");
    double px_per_s = (end - zero) / 720;
    static const double makespans_s[] = {720, 115, 195, 115};
    for (int i = 0; i < 4; i++) {
        double x = atof(exhibit_field(lines, "makespan\t", i, 1));
        cr_expect_float_eq(x, zero + makespans_s[i] * px_per_s, 0.2, "%g", x);
    }
    free(texts);
    free(lines);
    exhibit_close(&exhibit);
}

Test(timeline, every_request_is_sent_and_answered_when_it_was) {
    exhibit_open(&exhibit, "urls");
    char *bars = draw("bars");
    /* the second of the sequential model: 60..65 and 65..120 */
    cr_expect_not_null(strstr(bars, "\n60\t65\t"));
    cr_expect_not_null(strstr(bars, "\n65\t120\t"));
    /* the third of those that wait for the sender: 0..10, 10..15, 15..70 */
    cr_expect_not_null(strstr(bars, "\n0\t10\t"));
    cr_expect_not_null(strstr(bars, "\n10\t15\t"));
    cr_expect_not_null(strstr(bars, "\n15\t70\t"));
    /* and the strip: the sender is busy for a minute on end */
    cr_expect_not_null(strstr(bars, "\n0\t60\t"));
    free(bars);
    exhibit_close(&exhibit);
}

Test(timeline, every_bar_lies_on_the_canvas) {
    static const int counts[] = {1, 12, 200, 10000};
    for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++) {
        exhibit_open_many(&exhibit, "urls", counts[i]);
        char *bars = draw("bars");
        int rows = 0;
        for (char *line = strchr(bars, '\n') + 1; *line;
             line = strchr(line, '\n') + 1) {
            double left = atof(exhibit_field(line, "", 0, 2));
            double bottom = atof(exhibit_field(line, "", 0, 3));
            double right = atof(exhibit_field(line, "", 0, 4));
            double top = atof(exhibit_field(line, "", 0, 5));
            cr_assert(left >= 0 && left < right && right <= SHEET_WIDTH &&
                          bottom >= 0 && bottom < top && top <= SHEET_HEIGHT,
                      "%d conversations: %g %g %g %g", counts[i], left, bottom, right,
                      top);
            rows++;
        }
        cr_expect(rows > 4 && rows <= 5100, "%d conversations: %d bars", counts[i],
                  rows);
        free(bars);
        exhibit_close(&exhibit);
    }
}

Test(timeline, of_many_conversations_the_picture_says_how_many_are_drawn) {
    exhibit_open_many(&exhibit, "urls", 10000);
    char *texts = draw("texts");
    cr_expect_not_null(strstr(texts, " of 10,000 conversations"), "%s", texts);
    free(texts);
    exhibit_close(&exhibit);
}

Test(timeline, a_makespan_of_hours_is_written_in_both_units) {
    exhibit_open(&exhibit, "chess");
    char *texts = draw("texts");
    cr_expect_str_eq(exhibit_field(texts, "value\t", 0, 3), "12 h");
    cr_expect_str_eq(exhibit_field(texts, "note\t", 0, 3),
                     "43,200 s; master idle 92 %");
    cr_expect_str_eq(exhibit_field(texts, "value\t", 2, 3), "1 h 0 min 55 s");
    free(texts);
    exhibit_close(&exhibit);
}

Test(timeline, an_invalid_model_has_a_panel_that_says_so) {
    exhibit_open(&exhibit, "urls");
    cr_assert(texts_add(&exhibit.trials.list[1].reasons, "the disk is wet"));
    exhibit_invalidate(&exhibit, 1);
    char *texts = draw("texts");
    cr_expect_not_null(strstr(texts, "its trial is invalid: the disk is wet\n"));
    cr_expect_eq(exhibit_count(texts, "\nvalue\t"), 3);
    cr_expect_eq(exhibit_count(texts, "\nname\t"), 4);
    free(texts);
    exhibit_close(&exhibit);
}

Test(timeline, missing_files_of_events_are_named) {
    struct sheet sheet;
    struct error error = {.kind = ERROR_NONE};
    char path[PATH_MAX];
    exhibit_open(&exhibit, "urls");
    snprintf(path, sizeof path, "%.200s/events/0002-x.csv", exhibit.folder);
    cr_assert_eq(unlink(path), 0);
    cr_assert(sheet_open(&sheet, exhibit.folder, "it", &exhibit.glyphs, &error));
    cr_expect_not(picture_timeline.draw(&exhibit.subject, 0, &sheet, &error));
    cr_expect_eq(error.kind, ERROR_INPUT);
    cr_expect_not_null(strstr(error.message, "events/0002-x.csv: No such file"));
    cr_assert(sheet_close(&sheet, &error));
    exhibit_close(&exhibit);
}

Test(timeline, with_several_senders_nothing_is_called_the_sender) {
    exhibit_open(&exhibit, "urls-unlimited");
    char *texts = draw("texts");
    cr_expect_str_eq(exhibit_field(texts, "note\t", 1, 3), "nothing sent 92 %");
    cr_expect_null(strstr(texts, "sender idle"));
    cr_expect_null(strstr(texts, "waits for the sender"));
    free(texts);
    exhibit_close(&exhibit);
}

Test(timeline, an_own_api_with_server_timing_has_responses) {
    exhibit_open(&exhibit, "urls");
    cr_assert(scenario_set_url_file(&exhibit.plan.points[0].scenario, "urls.txt"));
    exhibit_sum_up(&exhibit);
    char *texts = draw("texts");
    cr_expect_not_null(strstr(texts, "\tresponse\n"));
    cr_expect_null(strstr(texts, "first byte"));
    free(texts);
    exhibit_close(&exhibit);
}

Test(timeline, an_own_api_without_server_timing_is_divided_at_the_first_byte) {
    exhibit_open(&exhibit, "urls");
    cr_assert(scenario_set_url_file(&exhibit.plan.points[0].scenario, "urls.txt"));
    for (int i = 1; i <= 4; i++) {
        char path[PATH_MAX];
        snprintf(path, sizeof path, "%.200s/events/%04d-x.api.csv", exhibit.folder, i);
        cr_assert_eq(unlink(path), 0);
    }
    exhibit_sum_up(&exhibit);
    char *texts = draw("texts");
    cr_expect_not_null(strstr(texts, "\tup to the first byte\n"));
    cr_expect_null(strstr(texts, "idle"));
    free(texts);
    exhibit_close(&exhibit);
}

Test(timeline, a_model_with_a_failed_request_is_hatched_and_has_no_total) {
    exhibit_open(&exhibit, "urls");
    exhibit_fail(&exhibit, 3, 10);
    char *texts = draw("texts");
    char *lines = draw("lines");
    cr_expect_eq(exhibit_count(texts, "\nvalue\t"), 3);
    cr_expect_eq(exhibit_count(lines, "\nmakespan\t"), 3);
    cr_expect_not_null(strstr(texts, "\t10 of 12 requests failed\n"));
    cr_expect_not_null(strstr(texts, "\trequests failed: no result\n"));
    cr_expect_gt(exhibit_count(lines, "\nhatch\t"), 5);
    free(texts);
    free(lines);
    exhibit_close(&exhibit);
}

Test(timeline, models_that_would_be_squeezed_have_an_axis_of_their_own) {
    exhibit_open(&exhibit, "chess");
    char *texts = draw("texts");
    char *lines = draw("lines");
    cr_expect_not_null(strstr(texts, "\tbelow: an axis of its own, "));
    double sequential = atof(exhibit_field(lines, "makespan\t", 0, 1));
    double loop = atof(exhibit_field(lines, "makespan\t", 3, 1));
    double zero = atof(exhibit_field(texts, "tic\t", 0, 1));
    cr_expect_gt(loop - zero, (sequential - zero) * 0.8);
    free(texts);
    free(lines);
    exhibit_close(&exhibit);
    exhibit_open(&exhibit, "urls"); /* 115 s of 720 s can be seen beside 195 s */
    texts = draw("texts");
    cr_expect_null(strstr(texts, "an axis of its own"));
    free(texts);
    exhibit_close(&exhibit);
}

Test(timeline, sends_too_short_to_be_seen_are_a_density_that_the_legend_explains) {
    exhibit_open(&exhibit, "chess");
    char *texts = draw("texts");
    cr_expect_not_null(strstr(texts, "\theight: part of the time\n"));
    free(texts);
    exhibit_close(&exhibit);
    exhibit_open(&exhibit, "urls");
    texts = draw("texts");
    cr_expect_null(strstr(texts, "height: "));
    free(texts);
    exhibit_close(&exhibit);
}

Test(timeline, if_slots_are_scarce_the_note_says_so) {
    exhibit_open(&exhibit, "urls-jitter");
    char *texts = draw("texts");
    const char *note = exhibit_field(texts, "note\t", 3, 3);
    cr_expect_not_null(strstr(note, "answer slots full "), "%s", note);
    free(texts);
    exhibit_close(&exhibit);
}

Test(timeline, the_grid_leaves_out_the_figures) {
    exhibit_open(&exhibit, "urls");
    char *texts = draw("texts");
    char *lines = draw("lines");
    for (int i = 0; i < 4; i++) {
        double x = atof(exhibit_field(texts, "value\t", i, 1));
        double y = atof(exhibit_field(texts, "value\t", i, 2));
        for (int at = 0; exhibit_field(lines, "grid\t", at, 0); at++) {
            double grid_x = atof(exhibit_field(lines, "grid\t", at, 1));
            double from = atof(exhibit_field(lines, "grid\t", at, 2));
            double to = atof(exhibit_field(lines, "grid\t", at, 4));
            cr_expect(grid_x < x || grid_x > x + 60 || from > y || to < y);
        }
    }
    free(texts);
    free(lines);
    exhibit_close(&exhibit);
}

Test(timeline, failed_models_get_no_axis_of_their_own) {
    exhibit_open(&exhibit, "chess");
    exhibit_fail(&exhibit, 1, 700);
    exhibit_fail(&exhibit, 3, 700);
    char *texts = draw("texts");
    cr_expect_null(strstr(texts, "an axis of its own"));
    free(texts);
    exhibit_close(&exhibit);
}
