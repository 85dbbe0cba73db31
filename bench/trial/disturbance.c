/* Finds disturbances, from /proc and from the API's processor time and sockets. */
#include "bench/trial/disturbance.h"
#include "base/clock.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

/* Fewer ticks prove nothing: one tick (10 ms) is 6 % of two cores in a trial of 80
 * ms. */
enum { LEAST_STOLEN_TICKS = 10 };

static void read_ticks(struct moment *moment) {
    long long ticks[8] = {0}; /* user nice system idle iowait irq softirq steal */
    FILE *file = fopen("/proc/stat", "re");
    if (!file) {
        return;
    }
    if (fscanf(file, "cpu %lld %lld %lld %lld %lld %lld %lld %lld", &ticks[0],
               &ticks[1], &ticks[2], &ticks[3], &ticks[4], &ticks[5], &ticks[6],
               &ticks[7]) == 8) {
        for (int i = 0; i < 8; i++) {
            moment->all_ticks += ticks[i];
        }
        moment->stolen_ticks = ticks[7];
    }
    fclose(file);
}

static void read_swapping(struct moment *moment) {
    char name[100];
    long long number;
    FILE *file = fopen("/proc/vmstat", "re");
    while (file && fscanf(file, "%99s %lld", name, &number) == 2) {
        if (!strcmp(name, "pswpin") || !strcmp(name, "pswpout")) {
            moment->swapped_pages += number;
        }
    }
    if (file) {
        fclose(file);
    }
}

struct moment moment_read(pid_t api) {
    struct moment moment = {
        .at_ns = clock_now_ns(), .api_cpu_ns = -1, .throttling = cgroup_throttling()};
    clockid_t clock;
    struct timespec used;
    read_ticks(&moment);
    read_swapping(&moment);
    if (api > 0 && clock_getcpuclockid(api, &clock) == 0 &&
        clock_gettime(clock, &used) == 0) {
        moment.api_cpu_ns = used.tv_sec * NS_PER_S + used.tv_nsec;
    }
    return moment;
}

void disturbance_judge(struct validity *validity, const struct moment *before,
                       const struct moment *after, struct conduct conduct) {
    int64_t stolen = after->stolen_ticks - before->stolen_ticks;
    int64_t all = after->all_ticks - before->all_ticks;
    int64_t swapped = after->swapped_pages - before->swapped_pages;
    double used = (double)(after->api_cpu_ns - before->api_cpu_ns);
    double lasted = (double)(after->at_ns - before->at_ns);
    double held = (double)(after->throttling.time_ns - before->throttling.time_ns);
    if (stolen >= LEAST_STOLEN_TICKS && stolen * 100 > all) {
        validity_add(validity,
                     "another machine on the same host took %.1f %% of the processors",
                     100.0 * (double)stolen / (double)all);
    }
    if (!conduct.computes && held > 0.01 * lasted) {
        validity_add(validity,
                     "the processor quota of the control group held the processes back "
                     "%" PRId64
                     " times, for %.3f s of %.3f s; raise the quota, or lower "
                     "--speed",
                     after->throttling.count - before->throttling.count,
                     held / (double)NS_PER_S, lasted / (double)NS_PER_S);
    }
    if (swapped > 0 && conduct.major_faults > 0) {
        validity_add(validity,
                     "memory ran short: %" PRId64 " pages were swapped, and the model "
                     "waited for %" PRId64 " pages",
                     swapped, conduct.major_faults);
    }
    if (before->api_cpu_ns >= 0 && after->api_cpu_ns >= 0 && used > 0.8 * lasted) {
        validity_add(validity,
                     "the mock API used %.0f %% of a core, so it was measured and not "
                     "the model; lower --speed",
                     100.0 * used / lasted);
    }
}

void disturbance_judge_losses(struct validity *validity,
                              const struct witness *witness) {
    if (!witness->header) {
        return;
    }
    if (witness->header->dropped > 0) {
        validity_add(validity,
                     "the queue of new connections overflowed %" PRIu64
                     " times; raise net.core.somaxconn",
                     witness->header->dropped);
    }
    if (witness->header->retransmitted > 0) {
        validity_add(validity, "the API had to send %" PRIu64 " segments again",
                     witness->header->retransmitted);
    }
}
