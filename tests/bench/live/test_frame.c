/* bench/live/frame.c and the files that it uses: whole frames, compared exactly. */
#include "bench/live/frame.h"
#include "tests/support/made_record.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

static struct made_record made;

/* Four conversations at once over one sender: 5 s to send, 15 s to answer. */
static const struct lanes_setup four = {.conversations = 4,
                                        .rounds = 1,
                                        .predicted_ns = 35 * NS_PER_S,
                                        .request_ns = 20 * NS_PER_S};

static const struct scenario as_fast_as_life = {.speed = 1};

static const struct frame_words words = {.title = "Four URLs",
                                         .summary = "waits for nobody",
                                         .place = "[2/4] four, block 1, ",
                                         .model = "event-loop",
                                         .scenario = &as_fast_as_life};

/* A screen and the trial that it shows. */
struct screen {
    int rows;
    int columns;
    bool utf8;
    const struct lanes_setup *setup;
    const struct frame_words *words;
    const char *status;
};

/* The frame as text, its rows ended by line breaks; freed by the caller. */
static char *draw(const struct screen *screen, double now) {
    struct lanes lanes;
    struct grid grid;
    cr_assert(lanes_open(&lanes, screen->setup));
    cr_assert(grid_open(&grid, screen->rows, screen->columns, screen->utf8));
    lanes_update(&lanes, made.witness.header ? &made.witness : NULL, made_at(0),
                 made_at(now));
    int rows = frame_draw(&grid, screen->words, &lanes, screen->status);
    cr_assert_leq(rows, grid.rows);
    char *text = calloc((size_t)rows + 1, grid_row_bytes(&grid) + 1);
    cr_assert_not_null(text);
    size_t used = 0;
    for (int row = 0; row < rows; row++) {
        used += grid_write(&grid, row, INK_NO_COLOURS, text + used);
        text[used++] = '\n';
    }
    text[used] = '\0';
    grid_close(&grid);
    lanes_close(&lanes);
    return text;
}

static void expect(struct screen screen, double now, const char *expected) {
    screen.setup = screen.setup ? screen.setup : &four;
    screen.words = screen.words ? screen.words : &words;
    char *text = draw(&screen, now);
    cr_expect_str_eq(text, expected, "drawn:\n%s\nnot:\n%s", text, expected);
    free(text);
}

Test(frame, an_event_loop_s_lanes_fill_together) {
    made_exhibition(&made, 4, 5, 15, 23);
    expect((struct screen){30, 71, true, NULL, NULL, NULL}, 23,
           "Four URLs\n"
           "event-loop: waits for nobody\n"
           "\n"
           "  1 ████████▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄                         done\n"
           "  2 ░░░░░░░░█████████▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄                    response\n"
           "  3 ░░░░░░░░░░░░░░░░█████████▄▄▄▄▄▄▄▄▄▄▄▄▄▄                    response\n"
           "  4 ░░░░░░░░░░░░░░░░░░░░░░░░░████████▄▄▄▄▄▄                    response\n"
           "    █████████████████████████████████▁                         sending\n"
           "0 s ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━▲┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈ 35.0 s\n"
           "done 1/4  █ send 0  ▄ response 3  ░ queue 0  · waiting 0\n"
           "[2/4] four, block 1, event-loop: 23.0 s (predicted 35.0 s), in flight 3\n");
}

Test(frame, in_sequence_one_lane_fills_and_the_others_wait) {
    struct lanes_setup setup = four;
    setup.predicted_ns = 80 * NS_PER_S;
    made_sequence(&made, 4, 5, 15, 23);
    expect((struct screen){30, 49, true, &setup, NULL, NULL}, 23,
           "Four URLs\n"
           "event-loop: waits for nobody\n"
           "\n"
           "  1 ██▄▄▄▄▄▄▄                            done\n"
           "  2 ·········██                          send\n"
           "  3 ···········                          waiting\n"
           "  4 ···········                          waiting\n"
           "    ██▂      █▃                          sending\n"
           "0 s ━━━━━━━━━━▲┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈ 80.0 s\n"
           "done 1/4  █ send 1  ▄ response 0  ░ queue 0\n"
           "[2/4] four, block 1, event-loop: 23.0/80.0 s\n");
}

