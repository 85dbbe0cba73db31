/* lessons/runtime/timeline.c, span.c: from recorded spans to a drawing. */
#include "lessons/runtime/timeline.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

static char *draw(const struct spans *spans, int columns, bool utf8) {
    char *text = NULL;
    size_t bytes;
    FILE *out = open_memstream(&text, &bytes);
    struct page page = {.out = out, .columns = columns, .utf8 = utf8};
    timeline_print(spans, &page);
    fclose(out);
    return text;
}

static void add(struct spans *spans, const char *row, const char *what,
                enum span_kind kind, double begin_s, double end_s) {
    struct span span = {.kind = kind, .begin_s = begin_s, .end_s = end_s};
    snprintf(span.row, sizeof span.row, "%s", row);
    snprintf(span.what, sizeof span.what, "%s", what);
    spans_add(spans, &span);
}

Test(lesson_timeline, has_a_row_for_each_task_and_a_bar_for_each_span) {
    struct spans spans = {.total_s = 3};
    add(&spans, "Task-2", "One", SPAN_AWAITS, 0, 1);
    add(&spans, "Task-3", "Two", SPAN_HOLDS, 1, 3);
    char *text = draw(&spans, 46, false);
    cr_expect_str_eq(text,
                     "        0 s       1 s       2 s       3 s\n"
                     "Task-2  |-- One --\n"
                     "Task-3            |####### Two #######\n"
                     "        -- awaits   ## holds its thread\n",
                     "\n%s", text);
    free(text);
}

Test(lesson_timeline, without_spans_is_nothing) {
    struct spans spans = {.total_s = 1};
    char *text = draw(&spans, 80, true);
    cr_expect_str_eq(text, "");
    free(text);
}

/* Random spans, some beyond the end or of length 0, on pages of every width. */
Test(lesson_timeline, never_leaves_the_page) {
    srand(1);
    for (int i = 0; i < 3000; i++) {
        struct spans spans = {.total_s = (rand() % 10000 + 1) / 100.0};
        int columns = 40 + rand() % 80;
        for (int k = rand() % 20; k >= 0; k--) {
            char row[SPAN_TEXT_BYTES];
            double begin_s = rand() % 11000 / 10000.0 * spans.total_s;
            snprintf(row, sizeof row, "Task-%d%.*s", rand() % 12,
                     rand() % 5 ? 0 : 1 + rand() % 30,
                     "of a very long name, Türkçe 日本");
            add(&spans, row, rand() % 2 ? "ein längerer Text" : "",
                (enum span_kind)(rand() % SPAN_KINDS), begin_s,
                begin_s + rand() % 100 / 100.0 * spans.total_s);
        }
        char *text = draw(&spans, columns, i % 2);
        char *rest = text;
        while (*rest) {
            char *line = strsep(&rest, "\n");
            cr_assert_leq(page_width(line), columns, "%d columns: '%s'", columns, line);
        }
        free(text);
    }
}

Test(lesson_timeline, puts_words_beside_a_bar_that_is_too_short_for_them) {
    struct spans spans = {.total_s = 3};
    add(&spans, "first", "beside", SPAN_HOLDS, 0, 0.2);
    add(&spans, "last", "beforehand", SPAN_HOLDS, 2.8, 3);
    add(&spans, "both", "no", SPAN_HOLDS, 0, 0.2);
    add(&spans, "both", "last", SPAN_HOLDS, 0.2, 0.4);
    char *text = draw(&spans, 46, false);
    cr_expect_str_eq(text,
                     "       0 s       1 s       2 s       3 s\n"
                     "first  |# beside\n"
                     "both   |#|# last\n"
                     "last                    beforehand |#\n"
                     "       ## holds its thread\n",
                     "\n%s", text);
    free(text);
}

Test(lesson_timeline, leaves_marks_beside_words_to_show_the_kind) {
    struct spans spans = {.total_s = 3};
    add(&spans, "a", "eight888", SPAN_HOLDS, 0, 1);
    add(&spans, "a", "nine99999", SPAN_HOLDS, 1, 2);
    add(&spans, "a", "äöü", SPAN_AWAITS, 2, 3);
    char *text = draw(&spans, 41, false);
    cr_expect_str_eq(text,
                     "   0 s       1 s       2 s       3 s\n"
                     "a  |eight888#|nine99999|-- äöü --\n"
                     "   -- awaits   ## holds its thread\n",
                     "\n%s", text);
    free(text);
}

Test(lesson_timeline, counts_columns_and_not_bytes) {
    struct spans spans = {.total_s = 2};
    add(&spans, "ä", "日本", SPAN_AWAITS, 0, 1);
    add(&spans, "bc", "e\xcc\x81", SPAN_AWAITS, 1, 2);
    char *text = draw(&spans, 40, false);
    cr_expect_str_eq(text,
                     "    0 s           1 s           2 s\n"
                     "ä   |--- 日本 ----\n"
                     "bc                |----- e\xcc\x81 -----\n"
                     "    -- awaits\n",
                     "\n%s", text);
    free(text);
}

Test(lesson_timeline, cuts_a_name_that_would_take_half_of_the_page) {
    struct spans spans = {.total_s = 1};
    add(&spans, "a name of a row, far too long for it", "", SPAN_AWAITS, 0, 1);
    char *text = draw(&spans, 40, false);
    cr_expect_not_null(strstr(text, "\na name of a row, far  |--"), "\n%s", text);
    free(text);
}

Test(lesson_timeline, breaks_its_key_if_the_page_is_narrow) {
    struct spans spans = {.total_s = 1};
    add(&spans, "long name", "", SPAN_FROZEN, 0, 1);
    add(&spans, "b", "", SPAN_AWAITS, 0, 1);
    char *text = draw(&spans, 42, false);
    cr_expect_not_null(strstr(text, "\n       -- awaits\n"
                                    "       xx frozen: another holds the thread\n"),
                       "\n%s", text);
    free(text);
}

Test(lesson_timeline, keeps_spans_in_the_order_of_their_beginning) {
    struct spans spans = {.total_s = 3};
    const char *rows[SPANS_MOST];
    add(&spans, "late", "", SPAN_AWAITS, 2, 3);
    add(&spans, "early", "", SPAN_AWAITS, 0, 1);
    add(&spans, "late", "", SPAN_AWAITS, 1, 2);
    cr_assert_eq(spans_rows(&spans, rows), 2);
    cr_expect_str_eq(rows[0], "early");
    cr_expect_str_eq(rows[1], "late");
    for (int i = 0; i < 2 * SPANS_MOST; i++) {
        add(&spans, "more", "", SPAN_AWAITS, i, i);
    }
    cr_expect_eq(spans.count, SPANS_MOST, "what has no room is left out");
}

Test(lesson_timeline, steps_are_one_two_or_five) {
    static const double rows[][2] = {{1, 0.2}, {2, 0.5}, {3, 0.5}, {6, 1},
                                     {9.5, 2}, {61, 20}, {0, 1},   {0.033, 0.01}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        cr_expect_float_eq(spans_step(rows[i][0], 6), rows[i][1], 1e-12, "%g: %g",
                           rows[i][0], spans_step(rows[i][0], 6));
    }
}
