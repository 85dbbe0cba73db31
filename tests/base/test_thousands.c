/* base/thousands.c: groups of three digits. */
#include "base/thousands.h"

#include <criterion/criterion.h>
#include <stdio.h>

Test(thousands, are_grouped_at_the_beginning_of_a_text) {
    static const char *const rows[][2] = {
        {"1", "1"},
        {"999", "999"},
        {"1000", "1,000"},
        {"43200 s", "43,200 s"},
        {"1234567.1234", "1,234,567.1234"},
        {"", ""},
        {"x1000", "x1000"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char text[80];
        snprintf(text, sizeof text, "%s", rows[i][0]);
        thousands_group(text);
        cr_expect_str_eq(text, rows[i][1]);
    }
}
