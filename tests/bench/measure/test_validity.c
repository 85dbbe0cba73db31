/* bench/measure/validity.c: a correct trial has no fault, and each error that is put
 * into it gives exactly its own fault. */
#include "base/clock.h"
#include "bench/measure/validity.h"
#include "tests/support/folder.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

enum { CONVERSATIONS = 3, ROUNDS = 2, REQUESTS = CONVERSATIONS * ROUNDS };

#define OUTSIDE      "a time before the model's process was started, or after it ended"
#define CLOCK        "a clock went backwards (ready, begin, first byte, end)"
#define ROUND        "a round was ready before the previous round had ended"
#define EARLY        "an answer came sooner than promised"
#define UNSEEN       "the model reports an answer that the API did not give"
#define TWICE        "the API got the same request twice"
#define BEFORE_BEGIN "the API got a request before the model says it began"
#define AFTER_END    "the API answered after the model says it had the answer"
#define LATE         "the model says that it had an answer long after the API gave it"
#define TIMING       "the model's Server-Timing differs from the API's record"
#define API_EARLY    "the API itself was early"

/* A trial made by hand. The tests break its last request, /2/1. */
struct made {
    struct scenario scenario;
    struct event array[REQUESTS];
    struct events events;
    struct witness witness;
    struct event *event;           /* of /2/1 */
    struct witness_record *record; /* of /2/1 */
    bool owes_waiting;
    int64_t started_ns; /* the life of the model's process */
    int64_t ended_ns;
    int64_t computed_ns;
    int64_t unix_offset_ns;
    const struct url_file *urls;
    char folder[PATH_MAX];
};

/* Fills one request that begins at begin_ns: 10 ms of send, 20 ms of response, 3 ms of
 * queue and backlog, and the time of a network. Returns its end. */
static int64_t make_request(struct made *made, int32_t conversation, int32_t round,
                            int64_t begin_ns) {
    const struct scenario *scenario = &made->scenario;
    bool by_client = scenario->senders == SENDERS_CLIENT;
    int64_t send_ns = latency_draw(scenario_real_latency(scenario, scenario->send), 5,
                                   conversation, round, LATENCY_SEND);
    int64_t response_ns =
        latency_draw(scenario_real_latency(scenario, scenario->response), 5,
                     conversation, round, LATENCY_RESPONSE);
    struct witness_record *record = witness_next(&made->witness);
    cr_assert(record != NULL);
    int64_t arrival_ns = begin_ns + (by_client ? send_ns : 0) + 40000;
    int64_t send_begin_ns = arrival_ns + (by_client ? 0 : NS_PER_MS);
    int64_t send_end_ns = send_begin_ns + (by_client ? 0 : send_ns);
    int64_t response_begin_ns = send_end_ns + 2 * NS_PER_MS;
    int64_t due_ns = response_begin_ns + response_ns;
    *record = (struct witness_record){arrival_ns,   send_begin_ns,
                                      send_end_ns,  response_begin_ns,
                                      due_ns,       due_ns + 30000,
                                      conversation, round,
                                      200,          100};
    made->array[conversation * ROUNDS + round] = (struct event){
        .is_present = true,
        .ready_ns = begin_ns - 1000,
        .begin_ns = begin_ns,
        .first_byte_ns = due_ns + 40000,
        .end_ns = due_ns + 50000,
        .queue_ns = send_begin_ns - arrival_ns,
        .send_ns = by_client ? send_ns + 5000 : send_ns,
        .backlog_ns = response_begin_ns - send_end_ns,
        .response_ns = response_ns,
        .status = 200,
    };
    return due_ns + 50000;
}

