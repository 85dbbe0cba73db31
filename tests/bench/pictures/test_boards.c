/* The tables of the picture of many rounds. */
#include "tests/support/exhibit.h"

#include <criterion/criterion.h>

static struct exhibit exhibit;

static char *draw(const char *table) {
    return exhibit_table(&exhibit, &picture_boards, 0, table);
}

Test(boards, the_picture_is_for_more_than_one_round) {
    struct scenario scenario;
    scenario_init(&scenario);
    cr_expect_not(picture_boards.applies(&scenario));
    scenario.rounds = 2;
    cr_expect(picture_boards.applies(&scenario));
}

Test(boards, the_title_says_why_chess_takes_an_hour) {
    exhibit_open(&exhibit, "chess");
    char *texts = draw("texts");
    cr_expect_str_eq(exhibit_field(texts, "title\t", 0, 3),
                     "Master idle 1.5 % of the time instead of 92 %");
    free(texts);
    exhibit_close(&exhibit);
}

Test(boards, the_windows_show_the_baseline_and_the_fastest_model) {
    exhibit_open(&exhibit, "chess");
    char *texts = draw("texts");
    /* 60 s for each pair of moves; 5 s a board, the last reply after another 55 s */
    cr_expect_str_eq(exhibit_field(texts, "heading\t", 1, 3),
                     "sequential: 5 pairs of moves in 5 min");
    cr_expect_str_eq(exhibit_field(texts, "heading\t", 2, 3),
                     "event-loop: 49 pairs of moves in 5 min");
    free(texts);
    exhibit_close(&exhibit);
}

Test(boards, the_master_is_busy_for_the_same_time_in_every_model) {
    exhibit_open(&exhibit, "chess");
    char *bars = draw("bars");
    char *texts = draw("texts");
    double left = 0;
    int found = 0;
    /* the blocks without seconds: after three of the legend, each model's two bars */
    double first = 0;
    for (char *line = bars; line && *line; line = strchr(line, '\n') + 1) {
        if (line[0] != '\t') {
            continue;
        }
        bool is_send = !strcmp(exhibit_field(line, "", 0, 6), "send");
        double width =
            atof(exhibit_field(line, "", 0, 4)) - atof(exhibit_field(line, "", 0, 2));
        if (is_send && width > 30) { /* not the legend's, nor a board's 150 s */
            first = first > 0 ? first : width;
            cr_expect_float_eq(width, first, 0.1);
            found++;
        }
    }
    cr_expect_eq(found, 4);
    left = atof(exhibit_field(texts, "tic\t", 0, 1));
    cr_expect_geq(left, 0);
    free(bars);
    free(texts);
    exhibit_close(&exhibit);
}

Test(boards, other_stories_have_senders_and_conversations) {
    exhibit_open(&exhibit, "smoke");
    char *texts = draw("texts");
    cr_expect_not_null(strstr(texts, "waits for its turn"));
    cr_expect_null(strstr(texts, "master"));
    free(texts);
    exhibit_close(&exhibit);
}

Test(boards, a_run_without_measurements_does_not_crash) {
    exhibit_open(&exhibit, "chess");
    for (size_t i = 0; i < 4; i++) {
        exhibit_invalidate(&exhibit, i);
    }
    char *texts = draw("texts");
    cr_expect_str_eq(exhibit_field(texts, "title\t", 0, 3), "Nothing was measured");
    cr_expect_eq(exhibit_count(texts, "\tits trial is invalid\n"), 4);
    free(texts);
    exhibit_close(&exhibit);
}

Test(boards, if_slots_are_scarce_the_title_is_the_wait_of_a_conversation) {
    exhibit_open(&exhibit, "urls-jitter");
    char *texts = draw("texts");
    const char *title = exhibit_field(texts, "title\t", 0, 3);
    cr_expect(!strncmp(title, "A conversation waits ", 21), "%s", title);
    cr_expect_not_null(strstr(texts, "\tanswer slots full "));
    cr_expect_null(strstr(texts, "note\tsender idle"));
    free(texts);
    exhibit_close(&exhibit);
}

Test(boards, with_a_master_at_each_board_no_text_speaks_of_one_master) {
    exhibit_open(&exhibit, "chess-clones");
    char *texts = draw("texts");
    cr_expect_null(strstr(texts, "master idle"));
    cr_expect_not_null(strstr(texts, "\tno master moves, or game over\n"));
    free(texts);
    exhibit_close(&exhibit);
}