Test(frame, without_utf8_it_is_the_same_in_ascii) {
    made_exhibition(&made, 4, 5, 15, 23);
    expect((struct screen){30, 49, false, NULL, NULL, NULL}, 23,
           "Four URLs\n"
           "event-loop: waits for nobody\n"
           "\n"
           "  1 #####================                done\n"
           "  2 -----#####==============             response\n"
           "  3 ----------######========             response\n"
           "  4 ---------------######===             response\n"
           "    ####################+                sending\n"
           "0 s =======================^------------ 35.0 s\n"
           "done 1/4  # send 0  = response 3  - queue 0\n"
           "[2/4] four, block 1, event-loop: 23.0/35.0 s\n");
}

Test(frame, a_status_stands_in_place_of_the_time) {
    made_exhibition(&made, 4, 5, 15, 36);
    struct screen screen = {8, 49, false, &four, &words, "[2/4] it took 35.1 s"};
    char *text = draw(&screen, 36);
    const char *last = strstr(text, "\n[2/4] it took 35.1 s\n");
    cr_expect(last && last[22] == '\0', "%s", text);
    free(text);
}

Test(frame, lanes_that_have_no_row_are_summed_up) {
    made_exhibition(&made, 4, 5, 15, 23);
    expect((struct screen){6, 49, true, NULL, NULL, NULL}, 23,
           "  1 █████▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄                done\n"
           "  2 ░░░░░█████▄▄▄▄▄▄▄▄▄▄▄▄▄▄             response\n"
           "    2 more: 2 response\n"
           "0 s ━━━━━━━━━━━━━━━━━━━━━━━▲┈┈┈┈┈┈┈┈┈┈┈┈ 35.0 s\n"
           "done 1/4  █ send 0  ▄ response 3  ░ queue 0\n"
           "[2/4] four, block 1, event-loop: 23.0/35.0 s\n");
}

Test(frame, too_many_lanes_are_counted_over_time) {
    struct lanes_setup setup = four;
    setup.conversations = 40;
    setup.predicted_ns = 215 * NS_PER_S;
    made_exhibition(&made, 40, 5, 15, 98);
    expect((struct screen){12, 49, true, &setup, NULL, NULL}, 98,
           "Four URLs\n"
           "event-loop: waits for nobody\n"
           "\n"
           " 40 ░░░░░░░░░░░░░░░░░\n"
           "    ░░░░░░░░░░░░░░░░░\n"
           "    ░░░░░░░░░░███████\n"
           "    ░░░███████▄▄▄▄▄▄▄\n"
           "    ███▄▄▄▄▄▄▄▁▁▁▁▁▁▁\n"
           "  0 ▄▄▄▁▁▁▁▁▁▁▁▁▁▁▁▁▁\n"
           "0 s ━━━━━━━━━━━━━━━━▲┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈ 215.0 s\n"
           "▁ done 16/40  █ send  1  ▄ response  3\n"
           "[2/4] four, block 1, event-loop: 98.0/215.0 s\n");
}

