/* lessons/runtime/picture.c: a timeline as a picture. */
#include "lessons/runtime/picture.h"
#include "lessons/runtime/svg.h"
#include "tests/support/folder.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const struct caption caption = {.title = "finding",
                                       .words = "words",
                                       .total = "2 s",
                                       .other_way = "one by one",
                                       .other_way_s = 3};

static void add(struct spans *spans, const char *row, const char *what, double begin_s,
                double end_s) {
    struct span span = {.begin_s = begin_s, .end_s = end_s};
    snprintf(span.row, sizeof span.row, "%s", row);
    snprintf(span.what, sizeof span.what, "%s", what);
    spans_add(spans, &span);
}

static char *draw(const struct spans *spans) {
    struct error error = {.kind = ERROR_NONE};
    char path[] = "/tmp/lesson-picture-XXXXXX";
    int fd = mkstemp(path);
    cr_assert_geq(fd, 0);
    cr_assert(picture_write(spans, &caption, path, &error), "%s", error.message);
    char *text = folder_read(path);
    close(fd);
    unlink(path);
    return text;
}

/* The number after `key` in the element of the n-th `<name`, from 0. */
static double number(const char *svg, const char *name, int n, const char *key) {
    for (; n >= 0; n--) {
        svg = strstr(svg, name);
        cr_assert_not_null(svg, "no %s", name);
        svg++;
    }
    const char *at = strstr(svg, key);
    cr_assert(at && at < strchr(svg, '>'));
    return atof(at + strlen(key));
}

/* The number after `key` in the element of a text that the picture has once. */
static double text_number(const char *svg, const char *text, const char *key) {
    char element[80];
    snprintf(element, sizeof element, ">%s</text>", text);
    const char *at = strstr(svg, element);
    cr_assert_not_null(at, "no %s in %s", text, svg);
    while (strncmp(at, "<text", 5) != 0) {
        at--;
    }
    return number(at, "<text", 0, key);
}

Test(lesson_picture, writes_text_as_text) {
    struct spans spans = {.total_s = 1};
    add(&spans, "<a&b>", "x", 0, 1);
    char *svg = draw(&spans);
    cr_expect_not_null(strstr(svg, ">&lt;a&amp;b></text>"), "%s", svg);
    cr_expect_not_null(strstr(svg, "fill=\"#56B4E9\""), "%s", svg);
    cr_expect_not_null(strstr(svg, "<title>finding</title>"), "%s", svg);
    free(svg);
}

Test(lesson_picture, is_16_to_9_and_has_room_for_each_number_of_rows) {
    for (int rows = 1; rows <= 100; rows++) {
        struct spans spans = {.total_s = 2};
        for (int i = 0; i < rows; i++) {
            char row[16];
            snprintf(row, sizeof row, "row %d", i);
            add(&spans, row, "", 0, 2);
        }
        spans_say(&spans, "row 0", "word", 1);
        char *svg = draw(&spans);
        const char *last = strstr(svg, ">awaits</text>");
        cr_assert_not_null(last);
        char name[32];
        snprintf(name, sizeof name, "row %d", rows - 1);
        double key = text_number(svg, "awaits", " y=\"");
        double row = text_number(svg, name, " y=\"");
        cr_expect_not_null(strstr(svg, "viewBox=\"0 0 1600 900\""), "%s", svg);
        cr_expect(text_number(svg, "row 0", " y=\"") > 200 && row < key && key < 880,
                  "%d rows: %g, %g", rows, row, key);
        free(svg);
    }
}

Test(lesson_picture, marks_printed_words_at_their_time) {
    struct spans spans = {.total_s = 2};
    add(&spans, "a", "", 0, 2);
    spans_say(&spans, "a", "One", 1);
    spans_say(&spans, "loop", "from a callback",
              1.5); /* no row, and no main: nowhere */
    char *svg = draw(&spans);
    double middle = text_number(svg, "One", " x=\"");
    cr_expect_float_eq(middle, text_number(svg, "1 s", " x=\""), 0.2);
    cr_expect_gt(text_number(svg, "One", " y=\""), text_number(svg, "a", " y=\""));
    cr_expect_not_null(strstr(svg, ">prints</text>"));
    cr_expect_null(strstr(svg, "from a callback"));
    free(svg);
    spans.saying_count = 0;
    spans_say(&spans, "loop", "from a callback", 1.5);
    svg = draw(&spans);
    cr_expect_null(strstr(svg, ">prints</text>"), "the key has only what is drawn");
    free(svg);
}

Test(lesson_picture, words_without_room_are_marked_and_not_written) {
    struct spans spans = {.total_s = 100};
    add(&spans, "a", "", 0, 100);
    spans_say(&spans, "a", "first", 50);
    spans_say(&spans, "a", "second", 50.1);
    char *svg = draw(&spans);
    cr_expect_not_null(strstr(svg, ">first</text>"));
    cr_expect_null(strstr(svg, ">second</text>"));
    free(svg);
}

Test(lesson_picture, who_acts_is_orange_and_who_waits_is_blue) {
    struct spans spans = {.total_s = 2};
    const struct span act = {"cook", "soup", SPAN_ACTS, 0, 1};
    const struct span wait = {"guest", "waits", SPAN_AWAITS, 0, 1};
    spans_add(&spans, &act);
    char *svg = draw(&spans);
    cr_expect_not_null(strstr(svg, "#D55E00"));
    cr_expect_null(strstr(svg, "#56B4E9"));
    free(svg);
    spans_add(&spans, &wait);
    svg = draw(&spans);
    cr_expect_not_null(strstr(svg, "#56B4E9"));
    free(svg);
}