static void make_trial(struct made *made, const struct scenario *scenario) {
    char path[PATH_MAX + 10];
    struct error error;
    *made = (struct made){.scenario = *scenario,
                          .owes_waiting = true,
                          .started_ns = NS_PER_S / 2,
                          .ended_ns = 1000 * NS_PER_S};
    folder_make(made->folder);
    snprintf(path, sizeof path, "%s/log", made->folder);
    cr_assert(witness_create(&made->witness, path, 100, &error), "%s", error.message);
    for (int32_t i = 0; i < CONVERSATIONS; i++) {
        int64_t begin_ns = NS_PER_S + i * 1000;
        for (int32_t round = 0; round < ROUNDS; round++) {
            begin_ns = make_request(made, i, round, begin_ns) + 2000;
        }
    }
    made->events = (struct events){made->array, CONVERSATIONS, ROUNDS, REQUESTS};
    made->event = &made->array[REQUESTS - 1];
    made->record = &made->witness.records[REQUESTS - 1];
}

static struct scenario make_scenario(void) {
    struct scenario scenario;
    scenario_init(&scenario);
    scenario.conversations = CONVERSATIONS;
    scenario.rounds = ROUNDS;
    scenario.speed = 1;
    scenario.send.first_ns = 10 * NS_PER_MS;
    scenario.response.first_ns = 20 * NS_PER_MS;
    return scenario;
}

static void make_correct(struct made *made) {
    struct scenario scenario = make_scenario();
    make_trial(made, &scenario);
}

static void make_client(struct made *made) {
    struct scenario scenario = make_scenario();
    scenario.senders = SENDERS_CLIENT;
    make_trial(made, &scenario);
}

static struct validity check(struct made *made) {
    struct validity validity = {.count = 0};
    struct evidence evidence = {.scenario = &made->scenario,
                                .seed = 5,
                                .owes_waiting = made->owes_waiting,
                                .events = &made->events,
                                .witness = &made->witness,
                                .started_ns = made->started_ns,
                                .ended_ns = made->ended_ns,
                                .unix_offset_ns = made->unix_offset_ns,
                                .urls = made->urls,
                                .computed_ns = made->computed_ns};
    cr_assert(validity_check(&validity, &evidence));
    witness_close(&made->witness);
    folder_remove(made->folder);
    return validity;
}

/* Asserts this reason and no other. */
static void assert_reason(struct made *made, const char *reason) {
    struct validity validity = check(made);
    cr_assert_eq(validity.count, 1, "%zu reasons, and not '%s'", validity.count,
                 reason);
    cr_assert_str_eq(validity.reasons[0], reason);
}

/* Asserts these kinds of fault and no other, each for the one request /2/1. */
static void assert_faults(struct made *made, const char *const kinds[]) {
    struct validity validity = check(made);
    size_t count = 0;
    for (; kinds[count]; count++) {
        char expected[VALIDITY_REASON_BYTES];
        snprintf(expected, sizeof expected, "%s: 1 request, first /2/1", kinds[count]);
        cr_assert_lt(count, validity.count, "'%s' is missing", expected);
        cr_assert_str_eq(validity.reasons[count], expected);
    }
    cr_assert_eq(validity.count, count, "'%s' is too much",
                 validity.reasons[validity.count - 1]);
}

#define FAULTS(...) ((const char *[]){__VA_ARGS__, NULL})
#define NO_FAULT    ((const char *[]){NULL})

Test(validity, a_correct_trial_has_no_fault) {
    struct made made;
    make_correct(&made);
    assert_faults(&made, NO_FAULT);
}

Test(validity, a_correct_trial_of_a_client_s_send_has_no_fault) {
    struct made made;
    make_client(&made);
    assert_faults(&made, NO_FAULT);
}

Test(validity, a_correct_trial_at_any_speed_has_no_fault) {
    static const double speeds[] = {0.5, 1, 3, 7, 100, 999.9};
    for (size_t i = 0; i < sizeof speeds / sizeof speeds[0]; i++) {
        struct scenario scenario = make_scenario();
        struct made made;
        scenario.speed = speeds[i];
        make_trial(&made, &scenario);
        assert_faults(&made, NO_FAULT);
    }
}

