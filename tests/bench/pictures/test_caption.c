/* bench/pictures/caption.c: the texts of a whole exhibition. */
#include "bench/pictures/caption.h"
#include "tests/support/exhibit.h"

#include <criterion/criterion.h>

static struct exhibit exhibit;
static struct scenes scenes;

/* sequential and event-loop, as the lecture's scenarios name them */
enum { SEQUENTIAL = 0, EVENT_LOOP = 3 };

static void add(size_t entry) {
    struct error error;
    struct performance *performance = &scenes.list[scenes.count];
    cr_assert(performance_open(performance, &exhibit.subject, entry, &error), "%s",
              error.message);
    scenes.stages[scenes.count++] =
        (struct stage){200, 1500, 100, 400, 54, performance->course.makespan_s};
    scenes.longest_s = performance_longest_s(scenes.list, scenes.count);
}

static void open_exhibition(const char *scenario) {
    exhibit_open(&exhibit, scenario);
    scenes = (struct scenes){.subject = &exhibit.subject,
                             .story = story_of(&exhibit.subject.point->scenario)};
}

static void close_exhibition(void) {
    performance_close_all(scenes.list, scenes.count);
    exhibit_close(&exhibit);
}

static void expect_title(const char *expected) {
    char title[FINDING_BYTES];
    caption_title(&scenes, title);
    cr_expect_str_eq(title, expected, "%s", title);
}

/* The texts of a scene's heading; the caller frees them. */
static char *heading(int index) {
    struct sheet sheet;
    struct error error;
    char path[PATH_MAX];
    cr_assert(sheet_open(&sheet, exhibit.folder, "it", &exhibit.glyphs, &error));
    caption_heading(&scenes, index, &sheet);
    cr_assert(sheet_close(&sheet, &error));
    snprintf(path, sizeof path, "%.200s/it-texts.tsv", exhibit.folder);
    return folder_read(path);
}

Test(caption, two_models_are_compared_by_the_wait_of_a_board) {
    open_exhibition("chess");
    add(SEQUENTIAL);
    add(EVENT_LOOP);
    expect_title("A board waits 30.0 min for the master on average, instead of 5.8 h");
    close_exhibition();
}

Test(caption, one_model_alone_is_compared_with_the_whole_time) {
    open_exhibition("chess");
    add(EVENT_LOOP);
    expect_title("A board waits 30.0 min for the master on average, of 1.0 h in all");
    close_exhibition();
}

Test(caption, if_both_wait_alike_the_speed_is_the_title) {
    char speed[FINDING_BYTES];
    open_exhibition("chess");
    add(SEQUENTIAL);
    add(SEQUENTIAL);
    expect_title(finding_speed(exhibit.subject.summary, speed));
    close_exhibition();
}

Test(caption, the_heading_says_how_long_it_took_and_how_it_is_drawn) {
    open_exhibition("chess");
    add(SEQUENTIAL);
    add(EVENT_LOOP);
    char *texts = heading(1);
    cr_expect_str_eq(exhibit_field(texts, "heading\t", 0, 3),
                     "event-loop: 3,655 s = 1.0 h");
    cr_expect_str_eq(
        exhibit_field(texts, "note\t", 0, 3),
        "drawn 11.8 times wider; master idle 1.5 %, a board waits 30.0 min");
    cr_expect_eq(atof(exhibit_field(texts, "heading\t", 0, 2)), 400 + 21 - 2);
    free(texts);
    texts = heading(0);
    cr_expect_null(strstr(texts, "wider"), "%s", texts);
    free(texts);
    close_exhibition();
}

Test(caption, a_model_that_was_not_measured_has_its_name_and_the_reason) {
    open_exhibition("chess");
    exhibit_invalidate(&exhibit, 0);
    add(SEQUENTIAL);
    char *texts = heading(0);
    cr_expect_str_eq(exhibit_field(texts, "heading\t", 0, 3), "sequential:");
    cr_expect(strstr(texts, "its trial is invalid") != NULL, "%s", texts);
    free(texts);
    close_exhibition();
}
