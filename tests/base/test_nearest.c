/* base/nearest.c: finds the word that was meant, or none. */
#include "base/nearest.h"

#include <criterion/criterion.h>
#include <string.h>

static const char *const words[] = {"rounds", "response", "send",  "senders",
                                    "slots",  "seed",     "speed", NULL};

static void expect_nearest(const char *wrong, const char *expected) {
    const char *nearest = nearest_word(wrong, words);
    if (!expected) {
        cr_expect_null(nearest, "'%s' gave %s", wrong, nearest);
        return;
    }
    cr_expect_not_null(nearest, "'%s' gave nothing", wrong);
    if (nearest) {
        cr_expect_str_eq(nearest, expected, "'%s' gave %s", wrong, nearest);
    }
}

Test(nearest, each_word_is_nearest_to_itself) {
    for (int i = 0; words[i]; i++) {
        expect_nearest(words[i], words[i]);
    }
}

Test(nearest, one_slip_of_each_kind_finds_the_word) {
    expect_nearest("round", "rounds");      /* missing */
    expect_nearest("roundss", "rounds");    /* doubled */
    expect_nearest("rouuds", "rounds");     /* wrong */
    expect_nearest("ronuds", "rounds");     /* swapped */
    expect_nearest("repsonse", "response"); /* swapped */
}

Test(nearest, a_swap_of_neighbours_counts_one) {
    const char *const two[] = {"ac", "abcd", NULL};
    cr_assert_str_eq(nearest_word("acbd", two), "abcd");
    const char *const one[] = {"ab", NULL};
    cr_assert_str_eq(nearest_word("ba", one), "ab");
}

Test(nearest, a_word_far_from_all_finds_nothing) {
    expect_nearest("banana", NULL);
    expect_nearest("x", NULL);
    expect_nearest("", NULL);
    expect_nearest("qqqqqqqqqqqq", NULL);
}

Test(nearest, over_a_third_wrong_finds_nothing) {
    const char *const one[] = {"abcdef", NULL};
    cr_assert_str_eq(nearest_word("abcdxx", one), "abcdef");
    cr_assert_null(nearest_word("abcxxx", one));
}

Test(nearest, the_beginning_of_a_word_finds_the_shortest) {
    const char *const some[] = {"event-loop", "say-after-gather", "say-after-tasks",
                                NULL};
    cr_assert_str_eq(nearest_word("say", some), "say-after-tasks");
    cr_assert_str_eq(nearest_word("ev", some), "event-loop");
    cr_assert_null(nearest_word("e", some));
    cr_assert_null(nearest_word("loop", some));
    expect_nearest("re", "response");
    expect_nearest("send", "send"); /* a whole word is nearer than one that it begins */
}

Test(nearest, of_equals_the_first_is_taken) {
    const char *const equals[] = {"cats", "bats", NULL};
    cr_assert_str_eq(nearest_word("rats", equals), "cats");
}

Test(nearest, the_nearest_wins_over_an_earlier_near_one) {
    const char *const two[] = {"responded", "response", NULL};
    cr_assert_str_eq(nearest_word("respones", two), "response");
}

Test(nearest, words_beyond_forty_bytes_are_left_out) {
    char text[60];
    memset(text, 'a', sizeof text);
    text[40] = '\0';
    char other[60];
    memset(other, 'a', sizeof other);
    other[41] = '\0';
    const char *const of_forty[] = {text, NULL};
    const char *const longer[] = {other, NULL};
    cr_assert_eq(nearest_word(text, of_forty), text);
    cr_assert_null(nearest_word(other, of_forty));
    cr_assert_null(nearest_word(text, longer));
}

Test(nearest, no_words_find_nothing) {
    const char *const none[] = {NULL};
    cr_assert_null(nearest_word("send", none));
}
