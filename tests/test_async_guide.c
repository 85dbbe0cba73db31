/* docs/async/: what the pages show in C and in Python is what the sources say. */
#include "tests/excerpts.h"

TestSuite(async_guide, .init = program_enter, .fini = program_leave);

Test(async_guide, what_is_shown_from_inside_stands_in_its_source) {
    int count = excerpts_check("docs/async/inside.md", "c");
    cr_expect_geq(count, 4, "%d excerpts", count);
}
