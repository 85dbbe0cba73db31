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

Test(caption, the_heading_says_how_long_it_took_and_what_was_scarce) {
    open_exhibition("chess");
    add(SEQUENTIAL);
    add(EVENT_LOOP);
    char *texts = heading(1);
    cr_expect_str_eq(exhibit_field(texts, "heading\t", 0, 3),
                     "event-loop: 3,655 s = 1 h 0 min 55 s");
    cr_expect_str_eq(exhibit_field(texts, "note\t", 0, 3),
                     "master idle 1.5 %, a board waits 30 min");
    cr_expect_eq(atof(exhibit_field(texts, "heading\t", 0, 2)), 400 + 21 - 2);
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
