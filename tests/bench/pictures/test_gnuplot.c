/* bench/pictures/gnuplot.c: gnuplot draws the pictures. */
#include "bench/pictures/gnuplot.h"
#include "tests/support/exhibit.h"

#include <criterion/criterion.h>
#include <signal.h>
#include <sys/resource.h>

static char folder[PATH_MAX];
static char program[PATH_MAX];

/* A folder with the tables of an empty picture. */
static void make_tables(const char *text) {
    struct sheet sheet;
    static struct glyphs glyphs;
    struct error error = {.kind = ERROR_NONE};
    char data[PATH_MAX];
    folder_make(folder);
    snprintf(data, sizeof data, "%.200s/data", folder);
    cr_assert_eq(mkdir(data, 0755), 0);
    cr_assert(gnuplot_find(program, &error), "%s", error.message);
    cr_assert(sheet_open(&sheet, data, "it", &glyphs, &error), "%s", error.message);
    sheet_head(&sheet, text, text, text);
    sheet_line(&sheet, LINE_MAKESPAN, 100, 100, 100, 200);
    sheet_block(&sheet, PHASE_SEND, 100, 100, 200, 200);
    cr_assert(sheet_close(&sheet, &error));
}

static bool draw(unsigned formats, struct error *error) {
    struct gnuplot gnuplot;
    bool ok =
        gnuplot_start(&gnuplot, program, folder, "timeline", "it", formats, error) &&
        gnuplot_finish(&gnuplot, error);
    gnuplot_close(&gnuplot);
    return ok;
}

static char *read_picture(const char *name) {
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%.200s/%s", folder, name);
    return folder_read(path);
}

Test(gnuplot, it_draws_the_formats_that_are_asked_for) {
    struct error error = {.kind = ERROR_NONE};
    make_tables("hello");
    cr_assert(draw(FORMAT_SVG | FORMAT_PDF, &error), "%s", error.message);
    cr_expect_eq(folder_count(folder, ".svg"), 1);
    cr_expect_eq(folder_count(folder, ".pdf"), 1);
    cr_expect_eq(folder_count(folder, ".png"), 0);
    cr_assert(draw(FORMAT_PNG, &error), "%s", error.message);
    cr_expect_eq(folder_count(folder, ".png"), 1);
    folder_remove(folder);
}

Test(gnuplot, a_thumbnail_is_a_png_of_400_pixels) {
    struct error error = {.kind = ERROR_NONE};
    make_tables("hello");
    cr_assert(draw(FORMAT_THUMBNAIL, &error), "%s", error.message);
    char path[PATH_MAX];
    unsigned char head[24];
    snprintf(path, sizeof path, "%.200s/it.thumb.png", folder);
    FILE *file = fopen(path, "r");
    cr_assert(file && fread(head, 1, sizeof head, file) == sizeof head);
    fclose(file);
    cr_expect_eq(head[18] * 256 + head[19], 400); /* the width in a PNG's header */
    cr_expect_eq(head[22] * 256 + head[23], 225);
    folder_remove(folder);
}

Test(gnuplot, text_is_drawn_as_it_stands) {
    struct error error = {.kind = ERROR_NONE};
    make_tables(
        "`touch pwned` $(touch pwned) \"q\" 'a' \\n @{x}^_ %s <b> | \\042 &amp;");
    cr_assert(draw(FORMAT_SVG, &error), "%s", error.message);
    char *svg = read_picture("it.svg");
    cr_expect_not_null(strstr(svg, ">`touch pwned` $(touch pwned) \"q\" 'a' \\n "
                                   "@{x}^_ %s &lt;b> | \\042 &amp;amp;</text>"));
    cr_expect_eq(folder_count(folder, "pwned"), 0);
    free(svg);
    folder_remove(folder);
}

Test(gnuplot, bold_names_its_fonts_and_their_replacements) {
    struct error error = {.kind = ERROR_NONE};
    make_tables("hello");
    cr_assert(draw(FORMAT_SVG, &error), "%s", error.message);
    char *svg = read_picture("it.svg");
    cr_expect_not_null(strstr(
        svg, "font-family=\"Inter&#44;Liberation Sans&#44;Arial&#44;Helvetica&#44;"
             "DejaVu Sans Condensed&#44;sans-serif\" font-weight=\"bold\""));
    free(svg);
    folder_remove(folder);
}

