/* The tables of a picture. */
#include "bench/pictures/sheet.h"
#include "base/utf8.h"
#include "tests/support/exhibit.h"

#include <criterion/criterion.h>

static char folder[PATH_MAX];
static struct glyphs glyphs;
static struct sheet sheet;

static void open_sheet(void) {
    struct error error = {.kind = ERROR_NONE};
    folder_make(folder);
    cr_assert(sheet_open(&sheet, folder, "it", &glyphs, &error), "%s", error.message);
}

/* Closes it and returns one of its tables; the caller frees it. */
static char *read_table(const char *table) {
    struct error error = {.kind = ERROR_NONE};
    char path[PATH_MAX];
    cr_assert(sheet_close(&sheet, &error), "%s", error.message);
    snprintf(path, sizeof path, "%.200s/it-%s.tsv", folder, table);
    return folder_read(path);
}

static void remove_folder(void) {
    folder_remove(folder);
}

TestSuite(sheet, .init = open_sheet, .fini = remove_folder);

Test(sheet, a_text_is_a_row) {
    sheet_text(&sheet, TEXT_VALUE, 10, 20.25, "115 s");
    char *table = read_table("texts");
    cr_expect_str_eq(table, "class\tx\ty\ttext\nvalue\t10.0\t20.2\t115 s\n");
    free(table);
}

Test(sheet, no_text_is_no_row) {
    sheet_text(&sheet, TEXT_VALUE, 10, 20, "");
    char *table = read_table("texts");
    cr_expect_str_eq(table, "class\tx\ty\ttext\n");
    free(table);
}

Test(sheet, no_text_ends_its_field_or_row_or_begins_an_escape) {
    sheet_text(&sheet, TEXT_NAME, 0, 0, "a\tb\nc\"d\\n\x1b");
    char *table = read_table("texts");
    cr_expect_str_eq(table, "class\tx\ty\ttext\n"
                            "name\t0.0\t0.0\ta?b?c\\042d\\\\\\\\n?\n");
    free(table);
}

Test(sheet, a_long_text_gets_smaller_and_then_shorter) {
    char text[200] = "four times faster";
    sheet.text_px[TEXT_TITLE] = 40;
    double width = sheet_width(&sheet, TEXT_TITLE, text);
    sheet_fit(&sheet, TEXT_TITLE, text, width + 1, 20);
    cr_expect_eq(sheet.text_px[TEXT_TITLE], 40);
    sheet_fit(&sheet, TEXT_TITLE, text, width * 0.76, 20);
    cr_expect_eq(sheet.text_px[TEXT_TITLE], 30);
    cr_expect_str_eq(text, "four times faster");
    sheet_fit(&sheet, TEXT_TITLE, text, width * 0.25, 20);
    cr_expect_eq(sheet.text_px[TEXT_TITLE], 20);
    cr_expect_str_eq(text, "four ti...");
    cr_expect_leq(sheet_width(&sheet, TEXT_TITLE, text), width * 0.25);
}

Test(sheet, a_text_is_cut_between_characters) {
    char text[200] = "\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4";
    sheet_fit(&sheet, TEXT_NAME, text, sheet_width(&sheet, TEXT_NAME, "xxxxxx") * 0.7,
              20);
    cr_expect_eq(utf8_span(text, strlen(text)), strlen(text), "%s", text);
    cr_expect(strstr(text, "...") != NULL);
}

Test(sheet, a_bar_has_its_seconds_its_place_and_its_phase) {
    struct bars bars = {.least_s = 1};
    bars_row(&bars, 10, 20);
    bars_add(&bars, PHASE_SEND, 2, 4);
    bars_end(&bars);
    sheet_bars(&sheet, &bars, 100, 5);
    bars_close(&bars);
    char *table = read_table("bars");
    cr_expect_str_eq(table, "from_s\tto_s\tleft\tbottom\tright\ttop\tphase\n"
                            "2\t4\t110.00\t10.00\t120.00\t20.00\tsend\n");
    free(table);
}

Test(sheet, the_sizes_are_those_at_the_end) {
    sheet.text_px[TEXT_NAME] = 17;
    char *table = read_table("sizes");
    cr_expect(strncmp(table, "title\tsubtitle\theading\tname\t", 28) == 0);
    cr_expect_str_eq(exhibit_field(table, "44\t", 0, 3), "17");
    free(table);
}

Test(sheet, an_axis_has_a_line_and_a_label_a_tic) {
    struct axis axis = axis_for(720, 8);
    sheet_axis(&sheet, &axis, 725, 100, 2, 70, 600);
    char *table = read_table("texts");
    cr_expect_eq(exhibit_count(table, "tic\t"), 7);
    cr_expect_str_eq(exhibit_field(table, "tic\t", 0, 3), "0");
    cr_expect_str_eq(exhibit_field(table, "tic\t", 6, 3), "720 s");
    cr_expect_str_eq(exhibit_field(table, "tic\t", 6, 1), "1540.0");
    free(table);
}

Test(sheet, a_hatch_stays_in_its_rectangle) {
    sheet_hatch(&sheet, 100, 50, 200, 80);
    char *table = read_table("lines");
    cr_assert_gt(exhibit_count(table, "hatch\t"), 8);
    for (int i = 0; exhibit_field(table, "hatch\t", i, 0); i++) {
        double x0 = atof(exhibit_field(table, "hatch\t", i, 1));
        double y0 = atof(exhibit_field(table, "hatch\t", i, 2));
        double x1 = atof(exhibit_field(table, "hatch\t", i, 3));
        double y1 = atof(exhibit_field(table, "hatch\t", i, 4));
        cr_expect(x0 >= 100 && x1 <= 200 && x0 < x1 && y0 >= 50 && y1 <= 80,
                  "%g %g %g %g", x0, y0, x1, y1);
        cr_expect_float_eq(x1 - x0, y1 - y0, 0.11);
    }
    free(table);
}

Test(sheet, the_setting_and_the_pace_share_a_line_if_they_fit) {
    char long_text[150] = "";
    sheet_head(&sheet, "title", "setting", "pace");
    memset(long_text, 'x', sizeof long_text - 1);
    sheet_head(&sheet, "title", long_text, "pace");
    char *table = read_table("texts");
    cr_expect_str_eq(exhibit_field(table, "subtitle\t", 0, 3), "setting; pace");
    cr_expect_str_eq(exhibit_field(table, "subtitle\t", 2, 3), "pace");
    free(table);
}

Test(sheet, a_table_that_cannot_be_written_is_reported) {
    struct sheet other;
    struct error error = {.kind = ERROR_NONE};
    cr_expect_not(sheet_open(&other, "/nowhere", "it", &glyphs, &error));
    cr_expect_eq(error.kind, ERROR_FAILED);
    cr_expect(strstr(error.message, "cannot write /nowhere/it-texts.tsv: ") != NULL);
    sheet_close(&other, &error);
}
