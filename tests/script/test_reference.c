/* docs/async/reference.md is made from the public headers, and a header that says too
 * little is refused. */
#include "tests/support/program.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

TestSuite(script_reference, .init = program_enter, .fini = program_leave);

/* Makes a copy of the files that the script reads, for the tests to change. */
static void copy_tree(void) {
    program_expect(0, "mkdir -p script docs/async && "
                      "cp " TEST_SOURCE "/script/reference script/ && "
                      "cp " TEST_SOURCE "/docs/async/reference.md docs/async/ && "
                      "cp -r " TEST_SOURCE "/async .");
}

Test(script_reference, the_page_follows_from_the_headers) {
    program_expect(0, "python3 -B " TEST_SOURCE "/script/reference --check");
}

Test(script_reference, a_header_that_changed_is_noticed) {
    copy_tree();
    program_expect(0, "sed -i 's/Waits at least/Waits/' async/waiting.h");
    struct outcome outcome = program_expect(1, "python3 -B script/reference --check");
    cr_expect(program_holds(outcome.err, "run script/reference"), "%s", outcome.err);
    program_expect(0, "python3 -B script/reference");
    program_expect(0, "python3 -B script/reference --check");
}

Test(script_reference, a_function_that_does_not_say_how_it_fails_is_refused) {
    copy_tree();
    program_expect(0, "sed -i '/`loop.run_forever/,/async_run_forever/'"
                      "'s/ASYNC_RUNTIME//' async/loop.h");
    struct outcome outcome = program_expect(1, "python3 -B script/reference");
    cr_expect(program_holds(outcome.err, "loop.h: async_run_forever()"), "%s",
              outcome.err);
}

Test(script_reference, everything_that_async_h_declares_is_on_the_page) {
    struct outcome outcome =
        program_expect(0, "cc -E -P -I" TEST_SOURCE " " TEST_SOURCE "/async/async.h | "
                          "grep -oE '\\basync_[a-z_]+\\(' | sort -u");
    char *page = program_read(TEST_SOURCE "/docs/async/reference.md");
    int count = 0;
    for (char *name = strtok(outcome.out, "(\n"); name; name = strtok(NULL, "(\n")) {
        char anchor[200];
        snprintf(anchor, sizeof anchor, "<a id=\"%s\"></a>", name);
        cr_expect(program_holds(page, anchor), "reference.md lacks %s", name);
        count++;
    }
    cr_expect_gt(count, 150, "only %d functions", count);
}