Test(frame, the_time_that_is_left_stands_at_the_end_of_the_row) {
    struct frame_words with_left = words;
    with_left.left = "about 41 min left";
    made_exhibition(&made, 4, 5, 15, 23);
    static const struct {
        int columns;
        const char *row;
    } rows[] = {
        {100,
         "[2/4] four, block 1, event-loop: 23.0 s (predicted 35.0 s), in flight 3; "
         "about 41 min left\n"},
        {80, "[2/4] four, block 1, event-loop: 23.0 s (predicted 35.0 s); about 41 min "
             "left\n"},
        {70, "[2/4] four, block 1, event-loop: 23.0/35.0 s; about 41 min left\n"},
        {50, "event-loop: 23.0/35.0 s; about 41 min left\n"},
        {40, "event-loop: 23.0/35.0 s\n"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        expect((struct screen){2, rows[i].columns, true, NULL, &with_left, NULL}, 23,
               rows[i].row);
    }
}

Test(frame, no_word_of_the_heading_is_cut) {
    struct frame_words long_words = words;
    long_words.title = "12 URLs, 5 s to send, 55 s to answer";
    long_words.summary = "one thread, all conversations at once";
    made_exhibition(&made, 4, 5, 15, 23);
    static const struct {
        int columns;
        const char *heading;
    } rows[] = {
        {49, "12 URLs, 5 s to send, 55 s to answer\n"
             "event-loop: one thread, all conversations at once\n"},
        {48, "12 URLs, 5 s to send, 55 s to answer\n"
             "event-loop: one thread, all conversations at ...\n"},
        {35, "12 URLs, 5 s to send, 55 s to ...\nevent-loop: one thread, all ...\n"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct screen screen = {30, rows[i].columns, true, &four, &long_words, NULL};
        char *text = draw(&screen, 23);
        cr_expect_eq(strncmp(text, rows[i].heading, strlen(rows[i].heading)), 0, "%s",
                     text);
        free(text);
    }
}

Test(frame, a_tiny_screen_shows_the_time) {
    made_exhibition(&made, 4, 5, 15, 23);
    expect((struct screen){2, 9, true, NULL, NULL, NULL}, 23, "23/35.0 s\n");
    expect((struct screen){2, 3, true, NULL, NULL, NULL}, 23, "23/\n");
    expect((struct screen){1, 60, true, NULL, NULL, NULL}, 23,
           "[2/4] four, block 1, event-loop: 23.0 s (predicted 35.0 s)\n");
    expect((struct screen){0, 0, true, NULL, NULL, NULL}, 23, "");
}

Test(frame, every_round_of_a_lane_is_shown) {
    struct lanes_setup setup = four;
    setup.conversations = 1;
    setup.rounds = 30;
    made_open(&made);
    for (int round = 0; round < 12; round++) {
        made_go_on(made_add(&made, 0, round, round * 20), round * 20, round * 20 + 5,
                   round * 20 + 20, 228);
    }
    struct screen screen = {30, 80, true, &setup, &words, NULL};
    char *text = draw(&screen, 228);
    cr_expect(strstr(text, " 12/30 response\n"), "%s", text);
    cr_expect(strstr(text, "answers 11/30\n"), "%s", text);
    free(text);
}

Test(frame, failed_requests_are_shown) {
    made_open(&made);
    struct witness_record *record = made_add(&made, 0, 0, 0);
    record->answered_ns = made_at(3);
    record->status = WITNESS_HUNG_UP;
    struct screen screen = {30, 80, true, &four, &words, NULL};
    char *text = draw(&screen, 5);
    cr_expect(strstr(text, " failed\n"), "%s", text);
    cr_expect(strstr(text, "\nfailed 1  done 1/4  "), "%s", text);
    free(text);
}

Test(frame, without_a_log_a_mark_moves_and_the_time_is_shown) {
    made = (struct made_record){.witness = {.header = NULL}};
    struct lanes_setup setup = four;
    setup.predicted_ns = 0;
    expect((struct screen){30, 80, true, &setup, NULL, NULL}, 23,
           "[2/4] four, block 1, event-loop: 23.0 s |\n");
    expect((struct screen){30, 80, true, &setup, NULL, NULL}, 23.25,
           "[2/4] four, block 1, event-loop: 23.2 s /\n");
}

Test(frame, hostile_words_are_shown) {
    struct frame_words hostile = words;
    hostile.title = "\033[2Ja\u202e\nb";
    hostile.summary = "\xc2\x9bm\xff";
    made_exhibition(&made, 4, 5, 15, 23);
    struct screen screen = {30, 60, true, &four, &hostile, NULL};
    char *text = draw(&screen, 23);
    cr_expect_eq(strncmp(text,
                         "?[2Ja?"
                         "?b\nevent-loop: ?m?\n",
                         25),
                 0, "%s", text);
    free(text);
}

Test(frame, nothing_is_drawn_beyond_the_screen_at_any_size_and_time) {
    for (int rows = 0; rows < 20; rows += 3) {
        for (int columns = 0; columns < 90; columns += 7) {
            for (int now = 0; now < 250; now += 40) {
                struct lanes_setup setup = four;
                setup.conversations = 1 + rows * columns / 10;
                made_exhibition(&made, setup.conversations, 5, 15, now);
                struct screen screen = {rows,   columns, now % 80 == 0,
                                        &setup, &words,  NULL};
                char *text = draw(&screen, now);
                char *rest = NULL;
                for (char *line = strtok_r(text, "\n", &rest); line;
                     line = strtok_r(NULL, "\n", &rest)) {
                    cr_assert_leq(grid_width(line), columns);
                }
                free(text);
            }
        }
    }
}
