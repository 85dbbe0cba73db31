/* lessons/runtime/gnuplot.c: the pictures that gnuplot makes. */
#include "lessons/runtime/picture.h"
#include "tests/support/folder.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char folder[PATH_MAX];

static void enter(void) {
    folder_make(folder);
}

static void leave(void) {
    folder_remove(folder);
}

TestSuite(lesson_gnuplot, .init = enter, .fini = leave);

static const struct caption caption = {.title = "finding", .words = "w", .total = "t"};

/* Draws one bar, and returns the first bytes of the file. */
static void draw(const char *name, char head[static 24]) {
    char path[PATH_MAX + 30];
    struct error error = {.kind = ERROR_NONE};
    struct spans spans = {.total_s = 1};
    const struct span span = {"row", "it's", SPAN_ACTS, 0, 1};
    spans_add(&spans, &span);
    snprintf(path, sizeof path, "%s/%s", folder, name);
    cr_assert(picture_check(path, &error), "%s", error.message);
    cr_assert(picture_write(&spans, &caption, path, &error), "%s", error.message);
    FILE *file = fopen(path, "rb");
    cr_assert(file && fread(head, 1, 24, file) == 24);
    fclose(file);
}

Test(lesson_gnuplot, a_png_is_1600_by_900) {
    char head[24];
    draw("a '| picture.png", head); /* a name that gnuplot must not see */
    cr_expect_eq(memcmp(head, "\x89PNG\r\n\x1a\n", 8), 0);
    cr_expect_eq(memcmp(head + 16, "\0\0\x06\x40\0\0\x03\x84", 8), 0);
}

Test(lesson_gnuplot, a_pdf_is_a_pdf) {
    char head[24];
    draw("it.pdf", head);
    cr_expect_eq(memcmp(head, "%PDF-", 5), 0);
}

Test(lesson_gnuplot, without_gnuplot_only_an_svg_can_be_drawn) {
    struct error error = {.kind = ERROR_NONE};
    char path[PATH_MAX + 10];
    setenv("PATH", folder, 1);
    snprintf(path, sizeof path, "%s/it.png", folder);
    cr_expect_not(picture_check(path, &error));
    cr_expect_eq(error.kind, ERROR_INPUT);
    cr_expect_str_eq(error.message, "gnuplot draws a PNG or a PDF, and is not there: "
                                    "install gnuplot-nox, or write an .svg");
    snprintf(path, sizeof path, "%s/it.svg", folder);
    cr_expect(picture_check(path, &error));
}
