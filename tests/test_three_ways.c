/* docs/three_ways.md: its excerpts are what the sources say. */
#include "tests/program.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

TestSuite(three_ways, .init = program_enter, .fini = program_leave);

/* The last source that is named in backquotes before a place. */
static char *source_before(const char *page, const char *at) {
    static const char begin[] = "From `models/";
    const char *found = NULL;
    for (const char *next = strstr(page, begin); next && next < at;
         next = strstr(next + 1, begin)) {
        found = next;
    }
    cr_assert_not_null(found, "an excerpt from nowhere: %.80s", at);
    char path[500];
    snprintf(path, sizeof path, "%s/models/%.*s", TEST_SOURCE,
             (int)strcspn(found + sizeof begin - 1, "`"), found + sizeof begin - 1);
    return program_read(path);
}

Test(three_ways, every_excerpt_stands_in_its_source) {
    static const char begin[] = "```c\n";
    const char *page = program_read(TEST_SOURCE "/docs/three_ways.md");
    int count = 0;
    for (const char *at = strstr(page, begin); at; at = strstr(at, begin)) {
        const char *source = source_before(page, at);
        at += sizeof begin - 1;
        const char *end = strstr(at, "\n```");
        cr_assert_not_null(end);
        char *excerpt = strndup(at, (size_t)(end + 1 - at)); /* whole lines */
        const char *found = strstr(source, excerpt);
        cr_expect(found && (found == source || found[-1] == '\n'),
                  "docs/three_ways.md shows what is no longer in the source:\n%s",
                  excerpt);
        free(excerpt);
        at = end + 4;
        count++;
    }
    cr_expect_geq(count, 7, "%d excerpts", count);
}