/* The user's settings and variables of gnuplot are ignored. */
Test(gnuplot, no_settings_of_the_user_are_read) {
    struct error error = {.kind = ERROR_NONE};
    char home[PATH_MAX];
    char text[PATH_MAX + 100];
    char path[PATH_MAX];
    folder_make(home);
    snprintf(text, sizeof text, "system 'touch %.200s/pwned'\nset title 'pwned'\n",
             home);
    folder_write(home, ".gnuplot", text, strlen(text), path);
    folder_write(home, "gnuplotrc", text, strlen(text), path);
    folder_write(home, "style.gp", text, strlen(text), path);
    setenv("HOME", home, 1);
    setenv("XDG_CONFIG_HOME", home, 1);
    setenv("GNUTERM", "dumb", 1);
    setenv("GNUPLOT_LIB", home, 1);
    setenv("GNUPLOT_DRIVER_DIR", home, 1);
    setenv("GNUPLOT_PS_DIR", home, 1);
    setenv("LC_ALL", "de_DE.UTF-8", 1);
    make_tables("hello");
    cr_assert_eq(chdir(home), 0);
    cr_assert(draw(FORMAT_ALL, &error), "%s", error.message);
    char *svg = read_picture("it.svg");
    cr_expect_null(strstr(svg, "pwned"));
    cr_expect_eq(folder_count(home, "pwned"), 0);
    free(svg);
    folder_remove(folder);
    folder_remove(home);
}

Test(gnuplot, svg_and_png_are_the_same_to_the_byte) {
    static const char *const names[] = {"it.svg", "it.png"};
    struct error error = {.kind = ERROR_NONE};
    for (size_t i = 0; i < 2; i++) {
        make_tables("hello");
        cr_assert(draw(FORMAT_ALL, &error));
        char *first = read_picture(names[i]);
        cr_assert(draw(FORMAT_ALL, &error));
        char *second = read_picture(names[i]);
        struct stat status;
        char path[PATH_MAX];
        snprintf(path, sizeof path, "%.200s/%s", folder, names[i]);
        cr_assert_eq(stat(path, &status), 0);
        cr_expect_eq(memcmp(first, second, (size_t)status.st_size), 0, "%s", names[i]);
        free(first);
        free(second);
        folder_remove(folder);
    }
}

Test(gnuplot, if_gnuplot_is_missing_the_error_names_the_package) {
    static const char *const paths[] = {"", "/nonexistent", "relative", ":", NULL};
    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
        struct error error = {.kind = ERROR_NONE};
        char path[PATH_MAX];
        if (paths[i]) {
            setenv("PATH", paths[i], 1);
        } else {
            unsetenv("PATH");
        }
        cr_expect_not(gnuplot_find(path, &error));
        cr_expect_eq(error.kind, ERROR_FAILED);
        cr_expect_str_eq(error.message,
                         "no pictures: gnuplot is not installed (on Debian: apt-get "
                         "install gnuplot-nox fonts-inter)");
    }
}

Test(gnuplot, gnuplot_s_own_message_is_part_of_the_error) {
    struct gnuplot gnuplot;
    struct error error = {.kind = ERROR_NONE};
    make_tables("hello");
    cr_assert(
        gnuplot_start(&gnuplot, program, folder, "nonsense", "it", FORMAT_SVG, &error));
    cr_expect_not(gnuplot_finish(&gnuplot, &error));
    cr_expect_eq(error.kind, ERROR_FAILED);
    cr_expect(strncmp(error.message, "gnuplot could not draw it, exit code ", 37) == 0,
              "%s", error.message);
    cr_expect_not_null(strstr(error.message, "nonsense.gp"), "%s", error.message);
    gnuplot_close(&gnuplot);
    folder_remove(folder);
}

/* gnuplot itself goes on and prints no error. */
Test(gnuplot, a_picture_that_is_not_whole_is_removed) {
    struct error error = {.kind = ERROR_NONE};
    struct rlimit limit = {1000, 1000};
    make_tables("hello");
    signal(SIGXFSZ, SIG_IGN);
    cr_assert_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
    cr_expect_not(draw(FORMAT_PNG, &error));
    cr_expect_eq(error.kind, ERROR_FAILED);
    folder_remove(folder);
}