Test(validity, a_correct_trial_of_drawn_latencies_has_no_fault) {
    struct scenario scenario = make_scenario();
    struct made made;
    scenario.send = (struct latency){LATENCY_EXPONENTIAL, 10 * NS_PER_MS, 0};
    scenario.response =
        (struct latency){LATENCY_LOGNORMAL, 20 * NS_PER_MS, 90 * NS_PER_MS};
    scenario.speed = 3;
    make_trial(&made, &scenario);
    assert_faults(&made, NO_FAULT);
}

Test(validity, an_api_that_takes_less_than_the_drawn_latency_is_early) {
    struct scenario scenario = make_scenario();
    struct made made;
    scenario.response = (struct latency){LATENCY_EXPONENTIAL, 20 * NS_PER_MS, 0};
    make_trial(&made, &scenario);
    made.record->response_due_ns--;
    made.event->response_ns--;
    assert_faults(&made, FAULTS(API_EARLY));
}

Test(validity, a_missing_row_is_reported) {
    struct made made;
    make_correct(&made);
    made.event->is_present = false;
    made.events.present--;
    struct validity validity = check(&made);
    cr_assert_eq(validity.count, 1);
    cr_assert_str_eq(validity.reasons[0], "rows are missing: 1 of 6: /2/1");
}

Test(validity, the_first_missing_rows_are_named_and_the_others_counted) {
    static const struct {
        int missing;
        const char *reason;
    } rows[] = {{2, "rows are missing: 2 of 6: /0/0, /0/1"},
                {3, "rows are missing: 3 of 6: /0/0, /0/1, /1/0"},
                {5, "rows are missing: 5 of 6: /0/0, /0/1, /1/0 and 2 more"}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct made made;
        make_correct(&made);
        for (int j = 0; j < rows[i].missing; j++) {
            made.array[j].is_present = false;
        }
        made.events.present -= rows[i].missing;
        assert_reason(&made, rows[i].reason);
    }
}

Test(validity, a_request_of_the_user_s_own_api_is_named_by_its_line) {
    struct made made;
    struct url_file urls;
    struct error error;
    static const char text[] = "# mine\nhttp://a/\n\nhttp://b/\nhttp://c/\n";
    cr_assert(url_file_parse(&urls, "urls.txt", text, sizeof text - 1, &error));
    make_correct(&made);
    made.urls = &urls;
    made.event->is_present = false;
    made.events.present--;
    assert_reason(&made, "rows are missing: 1 of 6: line 5 round 1");
    make_correct(&made);
    made.urls = &urls;
    made.event->ready_ns = made.event->begin_ns + 1;
    assert_reason(&made, CLOCK ": 1 request, first line 5 round 1");
    url_file_close(&urls);
}

/* Moves all times of the model to another clock, which began `offset_ns` earlier. */
static void change_clock(struct made *made, int64_t divisor, int64_t offset_ns) {
    for (int i = 0; i < REQUESTS; i++) {
        struct event *event = &made->array[i];
        int64_t *const times[] = {&event->ready_ns, &event->begin_ns,
                                  &event->first_byte_ns, &event->end_ns};
        for (int j = 0; j < 4; j++) {
            *times[j] = (*times[j] + offset_ns) / divisor;
        }
    }
}

Test(validity, times_of_another_clock_are_told_as_that_and_nothing_else) {
    const int64_t unix_ns = INT64_C(1795818793554765860);
    const int64_t uptime_ns = 5000 * NS_PER_S; /* else it is near each small number */
    static const struct {
        int64_t divisor;
        bool is_unix;
        const char *time;
        const char *name;
    } rows[] = {{1, true, "1795823794554764860", "Unix time in nanoseconds"},
                {1000, true, "1795823794554764", "Unix time in microseconds"},
                {1000000, true, "1795823794554", "Unix time in milliseconds"},
                {1000000000, true, "1795823794", "Unix time in seconds"},
                {1000, false, "5000999999", "CLOCK_MONOTONIC in microseconds"}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char reason[VALIDITY_REASON_BYTES];
        struct made made;
        make_correct(&made);
        made.unix_offset_ns = unix_ns;
        made.started_ns += uptime_ns;
        made.ended_ns += uptime_ns;
        change_clock(&made, rows[i].divisor,
                     uptime_ns + (rows[i].is_unix ? unix_ns : 0));
        snprintf(reason, sizeof reason,
                 "the times are not nanoseconds of CLOCK_MONOTONIC: %s, ready_ns of "
                 "/0/0, is %s; in Python, take time.monotonic_ns()",
                 rows[i].time, rows[i].name);
        assert_reason(&made, reason);
    }
}

