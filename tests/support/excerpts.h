/* Checks pages that show code: every excerpt has to stand in its source. An excerpt
 * stands between fences ("```c" or "```python") after "From `its/path.c`". */
#ifndef SIMUL_TESTS_SUPPORT_EXCERPTS_H
#define SIMUL_TESTS_SUPPORT_EXCERPTS_H

#include "tests/support/program.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The text of the last source that the page names before `at`. */
static inline char *excerpts_source(const char *page, const char *at) {
    static const char begin[] = "From `";
    const char *found = NULL;
    for (const char *next = strstr(page, begin); next && next < at;
         next = strstr(next + 1, begin)) {
        found = next;
    }
    cr_assert_not_null(found, "an excerpt without a source: %.80s", at);
    char path[500];
    snprintf(path, sizeof path, "%s/%.*s", TEST_SOURCE,
             (int)strcspn(found + sizeof begin - 1, "`"), found + sizeof begin - 1);
    return program_read(path);
}

/* Checks the excerpts of one language ("c"), and returns their number. The page's path
 * begins at the root. */
static inline int excerpts_check(const char *name, const char *language) {
    char path[500];
    char begin[40];
    snprintf(path, sizeof path, "%s/%s", TEST_SOURCE, name);
    snprintf(begin, sizeof begin, "```%s\n", language);
    const char *page = program_read(path);
    int count = 0;
    for (const char *at = strstr(page, begin); at; at = strstr(at, begin)) {
        const char *source = excerpts_source(page, at);
        at += strlen(begin);
        const char *end = strstr(at, "\n```");
        cr_assert_not_null(end);
        char *excerpt = strndup(at, (size_t)(end + 1 - at)); /* whole lines */
        const char *found = strstr(source, excerpt);
        cr_expect(found && (found == source || found[-1] == '\n'),
                  "%s has an excerpt that is not in the source:\n%s", name, excerpt);
        free(excerpt);
        at = end + 4;
        count++;
    }
    return count;
}

#endif
