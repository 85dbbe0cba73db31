/* The one clock that everything is stamped with: CLOCK_MONOTONIC, in nanoseconds. */
#ifndef SIMUL_BASE_CLOCK_H
#define SIMUL_BASE_CLOCK_H

#include <stdint.h>

#define NS_PER_US INT64_C(1000)
#define NS_PER_MS INT64_C(1000000)
#define NS_PER_S  INT64_C(1000000000)

/* Nanoseconds on CLOCK_MONOTONIC: one clock for all processes of this machine. */
int64_t clock_now_ns(void);

/* Sleeps until that moment of clock_now_ns(), never less; signals do not shorten it. */
void clock_sleep_until_ns(int64_t at_ns);

/* Computes for this much processor time of the calling thread
 * (CLOCK_THREAD_CPUTIME_ID). */
void clock_burn_cpu_ns(int64_t duration_ns);

/* Lets the kernel wake this process without delay: timer slack 1 ns instead of 50 us.
 * Children and threads started afterwards inherit it, over exec too. */
void clock_set_timer_slack(void);

#endif