Test(validity, no_rows_at_all_are_reported_once) {
    struct made made;
    make_correct(&made);
    memset(made.array, 0, sizeof made.array);
    made.events.present = 0;
    struct validity validity = check(&made);
    cr_assert_eq(validity.count, 1);
    cr_assert_str_eq(validity.reasons[0], "rows are missing: 6 of 6");
}

Test(validity, an_end_after_the_model_s_process_has_ended_is_reported) {
    struct made made;
    make_correct(&made);
    made.ended_ns = made.event->end_ns;
    made.event->end_ns += NS_PER_S / 2;
    assert_reason(&made, OUTSIDE ": 1 request, first /2/1, by 0.5 s");
}

Test(validity, the_end_of_the_model_s_process_is_within_its_life) {
    struct made made;
    make_correct(&made);
    made.ended_ns = made.event->end_ns;
    made.started_ns = made.array[0].ready_ns;
    assert_faults(&made, NO_FAULT);
}

Test(validity, a_ready_before_the_model_was_started_is_reported) {
    struct made made;
    make_correct(&made);
    made.started_ns = made.array[0].ready_ns + 1;
    struct validity validity = check(&made);
    cr_assert_eq(validity.count, 1);
    cr_assert_str_eq(validity.reasons[0],
                     OUTSIDE ": 1 request, first /0/0, by 1e-09 s");
}

Test(validity, each_time_of_each_row_has_to_lie_within_the_life) {
    for (int i = 0; i < 4; i++) {
        struct made made;
        make_correct(&made);
        made.owes_waiting = false;
        int64_t *const times[] = {&made.event->ready_ns, &made.event->begin_ns,
                                  &made.event->first_byte_ns, &made.event->end_ns};
        for (int j = i; j < 4; j++) { /* no clock goes backwards */
            *times[j] = made.ended_ns + 200 * NS_PER_S;
        }
        assert_reason(&made, OUTSIDE ": 1 request, first /2/1, by 200 s");
    }
}

Test(validity, a_failed_request_s_times_lie_within_the_life_too) {
    struct made made;
    make_correct(&made);
    made.event->error = EVENT_TIMEOUT;
    made.event->end_ns = made.ended_ns + 1500 * NS_PER_S;
    assert_reason(&made, OUTSIDE ": 1 request, first /2/1, by 1500 s");
}

Test(validity, an_end_long_after_the_api_s_answer_is_reported) {
    struct made made;
    make_correct(&made);
    made.event->end_ns = made.record->answered_ns + NS_PER_S;
    assert_faults(&made, NO_FAULT);
    make_correct(&made);
    made.event->end_ns = made.record->answered_ns + NS_PER_S + NS_PER_S / 4;
    assert_reason(&made, LATE ": 1 request, first /2/1, by 1.25 s");
}

Test(validity, a_model_that_computes_may_read_late) {
    struct made made;
    make_correct(&made);
    made.computed_ns = NS_PER_S / 10;
    made.event->end_ns = made.record->answered_ns + 2 * NS_PER_S;
    assert_faults(&made, NO_FAULT);
}

Test(validity, a_model_that_its_own_sends_hold_may_read_late) {
    struct scenario scenario = make_scenario();
    struct made made;
    scenario.senders = SENDERS_CLIENT;
    scenario.send.first_ns = 2 * NS_PER_S;
    scenario.speed = 2;
    make_trial(&made, &scenario);
    made.event->end_ns = made.record->answered_ns + 7 * NS_PER_S; /* 1 s + 6 holds */
    assert_faults(&made, NO_FAULT);
}

