/* The tables of the picture of all boards. */
#include "tests/support/exhibit.h"

#include <criterion/criterion.h>
#include <math.h>

static struct exhibit exhibit;

static char *draw(const char *table) {
    return exhibit_table(&exhibit, &picture_exhibition, 0, table);
}

static void expect_title(const char *title) {
    char *texts = draw("texts");
    cr_expect_str_eq(exhibit_field(texts, "title\t", 0, 3), title);
    free(texts);
}

Test(exhibition, the_picture_is_for_more_than_one_round) {
    struct scenario scenario;
    scenario_init(&scenario);
    cr_expect_not(picture_exhibition.applies(&scenario));
    scenario.rounds = 2;
    cr_expect(picture_exhibition.applies(&scenario));
}

Test(exhibition, the_title_says_that_twelve_hours_become_one) {
    exhibit_open(&exhibit, "chess");
    expect_title("From board to board: 12 h become 1 h, 11.8 times faster");
    exhibit_close(&exhibit);
    exhibit_open(&exhibit, "chess-12");
    expect_title("From board to board: 6 h become 31 min, 11.6 times faster");
    exhibit_close(&exhibit);
}

Test(exhibition, a_conversation_waits_for_its_turn_and_for_slots) {
    exhibit_open(&exhibit, "urls-jitter");
    char *texts = draw("texts");
    cr_expect_not_null(strstr(texts, "\twaits for its turn\n"));
    cr_expect_not_null(strstr(texts, "waits for an answer slot\n"));
    cr_expect_null(strstr(texts, "board"));
    free(texts);
    exhibit_close(&exhibit);
}

Test(exhibition, both_are_drawn_over_the_whole_width) {
    exhibit_open(&exhibit, "chess");
    char *texts = draw("texts");
    char *lines = draw("lines");
    char *bars = draw("bars");
    cr_expect_str_eq(exhibit_field(texts, "heading\t", 0, 3),
                     "sequential: 43,200 s = 12 h");
    cr_expect_str_eq(exhibit_field(texts, "note\t", 0, 3),
                     "up to the line: all of event-loop, drawn 11.8 times wider below");
    cr_expect_str_eq(exhibit_field(texts, "note\t", 1, 3),
                     "master idle 92 %, a board waits 5 h 50 min");
    cr_expect_str_eq(exhibit_field(texts, "heading\t", 1, 3),
                     "event-loop: 3,655 s = 1 h 0 min 55 s");
    cr_expect_str_eq(exhibit_field(texts, "note\t", 2, 3),
                     "master idle 1.5 %, a board waits 30 min");
    double ends[2] = {0};
    for (char *line = strchr(bars, '\n') + 1; *line; line = strchr(line, '\n') + 1) {
        double to_s = atof(exhibit_field(line, "", 0, 1));
        int at = fabs(to_s - 43200) < 1 ? 0 : fabs(to_s - 3655) < 0.1 ? 1 : -1;
        if (at >= 0) {
            ends[at] = fmax(ends[at], atof(exhibit_field(line, "", 0, 4)));
        }
    }
    cr_expect_float_eq(ends[0], SHEET_WIDTH - SHEET_MARGIN, 0.1);
    cr_expect_float_eq(ends[1], SHEET_WIDTH - SHEET_MARGIN, 0.1);
    /* and where the second is done is marked in the first */
    double x = atof(exhibit_field(lines, "makespan\t", 0, 1));
    double left = atof(exhibit_field(lines, "grid\t", 0, 1));
    cr_expect_float_eq((x - left) / (ends[0] - left), 3655.0 / 43200, 0.001);
    free(texts);
    free(lines);
    free(bars);
    exhibit_close(&exhibit);
}

Test(exhibition, every_board_has_a_row_and_many_are_sampled) {
    static const struct {
        int conversations;
        const char *drawn; /* NULL: all */
    } rows[] = {{1, NULL}, {4, NULL}, {24, NULL}, {200, " of 200 boards drawn"}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        exhibit_open_many(&exhibit, "chess", rows[i].conversations);
        char *texts = draw("texts");
        char number[30];
        cr_expect_eq(exhibit_count(texts, " boards drawn"), rows[i].drawn != NULL);
        cr_expect(!rows[i].drawn || strstr(texts, rows[i].drawn));
        snprintf(number, sizeof number, "\t%d\n", rows[i].conversations);
        cr_expect_eq(exhibit_count(texts, number), 2, "%d", rows[i].conversations);
        free(texts);
        exhibit_close(&exhibit);
    }
}

Test(exhibition, a_model_alone_has_the_page) {
    exhibit_open(&exhibit, "chess");
    struct plan_point *point = &exhibit.plan.points[0];
    size_t all = point->entry_count;
    point->entry_count = 1;
    exhibit_sum_up(&exhibit);
    char *texts = draw("texts");
    point->entry_count = all; /* what is closed is all of it */
    cr_expect_str_eq(exhibit_field(texts, "title\t", 0, 3),
                     "One after the other: 720 requests take 12 h");
    cr_expect_eq(exhibit_count(texts, "heading\t"), 1);
    free(texts);
    exhibit_close(&exhibit);
}

Test(exhibition, an_invalid_model_has_a_line_that_says_so) {
    exhibit_open(&exhibit, "chess");
    exhibit_invalidate(&exhibit, 0); /* the baseline: nothing is compared */
    char *texts = draw("texts");
    cr_expect_str_eq(exhibit_field(texts, "heading\t", 0, 3), "sequential:");
    cr_expect_str_eq(exhibit_field(texts, "note\t", 0, 3), "its trial is invalid");
    cr_expect_str_eq(exhibit_field(texts, "heading\t", 1, 3),
                     "threads: 3,655 s = 1 h 0 min 55 s");
    cr_expect_null(strstr(exhibit_field(texts, "title\t", 0, 3), "instead of"));
    free(texts);
    exhibit_close(&exhibit);
}

Test(exhibition, a_model_with_a_failed_request_is_hatched_and_has_no_time) {
    exhibit_open(&exhibit, "chess");
    exhibit_fail(&exhibit, 3, 7);
    exhibit_fail(&exhibit, 0, 7);
    char *texts = draw("texts");
    char *lines = draw("lines");
    cr_expect_str_eq(exhibit_field(texts, "heading\t", 0, 3), "sequential:");
    cr_expect_str_eq(exhibit_field(texts, "note\t", 0, 3), "7 of 720 requests failed");
    cr_expect_null(exhibit_field(lines, "makespan\t", 0, 0));
    cr_expect_not_null(exhibit_field(lines, "hatch\t", 0, 0));
    free(texts);
    free(lines);
    exhibit_close(&exhibit);
}

Test(exhibition, a_run_without_measurements_does_not_crash) {
    exhibit_open(&exhibit, "chess");
    for (size_t i = 0; i < 4; i++) {
        exhibit_invalidate(&exhibit, i);
    }
    expect_title("Nothing was measured");
    exhibit_close(&exhibit);
}
