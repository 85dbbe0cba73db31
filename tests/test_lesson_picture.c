/* lessons/runtime/picture.c: a timeline as SVG. */
#include "lessons/runtime/picture.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

Test(lesson_picture, writes_text_as_text) {
    struct error error = {.kind = ERROR_NONE};
    struct spans spans = {.total_s = 1};
    struct span span = {.row = "<a&b>", .what = "x", .begin_s = 0, .end_s = 1};
    char path[] = "/tmp/lesson-picture-XXXXXX";
    char text[8192] = "";
    spans_add(&spans, &span);
    int fd = mkstemp(path);
    cr_assert_geq(fd, 0);
    cr_assert(picture_write(&spans, "title", "words", path, &error), "%s",
              error.message);
    cr_assert_gt(read(fd, text, sizeof text - 1), 0);
    close(fd);
    unlink(path);
    cr_expect_not_null(strstr(text, ">&lt;a&amp;b></text>"), "%s", text);
    cr_expect_not_null(strstr(text, "fill=\"#56B4E9\""), "%s", text);
}

Test(lesson_picture, that_cannot_be_written_says_why) {
    struct error error = {.kind = ERROR_NONE};
    struct spans spans = {.total_s = 1};
    cr_expect_not(picture_write(&spans, "t", "w", "/no/where.svg", &error));
    cr_expect_eq(error.kind, ERROR_INPUT);
    cr_expect_not_null(strstr(error.message, "/no/where.svg"), "%s", error.message);
    cr_expect_not(picture_write(&spans, "t", "w", "/dev/full", &error));
    cr_expect_eq(error.kind, ERROR_FAILED);
}
