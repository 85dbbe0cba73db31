/* The clock of all time stamps: CLOCK_MONOTONIC, in nanoseconds. */
#ifndef SIMUL_BASE_CLOCK_H
#define SIMUL_BASE_CLOCK_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define NS_PER_US INT64_C(1000)
#define NS_PER_MS INT64_C(1000000)
#define NS_PER_S  INT64_C(1000000000)

/* The time in nanoseconds. All processes of a machine share this clock. */
int64_t clock_now_ns(void);

/* Sleeps until clock_now_ns() has reached at_ns; signals do not shorten the sleep. */
void clock_sleep_until_ns(int64_t at_ns);

/* Uses this much processor time of the calling thread (CLOCK_THREAD_CPUTIME_ID). */
void clock_burn_cpu_ns(int64_t duration_ns);

/* Sets the timer slack of the calling thread to 1 ns instead of 50 us, so that the
 * kernel does not delay its wake-ups. Threads and children that it starts afterwards
 * inherit the setting; exec keeps it. */
void clock_set_timer_slack(void);

#ifdef __cplusplus
}
#endif

#endif
