/* models/runtime/workload.c: the slot, the URL and the times of each event. */
#include "models/runtime/workload.h"
#include "base/clock.h"

#include <criterion/criterion.h>
#include <time.h>

enum { CONVERSATIONS = 3, ROUNDS = 4 };

static struct event events[CONVERSATIONS * ROUNDS];

static struct workload workload_of(const char *url) {
    return (struct workload){.url = url,
                             .conversations = CONVERSATIONS,
                             .rounds = ROUNDS,
                             .ready_ns = 1000,
                             .events = events};
}

Test(workload, every_request_has_a_slot_of_its_own) {
    struct workload workload = workload_of("http://x");
    for (int32_t i = 0; i < CONVERSATIONS; i++) {
        for (int32_t round = 0; round < ROUNDS; round++) {
            struct event *event = workload_event(&workload, i, round);
            cr_expect(event >= events && event < events + CONVERSATIONS * ROUNDS);
            cr_expect_eq(event->status, 0, "%d/%d shares its slot", i, round);
            event->status = 1;
        }
    }
}

Test(workload, a_slot_with_a_large_index_is_found_without_overflow) {
    /* 100,000 x 100,000 does not fit into 32 bits; nothing is read at that address. */
    struct workload workload = {.rounds = 100000, .events = events};
    struct event *event = workload_event(&workload, 99999, 99999);
    cr_expect_eq((uintptr_t)event - (uintptr_t)events,
                 (uintptr_t)9999999999 * sizeof(struct event));
}

Test(workload, a_request_names_its_conversation_and_round) {
    struct workload workload = workload_of("http://127.0.0.1:80/api");
    char text[WORKLOAD_URL_BYTES];
    cr_expect_str_eq(workload_url(&workload, 2, 3, text),
                     "http://127.0.0.1:80/api/2/3");
}

Test(workload, a_listed_url_is_used_without_a_change) {
    char first[] = "http://a/";
    char second[] = "http://b/?send=1ms";
    char *urls[] = {first, second, first};
    struct workload workload = workload_of(NULL);
    char text[WORKLOAD_URL_BYTES];
    workload.urls = urls;
    for (int32_t round = 0; round < ROUNDS; round++) {
        cr_expect_str_eq(workload_url(&workload, 1, round, text), second);
    }
}

Test(workload, round_zero_is_ready_at_the_common_start) {
    struct workload workload = workload_of("http://x");
    for (int32_t i = 0; i < CONVERSATIONS; i++) {
        cr_expect_eq(workload_begin(&workload, i, 0)->ready_ns, 1000);
    }
}

Test(workload, a_later_round_is_ready_at_the_end_of_the_one_before) {
    struct workload workload = workload_of("http://x");
    struct event *first = workload_begin(&workload, 1, 0);
    workload_end(first, 200, EVENT_OK);
    struct event *second = workload_begin(&workload, 1, 1);
    cr_expect_eq(second->ready_ns, first->end_ns);
    cr_expect_leq(second->ready_ns, second->begin_ns);
}

Test(workload, begin_and_end_are_now) {
    struct workload workload = workload_of("http://x");
    int64_t before_ns = clock_now_ns();
    struct event *event = workload_begin(&workload, 0, 0);
    workload_end(event, 503, EVENT_STATUS);
    int64_t after_ns = clock_now_ns();
    cr_expect(before_ns <= event->begin_ns && event->begin_ns <= event->end_ns &&
              event->end_ns <= after_ns);
    cr_expect_eq(event->status, 503);
    cr_expect_eq(event->error, EVENT_STATUS);
}

Test(workload, a_slot_that_is_begun_again_is_cleared) {
    struct workload workload = workload_of("http://x");
    *workload_event(&workload, 0, 0) = (struct event){
        .first_byte_ns = 1, .end_ns = 2, .status = 3, .error = EVENT_TLS};
    const struct event *event = workload_begin(&workload, 0, 0);
    cr_expect(event->first_byte_ns == 0 && event->end_ns == 0 && event->status == 0 &&
              event->error == EVENT_OK);
    cr_expect(event->queue_ns == -1 && event->send_ns == -1 &&
              event->backlog_ns == -1 && event->response_ns == -1);
}

Test(workload, a_hold_that_sleeps_is_never_short) {
    struct workload workload = workload_of("http://x");
    workload.send_hold_ns = 3 * NS_PER_MS;
    struct event *event = workload_begin(&workload, 0, 0);
    workload_hold_send(&workload, event);
    cr_expect_geq(clock_now_ns() - event->begin_ns, workload.send_hold_ns);
    cr_expect_geq(event->send_ns, workload.send_hold_ns);
}

static int64_t cpu_ns(void) {
    struct timespec now;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return now.tv_sec * NS_PER_S + now.tv_nsec;
}

Test(workload, a_hold_that_computes_uses_as_much_processor_time) {
    struct workload workload = workload_of("http://x");
    workload.send_hold_ns = 3 * NS_PER_MS;
    workload.send_work = SEND_WORK_CPU;
    struct event *event = workload_begin(&workload, 0, 0);
    int64_t before_ns = cpu_ns();
    workload_hold_send(&workload, event);
    cr_expect_geq(cpu_ns() - before_ns, workload.send_hold_ns);
    cr_expect_geq(event->send_ns, workload.send_hold_ns);
}

Test(workload, no_hold_leaves_the_send_to_the_api) {
    struct workload workload = workload_of("http://x");
    struct event *event = workload_begin(&workload, 0, 0);
    workload_hold_send(&workload, event);
    cr_expect_eq(event->send_ns, -1);
}

Test(workload, a_conversation_that_fails_has_all_its_rows) {
    struct workload workload = workload_of("http://x");
    workload_fail_conversation(&workload, 1, EVENT_LIMIT);
    for (int32_t i = 0; i < CONVERSATIONS * ROUNDS; i++) {
        bool failed = i / ROUNDS == 1;
        cr_expect_eq(events[i].error, failed ? EVENT_LIMIT : EVENT_OK, "request %d", i);
        cr_expect_eq(events[i].end_ns > 0, failed, "request %d", i);
    }
}
