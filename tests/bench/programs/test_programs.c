/* bench/programs/programs.c: the programs beside this one, and their descriptions. */
#include "bench/programs/programs.h"
#include "tests/support/folder.h"

#include <criterion/criterion.h>

Test(programs, programs_with_the_prefix_are_listed_by_name) {
    struct programs programs;
    struct error error = {.kind = ERROR_NONE};
    cr_assert(programs_open(&programs, "simul-lesson-", "lessons", &error), "%s",
              error.message);
    cr_assert_gt(programs.count, 1);
    for (size_t i = 0; i < programs.count; i++) {
        char path[PATH_MAX];
        char expected[PATH_MAX];
        snprintf(expected, sizeof expected, "%s/simul-lesson-%s", TEST_BIN,
                 programs.names[i]);
        cr_assert(programs_path(&programs, i, path, &error), "%s", error.message);
        cr_assert_eq(access(path, X_OK), 0, "%s", path);
        cr_assert_str_eq(strrchr(path, '/'), strrchr(expected, '/'));
        cr_assert(i == 0 || strcmp(programs.names[i - 1], programs.names[i]) < 0);
    }
    cr_assert_null(programs.names[programs.count]);
    programs_close(&programs);
    cr_assert_eq(programs.count, 0);
}

/* build/bin holds simul itself, and simul-model-* beside it. */
Test(programs, a_name_that_is_only_the_prefix_is_skipped) {
    struct programs programs;
    struct error error;
    cr_assert(programs_open(&programs, "simul", "programs", &error));
    cr_assert_gt(programs.count, 1);
    for (size_t i = 0; i < programs.count; i++) {
        cr_assert_str_neq(programs.names[i], "");
    }
    programs_close(&programs);
}

Test(programs, a_prefix_of_no_program_gives_an_empty_list) {
    struct programs programs;
    struct error error;
    cr_assert(programs_open(&programs, "no-such-prefix-", "things", &error));
    cr_assert_eq(programs.count, 0);
    cr_assert_null(programs.names[0]);
    programs_close(&programs);
}

/* The description of a script of this text; the caller owns the reference. */
static json_t *description_of(const char *text) {
    char folder[PATH_MAX];
    char path[PATH_MAX];
    json_t *description = NULL;
    struct error error = {.kind = ERROR_NONE};
    folder_make(folder);
    folder_write_script(folder, "mine", text, path);
    cr_assert(program_describe(path, &description, &error), "%s", error.message);
    folder_remove(folder);
    return description;
}

Test(programs, a_description_is_the_json_that_it_prints) {
    json_t *description =
        description_of("#!/bin/sh\necho \"{\\\"asked\\\": \\\"$1\\\"}\"\n");
    cr_assert_str_eq(json_string_value(json_object_get(description, "asked")),
                     "--describe");
    json_decref(description);
}

Test(programs, a_program_that_fails_or_prints_without_end_has_no_description) {
    static const char *const texts[] = {
        "#!/bin/sh\necho '{}'\nexit 3\n",
        "#!/bin/sh\necho '{} and more'\n",
        "#!/bin/sh\nyes '{}'\n",
        "#!/bin/sh\n",
    };
    alarm(30); /* ends a test that hangs */
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        cr_assert_null(description_of(texts[i]), "%s", texts[i]);
    }
}

Test(programs, a_program_that_cannot_be_executed_is_an_error_that_names_it) {
    json_t *description;
    struct error error = {.kind = ERROR_NONE};
    cr_assert_not(program_describe("/nowhere/mine", &description, &error));
    cr_assert_null(description);
    cr_assert(strstr(error.message, "/nowhere/mine") != NULL, "%s", error.message);
}
