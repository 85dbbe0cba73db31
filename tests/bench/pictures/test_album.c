/* All the pictures of a run that is known to the moment. */
#include "bench/pictures/album.h"
#include "bench/pictures/gnuplot.h"
#include "tests/support/exhibit.h"

#include <criterion/criterion.h>

static struct exhibit exhibit;

static bool make(const struct picture *only, unsigned formats, struct error *error) {
    struct album_order order = {
        .run = exhibit.folder, .only = only, .formats = formats};
    return album_make(&order, &exhibit.plan, &exhibit.trials, error);
}

static int count_files(const char *part, const char *ending) {
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%.200s/%s", exhibit.folder, part);
    return folder_count(path, ending);
}

Test(album, each_picture_is_made_in_each_format_with_its_tables) {
    struct error error = {.kind = ERROR_NONE};
    exhibit_open(&exhibit, "chess");
    cr_assert(make(NULL, FORMAT_ALL, &error), "%s", error.message);
    cr_expect_eq(count_files("plots", ".svg"), 6);
    cr_expect_eq(count_files("plots", ".png"), 6);
    cr_expect_eq(count_files("plots", ".pdf"), 6);
    cr_expect_eq(count_files("plots", ""), 19); /* and data, and nothing else */
    cr_expect_eq(count_files("plots/data", "-texts.tsv"), 6);
    cr_expect_eq(count_files("plots/data", ""), 31); /* values are completion's */
    exhibit_close(&exhibit);
}

Test(album, pictures_are_small_whatever_they_show) {
    static const int counts[] = {1, 12, 200, 10000};
    for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++) {
        struct error error = {.kind = ERROR_NONE};
        struct stat status;
        char path[PATH_MAX];
        exhibit_open_many(&exhibit, "urls", counts[i]);
        cr_assert(make(&picture_timeline, FORMAT_SVG, &error), "%s", error.message);
        snprintf(path, sizeof path, "%.200s/plots/timeline.svg", exhibit.folder);
        cr_assert_eq(stat(path, &status), 0);
        cr_expect_lt(status.st_size, 1000000, "%d conversations: %lld bytes", counts[i],
                     (long long)status.st_size);
        exhibit_close(&exhibit);
    }
}

Test(album, many_rounds_are_small_too) {
    static const int counts[] = {24, 200, 2000};
    for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++) {
        struct error error = {.kind = ERROR_NONE};
        struct stat status;
        char path[PATH_MAX];
        exhibit_open_many(&exhibit, "chess", counts[i]);
        cr_assert(make(&picture_exhibition, FORMAT_SVG, &error), "%s", error.message);
        snprintf(path, sizeof path, "%.200s/plots/exhibition.svg", exhibit.folder);
        cr_assert_eq(stat(path, &status), 0);
        cr_expect_lt(status.st_size, 1000000, "%d boards: %lld bytes", counts[i],
                     (long long)status.st_size);
        exhibit_close(&exhibit);
    }
}

Test(album, a_failure_leaves_no_half_made_file) {
    struct error error = {.kind = ERROR_NONE};
    char path[PATH_MAX];
    exhibit_open(&exhibit, "urls");
    cr_assert(make(NULL, FORMAT_SVG, &error), "%s", error.message);
    snprintf(path, sizeof path, "%.200s/plots/timeline.svg", exhibit.folder);
    char *before = folder_read(path);
    char events[PATH_MAX];
    snprintf(events, sizeof events, "%.200s/events/0003-x.csv", exhibit.folder);
    cr_assert_eq(unlink(events), 0);
    cr_expect_not(make(NULL, FORMAT_ALL, &error));
    cr_expect_eq(error.kind, ERROR_INPUT);
    char *after = folder_read(path);
    cr_expect_str_eq(after, before);
    cr_expect_eq(count_files("plots", ""), 5); /* four pictures and data */
    free(before);
    free(after);
    exhibit_close(&exhibit);
}

Test(album, a_folder_that_cannot_be_written_is_named) {
    struct error error = {.kind = ERROR_NONE};
    char path[PATH_MAX];
    exhibit_open(&exhibit, "urls");
    folder_write(exhibit.folder, "plots", "", 0, path); /* a file in its place */
    cr_expect_not(make(NULL, FORMAT_ALL, &error));
    cr_expect_eq(error.kind, ERROR_FAILED);
    cr_expect_not_null(strstr(error.message, "/plots"), "%s", error.message);
    exhibit_close(&exhibit);
}

Test(album, a_picture_that_applies_to_nothing_is_refused) {
    struct error error = {.kind = ERROR_NONE};
    exhibit_open(&exhibit, "urls");
    cr_expect_not(make(&picture_boards, FORMAT_ALL, &error));
    cr_expect_eq(error.kind, ERROR_INPUT);
    cr_expect_eq(folder_count(exhibit.folder, "plots"), 0);
    exhibit_close(&exhibit);
}
