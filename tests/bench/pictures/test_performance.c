/* bench/pictures/performance.c: how a model's time was spent. */
#include "bench/pictures/performance.h"
#include "tests/support/exhibit.h"

#include <criterion/criterion.h>

static struct exhibit exhibit;
static struct performance performance;

/* sequential and event-loop, as the lecture's scenarios name them */
enum { SEQUENTIAL = 0, EVENT_LOOP = 3 };

static void perform(const char *scenario, size_t entry) {
    struct error error;
    exhibit_open(&exhibit, scenario);
    cr_assert(performance_open(&performance, &exhibit.subject, entry, &error), "%s",
              error.message);
}

static void leave(void) {
    performance_close(&performance);
    exhibit_close(&exhibit);
}

Test(performance, in_sequence_a_board_waits_for_all_boards_before_it) {
    perform("chess", SEQUENTIAL);
    /* on average 11.5 games of 30 x 60 s; its own has 30 x 5 s and 30 x 55 s */
    cr_expect_float_eq(performance.time_s[PHASE_QUEUE], 11.5 * 1800, 0.01);
    cr_expect_float_eq(performance.time_s[PHASE_SEND], 150, 0.01);
    cr_expect_float_eq(performance.time_s[PHASE_RESPONSE], 1650, 0.01);
    cr_expect_float_eq(performance.busy_s, 3600, 0.01);
    leave();
}

Test(performance, at_once_a_board_waits_for_the_round_before) {
    perform("chess", EVENT_LOOP);
    /* on average 11.5 x 5 s at first, then 29 times 24 x 5 s - 60 s */
    cr_expect_float_eq(performance.time_s[PHASE_QUEUE], 57.5 + 29 * 60, 0.01);
    cr_expect_float_eq(performance.busy_s, 3600, 0.01);
    leave();
}

Test(performance, a_model_that_was_not_measured_is_empty) {
    struct error error;
    exhibit_open(&exhibit, "chess");
    exhibit_invalidate(&exhibit, 0);
    cr_assert(performance_open(&performance, &exhibit.subject, 0, &error));
    cr_expect_not(performance.is_measured);
    cr_expect_eq(performance.send_count, 0);
    leave();
}

Test(performance, a_page_holds_the_models_of_its_share) {
    struct performance list[3];
    struct error error;
    int count;
    exhibit_open(&exhibit, "urls");
    cr_assert_eq(picture_pages(&exhibit.subject, 3), 2);
    cr_assert(performance_open_page(&exhibit.subject, 3, 1, list, &count, &error), "%s",
              error.message);
    cr_assert_eq(count, 2);
    cr_expect_eq(list[0].entry, 2);
    cr_expect_eq(list[1].entry, 3);
    cr_expect_float_eq(performance_longest_s(list, count), 195, 0.01);
    cr_expect_eq(performance_longest_s(list, 0), 0);
    performance_close_all(list, count);
    exhibit_close(&exhibit);
}

Test(performance, a_page_that_fails_can_be_closed) {
    struct performance list[4];
    struct error error;
    char path[PATH_MAX];
    int count;
    exhibit_open(&exhibit, "urls");
    snprintf(path, sizeof path, "%.200s/events/0002-x.csv", exhibit.folder);
    cr_assert_eq(remove(path), 0);
    cr_assert_not(performance_open_page(&exhibit.subject, 4, 0, list, &count, &error));
    cr_expect_eq(count, 2);
    performance_close_all(list, count);
    exhibit_close(&exhibit);
}

Test(performance, the_idle_time_has_no_send) {
    char text[AXIS_TEXT_BYTES];
    perform("urls", SEQUENTIAL); /* 60 of 720 s are sent */
    cr_expect_str_eq(performance_idle(&performance, text), "92 %");
    leave();
}

Test(performance, rows_are_spread_from_the_first_conversation_to_the_last) {
    perform("urls", SEQUENTIAL); /* of 12 conversations */
    cr_expect_eq(performance_conversation(&performance, 0, 12), 0);
    cr_expect_eq(performance_conversation(&performance, 7, 12), 7);
    cr_expect_eq(performance_conversation(&performance, 0, 3), 0);
    cr_expect_eq(performance_conversation(&performance, 1, 3), 6);
    cr_expect_eq(performance_conversation(&performance, 2, 3), 11);
    cr_expect_eq(performance_conversation(&performance, 0, 1), 0);
    leave();
}
