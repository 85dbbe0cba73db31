/* docs/three_ways.md: its excerpts are what the sources say. */
#include "tests/support/excerpts.h"

TestSuite(three_ways, .init = program_enter, .fini = program_leave);

Test(three_ways, every_excerpt_stands_in_its_source) {
    int count = excerpts_check("docs/three_ways.md", "c");
    cr_expect_geq(count, 7, "%d excerpts", count);
}
