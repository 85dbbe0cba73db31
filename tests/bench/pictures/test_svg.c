/* bench/pictures/svg.c: what is changed in gnuplot's SVG. */
#include "bench/pictures/svg.h"
#include "bench/pictures/letters.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

static const char by_gnuplot[] =
    "<svg \n viewBox=\"0 0 1600 900\"\n>\n<title>Gnuplot</title>\n"
    "<desc>Produced by GNUPLOT 5.4 patchlevel 4 </desc>\n"
    "\t<g id=\"gnuplot_plot_6\" ><title>texts using (of('title')):'y'</title>\n"
    "\t<g font-family=\"Inter\" font-weight=\"bold\" font-size=\"40.00\">\n"
    "\t\t<text>12 h &lt; 1 h</text>\n\t</g>\n"
    "\t<g font-family=\"Inter\" font-size=\"20.00\">\n"
    "\t\t<text>chess</text>\n\t\t<text>\xc3\xa4</text>\n\t</g>\n</svg>\n";

/* The finished SVG; the caller frees it. */
static char *finish(const char *text) {
    char *finished = NULL;
    size_t bytes = 0;
    FILE *out = open_memstream(&finished, &bytes);
    cr_assert(out != NULL);
    svg_copy(text, out);
    cr_assert_eq(fclose(out), 0);
    return finished;
}

Test(svg, its_title_is_the_finding_and_no_tooltip_is_a_formula) {
    char *svg = finish(by_gnuplot);
    cr_expect_not_null(strstr(svg, "<title>12 h &lt; 1 h</title>"), "%s", svg);
    cr_expect_not_null(strstr(svg, "<desc>chess</desc>"));
    cr_expect_not_null(strstr(svg, "<svg role=\"img\"\n"));
    cr_expect_not_null(strstr(svg, "\t<g id=\"gnuplot_plot_6\" >\n"));
    cr_expect_null(strstr(svg, "using"));
    free(svg);
}

Test(svg, a_text_has_the_width_of_inter) {
    char *svg = finish(by_gnuplot);
    char expected[200];
    snprintf(expected, sizeof expected,
             "<text textLength=\"%.1f\" lengthAdjust=\"spacingAndGlyphs\">12 h &lt; 1 "
             "h</text>",
             40 * letters_width("12 h < 1 h", true));
    cr_expect_not_null(strstr(svg, expected), "%s", svg);
    snprintf(expected, sizeof expected, "<text textLength=\"%.1f\"",
             20 * letters_width("chess", false));
    cr_expect_not_null(strstr(svg, expected));
    cr_expect_not_null(strstr(svg, "<text>\xc3\xa4</text>"), "its width is not known");
    free(svg);
}

Test(svg, one_without_texts_has_no_title) {
    char *svg = finish("<title>Gnuplot</title>\n</svg>");
    cr_expect_str_eq(svg, "<title></title>\n</svg>");
    free(svg);
}

Test(svg, a_file_that_is_not_there_is_named) {
    struct error error = {.kind = ERROR_NONE};
    cr_expect_not(svg_finish("/nowhere/a.svg", &error));
    cr_expect_not_null(strstr(error.message, "cannot read /nowhere/a.svg: No such"));
}
