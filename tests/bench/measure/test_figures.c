/* bench/measure/figures.c: makespan, busy time, overlap and lateness of records that
 * are made by hand. */
#include "bench/measure/figures.h"
#include "tests/support/folder.h"

#include <criterion/criterion.h>
#include <string.h>

/* Two conversations of one round: ready at 100, sends 110..120 and 115..135 in the
 * API's log, answers at 200 and 260, 3 and 5 late. */
struct made {
    struct event array[2];
    struct events events;
    struct witness_header header;
    struct witness_record records[2];
    struct witness witness;
};

static void make(struct made *made) {
    *made = (struct made){
        .array = {{.is_present = true,
                   .ready_ns = 100,
                   .begin_ns = 105,
                   .end_ns = 210,
                   .send_ns = 20,
                   .status = 200},
                  {.is_present = true,
                   .ready_ns = 100,
                   .begin_ns = 120,
                   .end_ns = 280,
                   .send_ns = 20,
                   .status = 503,
                   .error = EVENT_STATUS}},
        .header = {.capacity = 2, .count = 2},
        .records = {{.arrival_ns = 108,
                     .send_begin_ns = 110,
                     .send_end_ns = 120,
                     .response_due_ns = 197,
                     .answered_ns = 200,
                     .status = 200},
                    {.arrival_ns = 112,
                     .send_begin_ns = 115,
                     .send_end_ns = 135,
                     .response_due_ns = 255,
                     .answered_ns = 260,
                     .status = 200}},
    };
    made->events = (struct events){
        .events = made->array, .conversations = 2, .rounds = 1, .present = 2};
    made->witness = (struct witness){.header = &made->header, .records = made->records};
}

Test(figures, the_makespan_is_from_the_common_start_to_the_last_end) {
    struct made made;
    struct figures figures;
    make(&made);
    cr_assert(
        figures_compute(&figures, &made.events, &made.witness, FIGURES_API_SENDS));
    cr_expect_eq(figures.start_ns, 100);
    cr_expect_eq(figures.makespan_ns, 180);
}

Test(figures, the_sends_of_the_api_are_united_and_summed) {
    struct made made;
    struct figures figures;
    make(&made);
    cr_assert(
        figures_compute(&figures, &made.events, &made.witness, FIGURES_API_SENDS));
    cr_expect_eq(figures.busy_ns, 25, "110..135");
    cr_expect_eq(figures.busy_sum_ns, 30, "10 + 20");
}

Test(figures, a_clients_own_sends_are_in_its_events) {
    struct made made;
    struct figures figures;
    make(&made);
    cr_assert(
        figures_compute(&figures, &made.events, &made.witness, FIGURES_CLIENT_SENDS));
    cr_expect_eq(figures.busy_ns, 35, "105..125 and 120..140");
    cr_expect_eq(figures.busy_sum_ns, 40);
}

Test(figures, requests_are_counted_by_error_and_by_status) {
    struct made made;
    struct figures figures;
    make(&made);
    cr_assert(
        figures_compute(&figures, &made.events, &made.witness, FIGURES_API_SENDS));
    cr_expect_eq(figures.requests_by_error[EVENT_OK], 1);
    cr_expect_eq(figures.requests_by_error[EVENT_STATUS], 1);
    cr_expect_eq(figures.requests_by_status[200], 1);
    cr_expect_eq(figures.requests_by_status[503], 1);
}

Test(figures, connections_that_were_opened_anew_are_counted) {
    struct made made;
    struct figures figures;
    make(&made);
    for (int i = 0; i < 2; i++) {
        cr_assert(
            figures_compute(&figures, &made.events, &made.witness, FIGURES_API_SENDS));
        cr_expect_eq(figures.reopened, i);
        made.events.events[0].is_reopened = true;
    }
}

Test(figures, a_request_is_in_flight_from_arrival_to_answer) {
    struct made made;
    struct figures figures;
    make(&made);
    cr_assert(
        figures_compute(&figures, &made.events, &made.witness, FIGURES_API_SENDS));
    cr_expect_eq(figures.in_flight_peak, 2);
    cr_expect_float_eq(figures.in_flight_mean, (92.0 + 148.0) / 152.0, 1e-9);
}

Test(figures, the_lateness_is_the_median_of_the_answered) {
    struct made made;
    struct figures figures;
    make(&made);
    cr_assert(
        figures_compute(&figures, &made.events, &made.witness, FIGURES_API_SENDS));
    cr_expect_eq(figures.lateness_ns, 4, "between 3 and 5");
    made.records[0].status = WITNESS_HUNG_UP;
    cr_assert(
        figures_compute(&figures, &made.events, &made.witness, FIGURES_API_SENDS));
    cr_expect_eq(figures.lateness_ns, 5, "who hung up has no answer");
}

Test(figures, without_events_and_records_they_are_zero) {
    struct made made;
    struct figures figures;
    make(&made);
    made.header.count = 0;
    memset(made.array, 0, sizeof made.array);
    made.events.present = 0;
    cr_assert(
        figures_compute(&figures, &made.events, &made.witness, FIGURES_API_SENDS));
    cr_expect_eq(figures.makespan_ns, 0);
    cr_expect_eq(figures.busy_ns, 0);
    cr_expect_eq(figures.in_flight_peak, 0);
    cr_expect_eq(figures.lateness_ns, -1);
}

Test(figures, a_send_that_was_given_up_counts_up_to_the_hang_up) {
    struct made made;
    struct figures figures;
    make(&made);
    made.records[1].send_end_ns = 0;
    made.records[1].answered_ns = 140;
    made.records[1].status = WITNESS_HUNG_UP;
    cr_assert(
        figures_compute(&figures, &made.events, &made.witness, FIGURES_API_SENDS));
    cr_expect_eq(figures.busy_ns, 30, "110..140");
}

Test(figures, with_the_user_s_own_api_they_come_from_the_model_alone) {
    struct made made;
    struct figures figures;
    struct witness closed = {.header = NULL};
    make(&made);
    cr_assert(figures_compute(&figures, &made.events, &closed, FIGURES_OWN_API));
    cr_expect_eq(figures.makespan_ns, 180);
    cr_expect_eq(figures.busy_ns, -1, "nobody knows");
    cr_expect_eq(figures.busy_sum_ns, -1);
    cr_expect_eq(figures.in_flight_peak, 2);
    cr_expect_float_eq(figures.in_flight_mean, (105. + 160.) / 175., 1e-9);
    cr_expect_eq(figures.lateness_ns, -1);
}

Test(figures, failures_are_named_by_their_kinds) {
    struct figures figures = {.requests_by_error = {[EVENT_OK] = 9}};
    char text[FIGURES_FAILURES_BYTES];
    cr_expect_eq(figures_failed(&figures), 0);
    cr_expect_not(figures_name_failures(&figures, text));
    figures.requests_by_error[EVENT_STATUS] = 2;
    figures.requests_by_error[EVENT_TIMEOUT] = 1;
    cr_expect_eq(figures_failed(&figures), 3);
    cr_assert(figures_name_failures(&figures, text));
    cr_expect_str_eq(text, "3 of 12 requests failed (1 timeout, 2 status)");
}

Test(figures, all_kinds_of_failure_fit_the_text) {
    struct figures figures = {.requests_by_error = {0}};
    char text[FIGURES_FAILURES_BYTES];
    for (int i = 0; i < EVENT_ERROR_COUNT; i++) {
        figures.requests_by_error[i] = INT64_MAX / 100;
    }
    cr_assert(figures_name_failures(&figures, text));
    cr_expect_str_eq(text + strlen(text) - 7, " limit)", "%s", text);
}