Test(lesson_picture, a_long_title_takes_two_lines_and_is_whole) {
    struct spans spans = {.total_s = 2};
    struct caption long_one = caption;
    char path[] = "/tmp/lesson-picture-XXXXXX";
    struct error error = {.kind = ERROR_NONE};
    long_one.title =
        "A coroutine runs when it is awaited, a task by itself; a future does "
        "not run, it is set.";
    add(&spans, "a", "", 0, 2);
    int fd = mkstemp(path);
    cr_assert(picture_write(&spans, &long_one, path, &error), "%s", error.message);
    char *svg = folder_read(path);
    cr_expect_not_null(strstr(svg, ">A coroutine runs when it is awaited, "));
    cr_expect_not_null(strstr(svg, " it is set.</text>"));
    cr_expect_float_eq(number(svg, "<text", 0, " font-size=\""), 44, 0.01);
    cr_expect_float_eq(number(svg, "<text", 1, " font-size=\""), 44, 0.01);
    free(svg);
    close(fd);
    unlink(path);
}

Test(lesson_picture, leaves_the_longest_name_its_room) {
    static const char *const names[] = {"a", "coroutines, await between",
                                        "WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        struct spans spans = {.total_s = 2};
        add(&spans, names[i], "", 0, 2);
        char *svg = draw(&spans);
        double end = text_number(svg, names[i], " x=\"");
        double px = text_number(svg, names[i], " font-size=\"");
        double bar = text_number(svg, "0", " x=\"");
        cr_expect_geq(end - svg_text_width(names[i], px), 59.9, "%s", names[i]);
        cr_expect_lt(end, bar);
        cr_expect_leq(bar, 800, "and leaves half of it to the bars");
        free(svg);
    }
}

Test(lesson_picture, puts_words_in_a_bar_or_beside_it_or_nowhere) {
    struct spans spans = {.total_s = 2};
    add(&spans, "a", "inside", 0, 1);
    add(&spans, "b", "behind", 0.5, 0.51);
    add(&spans, "c", "before", 2.99, 3);
    add(&spans, "d", "nowhere", 0, 0.01);
    add(&spans, "d", "last", 0.01, 0.02);
    char *svg = draw(&spans);
    double left = text_number(svg, "0", " x=\"");
    double second = text_number(svg, "1 s", " x=\"") - left;
    cr_expect_float_eq(text_number(svg, "inside", " x=\""), left + second / 2, 0.2);
    cr_expect_gt(text_number(svg, "behind", " x=\""), left + 0.51 * second);
    cr_expect_lt(text_number(svg, "before", " x=\""), left + 2.99 * second);
    cr_expect_gt(text_number(svg, "last", " x=\""), left + 0.02 * second);
    cr_expect_null(strstr(svg, "nowhere"));
    free(svg);
}

Test(lesson_picture, has_the_scale_of_the_other_way_if_that_is_not_too_long) {
    struct spans spans = {.total_s = 2};
    add(&spans, "row", "", 0, 2);
    char *near = draw(&spans);
    cr_expect_not_null(strstr(near, "one by one"));
    cr_expect_float_eq(text_number(near, "3 s", " x=\""), 1540, 0.2);
    spans.total_s = 1.4; /* less than half of the 3 s of the other way */
    spans.list[0].end_s = 1.4;
    char *far = draw(&spans);
    cr_expect_null(strstr(far, "one by one"));
    cr_expect_float_eq(text_number(far, "1.4 s", " x=\""), 1540, 0.2);
    free(near);
    free(far);
}

Test(lesson_picture, that_cannot_be_written_is_an_error_with_a_reason) {
    struct error error = {.kind = ERROR_NONE};
    struct spans spans = {.total_s = 1};
    cr_expect_not(picture_write(&spans, &caption, "/no/where.svg", &error));
    cr_expect_eq(error.kind, ERROR_INPUT);
    cr_expect_not_null(strstr(error.message, "/no/where.svg"), "%s", error.message);
    cr_expect_not(picture_write(&spans, &caption, "/dev/full", &error));
    cr_expect_eq(error.kind, ERROR_FAILED);
}

Test(lesson_picture, can_be_checked_for_without_a_change_to_the_file) {
    struct error error = {.kind = ERROR_NONE};
    char folder[] = "/tmp/lesson-picture-XXXXXX";
    char path[64];
    struct stat status;
    cr_assert_not_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/it.svg", folder);
    cr_expect(picture_check(path, &error), "%s", error.message);
    cr_expect_neq(stat(path, &status), 0, "it was left behind");
    FILE *file = fopen(path, "w");
    fputs("old", file);
    fclose(file);
    cr_expect(picture_check(path, &error), "%s", error.message);
    cr_assert_eq(stat(path, &status), 0);
    cr_expect_eq(status.st_size, 3);
    cr_assert(unlink(path) == 0 && rmdir(folder) == 0);
    cr_expect_not(picture_check(path, &error));
    cr_expect_eq(error.kind, ERROR_INPUT);
    cr_assert_eq(mkdir("/tmp/lesson-picture.svg", 0755), 0);
    cr_expect_not(picture_check("/tmp/lesson-picture.svg", &error));
    cr_expect_str_eq(error.message,
                     "cannot write /tmp/lesson-picture.svg: Is a directory");
    rmdir("/tmp/lesson-picture.svg");
    cr_expect_not(picture_check("it.gif", &error));
    cr_expect_str_eq(error.message, "'it.gif' does not end with .svg, .png or .pdf");
}
