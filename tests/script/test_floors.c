/* script/floors passes the tree as it is, and refuses each fault that is planted in a copy. */
#include "tests/support/program.h"

#include <criterion/criterion.h>

TestSuite(script_floors, .init = program_enter, .fini = program_leave);

/* A copy of the C files and of the script, as a repository of its own: the script asks git
 * for the names. */
static void copy_tree(void) {
    program_expect(0,
                   "mkdir script && cp " TEST_SOURCE "/script/floors script/ && "
                   "(cd " TEST_SOURCE " && cp -r --parents base async mock_api models "
                   "lessons bench \"$OLDPWD\") && git init -q");
    program_expect(0, "script/floors");
}

static void add_line(const char *path, const char *line) {
    program_expect(0, "echo '%s' >>%s", line, path);
}

static void expect_fault(const char *text) {
    struct outcome floors = program_expect(1, "script/floors");
    cr_expect(program_holds(floors.err, text), "no '%s' in: %s", text, floors.err);
    cr_expect_str_eq(floors.out, "");
}

Test(script_floors, the_tree_as_it_is_passes) {
    program_expect(0, "cd " TEST_SOURCE " && script/floors");
}

Test(script_floors, an_include_of_a_higher_floor_is_refused) {
    copy_tree();
    add_line("bench/programs/paths.c", "#include \"bench/plan/plan.h\"");
    expect_fault("floors: bench/programs/paths.c (floor 1) may not include "
                 "bench/plan/plan.h (floor 4)\n");
}

Test(script_floors, an_include_of_a_closed_house_is_refused) {
    copy_tree();
    add_line("bench/programs/paths.c", "#include \"mock_api/request.h\"");
    expect_fault("floors: bench/programs/paths.c may not include mock_api/request.h: "
                 "mock_api is closed to bench\n");
}

Test(script_floors, a_folder_without_a_row_is_refused) {
    copy_tree();
    program_expect(0, "mkdir base/more && echo 'int x;' >base/more/more.h");
    add_line("base/utf8.c", "#include \"base/more/more.h\"");
    expect_fault(
        "floors: base/utf8.c includes base/more/more.h, and base/more has no row");
}

Test(script_floors, two_headers_that_include_each_other_are_a_circle) {
    copy_tree();
    add_line("base/thousands.h", "#include \"base/splitmix.h\"");
    add_line("base/splitmix.h", "#include \"base/thousands.h\"");
    expect_fault("floors: a circle of 2 files: base/splitmix needs base/thousands; "
                 "base/thousands needs base/splitmix\n");
}

Test(script_floors, two_files_that_call_each_other_are_a_circle) {
    copy_tree();
    add_line("base/thousands.c", "int planted_a(void) { return planted_b(); }");
    add_line("base/splitmix.c", "int planted_b(void) { return planted_a(); }");
    expect_fault("floors: a circle of 2 files: base/splitmix needs base/thousands; "
                 "base/thousands needs base/splitmix\n");
}

Test(script_floors, a_private_header_on_top_of_async_is_refused) {
    copy_tree();
    add_line("async/secret.h", "int x;");
    expect_fault(
        "floors: async/secret.h: a header in async/ is installed, and the tour at "
        "the head of async/async.h does not name it");
}

Test(script_floors, a_source_on_top_of_async_is_refused) {
    copy_tree();
    add_line("async/secret.c", "int x;");
    expect_fault("floors: async/secret.c: only public headers lie directly in async/");
}
