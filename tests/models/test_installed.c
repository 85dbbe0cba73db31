/* What is installed: outside of the tree, by a path with spaces, the models to copy build
 * with `pkg-config simul-model` and nothing of this tree, and run. */
#include "tests/support/program.h"

#include <criterion/criterion.h>

/* Installs to "./my prefix"; INST/bin comes first in PATH. */
#define INST "\"$PWD/my prefix\""
#define ENTER                                                                          \
    "export PATH=" INST "/bin:$PATH; export PKG_CONFIG_PATH=$(dirname "                \
    "\"$(find " INST " -name simul-model.pc)\"); "

static void install(void) {
    program_enter();
    program_expect(0, "cmake --install " TEST_BUILD " --prefix " INST " >log 2>&1");
    program_expect(0, "mkdir 'my models'");
}

TestSuite(installed, .init = install, .fini = program_leave);

/* pkg-config writes "my\ prefix", which only eval reads as one word. */
static void build(const char *example, const char *name) {
    program_expect(0,
                   ENTER "cp " INST "/share/simul/models/%s.c 'my models/%s.c'; "
                         "cd 'my models' && eval \"cc -Wall -Werror %s.c "
                         "$(pkg-config --cflags --libs simul-model) -o %s\"",
                   example, name, name, name);
}

Test(installed, each_model_in_c_builds_without_the_tree_and_runs) {
    static const char *const examples[] = {"sequential", "threads",    "thread_pool",
                                           "event_loop", "coroutines", "null"};
    for (size_t i = 0; i < sizeof examples / sizeof examples[0]; i++) {
        build(examples[i], "mine");
        struct outcome run = program_expect(
            0,
            ENTER "simul run --no-plots smoke --blocks 1 --models './my models/mine'");
        cr_expect(program_holds(run.out, "\nmine "), "%s: %s", examples[i], run.out);
    }
}

Test(installed, a_model_s_name_is_that_of_its_program) {
    build("sequential", "my-model");
    struct outcome run = program_expect(0, "'my models/my-model' --describe");
    cr_expect(program_holds(run.out, "{\"name\": \"my-model\", \"summary\": \"one re"),
              "%s", run.out);
    run = program_expect(2, "'my models/my-model' --conversation 2");
    cr_expect(program_holds(run.err, "my-model: "), "%s", run.err);
}

Test(installed, the_models_in_other_languages_and_the_pages_are_there) {
    program_expect(
        0,
        ENTER "cp " INST "/share/simul/models/sequential.py 'my models/mine.py' && "
              "simul run --no-plots smoke --blocks 1 --models './my models/mine.py'");
    struct outcome help = program_expect(0, ENTER "simul models --help");
    cr_expect(program_holds(help.out, "/my prefix/share/simul/models\n"), "%s",
              help.out);
    cr_expect(program_holds(help.out, "/share/doc/simul/adding_a_model.md\n"), "%s",
              help.out);
    program_expect(0, "cd " INST "/share/doc/simul && "
                      "ls adding_a_model.md scenario.md architecture.md async/guide.md "
                      "decisions/README.md summary.schema.json");
}
