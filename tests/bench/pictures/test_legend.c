/* bench/pictures/legend.c: what the colours mean. */
#include "bench/pictures/legend.h"
#include "tests/support/exhibit.h"

#include <criterion/criterion.h>

static char folder[PATH_MAX];
static struct glyphs glyphs;
static struct sheet sheet;
static struct legend legend;

/* Draws it and returns the texts; the caller frees them. */
static char *draw(void) {
    struct error error = {.kind = ERROR_NONE};
    char path[PATH_MAX];
    folder_make(folder);
    cr_assert(sheet_open(&sheet, folder, "it", &glyphs, &error), "%s", error.message);
    legend_draw(&legend, 700, &sheet);
    cr_assert(sheet_close(&sheet, &error), "%s", error.message);
    snprintf(path, sizeof path, "%.200s/it-texts.tsv", folder);
    char *texts = folder_read(path);
    folder_remove(folder);
    return texts;
}

Test(legend, only_phases_with_a_text_and_fields_that_are_there_are_named) {
    const char *texts[COURSE_PHASES] = {
        [PHASE_SEND] = "send", [COURSE_FAILED] = "failed"};
    legend_add_phases(&legend, texts);
    legend_add_fields(&legend, false, false);
    cr_assert_eq(legend.count, 2);
    cr_expect_eq(legend.items[1].phase, COURSE_FAILED);
    legend_add_fields(&legend, true, true);
    cr_expect_eq(legend.count, 4);
}

Test(legend, a_long_one_gets_smaller_until_it_fits) {
    for (int i = 0; i < 5; i++) {
        legend_add(&legend, LEGEND_FRAME, "waits for an answer slot");
    }
    char *texts = draw();
    double x = atof(exhibit_field(texts, "legend\t", 4, 1));
    cr_expect_lt(sheet.text_px[TEXT_LEGEND], 26);
    cr_expect_leq(x + sheet_width(&sheet, TEXT_LEGEND, "waits for an answer slot"),
                  SHEET_WIDTH - SHEET_MARGIN + 1);
    free(texts);
}

Test(legend, more_items_than_fit_are_left_out) {
    for (int i = 0; i < LEGEND_MOST + 3; i++) {
        legend_add(&legend, LEGEND_NOTE, "note");
    }
    cr_expect_eq(legend.count, LEGEND_MOST);
}