Test(validity, the_latest_of_several_late_answers_is_told) {
    struct made made;
    make_correct(&made);
    made.array[1].end_ns += 2 * NS_PER_S;
    made.array[3].end_ns += 3 * NS_PER_S;
    assert_reason(&made, LATE ": 2 requests, first /0/1, by up to 3 s");
}

Test(validity, a_begin_before_its_ready_is_a_clock_that_went_backwards) {
    struct made made;
    make_correct(&made);
    made.event->ready_ns = made.event->begin_ns + 1;
    assert_faults(&made, FAULTS(CLOCK));
}

Test(validity, a_first_byte_before_the_begin_is_a_clock_that_went_backwards) {
    struct made made;
    make_correct(&made);
    made.event->first_byte_ns = made.event->begin_ns - 1;
    assert_faults(&made, FAULTS(CLOCK));
}

Test(validity, a_first_byte_after_the_end_is_a_clock_that_went_backwards) {
    struct made made;
    make_correct(&made);
    made.event->first_byte_ns = made.event->end_ns + 1;
    assert_faults(&made, FAULTS(CLOCK));
}

Test(validity, no_first_byte_is_no_fault) {
    struct made made;
    make_correct(&made);
    made.event->first_byte_ns = -1;
    assert_faults(&made, NO_FAULT);
}

Test(validity, an_end_before_its_begin_has_every_fault_that_follows) {
    struct made made;
    make_correct(&made);
    made.event->first_byte_ns = -1;
    made.event->end_ns = made.event->begin_ns - 1;
    assert_faults(&made, FAULTS(CLOCK, EARLY, AFTER_END));
}

Test(validity, a_round_that_is_ready_too_soon_is_reported) {
    struct made made;
    make_correct(&made);
    made.event->ready_ns = made.event[-1].end_ns - 1;
    assert_faults(&made, FAULTS(ROUND));
}

Test(validity, a_round_that_is_ready_at_the_end_of_the_last_is_right) {
    struct made made;
    make_correct(&made);
    made.event->ready_ns = made.event[-1].end_ns;
    assert_faults(&made, NO_FAULT);
}

Test(validity, a_claimed_early_end_is_early_and_before_the_answer) {
    struct made made;
    make_correct(&made);
    made.event->first_byte_ns = -1;
    made.event->end_ns = made.event->begin_ns + 30 * NS_PER_MS - 1;
    assert_faults(&made, FAULTS(EARLY, AFTER_END));
}

Test(validity, a_send_that_begins_before_the_arrival_makes_an_answer_early) {
    struct made made;
    make_correct(&made);
    int64_t too_soon_ns = 4 * NS_PER_MS;
    made.record->send_begin_ns -= too_soon_ns;
    made.record->send_end_ns -= too_soon_ns;
    made.record->response_begin_ns -= too_soon_ns;
    made.record->response_due_ns -= too_soon_ns;
    made.record->answered_ns -= too_soon_ns;
    made.event->queue_ns = -1;
    made.event->first_byte_ns = -1;
    made.event->end_ns -= too_soon_ns;
    assert_faults(&made, FAULTS(EARLY));
}

Test(validity, a_request_that_the_api_never_saw_is_reported) {
    struct made made;
    make_correct(&made);
    made.record->conversation = -1;
    assert_faults(&made, FAULTS(UNSEEN));
}

Test(validity, a_request_that_the_api_did_not_answer_is_reported) {
    struct made made;
    make_correct(&made);
    made.record->status = WITNESS_HUNG_UP;
    assert_faults(&made, FAULTS(UNSEEN));
}

Test(validity, a_record_of_an_unknown_request_is_ignored) {
    static const int32_t places[][2] = {
        {-1, -1}, {CONVERSATIONS, 0}, {0, ROUNDS}, {-1, 0}, {0, -1}, {INT32_MAX, 0}};
    struct made made;
    make_correct(&made);
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        struct witness_record *record = witness_next(&made.witness);
        *record = *made.record;
        record->conversation = places[i][0];
        record->round = places[i][1];
    }
    assert_faults(&made, NO_FAULT);
}

