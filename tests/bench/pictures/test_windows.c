/* bench/pictures/windows.c: which models are enlarged. */
#include "bench/pictures/windows.h"
#include "tests/support/exhibit.h"

#include <criterion/criterion.h>

enum { MODELS = 4 };

/* The entries of the lecture's scenarios. */
enum { SEQUENTIAL = 0, THREADS = 1, THREAD_POOL = 2, EVENT_LOOP = 3 };

static struct exhibit exhibit;
static struct performance list[MODELS];
static struct windows windows;

/* Puts these entries on a page. */
static void open_page(size_t first, size_t end) {
    windows = (struct windows){.subject = &exhibit.subject,
                               .story = story_of(&exhibit.subject.point->scenario),
                               .list = list};
    for (size_t i = first; i < end; i++) {
        struct error error;
        cr_assert(
            performance_open(&list[windows.count++], &exhibit.subject, i, &error));
    }
}

static void leave(void) {
    performance_close_all(list, windows.count);
    exhibit_close(&exhibit);
}

Test(windows, the_baseline_and_the_fastest_model_are_shown) {
    const struct performance *chosen[WINDOWS_MOST];
    exhibit_open(&exhibit, "chess");
    open_page(0, MODELS);
    cr_assert_eq(windows_choose(&windows, chosen), 2);
    cr_expect_eq(chosen[0]->entry, SEQUENTIAL);
    cr_expect_eq(chosen[1]->entry, EVENT_LOOP);
    leave();
}

Test(windows, a_model_on_another_page_is_left_out) {
    const struct performance *chosen[WINDOWS_MOST];
    exhibit_open(&exhibit, "chess");
    open_page(THREAD_POOL, MODELS);
    cr_assert_eq(windows_choose(&windows, chosen), 1);
    cr_expect_eq(chosen[0]->entry, EVENT_LOOP);
    leave();
}

Test(windows, if_neither_is_on_the_page_the_first_measured_model_is_shown) {
    const struct performance *chosen[WINDOWS_MOST];
    exhibit_open(&exhibit, "chess");
    open_page(THREADS, EVENT_LOOP);
    cr_assert_eq(windows_choose(&windows, chosen), 1);
    cr_expect_eq(chosen[0]->entry, THREADS);
    leave();
}

Test(windows, if_nothing_was_measured_nothing_is_drawn) {
    const struct performance *chosen[WINDOWS_MOST];
    struct error error;
    exhibit_open(&exhibit, "chess");
    for (size_t i = 0; i < MODELS; i++) {
        exhibit_invalidate(&exhibit, i);
    }
    open_page(0, MODELS);
    cr_expect_eq(windows_choose(&windows, chosen), 0);
    cr_expect(windows_draw(&windows, 0, 100, NULL, &error));
    leave();
}
