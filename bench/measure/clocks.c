/* Tries Unix time and CLOCK_MONOTONIC in each unit. A process's own clock, which begins
 * with it, is left out: it fits the window of no other time, but nearly any small number
 * would be one. */
#include "bench/measure/clocks.h"
#include "base/clock.h"

#include <stddef.h>
#include <stdio.h>
#include <time.h>

static const struct {
    const char *name;
    double ns;
} units[] = {
    {"nanoseconds", 1},
    {"microseconds", 1e3},
    {"milliseconds", 1e6},
    {"seconds", 1e9},
};

int64_t clocks_unix_offset_ns(void) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return now.tv_sec * NS_PER_S + now.tv_nsec - clock_now_ns();
}

static bool is_in(double time_ns, double unit_ns, const struct clocks_window *window) {
    double slack_ns = (double)NS_PER_S + unit_ns;
    return time_ns > (double)window->begin_ns - slack_ns &&
           time_ns < (double)window->end_ns + slack_ns;
}

bool clocks_name(double time, const struct clocks_window *window,
                 char name[static CLOCKS_NAME_BYTES]) {
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
        double time_ns = time * units[i].ns;
        double since_boot_ns = time_ns - (double)window->unix_offset_ns;
        bool is_monotonic = is_in(time_ns, units[i].ns, window);
        if (is_monotonic || is_in(since_boot_ns, units[i].ns, window)) {
            snprintf(name, CLOCKS_NAME_BYTES, "%s in %s",
                     is_monotonic ? "CLOCK_MONOTONIC" : "Unix time", units[i].name);
            return !is_monotonic || i > 0;
        }
    }
    return false;
}