Test(validity, a_request_that_was_made_twice_is_reported) {
    struct made made;
    make_correct(&made);
    *witness_next(&made.witness) = *made.record;
    assert_faults(&made, FAULTS(TWICE));
}

Test(validity, a_request_that_was_made_three_times_is_reported_once) {
    struct made made;
    make_correct(&made);
    *witness_next(&made.witness) = *made.record;
    *witness_next(&made.witness) = *made.record;
    assert_faults(&made, FAULTS(TWICE));
}

Test(validity, a_second_try_after_a_hang_up_is_no_second_answer) {
    struct made made;
    make_correct(&made);
    struct witness_record *record = witness_next(&made.witness);
    *record = *made.record;
    record->status = WITNESS_HUNG_UP;
    assert_faults(&made, NO_FAULT);
}

Test(validity, a_request_that_arrives_before_it_begins_is_reported) {
    struct made made;
    make_correct(&made);
    made.event->begin_ns = made.record->arrival_ns + 1;
    assert_faults(&made, FAULTS(BEFORE_BEGIN));
}

Test(validity, an_answer_after_the_end_is_reported) {
    struct made made;
    make_correct(&made);
    made.event->first_byte_ns = -1;
    made.event->end_ns = made.record->answered_ns - 1;
    assert_faults(&made, FAULTS(AFTER_END));
}

Test(validity, each_figure_of_server_timing_has_to_be_the_api_s) {
    for (int i = 0; i < 8; i++) {
        struct made made;
        make_correct(&made);
        int64_t *const figures[] = {&made.event->queue_ns, &made.event->send_ns,
                                    &made.event->backlog_ns, &made.event->response_ns};
        *figures[i / 2] += i % 2 ? 1 : -1;
        assert_faults(&made, FAULTS(TIMING));
    }
}

Test(validity, a_figure_that_is_missing_is_no_fault) {
    for (int i = 0; i < 4; i++) {
        struct made made;
        make_correct(&made);
        int64_t *const figures[] = {&made.event->queue_ns, &made.event->send_ns,
                                    &made.event->backlog_ns, &made.event->response_ns};
        *figures[i] = -1;
        assert_faults(&made, NO_FAULT);
    }
}

Test(validity, an_api_that_answers_before_it_is_due_is_early) {
    struct made made;
    make_correct(&made);
    made.record->answered_ns = made.record->response_due_ns - 1;
    assert_faults(&made, FAULTS(API_EARLY));
}

Test(validity, an_api_that_works_less_than_promised_is_early) {
    struct made made;
    make_correct(&made);
    made.record->response_due_ns--;
    made.event->response_ns--;
    assert_faults(&made, FAULTS(API_EARLY));
}

Test(validity, an_api_that_sends_less_than_promised_is_early) {
    struct made made;
    make_correct(&made);
    made.record->send_begin_ns++;
    made.event->queue_ns++;
    made.event->send_ns--;
    assert_faults(&made, FAULTS(API_EARLY));
}

Test(validity, a_failed_request_owes_no_waiting) {
    struct made made;
    make_correct(&made);
    made.record->status = WITNESS_HUNG_UP;
    made.event->error = EVENT_TIMEOUT;
    made.event->first_byte_ns = -1;
    made.event->end_ns = made.event->begin_ns + 1;
    assert_faults(&made, NO_FAULT);
}

Test(validity, a_failed_request_s_clock_is_checked_all_the_same) {
    struct made made;
    make_correct(&made);
    made.event->error = EVENT_RESET;
    made.event->first_byte_ns = -1;
    made.event->end_ns = made.event->begin_ns - 1;
    assert_faults(&made, FAULTS(CLOCK));
}

Test(validity, a_model_that_sends_nothing_owes_only_its_clock) {
    struct made made;
    make_correct(&made);
    made.owes_waiting = false;
    made.witness.header->count = 0;
    for (int i = 0; i < REQUESTS; i++) {
        made.array[i].end_ns = made.array[i].begin_ns;
        made.array[i].first_byte_ns = -1;
    }
    made.event->ready_ns = made.event->begin_ns + 1;
    assert_faults(&made, FAULTS(CLOCK));
}

