/* bench/programs/catalogue.c: the descriptions of models, and models that print none,
 * or nonsense. */
#include "bench/programs/catalogue.h"
#include "base/clock.h"
#include "base/utf8.h"
#include "tests/support/folder.h"

#include <criterion/criterion.h>
#include <string.h>
#include <unistd.h>

static const struct catalogue nothing = {.models = NULL};

/* The description of a script of this name and text. */
static struct model describe(const char *name, const char *text) {
    char folder[PATH_MAX];
    char path[PATH_MAX];
    struct model model;
    struct error error = {.kind = ERROR_NONE};
    folder_make(folder);
    folder_write_script(folder, name, text, path);
    cr_assert(catalogue_find(&nothing, path, &model, &error), "%s", error.message);
    cr_assert_str_eq(model.path, path);
    folder_remove(folder);
    return model;
}

/* The description of a script that prints this text. */
static struct model describe_text(const char *text) {
    char script[4096];
    snprintf(script, sizeof script, "#!/bin/sh\ncat <<'END'\n%s\nEND\n", text);
    return describe("mine", script);
}

Test(catalogue, finds_every_model_beside_the_program) {
    static const char *const expected[] = {"coroutines", "event-loop",  "null",
                                           "sequential", "thread-pool", "threads"};
    struct catalogue catalogue;
    struct error error = {.kind = ERROR_NONE};
    cr_assert(catalogue_open(&catalogue, &error), "%s", error.message);
    for (size_t i = 0; i < sizeof expected / sizeof expected[0]; i++) {
        struct model model;
        cr_assert(catalogue_find(&catalogue, expected[i], &model, &error), "%s",
                  error.message);
        cr_assert_str_eq(model.name, expected[i]);
        cr_assert(model.is_described);
        cr_assert_neq(model.summary[0], '\0');
        cr_assert_eq(access(model.path, X_OK), 0, "%s", model.path);
    }
    for (size_t i = 1; i < catalogue.count; i++) {
        cr_assert_lt(strcmp(catalogue.models[i - 1].path, catalogue.models[i].path), 0);
    }
    catalogue_close(&catalogue);
    cr_assert_eq(catalogue.count, 0);
}

Test(catalogue, descriptions_of_the_models_are_those_of_the_design) {
    const struct {
        const char *name;
        enum model_holds holds;
        bool send_holds_loop;
        bool unlisted;
        bool never_waits;
    } rows[] = {
        {"sequential", HOLDS_ONE, false, false, false},
        {"threads", HOLDS_ALL, false, false, false},
        {"thread-pool", HOLDS_WORKERS, false, false, false},
        {"event-loop", HOLDS_ALL, true, false, false},
        {"coroutines", HOLDS_ALL, true, false, false},
        {"null", HOLDS_ALL, false, true, true},
    };
    struct catalogue catalogue;
    struct error error = {.kind = ERROR_NONE};
    cr_assert(catalogue_open(&catalogue, &error), "%s", error.message);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct model model;
        cr_assert(catalogue_find(&catalogue, rows[i].name, &model, &error));
        cr_assert_eq(model.holds, rows[i].holds, "%s", rows[i].name);
        cr_assert_eq(model.send_holds_loop, rows[i].send_holds_loop, "%s",
                     rows[i].name);
        cr_assert_eq(model.unlisted, rows[i].unlisted, "%s", rows[i].name);
        cr_assert_eq(model.never_waits, rows[i].never_waits, "%s", rows[i].name);
    }
    catalogue_close(&catalogue);
}

Test(catalogue, a_description_is_read_whole) {
    struct model model =
        describe_text("{\"name\": \"other\", \"summary\": \"waits\", \"holds\": "
                      "\"cores\", \"send_holds\": \"loop\", \"listed\": false, "
                      "\"available\": false, \"why\": \"no kernel\"}");
    cr_assert(model.is_described);
    cr_assert_str_eq(model.name, "mine"); /* from the file: its name is unique */
    cr_assert_str_eq(model.summary, "waits");
    cr_assert_eq(model.holds, HOLDS_CORES);
    cr_assert(model.send_holds_loop);
    cr_assert(model.unlisted);
    cr_assert_not(model.is_available);
    cr_assert_str_eq(model.why, "no kernel");
    cr_assert_not(model.never_waits);
}

