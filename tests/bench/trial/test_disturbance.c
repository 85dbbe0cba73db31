/* bench/trial/disturbance.c: the disturbances of a trial. */
#include "bench/trial/disturbance.h"
#include "base/clock.h"

#include <criterion/criterion.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static struct validity judge(struct moment before, struct moment after,
                             int64_t major_faults) {
    struct validity validity = {.count = 0};
    disturbance_judge(&validity, &before, &after,
                      (struct conduct){.major_faults = major_faults});
    return validity;
}

static void assert_only(const struct validity *validity, const char *reason) {
    cr_assert_eq(validity->count, 1);
    cr_assert_str_eq(validity->reasons[0], reason);
}

Test(disturbance, without_one_there_is_no_reason) {
    struct moment before = {.at_ns = 0, .all_ticks = 100, .stolen_ticks = 50};
    struct moment after = {.at_ns = NS_PER_S,
                           .all_ticks = 300,
                           .stolen_ticks = 50,
                           .api_cpu_ns = NS_PER_S / 2};
    cr_expect_eq(judge(before, after, 100).count, 0);
}

Test(disturbance, by_another_machine_counts_from_one_percent_and_ten_ticks) {
    struct moment before = {.api_cpu_ns = -1};
    struct moment after = {.at_ns = NS_PER_S, .all_ticks = 900, .stolen_ticks = 10};
    struct validity validity = judge(before, after, 0);
    assert_only(&validity,
                "another machine on the same host took 1.1 % of the processors");
    after.all_ticks = 1000;
    cr_expect_eq(judge(before, after, 0).count, 0);
    after = (struct moment){.at_ns = NS_PER_S, .all_ticks = 20, .stolen_ticks = 9};
    cr_expect_eq(judge(before, after, 0).count, 0);
}

Test(disturbance, by_swapping_counts_if_the_model_waited_for_it) {
    struct moment before = {.api_cpu_ns = -1};
    struct moment after = {.at_ns = NS_PER_S, .swapped_pages = 3};
    cr_expect_eq(judge(before, after, 0).count, 0);
    struct validity validity = judge(before, after, 2);
    assert_only(&validity, "memory ran short: 3 pages were swapped, and the model "
                           "waited for 2 pages");
}

Test(disturbance, by_an_api_that_is_too_slow_counts_from_eighty_percent) {
    struct moment before = {.at_ns = NS_PER_S, .api_cpu_ns = 5};
    struct moment after = {.at_ns = 2 * NS_PER_S, .api_cpu_ns = 5 + 8 * NS_PER_S / 10};
    cr_expect_eq(judge(before, after, 0).count, 0);
    after.api_cpu_ns += 20 * NS_PER_MS;
    struct validity validity = judge(before, after, 0);
    assert_only(&validity, "the mock API used 82 % of a core, so it was measured and "
                           "not the model; lower --speed");
    after.api_cpu_ns = -1;
    cr_expect_eq(judge(before, after, 0).count, 0);
}

Test(disturbance, by_a_quota_counts_from_one_percent_of_the_time) {
    struct moment before = {.api_cpu_ns = -1, .throttling = {7, NS_PER_S}};
    struct moment after = {.at_ns = 2 * NS_PER_S,
                           .throttling = {10, NS_PER_S + 250 * NS_PER_MS}};
    struct validity validity = judge(before, after, 0);
    assert_only(&validity,
                "the processor quota of the control group held the processes "
                "back 3 times, for 0.250 s of 2.000 s; raise the quota, or "
                "lower --speed");
    after.throttling.time_ns = NS_PER_S + 20 * NS_PER_MS;
    cr_expect_eq(judge(before, after, 0).count, 0);
}

Test(disturbance, by_a_quota_is_none_if_the_prediction_counts_with_it) {
    struct moment before = {.api_cpu_ns = -1};
    struct moment after = {.at_ns = 2 * NS_PER_S, .throttling = {10, NS_PER_S}};
    struct validity validity = {.count = 0};
    disturbance_judge(&validity, &before, &after, (struct conduct){.computes = true});
    cr_expect_eq(validity.count, 0);
}

Test(disturbance, by_losses_is_read_from_the_log) {
    struct witness_header header = {.dropped = 7, .retransmitted = 2};
    struct witness witness = {.header = &header};
    struct validity validity = {.count = 0};
    disturbance_judge_losses(&validity, &witness);
    cr_assert_eq(validity.count, 2);
    cr_expect_str_eq(validity.reasons[0], "the queue of new connections overflowed 7 "
                                          "times; raise net.core.somaxconn");
    cr_expect_str_eq(validity.reasons[1], "the API had to send 2 segments again");
    validity.count = 0;
    header = (struct witness_header){.count = 5};
    disturbance_judge_losses(&validity, &witness);
    witness.header = NULL;
    disturbance_judge_losses(&validity, &witness);
    cr_expect_eq(validity.count, 0);
}

Test(disturbance, moments_are_read_from_this_machine) {
    struct moment before = moment_read(getpid());
    struct timespec used;
    do {
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
    } while (used.tv_sec * NS_PER_S + used.tv_nsec < before.api_cpu_ns + NS_PER_MS);
    struct moment after = moment_read(getpid());
    cr_expect_gt(before.all_ticks, 0);
    cr_expect_geq(after.all_ticks, before.all_ticks);
    cr_expect_geq(after.api_cpu_ns - before.api_cpu_ns, NS_PER_MS);
    cr_expect_gt(after.at_ns, before.at_ns);
    cr_expect_eq(moment_read(0).api_cpu_ns, -1);
}
