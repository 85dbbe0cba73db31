/* simul models, as a whole program: the models are the programs of the folder. */
#include "tests/support/program.h"

#include <criterion/criterion.h>
#include <string.h>

TestSuite(command_models, .init = program_enter, .fini = program_leave);

Test(command_models, each_has_a_row_that_says_how_it_waits) {
    struct outcome list = program_expect(0, "simul models");
    static const char *const rows[] = {
        "model         ",        "\nsequential    one  ",
        "\nthreads       all  ", "\nthread-pool   workers  ",
        "\nevent-loop    all  ", "\ncoroutines    all  ",
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        cr_expect(program_holds(list.out, rows[i]), "no '%s' in: %s", rows[i],
                  list.out);
    }
}

Test(command_models, null_is_run_by_name_only) {
    struct outcome list = program_expect(0, "simul models | grep '(by name only)$'");
    cr_assert(!strncmp(list.out, "null ", 5), "%s", list.out);
}

Test(command_models, machines_read_an_array_of_them) {
    json_t *list = program_json(program_expect(0, "simul models --format json").out);
    json_t *model = program_pick(list, "name", "thread-pool");
    cr_assert_str_eq(json_string_value(json_object_get(model, "holds")), "workers");
    cr_assert(json_is_true(json_object_get(model, "listed")));
    cr_assert(json_is_true(json_object_get(model, "available")));
    model = program_pick(list, "name", "null");
    cr_assert(json_is_false(json_object_get(model, "listed")));
}

Test(command_models, a_new_executable_beside_simul_is_a_new_model) {
    program_copy_bin();
    program_write_model("bin/simul-model-x", true, "");
    struct outcome list = program_expect(0, "bin/simul models");
    cr_assert(program_holds(list.out, "\nx             one             of a test\n"),
              "%s", list.out);
    program_expect(0, "bin/simul run --no-plots smoke --models x --blocks 1");
}

Test(command_models, one_that_can_t_run_here_says_why_and_is_not_among_all) {
    program_copy_bin();
    program_write("bin/simul-model-x",
                  "#!/bin/sh\n"
                  "echo '{\"holds\": \"one\", \"available\": false, \"why\": \"no "
                  "io_uring\"}'\n");
    struct outcome list = program_expect(0, "bin/simul models | grep ^x");
    cr_assert(program_holds(list.out, "(not available: no io_uring)\n"), "%s",
              list.out);
    struct outcome all = program_expect(0, "bin/simul predict smoke");
    cr_assert_not(program_holds(all.out, "\nx "));
    struct outcome one = program_expect(2, "bin/simul predict smoke --models x");
    cr_assert_str_eq(one.err, "simul: the model 'x' can't run here: no io_uring\n");
}

Test(command_models, one_that_can_t_be_executed_does_not_hide_the_others) {
    program_copy_bin();
    program_expect(0, "touch bin/simul-model-x && mkdir bin/simul-model-y && "
                      "ln -s nowhere bin/simul-model-z && cp bin/simul-model-null "
                      "bin/simul-model-");
    struct outcome list =
        program_expect(0, "bin/simul models | grep -c 'not available'");
    cr_assert_str_eq(list.out, "3\n");
    program_expect(0, "bin/simul predict urls >here; simul predict urls | cmp - here");
    struct outcome one = program_expect(2, "bin/simul predict urls --models x");
    cr_assert(program_holds(one.err, "simul: the model 'x' can't run here: cannot "),
              "%s", one.err);
}