Test(catalogue, a_key_that_a_description_leaves_out_has_a_default) {
    struct model model = describe_text("{\"holds\": \"all\"}");
    cr_assert(model.is_described);
    cr_assert_eq(model.holds, HOLDS_ALL);
    cr_assert_not(model.send_holds_loop);
    cr_assert_not(model.unlisted);
    cr_assert(model.is_available);
    cr_assert_not(model.never_waits);
    cr_assert_str_eq(model.summary, "");
}

Test(catalogue, a_program_without_a_description_is_run_all_the_same) {
    static const char *const texts[] = {
        "hello",
        "{}",
        "[]",
        "{\"holds\": \"many\"}",
        "{\"holds\": 3}",
        "{\"holds\": \"all\"",
        "{\"holds\": \"all\"} and more",
        "",
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct model model = describe_text(texts[i]);
        cr_assert_not(model.is_described, "%s", texts[i]);
        cr_assert(model.is_available);
        cr_assert_not(model.unlisted);
        cr_assert_str_eq(model.name, "mine");
    }
}

Test(catalogue, a_program_that_fails_has_no_description) {
    struct model model =
        describe("mine", "#!/bin/sh\necho '{\"holds\": \"all\"}'\nexit 3\n");
    cr_assert_not(model.is_described);
}

Test(catalogue, a_program_that_prints_without_end_is_not_described) {
    struct model model = describe("mine", "#!/bin/sh\nyes '{' | head -c 10000000\n");
    cr_assert_not(model.is_described);
}

Test(catalogue, a_program_that_never_ends_is_killed_after_a_while) {
    alarm(20); /* ends a test that hangs */
    struct model model = describe("mine", "#!/bin/sh\nexec sleep 1000\n");
    cr_assert_not(model.is_described);
}

Test(catalogue, a_model_is_named_after_its_file) {
    static const char *const names[][2] = {
        {"mine.py", "mine"},        {"simul-model-mine", "mine"}, {"a b$c", "a-b-c"},
        {"simul-model-x.y.z", "x"}, {".hidden", ".hidden"},       {"\xc3\xa4", "--"},
        {"a_b-c2", "a_b-c2"},
    };
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        struct model model = describe(names[i][0], "#!/bin/sh\n");
        cr_assert_str_eq(model.name, names[i][1]);
    }
}

Test(catalogue, a_long_name_is_cut) {
    char name[201];
    memset(name, 'n', sizeof name);
    name[200] = '\0';
    struct model model = describe(name, "#!/bin/sh\n");
    cr_assert_eq(strlen(model.name), MODEL_NAME_BYTES - 1);
}

Test(catalogue, a_text_is_one_printable_line) {
    struct model model = describe_text(
        "{\"holds\": \"all\", \"summary\": \"a\\nb\\u001b[31m\\u007fc\"}");
    cr_assert_str_eq(model.summary, "a?b?[31m?c");
}

Test(catalogue, a_long_text_is_cut_between_letters) {
    for (int shift = 0; shift < 3; shift++) {
        char text[1200];
        int used = snprintf(text, sizeof text,
                            "{\"holds\": \"all\", \"summary\": \"%.*s", shift, "xx");
        for (int i = 0; i < 200; i++, used += 3) {
            strcpy(text + used, "\xe2\x82\xac");
        }
        strcpy(text + used, "\"}");
        struct model model = describe_text(text);
        size_t length = strlen(model.summary);
        cr_assert_gt(length, MODEL_TEXT_BYTES - 5);
        cr_assert_eq(utf8_span(model.summary, length), length);
    }
}

