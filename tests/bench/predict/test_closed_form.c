/* bench/predict/closed_form.c: the formulas of the lecture, and the cases without
 * one. */
#include "base/clock.h"
#include "bench/predict/closed_form.h"

#include <criterion/criterion.h>

static const struct simulation_setup urls = {
    .conversations = 12,
    .rounds = 1,
    .send = {.first_ns = 5 * NS_PER_S},
    .response = {.first_ns = 55 * NS_PER_S},
    .callers = 12,
    .sender = SENDER_API,
    .sender_count = 1,
    .cores = 2,
};

static int64_t seconds_of(struct simulation_setup setup) {
    int64_t makespan_ns = -1;
    cr_assert(closed_form(&setup, &makespan_ns));
    cr_assert_eq(makespan_ns % NS_PER_S, 0);
    return makespan_ns / NS_PER_S;
}

Test(closed_form, gives_the_figures_of_the_lecture) {
    const struct {
        int32_t conversations;
        int32_t rounds;
        int32_t callers;
        int32_t sender_count;
        int64_t expected_s;
    } rows[] = {
        {12, 1, 1, 1, 720},    {12, 1, 12, 1, 115},   {12, 1, 12, 0, 60},
        {12, 1, 1, 0, 720},    {55, 1, 55, 1, 330},   {24, 30, 1, 1, 43200},
        {24, 30, 24, 1, 3655}, {24, 30, 24, 0, 1800}, {12, 30, 12, 1, 1855},
        {11, 30, 11, 1, 1850}, {13, 30, 13, 1, 2005}, {1, 1, 1, 1, 60},
        {8, 3, 8, 1, 215},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct simulation_setup setup = urls;
        setup.conversations = rows[i].conversations;
        setup.rounds = rows[i].rounds;
        setup.callers = rows[i].callers;
        setup.sender_count = rows[i].sender_count;
        cr_assert_eq(seconds_of(setup), rows[i].expected_s, "row %zu", i);
    }
}

static enum closed_form_case case_of(int32_t conversations, int32_t rounds,
                                     int32_t callers, int32_t sender_count) {
    struct simulation_setup setup = urls;
    setup.conversations = conversations;
    setup.rounds = rounds;
    setup.callers = callers;
    setup.sender_count = sender_count;
    return closed_form_case(&setup);
}

Test(closed_form, says_which_case_holds) {
    cr_expect_eq(case_of(12, 1, 1, 1), CLOSED_FORM_SEQUENTIAL);
    cr_expect_eq(case_of(12, 1, 1, 3), CLOSED_FORM_SEQUENTIAL);
    cr_expect_eq(case_of(12, 30, 12, 0), CLOSED_FORM_OWN_SENDERS);
    cr_expect_eq(case_of(11, 1, 11, 1), CLOSED_FORM_BUSY_SENDER);
    cr_expect_eq(case_of(12, 30, 12, 1), CLOSED_FORM_BUSY_SENDER);
    cr_expect_eq(case_of(11, 30, 11, 1), CLOSED_FORM_IDLE_SENDER);
    cr_expect_eq(case_of(12, 1, 12, 2), CLOSED_FORM_NONE);
    cr_expect_eq(case_of(12, 1, 4, 1), CLOSED_FORM_NONE);
}

Test(closed_form, a_client_s_send_depends_on_what_it_holds) {
    struct simulation_setup setup = urls;
    setup.sender = SENDER_CALLER;
    cr_assert_eq(seconds_of(setup), 60);
    setup.sender = SENDER_LOOP;
    cr_assert_eq(seconds_of(setup), 115);
    setup.callers = 1;
    cr_assert_eq(seconds_of(setup), 720);
}

Test(closed_form, more_callers_than_conversations_change_nothing) {
    struct simulation_setup setup = urls;
    setup.callers = 1000;
    cr_assert_eq(seconds_of(setup), 115);
}

Test(closed_form, one_at_a_time_needs_no_slots) {
    struct simulation_setup setup = urls;
    setup.callers = 1;
    setup.slots = 1;
    cr_assert_eq(seconds_of(setup), 720);
}

Test(closed_form, there_is_none_for_cases_that_only_the_simulation_covers) {
    struct simulation_setup pool = urls;
    pool.callers = 4;
    struct simulation_setup two_senders = urls;
    two_senders.sender_count = 2;
    struct simulation_setup drawn_send = urls;
    drawn_send.send.kind = LATENCY_EXPONENTIAL;
    struct simulation_setup drawn_response = urls;
    drawn_response.response.kind = LATENCY_EXPONENTIAL;
    struct simulation_setup slots = urls;
    slots.slots = 3;
    struct simulation_setup timeout = urls;
    timeout.timeout_ns = 1;
    struct simulation_setup cores = urls;
    cores.sender = SENDER_CALLER;
    cores.computes = true;
    struct simulation_setup part = urls;
    part.sender = SENDER_LOOP;
    part.computes = true;
    part.quota_ns = 1;
    part.period_ns = 2;
    struct simulation_setup one_drawn = drawn_send;
    one_drawn.callers = 1;
    const struct simulation_setup setups[] = {
        pool,    two_senders, drawn_send, drawn_response, slots,
        timeout, cores,       part,       one_drawn,
    };
    for (size_t i = 0; i < sizeof setups / sizeof setups[0]; i++) {
        int64_t ignored_ns;
        cr_assert_not(closed_form(&setups[i], &ignored_ns), "setup %zu", i);
    }
}
