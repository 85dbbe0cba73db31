/* bench/scenario/file.c: a scenario is found by name or path, and every shipped one
 * loads. */
#include "bench/scenario/file.h"
#include "tests/support/folder.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

Test(scenario_file, loads_a_file_by_its_path) {
    char folder[PATH_MAX];
    char path[PATH_MAX];
    struct scenario scenario;
    struct error error;
    folder_make(folder);
    folder_write(folder, "mine.yaml", "name: mine\n", 11, path);
    cr_assert(scenario_load(&scenario, path, &error), "%s", error.message);
    cr_assert_str_eq(scenario.name, "mine");
    scenario_close(&scenario);
    folder_remove(folder);
}

Test(scenario_file, names_the_file_that_it_cannot_read) {
    char folder[PATH_MAX];
    char path[PATH_MAX];
    char *large = calloc(1, SCENARIO_FILE_BYTES + 1);
    struct scenario scenario;
    struct error error;
    folder_make(folder);
    cr_assert_not(scenario_load(&scenario, folder, &error));
    cr_assert_eq(error.kind, ERROR_INPUT);
    cr_assert(strstr(error.message, "Is a directory") != NULL, "%s", error.message);
    cr_assert(strstr(error.message, folder) != NULL, "%s", error.message);
    cr_assert_not(scenario_load(&scenario, "/nowhere/x.yaml", &error));
    cr_assert_eq(error.kind, ERROR_INPUT);
    cr_assert_str_eq(error.message,
                     "cannot open /nowhere/x.yaml: No such file or directory");
    memset(large, '#', SCENARIO_FILE_BYTES + 1);
    folder_write(folder, "large.yaml", large, SCENARIO_FILE_BYTES + 1, path);
    cr_assert_not(scenario_load(&scenario, path, &error));
    cr_assert_eq(error.kind, ERROR_INPUT);
    cr_assert(strstr(error.message, "large.yaml: larger than 65536 bytes") != NULL,
              "%s", error.message);
    free(large);
    folder_remove(folder);
}

Test(scenario_file, a_file_of_64_kib_is_not_too_large) {
    char folder[PATH_MAX];
    char path[PATH_MAX];
    char *text = malloc(SCENARIO_FILE_BYTES);
    struct scenario scenario;
    struct error error;
    cr_assert(text != NULL);
    folder_make(folder);
    memset(text, '#', SCENARIO_FILE_BYTES);
    memcpy(text, "name: a\n", 8);
    folder_write(folder, "a.yaml", text, SCENARIO_FILE_BYTES, path);
    cr_assert(scenario_load(&scenario, path, &error), "%s", error.message);
    scenario_close(&scenario);
    free(text);
    folder_remove(folder);
}

Test(scenario_file, a_path_longer_than_any_is_refused) {
    char path[PATH_MAX + 100];
    struct scenario scenario;
    struct error error;
    memset(path, 'x', sizeof path);
    path[0] = '/';
    path[sizeof path - 1] = '\0';
    cr_assert_not(scenario_load(&scenario, path, &error));
    cr_assert_eq(error.kind, ERROR_INPUT);
    path[0] = 'x'; /* a name */
    cr_assert_not(scenario_load(&scenario, path, &error));
    cr_assert_eq(error.kind, ERROR_INPUT);
}

Test(scenario_file, an_unknown_name_gets_a_suggestion) {
    struct scenario scenario;
    struct error error;
    cr_assert_not(scenario_load(&scenario, "ches", &error));
    cr_assert_eq(error.kind, ERROR_INPUT);
    cr_assert_str_eq(error.message,
                     "there is no scenario 'ches'; did you mean 'chess'?");
    cr_assert_not(scenario_load(&scenario, "solitaire", &error));
    cr_assert(strstr(error.message, "'simul scenarios' lists them") != NULL, "%s",
              error.message);
}

Test(scenario_file, every_shipped_scenario_loads_and_has_the_name_of_its_file) {
    struct error error;
    char **names = scenario_names(&error);
    cr_assert(names != NULL, "%s", error.message);
    int count = 0;
    for (; names[count]; count++) {
        struct scenario scenario;
        cr_assert(scenario_load(&scenario, names[count], &error), "%s", error.message);
        cr_assert_str_eq(scenario.name, names[count]);
        cr_assert_neq(scenario.title[0], '\0', "%s has no title", names[count]);
        cr_assert_gt(scenario.model_count, 0, "%s has no models", names[count]);
        cr_assert(count == 0 || strcmp(names[count - 1], names[count]) < 0);
        scenario_close(&scenario);
    }
    cr_assert_geq(count, 9);
    scenario_free_names(names);
}