Test(catalogue, an_unknown_name_gets_a_suggestion) {
    struct model models[] = {{.name = "threads"}, {.name = "event-loop"}};
    struct catalogue catalogue = {models, 2};
    struct model model;
    struct error error;
    cr_assert_not(catalogue_find(&catalogue, "event_loop", &model, &error));
    cr_assert_eq(error.kind, ERROR_INPUT);
    cr_assert_str_eq(error.message,
                     "there is no model 'event_loop'; did you mean 'event-loop'?");
    cr_assert_not(catalogue_find(&catalogue, "coroutines", &model, &error));
    cr_assert_str_eq(error.message,
                     "there is no model 'coroutines'; 'simul models' lists them; write "
                     "./NAME for an executable");
    cr_assert_not(catalogue_find(&nothing, "", &model, &error));
    cr_assert_eq(error.kind, ERROR_INPUT);
}

Test(catalogue, a_path_that_cannot_be_executed_is_reported) {
    char folder[PATH_MAX];
    char path[PATH_MAX];
    struct model model;
    struct error error;
    folder_make(folder);
    folder_write(folder, "text", "hello", 5, path);
    cr_assert_not(catalogue_find(&nothing, path, &model, &error));
    cr_assert_eq(error.kind, ERROR_INPUT);
    cr_assert(strstr(error.message, "/text: Permission denied") != NULL, "%s",
              error.message);
    cr_assert_not(catalogue_find(&nothing, "./nowhere", &model, &error));
    cr_assert_eq(error.kind, ERROR_INPUT);
    cr_assert(
        strstr(error.message,
               "cannot execute ./nowhere: No such file or directory; check the path") !=
            NULL,
        "%s", error.message);
    cr_assert_not(catalogue_find(&nothing, folder, &model, &error));
    cr_assert_eq(error.kind, ERROR_INPUT);
    folder_remove(folder);
}

Test(catalogue, a_path_longer_than_any_is_refused) {
    char path[PATH_MAX + 10];
    struct model model;
    struct error error;
    memset(path, '/', sizeof path);
    path[sizeof path - 1] = '\0';
    cr_assert_not(catalogue_find(&nothing, path, &model, &error));
    cr_assert_eq(error.kind, ERROR_INPUT);
}

Test(catalogue, reads_the_names_of_what_a_model_holds) {
    static const char *const names[] = {"one", "workers", "all", "cores"};
    for (int i = HOLDS_ONE; i <= HOLDS_CORES; i++) {
        enum model_holds holds = HOLDS_ONE;
        cr_assert_str_eq(model_holds_name((enum model_holds)i), names[i]);
        cr_assert(model_holds_read(names[i], &holds));
        cr_assert_eq(holds, (enum model_holds)i);
    }
    enum model_holds ignored;
    cr_assert_not(model_holds_read("many", &ignored));
    cr_assert_not(model_holds_read("", &ignored));
}

Test(catalogue, a_need_that_is_no_number_counts_as_not_said) {
    struct model model =
        describe_text("{\"name\": \"a\", \"holds\": \"all\", \"needs\": {"
                      "\"descriptors\": 12, \"descriptors_per_caller\": 3, "
                      "\"threads_per_caller\": -1, \"bytes_per_caller\": \"much\"}}");
    cr_expect_eq(model.needs.descriptors, 12);
    cr_expect_eq(model.needs.descriptors_per_caller, 3);
    cr_expect_eq(model.needs.threads_per_caller, 0);
    cr_expect_eq(model.needs.bytes_per_caller, 0);
    model = describe_text("{\"name\": \"a\", \"holds\": \"all\", \"needs\": 7}");
    cr_expect(model.is_described);
    cr_expect_eq(model.needs.descriptors, 0);
}

Test(catalogue, how_long_a_program_takes_to_start_is_measured) {
    struct model slow = describe("slow", "#!/bin/sh\nsleep 0.2\necho '{}'\n");
    cr_expect_geq(slow.start_ns, 200 * NS_PER_MS);
}
