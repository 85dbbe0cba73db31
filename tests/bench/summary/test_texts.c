/* bench/summary/texts.c: lists of texts. */
#include "bench/summary/texts.h"

#include <criterion/criterion.h>
#include <string.h>

Test(texts, copies_are_kept_in_their_order) {
    struct texts texts = {.list = NULL};
    char text[] = "first";
    cr_assert(texts_add(&texts, text));
    cr_assert(texts_add(&texts, "second"));
    strcpy(text, "gone");
    cr_assert_eq(texts.count, 2);
    cr_expect_str_eq(texts.list[0], "first");
    cr_expect_str_eq(texts.list[1], "second");
    texts_close(&texts);
    cr_expect_eq(texts.count, 0);
    texts_close(&texts);
}

Test(texts, a_text_is_found_as_a_whole) {
    struct texts texts = {.list = NULL};
    cr_expect_not(texts_have(&texts, ""));
    cr_assert(texts_add(&texts, "late"));
    cr_expect(texts_have(&texts, "late"));
    cr_expect_not(texts_have(&texts, "lat"));
    texts_close(&texts);
}
