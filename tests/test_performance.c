/* What became of a model's time, and the rows that it is drawn in. */
#include "bench/pictures/performance.h"
#include "tests/exhibit.h"

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

/* Draws it, and returns one of the tables; the caller frees it. */
static char *draw(const struct stage *stage, size_t most_bars, const char *table) {
    struct sheet sheet;
    struct error error;
    char path[PATH_MAX];
    cr_assert(sheet_open(&sheet, exhibit.folder, "it", &exhibit.glyphs, &error));
    performance_number(&performance, stage, &sheet);
    cr_assert(performance_draw(&performance, stage, story_of(exhibit.subject.scenario),
                               most_bars, &sheet, &error));
    cr_assert(sheet_close(&sheet, &error));
    snprintf(path, sizeof path, "%.200s/it-%s.tsv", exhibit.folder, table);
    return folder_read(path);
}

Test(performance, in_sequence_a_board_waits_for_all_before_it) {
    perform("chess", SEQUENTIAL);
    /* on average 11.5 games of 30 x 60 s; its own has 30 x 5 s and 30 x 55 s */
    cr_expect_float_eq(performance.time_s[PHASE_QUEUE], 11.5 * 1800, 0.01);
    cr_expect_float_eq(performance.time_s[PHASE_SEND], 150, 0.01);
    cr_expect_float_eq(performance.time_s[PHASE_RESPONSE], 1650, 0.01);
    cr_expect_float_eq(performance.busy_s, 3600, 0.01);
    leave();
}

Test(performance, at_once_it_waits_for_the_round_before) {
    perform("chess", EVENT_LOOP);
    /* on average 11.5 x 5 s at first, then 29 times 24 x 5 s - 60 s */
    cr_expect_float_eq(performance.time_s[PHASE_QUEUE], 57.5 + 29 * 60, 0.01);
    cr_expect_float_eq(performance.busy_s, 3600, 0.01);
    leave();
}

Test(performance, what_was_not_measured_is_empty) {
    struct error error;
    exhibit_open(&exhibit, "chess");
    json_object_set_new(json_array_get(exhibit.trials, 0), "valid", json_false());
    exhibit_sum_up(&exhibit);
    cr_assert(performance_open(&performance, &exhibit.subject, 0, &error));
    cr_expect_not(performance.is_measured);
    cr_expect_eq(performance.send_count, 0);
    leave();
}

Test(performance, of_many_boards_as_many_are_drawn_as_fit) {
    perform("chess", EVENT_LOOP);
    struct stage stage = {0, 1000, 0, STAGE_STRIP_ROOM + 240, 40, 3655};
    cr_expect_eq(performance_rows(&performance, &stage), 24);
    stage.top = STAGE_STRIP_ROOM + 21;
    cr_expect_eq(performance_rows(&performance, &stage), 10);
    leave();
}

Test(performance, rows_are_numbered_as_far_as_they_have_room) {
    static const struct {
        double height;
        const char *numbers;
    } rows[] = {
        {24 * 22, "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 "},
        {24 * 18, "2 4 6 8 10 12 14 16 18 20 22 24 "},
        {24 * 10, "1 5 10 15 20 24 "},
        {24 * 5, "5 10 15 20 "},
        {24 * 2, "1 20 "},
    };
    perform("chess", EVENT_LOOP);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct stage stage = {100, 1100, 0, STAGE_STRIP_ROOM + rows[i].height,
                              40,  3655};
        char *texts = draw(&stage, 2500, "texts");
        char said[200] = "";
        const char *text;
        for (int at = 0; (text = exhibit_field(texts, "row\t", at, 3)); at++) {
            if (strcmp(text, "master") != 0) {
                strcat(strcat(said, text), " ");
            }
        }
        cr_expect_str_eq(said, rows[i].numbers);
        free(texts);
    }
    leave();
}

Test(performance, what_comes_later_than_the_stage_is_left_out) {
    perform("chess", EVENT_LOOP);
    struct stage stage = {100, 1100, 0, STAGE_STRIP_ROOM + 240, 40, 300};
    char *bars = draw(&stage, 2500, "bars");
    int count = 0;
    for (char *line = strchr(bars, '\n') + 1; *line; line = strchr(line, '\n') + 1) {
        cr_expect_leq(atof(exhibit_field(line, "", 0, 1)), 300);
        cr_expect_leq(atof(exhibit_field(line, "", 0, 4)), 1100);
        count++;
    }
    cr_expect_gt(count, 24 * 3);
    free(bars);
    leave();
}

Test(performance, bars_are_mixed_until_they_are_few_enough) {
    perform("chess", EVENT_LOOP);
    struct stage stage = {100, 1500, 0, STAGE_STRIP_ROOM + 240, 40, 3655};
    char *all = draw(&stage, 2500, "bars");
    char *few = draw(&stage, 500, "bars");
    cr_expect_gt(exhibit_count(all, "\n"), 24 * 30 * 3);
    cr_expect_leq(exhibit_count(few, "\n"), 501);
    free(all);
    free(few);
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

Test(performance, idle_is_when_nobody_sends) {
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
