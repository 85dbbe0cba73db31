/* lessons/runtime/canvas.c: boxes and texts, as SVG and for gnuplot. */
#include "lessons/runtime/canvas.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

/* Draws a box and a text; the caller frees it. */
static char *draw(enum canvas_format format, const char *text) {
    char *written = NULL;
    size_t bytes;
    struct canvas canvas = {.out = open_memstream(&written, &bytes), .format = format};
    canvas_begin(&canvas, "a < b");
    canvas_box(&canvas, 160, 90, 320, 45, "#D55E00");
    canvas_text(&canvas, 800, 459, 25, CANVAS_INSIDE, text);
    canvas_end(&canvas);
    cr_assert_eq(fclose(canvas.out), 0);
    return written;
}

Test(lesson_canvas, a_file_s_ending_is_its_format) {
    static const char *const names[] = {"a.svg", "b/a.b.png", ".../x.pdf"};
    enum canvas_format format;
    for (int i = 0; i < 3; i++) {
        cr_expect(canvas_format_of(names[i], &format), "%s", names[i]);
        cr_expect_eq(format, (enum canvas_format)i);
    }
    static const char *const others[] = {"", "svg", ".svg", "a.svg.gz", "a.SVG", "a."};
    for (int i = 0; i < 6; i++) {
        cr_expect_not(canvas_format_of(others[i], &format), "%s", others[i]);
    }
}

Test(lesson_canvas, an_svg_has_a_title_and_fonts_for_each_machine) {
    char *svg = draw(CANVAS_SVG, "x & y");
    cr_expect_not_null(strstr(svg, "<title>a &lt; b</title>"), "%s", svg);
    cr_expect_not_null(strstr(svg, "role=\"img\""));
    cr_expect_not_null(strstr(svg, "Inter,Arial,'Liberation Sans',Helvetica,"));
    cr_expect_not_null(strstr(svg, ">x &amp; y</text>"));
    cr_expect_not_null(strstr(svg, "<rect x=\"160.0\" y=\"90.0\" width=\"320.0\" "
                                   "height=\"45.0\" fill=\"#D55E00\"/>"));
    free(svg);
}

Test(lesson_canvas, gnuplot_gets_the_same_places_from_below) {
    char *script = draw(CANVAS_PNG, "word");
    cr_expect_not_null(strstr(script,
                              "rectangle from screen 0.100000,0.850000 to screen "
                              "0.300000,0.900000 behind fillcolor rgb '#D55E00'"),
                       "%s", script);
    /* The middle of the text is 0.36 of its size above its base line. */
    cr_expect_not_null(strstr(script, "'word' at screen 0.500000,0.500000 center"),
                       "%s", script);
    free(script);
}

Test(lesson_canvas, gnuplot_never_runs_a_text) {
    char *script = draw(CANVAS_PDF, "a'b`id`\nsystem('id')\\");
    cr_expect_not_null(strstr(script, "set label 'a''b`id` system(''id'')\\' at "),
                       "%s", script);
    free(script);
}
