/* The monotonic clock, and the two ways to spend time on purpose. */
#include "base/clock.h"

#include <errno.h>
#include <sys/prctl.h>
#include <time.h>

static int64_t read_clock_ns(clockid_t clock) {
    struct timespec now;
    clock_gettime(clock, &now);
    return now.tv_sec * NS_PER_S + now.tv_nsec;
}

int64_t clock_now_ns(void) {
    return read_clock_ns(CLOCK_MONOTONIC);
}

void clock_sleep_until_ns(int64_t at_ns) {
    struct timespec at = {.tv_sec = at_ns / NS_PER_S, .tv_nsec = at_ns % NS_PER_S};
    while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &at, NULL) == EINTR) {
    }
}

void clock_burn_cpu_ns(int64_t duration_ns) {
    int64_t end_ns = read_clock_ns(CLOCK_THREAD_CPUTIME_ID) + duration_ns;
    while (read_clock_ns(CLOCK_THREAD_CPUTIME_ID) < end_ns) {
    }
}

void clock_set_timer_slack(void) {
    prctl(PR_SET_TIMERSLACK, 1, 0, 0, 0);
}
