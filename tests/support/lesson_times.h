/* How long each lesson promises to take, and how long a run of one says that it took. */
#ifndef SIMUL_TESTS_SUPPORT_LESSON_TIMES_H
#define SIMUL_TESTS_SUPPORT_LESSON_TIMES_H

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

/* Race is not here: it computes, and promises no time. */
static const struct lesson_time {
    const char *name;
    double total_s; /* in the lesson's own seconds */
} lesson_times[] = {
    {"say-after-coroutine", 1},
    {"say-after-sequence", 3},
    {"say-after-tasks", 2},
    {"say-after-gather", 2},
    {"already-running", 1},
    {"awaitables", 3},
    {"blocking", 6},
    {"exhibition", 8},
    {"producers-consumers", 5.8},
};
enum { LESSON_TIMES = sizeof lesson_times / sizeof lesson_times[0] };

/* 0: that lesson promises none. */
static inline double lesson_promised_s(const char *name) {
    for (int i = 0; i < LESSON_TIMES; i++) {
        if (!strcmp(lesson_times[i].name, name)) {
            return lesson_times[i].total_s;
        }
    }
    return 0;
}

/* From what a lesson printed: the number before " s in all". */
static inline double lesson_total_s(const char *out) {
    const char *at = strstr(out, " s in all");
    cr_assert_not_null(at, "no total in: %s", out);
    while (at > out && at[-1] != '\n') {
        at--;
    }
    return atof(at);
}

#endif
