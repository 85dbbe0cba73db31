/* pairs/: each pair is a test of its own. This test compares the lists of pairs in C
 * and in Python. */
#include <criterion/criterion.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FOLDER TEST_SOURCE "/tests/async/pairs/"

static char *read_text(const char *theme, const char *ending) {
    char path[1024];
    snprintf(path, sizeof path, FOLDER "%s%s", theme, ending);
    FILE *file = fopen(path, "r");
    cr_assert(file, "there is no %s", path);
    char *text = calloc(1, 1 << 18);
    size_t length = fread(text, 1, (1 << 18) - 1, file);
    cr_assert_lt(length, (1 << 18) - 1, "%s is too long for this test", path);
    fclose(file);
    return text;
}

/* Each coroutine of THEME.py under @pair has to stand in THEME.c as PAIR(THEME, name).
 * In the other direction, a pair without a coroutine fails itself. Returns the count.
 * */
static int check_theme(const char *theme) {
    static const char head[] = "@pair\nasync def ";
    char *python = read_text(theme, ".py");
    char *c = read_text(theme, ".c");
    int count = 0;
    for (char *place = python; (place = strstr(place, head)); count++) {
        place += strlen(head);
        int length = (int)strcspn(place, "(");
        char line[512];
        snprintf(line, sizeof line, "PAIR(%s, %.*s) {", theme, length, place);
        cr_expect(strstr(c, line), "%s.c lacks %s", theme, line);
    }
    cr_expect_gt(count, 0, "%s.py has no pair", theme);
    free(python);
    free(c);
    return count;
}

Test(async_pairs, each_pair_of_python_is_a_pair_in_c) {
    DIR *folder = opendir(FOLDER);
    cr_assert(folder);
    int count = 0;
    for (struct dirent *entry; (entry = readdir(folder));) {
        char *ending = strstr(entry->d_name, ".py");
        if (ending && !ending[3] && strcmp(entry->d_name, "pair.py") != 0) {
            *ending = '\0';
            count += check_theme(entry->d_name);
        }
    }
    closedir(folder);
    cr_expect_geq(count, 250, "only %d pairs", count);
}