Test(validity, a_client_s_send_is_never_shorter_than_promised) {
    struct made made;
    make_client(&made);
    made.event->send_ns = 10 * NS_PER_MS - 1;
    assert_faults(&made, FAULTS(TIMING));
}

Test(validity, a_client_s_send_ends_before_its_request_is_on_the_wire) {
    struct made made;
    make_client(&made);
    made.event->send_ns = made.record->arrival_ns - made.event->begin_ns + 1;
    assert_faults(&made, FAULTS(TIMING));
}

Test(validity, a_client_holds_its_send_before_the_api_sees_it) {
    struct made made;
    make_client(&made);
    int64_t held_ns = 10 * NS_PER_MS - 1;
    made.record->arrival_ns = made.event->begin_ns + held_ns;
    made.record->send_begin_ns = made.record->send_end_ns = made.record->arrival_ns;
    made.event->send_ns = -1;
    made.event->backlog_ns = -1;
    assert_faults(&made, FAULTS(BEFORE_BEGIN));
}

Test(validity, a_fault_of_all_requests_is_counted_and_the_first_is_named) {
    struct made made;
    make_correct(&made);
    for (int i = 0; i < REQUESTS; i++) {
        made.array[i].response_ns++;
    }
    struct validity validity = check(&made);
    cr_assert_eq(validity.count, 1);
    cr_assert_str_eq(validity.reasons[0], TIMING ": 6 requests, first /0/0");
}

Test(validity, beyond_the_last_reason_nothing_is_kept) {
    struct validity validity = {.count = 0};
    char text[VALIDITY_REASON_BYTES * 2];
    memset(text, 'x', sizeof text);
    text[sizeof text - 1] = '\0';
    for (int i = 0; i < 20; i++) {
        validity_add(&validity, "%d %s", i, text);
    }
    cr_assert_eq(validity.count, VALIDITY_REASONS);
    for (int i = 0; i < VALIDITY_REASONS; i++) {
        cr_assert_eq(atoi(validity.reasons[i]), i);
        cr_assert_eq(strlen(validity.reasons[i]), VALIDITY_REASON_BYTES - 1);
    }
}

Test(validity, an_answer_without_success_is_no_success) {
    static const int32_t statuses[] = {100, 199, 300, 404, 500, 999};
    for (size_t i = 0; i < sizeof statuses / sizeof statuses[0]; i++) {
        struct made made;
        make_correct(&made);
        made.event->status = statuses[i];
        assert_faults(
            &made,
            FAULTS("an answer without success (not 2xx) is reported as a success"));
    }
    static const int32_t good[] = {0, 200, 204, 299}; /* 0: the field is empty */
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        struct made made;
        make_correct(&made);
        made.event->status = good[i];
        assert_faults(&made, NO_FAULT);
    }
}

Test(validity, faster_than_the_ideal_is_invalid) {
    struct scenario scenario = make_scenario();
    struct validity validity = {.count = 0};
    scenario.speed = 10;
    /* Of 6 requests, rounding may lose 6 ns. */
    validity_check_makespan(&validity, &scenario, 11 * NS_PER_S, 115 * NS_PER_S);
    cr_assert_eq(validity.count, 1);
    cr_expect_str_eq(validity.reasons[0],
                     "faster than the ideal: 110 s, but the least is 115 s (in the "
                     "scenario's time); the model or the harness is wrong");
}

Test(validity, the_ideal_itself_and_its_rounding_are_no_fault) {
    struct scenario scenario = make_scenario();
    struct validity validity = {.count = 0};
    scenario.speed = 10;
    validity_check_makespan(&validity, &scenario, 11500 * NS_PER_MS, 115 * NS_PER_S);
    validity_check_makespan(&validity, &scenario, 11500 * NS_PER_MS - REQUESTS,
                            115 * NS_PER_S);
    validity_check_makespan(&validity, &scenario, 0, 0); /* 0: the ideal is unknown */
    cr_expect_eq(validity.count, 0);
}
