/* docs/async/: each excerpt on the pages, in C and in Python, stands in a source. */
#include "tests/support/excerpts.h"

#if defined(__SANITIZE_ADDRESS__)
#    define SANITIZE "-fsanitize=address,undefined"
#else
#    define SANITIZE ""
#endif

TestSuite(async_guide, .init = program_enter, .fini = program_leave);

Test(async_guide, each_excerpt_of_inside_stands_in_its_source) {
    int count = excerpts_check("docs/async/inside.md", "c");
    cr_expect_geq(count, 4, "%d excerpts", count);
}

Test(async_guide, each_excerpt_of_the_guide_stands_in_its_program) {
    int c_count = excerpts_check("docs/async/guide.md", "c");
    int python_count = excerpts_check("docs/async/guide.md", "python");
    cr_expect_geq(python_count, 14, "%d excerpts", python_count);
    cr_expect_eq(c_count, python_count + 1, "%d excerpts in C", c_count);
}

/* Runs a program in C and in Python. Both have to succeed and to print the same. */
static void compare(const char *name) {
    struct outcome here = program_expect(0, "timeout 50 " TEST_BUILD "/guide/%s", name);
    struct outcome there = program_expect(
        0, "timeout 50 /usr/bin/python3 -BES " TEST_SOURCE "/tests/async/guide/%s.py",
        name);
    cr_expect_gt(strlen(here.out), 0, "%s says nothing", name);
    cr_expect_str_eq(here.out, there.out, "%s: here\n%s\nin Python\n%s", name, here.out,
                     there.out);
}

Test(async_guide, each_program_prints_the_same_in_c_and_in_python) {
    int count = 0;
    char *names = program_expect(0, "cd " TEST_SOURCE "/tests/async/guide && "
                                    "ls *.py *.c | sed 's/\\..*//' | sort | uniq -c")
                      .out;
    int sides;
    char name[40];
    int length;
    for (; sscanf(names, "%d %39s%n", &sides, name, &length) == 2; names += length) {
        cr_assert_eq(sides, 2, "%s is not there in both languages", name);
        compare(name);
        count++;
    }
    cr_expect_geq(count, 14, "%d programs", count);
}

/* As the guide says: in any folder, with the flags that pkg-config prints. */
Test(async_guide, its_programs_build_against_the_installed_library) {
    program_expect(0, "cmake --install " TEST_BUILD " --prefix \"$PWD/it\" >log 2>&1 "
                      "|| { cat log >&2; exit 1; }");
    struct outcome flags =
        program_expect(0, "PKG_CONFIG_PATH=$(dirname $(find it -name simul-async.pc)) "
                          "pkg-config --cflags --libs simul-async");
    flags.out[strcspn(flags.out, "\n")] = '\0';
    program_expect(0,
                   "cc -std=c17 " SANITIZE " " TEST_SOURCE
                   "/tests/async/guide/tasks.c %s -o tasks",
                   flags.out);
    struct outcome outcome = program_expect(0, "./tasks");
    cr_expect(program_holds(outcome.out, "slow returned slow\n"), "%s", outcome.out);
    program_expect(0,
                   "sed -n '/^```c$/,/^```$/p' " TEST_SOURCE "/README.md | "
                   "grep -v '^```' >readme.c && cc -std=c17 -Wall " SANITIZE
                   " readme.c %s -o readme",
                   flags.out);
    cr_expect_str_eq(program_expect(0, "./readme").out, "One\nTwo\n");
    program_expect(0, "grep -q 'bool async_gather(' $(find it -name reference.md)");
}
