/* bench/results/run_folder.c: a folder for a run, and the link to it. */
#include "bench/results/run_folder.h"
#include "tests/support/folder.h"

#include <criterion/criterion.h>

static char parent[PATH_MAX];

static void make_parent(void) {
    folder_make(parent);
}

static void remove_parent(void) {
    folder_remove(parent);
}

TestSuite(run_folder, .init = make_parent, .fini = remove_parent);

/* The target of the link <parent>/latest; "" if it is no link. */
static const char *latest(void) {
    static char target[PATH_MAX];
    char link[PATH_MAX + 20];
    snprintf(link, sizeof link, "%s/latest", parent);
    ssize_t length = readlink(link, target, sizeof target - 1);
    target[length > 0 ? length : 0] = '\0';
    return target;
}

Test(run_folder, the_folder_is_new_empty_and_named_after_the_run) {
    char path[PATH_MAX];
    struct error error = {.kind = ERROR_NONE};
    cr_assert(run_folder_make(parent, "urls", path, &error), "%s", error.message);
    cr_assert_eq(strncmp(path, parent, strlen(parent)), 0);
    cr_assert_str_eq(strrchr(path, '-'), "-urls");
    cr_assert_eq(folder_count(path, ""), 0);
}

Test(run_folder, the_output_is_made_with_its_parent_folders) {
    char output[PATH_MAX];
    char path[PATH_MAX];
    struct error error = {.kind = ERROR_NONE};
    cr_assert(snprintf(output, sizeof output, "%s/a/b", parent) < PATH_MAX);
    cr_assert(run_folder_make(output, "urls", path, &error), "%s", error.message);
    cr_assert_eq(access(path, W_OK), 0);
}

Test(run_folder, no_two_runs_have_the_same_folder) {
    char paths[20][PATH_MAX];
    struct error error;
    for (int i = 0; i < 20; i++) {
        cr_assert(run_folder_make(parent, "urls", paths[i], &error));
        for (int j = 0; j < i; j++) {
            cr_assert_str_neq(paths[i], paths[j]);
        }
    }
    cr_assert_eq(folder_count(parent, ""), 20);
}

Test(run_folder, an_output_that_is_a_file_is_refused_by_name) {
    char file[PATH_MAX];
    char path[PATH_MAX];
    struct error error = {.kind = ERROR_NONE};
    folder_write(parent, "file", "", 0, file);
    cr_assert_not(run_folder_make(file, "urls", path, &error));
    cr_expect_eq(error.kind, ERROR_INPUT);
    cr_expect(strstr(error.message, file) != NULL, "%s", error.message);
    cr_assert_not(run_folder_make("", "urls", path, &error));
    cr_expect_eq(error.kind, ERROR_INPUT);
}

Test(run_folder, latest_points_at_the_folder_that_was_named_last) {
    char first[PATH_MAX];
    char second[PATH_MAX];
    struct error error;
    cr_assert(run_folder_make(parent, "one", first, &error));
    cr_assert(run_folder_make(parent, "two", second, &error));
    cr_expect_str_eq(latest(), "");
    run_folder_point_latest(parent, first);
    cr_expect_str_eq(latest(), strrchr(first, '/') + 1);
    run_folder_point_latest(parent, second);
    cr_expect_str_eq(latest(), strrchr(second, '/') + 1);
    cr_expect_eq(folder_count(parent, ""), 3, "nothing is left beside the link");
}
