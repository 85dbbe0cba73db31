/* lessons/runtime/svg.c: text in an SVG. */
#include "lessons/runtime/svg.h"

#include <criterion/criterion.h>
#include <stdlib.h>

Test(lesson_svg, text_stays_text) {
    char *written = NULL;
    size_t bytes;
    FILE *out = open_memstream(&written, &bytes);
    svg_text(out, 1, 2.25, 24, "class=\"row\"", "<a&b>");
    fclose(out);
    cr_expect_str_eq(written,
                     "<text x=\"1.0\" y=\"2.2\" font-size=\"24\" class=\"row\">"
                     "&lt;a&amp;b></text>\n");
    free(written);
}

/* The widths were measured in DejaVu Sans, the widest font that "sans-serif" is likely
 * to be. */
Test(lesson_svg, no_text_is_wider_than_its_estimate) {
    static const struct {
        const char *text;
        double ems;
    } cases[] = {{"coroutines, await between", 13.24},
                 {"Task-1", 3.16},
                 {"threads, mutex", 7.62},
                 {"12,000,000 lost", 7.89},
                 {"MMMM", 3.45},
                 {"", 0}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        double width = svg_text_width(cases[i].text, 1);
        cr_expect(width >= cases[i].ems && width <= cases[i].ems * 1.25, "'%s': %g",
                  cases[i].text, width);
    }
    cr_expect_float_eq(svg_text_width("ab", 30), 3 * svg_text_width("ab", 10), 1e-9);
    cr_expect_gt(svg_text_width("日本", 1), svg_text_width("ab", 1));
}

Test(lesson_svg, a_text_that_is_too_long_gets_a_size_that_fits) {
    const char *text = "a sentence that is much too long for where it belongs";
    double px = svg_text_px(text, 40, 300);
    cr_expect_lt(px, 40);
    cr_expect_float_eq(svg_text_width(text, px), 300, 1e-6);
    cr_expect_float_eq(svg_text_px("short", 40, 300), 40, 0);
}
