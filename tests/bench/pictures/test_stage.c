/* bench/pictures/stage.c: the rows that a performance is drawn in. */
#include "bench/pictures/stage.h"
#include "tests/support/exhibit.h"

#include <criterion/criterion.h>

static struct exhibit exhibit;
static struct performance performance;

/* event-loop, as the lecture's scenarios name it */
enum { EVENT_LOOP = 3 };

static void perform(const char *scenario) {
    struct error error;
    exhibit_open(&exhibit, scenario);
    cr_assert(performance_open(&performance, &exhibit.subject, EVENT_LOOP, &error),
              "%s", error.message);
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
    stage_number(stage, &performance, &sheet);
    cr_assert(stage_draw(stage, &performance,
                         story_of(&exhibit.subject.point->scenario), most_bars, &sheet,
                         &error));
    cr_assert(sheet_close(&sheet, &error));
    snprintf(path, sizeof path, "%.200s/it-%s.tsv", exhibit.folder, table);
    return folder_read(path);
}

Test(stage, of_many_boards_only_as_many_as_fit_are_drawn) {
    perform("chess");
    struct stage stage = {0, 1000, 0, STAGE_STRIP_ROOM + 240, 40, 3655};
    cr_expect_eq(stage_rows(&stage, &performance), 24);
    stage.top = STAGE_STRIP_ROOM + 31;
    cr_expect_eq(stage_rows(&stage, &performance), 10);
    leave();
}

Test(stage, rows_are_numbered_as_far_as_they_have_room) {
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
    perform("chess");
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

Test(stage, bars_later_than_the_end_of_the_stage_are_left_out) {
    perform("chess");
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

Test(stage, cells_get_wider_until_the_bars_are_few_enough) {
    perform("chess");
    struct stage stage = {100, 1500, 0, STAGE_STRIP_ROOM + 240, 40, 3655};
    char *all = draw(&stage, 2500, "bars");
    char *few = draw(&stage, 500, "bars");
    cr_expect_gt(exhibit_count(all, "\n"), 24 * 30 * 3);
    cr_expect_leq(exhibit_count(few, "\n"), 501);
    free(all);
    free(few);
    leave();
}
