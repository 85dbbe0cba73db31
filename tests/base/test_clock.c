/* base/clock.c: sleeps that are never early, and processor time that is really used. */
#include "base/clock.h"

#include <criterion/criterion.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static int64_t read_ns(clockid_t clock) {
    struct timespec now;
    clock_gettime(clock, &now);
    return now.tv_sec * NS_PER_S + now.tv_nsec;
}

Test(clock, is_the_systems_monotonic_clock) {
    int64_t before_ns = read_ns(CLOCK_MONOTONIC);
    int64_t now_ns = clock_now_ns();
    int64_t after_ns = read_ns(CLOCK_MONOTONIC);
    cr_assert(before_ns <= now_ns && now_ns <= after_ns);
}

Test(clock, never_goes_back) {
    int64_t last_ns = clock_now_ns();
    for (int i = 0; i < 100000; i++) {
        int64_t now_ns = clock_now_ns();
        cr_assert_geq(now_ns, last_ns);
        last_ns = now_ns;
    }
}

Test(clock, sleep_is_never_early) {
    for (int i = 0; i < 50; i++) {
        int64_t at_ns = clock_now_ns() + i * 100 * NS_PER_US + i;
        clock_sleep_until_ns(at_ns);
        cr_assert_geq(clock_now_ns(), at_ns);
    }
}

Test(clock, sleep_until_a_past_moment_returns_at_once) {
    int64_t begin_ns = clock_now_ns();
    clock_sleep_until_ns(begin_ns - NS_PER_S);
    clock_sleep_until_ns(0);
    cr_assert_lt(clock_now_ns() - begin_ns, NS_PER_S);
}

static volatile sig_atomic_t alarm_count;

static void on_alarm(int number) {
    (void)number;
    alarm_count = alarm_count + 1;
}

Test(clock, signals_do_not_shorten_a_sleep) {
    struct sigaction action = {.sa_handler = on_alarm};
    sigaction(SIGALRM, &action, NULL);
    struct itimerval every_ms = {{.tv_usec = 1000}, {.tv_usec = 1000}};
    setitimer(ITIMER_REAL, &every_ms, NULL);
    int64_t at_ns = clock_now_ns() + 30 * NS_PER_MS;
    clock_sleep_until_ns(at_ns);
    int64_t end_ns = clock_now_ns();
    cr_assert_geq(end_ns, at_ns);
    cr_assert_gt(alarm_count, 0, "no signal came: nothing was tested");
}

Test(clock, burning_takes_that_much_processor_time) {
    int64_t begin_ns = read_ns(CLOCK_THREAD_CPUTIME_ID);
    clock_burn_cpu_ns(20 * NS_PER_MS);
    cr_assert_geq(read_ns(CLOCK_THREAD_CPUTIME_ID) - begin_ns, 20 * NS_PER_MS);
}

Test(clock, burning_nothing_ends) {
    int64_t begin_ns = read_ns(CLOCK_THREAD_CPUTIME_ID);
    clock_burn_cpu_ns(0);
    cr_assert_lt(read_ns(CLOCK_THREAD_CPUTIME_ID) - begin_ns, NS_PER_S);
}

Test(clock, timer_slack_is_one_nanosecond) {
    clock_set_timer_slack();
    cr_assert_eq(prctl(PR_GET_TIMERSLACK, 0, 0, 0, 0), 1);
}

Test(clock, timer_slack_is_inherited) {
    clock_set_timer_slack();
    pid_t child = fork();
    if (child == 0) {
        _exit(prctl(PR_GET_TIMERSLACK, 0, 0, 0, 0) == 1 ? 42 : 1);
    }
    int status;
    cr_assert_eq(waitpid(child, &status, 0), child);
    cr_assert(WIFEXITED(status));
    cr_assert_eq(WEXITSTATUS(status), 42);
}
