/* bench/programs/paths.c: where the program's own files lie. */
#include "bench/programs/paths.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

Test(paths, the_programs_lie_beside_this_one) {
    char path[PATH_MAX];
    char expected[PATH_MAX];
    struct error error;
    cr_assert(paths_programs(path, &error));
    cr_assert(realpath(TEST_BIN, expected) != NULL);
    cr_assert_str_eq(path, expected);
}

Test(paths, the_scenarios_lie_in_share) {
    char path[PATH_MAX];
    char file[PATH_MAX];
    struct error error;
    cr_assert(paths_scenarios(path, &error));
    cr_assert(paths_join(file, path, "urls.yaml", &error));
    cr_assert_eq(access(file, R_OK), 0, "%s", file);
}

Test(paths, a_shipped_program_is_recorded_by_its_name) {
    char folder[PATH_MAX];
    char path[PATH_MAX];
    struct error error;
    cr_assert(paths_programs(folder, &error));
    cr_assert(paths_join(path, folder, "simul-model-threads", &error));
    cr_expect_str_eq(paths_shorten(path), "simul-model-threads");
    cr_assert(paths_join(path, folder, "deeper/mine", &error));
    cr_expect_str_eq(paths_shorten(path), path);
    cr_expect_str_eq(paths_shorten("models/mine.py"), "models/mine.py");
}

Test(paths, folder_and_name_are_joined) {
    char path[PATH_MAX];
    struct error error;
    cr_assert(paths_join(path, "/a/b", "c.csv", &error));
    cr_assert_str_eq(path, "/a/b/c.csv");
}

Test(paths, a_path_that_is_too_long_is_refused) {
    char path[PATH_MAX];
    char folder[PATH_MAX];
    struct error error = {.kind = ERROR_NONE};
    memset(folder, 'f', sizeof folder);
    folder[PATH_MAX - 3] = '\0';
    cr_assert(paths_join(path, folder, "n", &error)); /* PATH_MAX with the zero byte */
    cr_assert_not(paths_join(path, folder, "nn", &error));
    cr_assert_eq(error.kind, ERROR_INPUT);
    cr_assert(strstr(error.message, "... is too long") != NULL);
}

Test(paths, the_templates_of_pictures_lie_in_share) {
    char path[PATH_MAX];
    char file[PATH_MAX];
    struct error error;
    cr_assert(paths_plots(path, &error));
    cr_assert(paths_join(file, path, "style.gp", &error));
    cr_assert_eq(access(file, R_OK), 0, "%s", file);
}
