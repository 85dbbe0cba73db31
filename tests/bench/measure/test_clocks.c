/* bench/measure/clocks.c: the clock that a number was read from. */
#include "bench/measure/clocks.h"
#include "base/clock.h"

#include <criterion/criterion.h>
#include <time.h>

/* A trial from 5000 s to 5100 s after boot, in 2026. */
static const struct clocks_window window = {.begin_ns = 5000 * NS_PER_S,
                                            .end_ns = 5100 * NS_PER_S,
                                            .unix_offset_ns = 1795818793 * NS_PER_S};

Test(clocks, each_clock_is_named_with_its_unit) {
    static const struct {
        double time;
        const char *name; /* NULL: no other clock */
    } rows[] = {
        {5050e9, NULL}, /* as it has to be */
        {5050e6, "CLOCK_MONOTONIC in microseconds"},
        {5050e3, "CLOCK_MONOTONIC in milliseconds"},
        {5050.5, "CLOCK_MONOTONIC in seconds"},
        {1795823843e9, "Unix time in nanoseconds"},
        {1795823843e6, "Unix time in microseconds"},
        {1795823843e3, "Unix time in milliseconds"},
        {1795823843, "Unix time in seconds"},
        {1795823843e9 + 200e9, NULL}, /* after the trial */
        {5300e9, NULL},
        {0, NULL},
        {12.5, NULL},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char name[CLOCKS_NAME_BYTES] = "";
        bool is_other = clocks_name(rows[i].time, &window, name);
        cr_expect_eq(is_other, rows[i].name != NULL, "%g: %s", rows[i].time, name);
        if (rows[i].name) {
            cr_expect_str_eq(name, rows[i].name);
        }
    }
}

Test(clocks, the_offset_turns_this_clock_into_unix_time) {
    int64_t unix_ns = clock_now_ns() + clocks_unix_offset_ns();
    cr_expect_leq(llabs(unix_ns / NS_PER_S - time(NULL)), 2);
}
