/* bench/pictures/picture.c: the list of pictures, and the functions that they share. */
#include "bench/programs/paths.h"
#include "tests/support/exhibit.h"

#include <criterion/criterion.h>

Test(picture, each_has_a_template_of_its_name) {
    for (const struct picture *const *at = pictures; *at; at++) {
        char folder[PATH_MAX];
        char file[64];
        char path[PATH_MAX];
        struct error error;
        snprintf(file, sizeof file, "%s.gp", (*at)->name);
        cr_assert(paths_plots(folder, &error) &&
                  paths_join(path, folder, file, &error));
        cr_expect_eq(access(path, R_OK), 0, "%s is missing", path);
    }
}

Test(picture, a_picture_is_found_by_its_name_and_the_nearest_name_is_suggested) {
    struct error error = {.kind = ERROR_NONE};
    cr_expect_eq(picture_find("boards", &error), &picture_boards);
    cr_expect_null(picture_find("board", &error));
    cr_expect_eq(error.kind, ERROR_INPUT);
    cr_expect_str_eq(error.message,
                     "there is no picture 'board'; did you mean 'boards'?");
    cr_expect_null(picture_find("rembrandt", &error));
    cr_expect_str_eq(error.message, "there is no picture 'rembrandt'; it is timeline, "
                                    "completion, boards, exhibition, latency or "
                                    "resources");
}

Test(picture, shares_are_written_with_the_digits_that_they_need) {
    char text[AXIS_TEXT_BYTES];
    cr_expect_str_eq(picture_percent(92, 100, text), "92 %");
    cr_expect_str_eq(picture_percent(1.51, 100, text), "1.5 %");
    cr_expect_str_eq(picture_percent(0.04, 100, text), "0 %");
    cr_expect_str_eq(picture_percent(-1, 100, text), "0 %");
    cr_expect_str_eq(picture_percent(1, 0, text), "0 %");
    cr_expect_str_eq(picture_percent(100, 100, text), "100 %");
}

Test(picture, a_model_that_was_not_measured_is_named) {
    static const struct {
        int invalid;
        const char *text;
    } rows[] = {{0, "not run"},
                {1, "its trial is invalid"},
                {2, "both trials invalid"},
                {30, "all 30 trials invalid"}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char text[AXIS_TEXT_BYTES];
        struct summary_model model = {.measured = {.invalid = (size_t)rows[i].invalid}};
        cr_expect_str_eq(picture_missing(&model, text), rows[i].text);
    }
}

Test(picture, models_are_spread_evenly_over_pages) {
    for (size_t models = 1; models <= 40; models++) {
        struct plan_point point = {.entry_count = models};
        struct subject subject = {.point = &point};
        int pages = picture_pages(&subject, 12);
        size_t next = 0;
        cr_expect_eq(pages, (int)((models + 11) / 12));
        for (int page = 0; page < pages; page++) {
            size_t end;
            cr_expect_eq(picture_page_models(&subject, 12, page, &end), next);
            cr_expect(end > next && end - next <= 12);
            next = end;
        }
        cr_expect_eq(next, models);
    }
}

Test(picture, a_long_name_makes_all_names_smaller_and_is_cut) {
    struct exhibit exhibit;
    struct sheet sheet;
    struct error error;
    exhibit_open(&exhibit, "urls");
    memset(exhibit.plan.points[0].entries[1].model.name, 'x', MODEL_NAME_BYTES - 1);
    cr_assert(sheet_open(&sheet, exhibit.folder, "it", &exhibit.glyphs, &error));
    int before = sheet.text_px[TEXT_NAME];
    cr_expect_leq(picture_names_width(&exhibit.subject, &sheet), 320);
    cr_expect_lt(sheet.text_px[TEXT_NAME], before);
    picture_name(&exhibit.subject, 1, 0, 0, &sheet);
    cr_assert(sheet_close(&sheet, &error));
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%.200s/it-texts.tsv", exhibit.folder);
    char *texts = folder_read(path);
    cr_expect_not_null(strstr(texts, "xxx...\n"));
    free(texts);
    exhibit_close(&exhibit);
}

Test(picture, models_are_ordered_by_makespan_and_failed_ones_come_last) {
    static struct exhibit ordered;
    size_t order[4];
    exhibit_open(&ordered, "urls"); /* sequential, threads, thread-pool, event-loop */
    picture_order(&ordered.subject, order);
    static const size_t expected[] = {0, 2, 1, 3};
    cr_expect_arr_eq(order, expected, sizeof expected);
    exhibit_fail(&ordered, 0, 1);
    picture_order(&ordered.subject, order);
    static const size_t without[] = {2, 1, 3, 0};
    cr_expect_arr_eq(order, without, sizeof without);
    ordered.subject.order = order;
    cr_expect_eq(picture_entry(&ordered.subject, 3), 0);
    exhibit_close(&ordered);
}
