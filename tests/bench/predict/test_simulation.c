/* bench/predict/simulation.c: compared with formulas, with small cases made by hand,
 * and with a second simulation that is simple enough to be checked by reading. */
#include "base/clock.h"
#include "bench/predict/closed_form.h"
#include "bench/predict/simulation.h"
#include "tests/support/random.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#define SECONDS(count)     ((struct latency){.first_ns = (count)*NS_PER_S})
#define NANOSECONDS(count) ((struct latency){.first_ns = (count)})

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

/* The chess exhibition with this number of boards, all at once. */
static struct simulation_setup chess(int32_t boards) {
    struct simulation_setup setup = urls;
    setup.conversations = boards;
    setup.callers = boards;
    setup.rounds = 30;
    return setup;
}

static struct simulation_result run(struct simulation_setup setup) {
    struct simulation_result result;
    struct error error = {.kind = ERROR_NONE};
    cr_assert(simulation_run(&setup, &result, NULL, &error), "%s", error.message);
    return result;
}

static int64_t makespan_s(struct simulation_setup setup) {
    int64_t makespan_ns = run(setup).makespan_ns;
    cr_assert_eq(makespan_ns % NS_PER_S, 0);
    return makespan_ns / NS_PER_S;
}

/* Runs the simulation and returns its requests, which the caller frees. */
static struct simulated_request *trace(const struct simulation_setup *setup,
                                       struct simulation_result *result) {
    size_t count = (size_t)setup->conversations * (size_t)setup->rounds;
    struct simulated_request *requests = malloc(count * sizeof *requests);
    struct error error = {.kind = ERROR_NONE};
    cr_assert(requests != NULL);
    memset(requests, 0xa5, count * sizeof *requests); /* each has to be filled */
    cr_assert(simulation_run(setup, result, requests, &error), "%s", error.message);
    return requests;
}

static void assert_request(const struct simulated_request *request, size_t row,
                           struct simulated_request expected) {
    cr_assert_eq(request->begin_ns, expected.begin_ns, "row %zu: begin %ld", row,
                 (long)request->begin_ns);
    cr_assert_eq(request->send_begin_ns, expected.send_begin_ns,
                 "row %zu: send begin %ld", row, (long)request->send_begin_ns);
    cr_assert_eq(request->send_end_ns, expected.send_end_ns, "row %zu: send end %ld",
                 row, (long)request->send_end_ns);
    cr_assert_eq(request->response_begin_ns, expected.response_begin_ns,
                 "row %zu: response begin %ld", row, (long)request->response_begin_ns);
    cr_assert_eq(request->end_ns, expected.end_ns, "row %zu: end %ld", row,
                 (long)request->end_ns);
    cr_assert_eq(request->timed_out, expected.timed_out, "row %zu", row);
}

static void assert_trace(struct simulation_setup setup,
                         const struct simulated_request expected[]) {
    struct simulation_result result;
    struct simulated_request *requests = trace(&setup, &result);
    for (int32_t i = 0; i < setup.conversations * setup.rounds; i++) {
        assert_request(&requests[i], (size_t)i, expected[i]);
    }
    free(requests);
}

Test(simulation, gives_the_makespan_of_every_pool_size) {
    static const int64_t expected_s[] = {720, 365, 250, 195, 185, 145,
                                         140, 135, 130, 125, 120, 115};
    for (int32_t workers = 1; workers <= 12; workers++) {
        struct simulation_setup setup = urls;
        setup.callers = workers;
        cr_assert_eq(makespan_s(setup), expected_s[workers - 1], "%d workers", workers);
    }
}

Test(simulation, gives_the_figures_of_the_design) {
    const struct {
        int32_t conversations;
        int32_t rounds;
        int32_t callers;
        enum simulation_sender sender;
        int32_t sender_count;
        int64_t expected_s;
    } rows[] = {
        {12, 1, 1, SENDER_API, 1, 720},    {12, 1, 12, SENDER_API, 1, 115},
        {12, 1, 4, SENDER_API, 1, 195},    {55, 1, 55, SENDER_API, 1, 330},
        {12, 1, 1, SENDER_API, 0, 720},    {12, 1, 12, SENDER_API, 0, 60},
        {12, 1, 4, SENDER_API, 0, 180},    {12, 1, 1, SENDER_CALLER, 0, 720},
        {12, 1, 12, SENDER_CALLER, 0, 60}, {12, 1, 12, SENDER_LOOP, 0, 115},
        {12, 1, 4, SENDER_CALLER, 0, 180}, {24, 30, 1, SENDER_API, 1, 43200},
        {24, 30, 24, SENDER_API, 1, 3655}, {24, 30, 24, SENDER_API, 0, 1800},
        {24, 30, 4, SENDER_API, 1, 10815},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct simulation_setup setup = urls;
        setup.conversations = rows[i].conversations;
        setup.rounds = rows[i].rounds;
        setup.callers = rows[i].callers;
        setup.sender = rows[i].sender;
        setup.sender_count = rows[i].sender_count;
        cr_assert_eq(makespan_s(setup), rows[i].expected_s, "row %zu: %ld s", i,
                     (long)makespan_s(setup));
    }
}

Test(simulation, the_printed_pair_of_latencies_gives_both_printed_figures) {
    struct simulation_setup setup = urls;
    setup.send = NANOSECONDS(24545454545);
    setup.response = NANOSECONDS(35454545455);
    cr_assert_leq(llabs(run(setup).makespan_ns - 330 * NS_PER_S), 10);
    setup.callers = 1;
    cr_assert_leq(llabs(run(setup).makespan_ns - 720 * NS_PER_S), 10);
}

Test(simulation, the_master_is_busy_for_the_printed_hour) {
    struct simulation_result all_at_once = run(chess(24));
    cr_assert_eq(all_at_once.busy_ns, 3600 * NS_PER_S);
    cr_assert_eq(all_at_once.busy_sum_ns, 3600 * NS_PER_S);
    cr_assert_eq(all_at_once.makespan_ns, 3655 * NS_PER_S);
}

Test(simulation, the_busy_time_is_a_union_and_no_sum) {
    struct simulation_setup setup = urls;
    setup.sender_count = 0;
    struct simulation_result result = run(setup);
    cr_assert_eq(result.busy_ns, 5 * NS_PER_S);
    cr_assert_eq(result.busy_sum_ns, 60 * NS_PER_S);
}

Test(simulation, the_knee_lies_at_twelve_boards) {
    for (int32_t boards = 1; boards < 12; boards++) {
        cr_assert_eq(makespan_s(chess(boards + 1)) - makespan_s(chess(boards)), 5,
                     "%d boards", boards);
    }
    for (int32_t boards = 12; boards < 40; boards++) {
        cr_assert_eq(makespan_s(chess(boards + 1)) - makespan_s(chess(boards)), 150,
                     "%d boards", boards);
    }
}

Test(simulation, a_held_loop_alternates_between_its_conversations) {
    struct simulation_setup setup = urls;
    setup.conversations = 8;
    setup.callers = 8;
    setup.rounds = 3;
    setup.sender = SENDER_LOOP;
    setup.send = SECONDS(6);
    setup.response = SECONDS(40);
    cr_assert_eq(makespan_s(setup), 184);
}

Test(simulation, equals_the_closed_form_over_a_grid) {
    static const int64_t durations_ns[] = {0, 1, 2, 3, 7, 10, 55};
    enum { DURATIONS = sizeof durations_ns / sizeof durations_ns[0] };
    int compared = 0;
    for (int32_t n = 1; n <= 13; n++) {
        for (int32_t rounds = 1; rounds <= 4; rounds++) {
            for (int pair = 0; pair < DURATIONS * DURATIONS; pair++) {
                for (int kind = 0; kind < 10; kind++) {
                    struct simulation_setup setup = {
                        .conversations = n,
                        .rounds = rounds,
                        .send = NANOSECONDS(durations_ns[pair / DURATIONS]),
                        .response = NANOSECONDS(durations_ns[pair % DURATIONS]),
                        .callers = kind < 5 ? n : 1,
                        .sender = (enum simulation_sender)(kind % 5 % 4),
                        .sender_count = kind % 5 == 4 ? 1 : 0,
                        .cores = 2,
                    };
                    int64_t expected_ns;
                    if (!closed_form(&setup, &expected_ns)) {
                        continue; /* computing senders */
                    }
                    compared++;
                    cr_assert_eq(run(setup).makespan_ns, expected_ns,
                                 "n %d, rounds %d, send %ld, response %ld, kind %d", n,
                                 rounds, (long)setup.send.first_ns,
                                 (long)setup.response.first_ns, kind);
                }
            }
        }
    }
    cr_assert_gt(compared, 15000);
}

Test(simulation, slots_limit_the_answers_at_once) {
    const struct {
        int32_t slots;
        int64_t expected_s;
    } rows[] = {
        {1, 665}, /* 5 + 12 x 55 */
        {2, 340}, /* one slot from 5 on for 6 x 55, the other 5 later */
        {12, 115}, {11, 115}, {10, 120}, {0, 115}, {1000, 115},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct simulation_setup setup = urls;
        setup.slots = rows[i].slots;
        cr_assert_eq(makespan_s(setup), rows[i].expected_s, "%d slots: %ld s",
                     rows[i].slots, (long)makespan_s(setup));
    }
}

Test(simulation, several_senders_send_side_by_side) {
    const struct {
        int32_t senders;
        int64_t expected_s;
    } rows[] = {{1, 115}, {2, 85}, {3, 75}, {4, 70}, {5, 70}, {6, 65}, {12, 60}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct simulation_setup setup = urls;
        setup.sender_count = rows[i].senders;
        cr_assert_eq(makespan_s(setup), rows[i].expected_s, "%d senders",
                     rows[i].senders);
    }
}

Test(simulation, traces_each_phase_of_each_request) {
    struct simulation_setup setup = urls;
    setup.conversations = 2;
    setup.callers = 2;
    setup.rounds = 2;
    setup.send = NANOSECONDS(5);
    setup.response = NANOSECONDS(10);
    setup.slots = 1;
    /* begin, send begin, send end, response begin, end */
    assert_trace(setup, (struct simulated_request[]){
                            {0, 0, 5, 5, 15, false},
                            {15, 15, 20, 25, 35, false},
                            {0, 5, 10, 15, 25, false},
                            {25, 25, 30, 35, 45, false},
                        });
}

Test(simulation, a_caller_takes_the_next_conversation_when_one_is_over) {
    struct simulation_setup setup = urls;
    setup.conversations = 3;
    setup.callers = 2;
    setup.sender_count = 0;
    setup.send = NANOSECONDS(5);
    setup.response = NANOSECONDS(10);
    assert_trace(setup, (struct simulated_request[]){
                            {0, 0, 5, 5, 15, false},
                            {0, 0, 5, 5, 15, false},
                            {15, 15, 20, 20, 30, false},
                        });
}

/* Two requests, one sender: 10 ns to send, 20 ns to answer. */
static struct simulation_setup impatient(int64_t timeout_ns) {
    struct simulation_setup setup = urls;
    setup.conversations = 2;
    setup.callers = 2;
    setup.send = NANOSECONDS(10);
    setup.response = NANOSECONDS(20);
    setup.timeout_ns = timeout_ns;
    return setup;
}

Test(simulation, a_timeout_in_the_line_ends_a_request_that_never_sent) {
    struct simulation_setup setup = impatient(12);
    setup.send = NANOSECONDS(15);
    setup.conversations = setup.callers = 3;
    /* The first request times out while it sends, the two others while they wait. */
    assert_trace(setup, (struct simulated_request[]){
                            {0, 0, 0, 0, 12, true},
                            {0, 12, 12, 12, 12, true},
                            {0, 12, 12, 12, 12, true},
                        });
}

Test(simulation, a_timeout_while_sending_frees_the_sender) {
    struct simulation_setup setup = impatient(15);
    setup.rounds = 2;
    /* The second waits until 10 and sends until 15, when its timeout ends it. In its
     * second round it waits for the first until 25, and times out at 30. */
    assert_trace(setup, (struct simulated_request[]){
                            {0, 0, 10, 10, 15, true},
                            {15, 15, 25, 25, 30, true},
                            {0, 10, 10, 10, 15, true},
                            {15, 25, 25, 25, 30, true},
                        });
    struct simulation_result result = run(setup);
    cr_assert_eq(result.timed_out, 4);
    cr_assert_eq(result.makespan_ns, 30);
    cr_assert_eq(result.busy_ns, 30);
    cr_assert_eq(result.busy_sum_ns, 30);
}

Test(simulation, a_timeout_while_answering_frees_the_slot) {
    struct simulation_setup setup = impatient(25);
    setup.slots = 1;
    /* The first is answered from 10 on and times out at 25. The slot then goes to the
     * second, which times out at the same instant. */
    assert_trace(setup, (struct simulated_request[]){
                            {0, 0, 10, 10, 25, true},
                            {0, 10, 20, 25, 25, true},
                        });
}

Test(simulation, a_timeout_in_the_slot_line_takes_no_slot) {
    struct simulation_setup setup = impatient(32);
    setup.slots = 1;
    setup.conversations = setup.callers = 3;
    /* The slot is free at 30 and goes to the second until 32; the third waits from 30
     * on. */
    assert_trace(setup, (struct simulated_request[]){
                            {0, 0, 10, 10, 30, false},
                            {0, 10, 20, 30, 32, true},
                            {0, 20, 30, 32, 32, true},
                        });
    setup.timeout_ns = 29;
    setup.send = NANOSECONDS(5);
    setup.response = NANOSECONDS(25);
    /* The first times out at 29, one before its answer, and the two others with it. */
    cr_assert_eq(run(setup).timed_out, 3);
    cr_assert_eq(run(setup).makespan_ns, 29);
}

Test(simulation, a_client_s_timeout_begins_after_its_own_send) {
    struct simulation_setup setup = impatient(15);
    setup.sender = SENDER_CALLER;
    assert_trace(setup, (struct simulated_request[]){
                            {0, 0, 10, 10, 25, true},
                            {0, 0, 10, 10, 25, true},
                        });
    setup.sender = SENDER_LOOP;
    assert_trace(setup, (struct simulated_request[]){
                            {0, 0, 10, 10, 25, true},
                            {0, 10, 20, 20, 35, true},
                        });
}

Test(simulation, a_timeout_that_never_comes_changes_nothing) {
    struct simulation_setup setup = urls;
    setup.timeout_ns = 116 * NS_PER_S;
    cr_assert_eq(makespan_s(setup), 115);
    cr_assert_eq(run(setup).timed_out, 0);
    setup.timeout_ns = 61 * NS_PER_S;
    cr_assert_eq(makespan_s(setup), 61);
    cr_assert_eq(run(setup).timed_out, 11);
}

Test(simulation, computing_callers_share_the_cores) {
    const struct {
        int32_t callers;
        int32_t cores;
        int64_t expected_ns;
    } rows[] = {
        {8, 2, 24000}, {8, 1, 48000}, {8, 8, 6000},  {8, 16, 6000},
        {2, 2, 24000}, {1, 2, 48000}, {4, 4, 12000}, {4, 3, 16000},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct simulation_setup setup = {
            .conversations = 8,
            .rounds = 1,
            .send = NANOSECONDS(6000),
            .response = NANOSECONDS(0),
            .callers = rows[i].callers,
            .sender = SENDER_CALLER,
            .computes = true,
            .cores = rows[i].cores,
        };
        cr_assert_eq(run(setup).makespan_ns, rows[i].expected_ns, "row %zu: %ld", i,
                     (long)run(setup).makespan_ns);
    }
}

/* A quota of 3000 in each 5000. One core: 6000 of work is done at 8000 (3000, a pause
 * until 5000, 3000). Two cores use the quota up in 1500. */
Test(simulation, a_quota_stops_all_until_the_next_period) {
    const struct {
        enum simulation_sender sender;
        int32_t conversations;
        int32_t cores;
        int64_t quota_ns;
        int64_t response_ns;
        int64_t expected_ns;
    } rows[] = {
        {SENDER_CALLER, 1, 1, 3000, 0, 8000},    {SENDER_LOOP, 1, 1, 3000, 0, 8000},
        {SENDER_CALLER, 2, 2, 3000, 0, 16500},   {SENDER_CALLER, 2, 1, 3000, 0, 18000},
        {SENDER_LOOP, 2, 2, 3000, 0, 18000},     {SENDER_LOOP, 2, 2, 3000, 700, 18700},
        {SENDER_CALLER, 1, 1, 5000, 0, 6000},    {SENDER_CALLER, 2, 2, 10000, 0, 6000},
        {SENDER_CALLER, 2, 2, 12000, 500, 6500},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct simulation_setup setup = {
            .conversations = rows[i].conversations,
            .rounds = 1,
            .send = NANOSECONDS(6000),
            .response = NANOSECONDS(rows[i].response_ns),
            .callers = rows[i].conversations,
            .sender = rows[i].sender,
            .computes = true,
            .cores = rows[i].cores,
            .quota_ns = rows[i].quota_ns,
            .period_ns = 5000,
        };
        cr_assert_eq(run(setup).makespan_ns, rows[i].expected_ns, "row %zu: %ld", i,
                     (long)run(setup).makespan_ns);
    }
}

/* Each send uses up the quota of a period, and each answer takes longer than one. */
Test(simulation, a_quota_that_is_given_anew_while_all_wait_holds_nobody) {
    struct simulation_setup setup = {
        .conversations = 12,
        .rounds = 1,
        .send = NANOSECONDS(5000),
        .response = NANOSECONDS(55000),
        .callers = 1,
        .sender = SENDER_CALLER,
        .computes = true,
        .cores = 2,
        .quota_ns = 5000,
        .period_ns = 10000,
    };
    cr_assert_eq(run(setup).makespan_ns, 720000);
    setup.callers = 12;
    setup.sender = SENDER_LOOP;
    cr_assert_eq(run(setup).makespan_ns, 115000 + 55000);
    setup.sender = SENDER_CALLER;
    cr_assert_eq(run(setup).makespan_ns, 112500 + 55000);
}

Test(simulation, the_peak_in_flight_is_counted_from_the_wire_to_the_answer) {
    struct simulation_setup setup = urls;
    cr_expect_eq(run(setup).in_flight_peak, 12);
    setup.callers = 4;
    cr_expect_eq(run(setup).in_flight_peak, 4);
    setup.callers = 1;
    cr_expect_eq(run(setup).in_flight_peak, 1);
    setup.callers = 12;
    setup.sender = SENDER_LOOP; /* the first is answered when the last is sent */
    cr_expect_eq(run(setup).in_flight_peak, 11);
    cr_expect_eq(run(chess(24)).in_flight_peak, 24);
}

Test(simulation, a_caller_that_comes_to_the_cores_later_leaves_later) {
    struct simulation_setup setup = {
        .conversations = 3,
        .rounds = 1,
        .send = NANOSECONDS(6000),
        .response = NANOSECONDS(1000),
        .callers = 2,
        .sender = SENDER_CALLER,
        .computes = true,
        .cores = 1,
    };
    /* Two share one core until 12000. Both callers come back at 13000, and one of them
     * has work left. */
    assert_trace(setup, (struct simulated_request[]){
                            {0, 0, 12000, 12000, 13000, false},
                            {0, 0, 12000, 12000, 13000, false},
                            {13000, 13000, 19000, 19000, 20000, false},
                        });
}

Test(simulation, cores_are_never_faster_than_their_work) {
    for (uint64_t seed = 1; seed <= 500; seed++) {
        uint64_t state = seed;
        struct simulation_setup setup = {
            .conversations = (int32_t)random_between(&state, 1, 12),
            .rounds = (int32_t)random_between(&state, 1, 4),
            .send = NANOSECONDS(random_between(&state, 0, 100000)),
            .response = NANOSECONDS(random_between(&state, 0, 100000)),
            .callers = (int32_t)random_between(&state, 1, 12),
            .sender = SENDER_CALLER,
            .computes = true,
            .cores = (int32_t)random_between(&state, 1, 6),
            .slots = (int32_t)random_between(&state, 0, 3),
        };
        struct simulation_result result;
        struct simulated_request *requests = trace(&setup, &result);
        int64_t count = (int64_t)setup.conversations * setup.rounds;
        cr_assert_geq(result.busy_ns * setup.cores + count,
                      count * setup.send.first_ns);
        for (int64_t i = 0; i < count; i++) {
            cr_assert_geq(requests[i].send_end_ns - requests[i].send_begin_ns + 1,
                          setup.send.first_ns);
            cr_assert_leq(requests[i].end_ns, result.makespan_ns);
        }
        free(requests);
    }
}

static struct latency draw_latency(uint64_t *state, int64_t most_ns) {
    int64_t a = random_between(state, 0, most_ns);
    int64_t b = random_between(state, a, most_ns);
    switch (random_between(state, 0, 4)) {
    case 0:
        return (struct latency){LATENCY_UNIFORM, a, b};
    case 1:
        return (struct latency){LATENCY_EXPONENTIAL, a, 0};
    case 2:
        return (struct latency){LATENCY_LOGNORMAL, a + 1, b + 1};
    default:
        return (struct latency){LATENCY_FIXED, a, 0};
    }
}

/* Small numbers, so that as many events as possible coincide. */
static struct simulation_setup draw_setup(uint64_t seed) {
    static const enum simulation_sender senders[] = {SENDER_API, SENDER_CALLER,
                                                     SENDER_LOOP};
    uint64_t state = seed;
    int64_t most_ns = random_between(&state, 0, 1) ? 6 : 1000;
    struct simulation_setup setup = {
        .conversations = (int32_t)random_between(&state, 1, 12),
        .rounds = (int32_t)random_between(&state, 1, 5),
        .send = draw_latency(&state, most_ns),
        .response = draw_latency(&state, 2 * most_ns),
        .seed = seed,
        .callers = (int32_t)random_between(&state, 1, 14),
        .sender = senders[random_between(&state, 0, 2)],
        .sender_count = (int32_t)random_between(&state, 0, 4),
        .cores = 2,
        .slots = (int32_t)random_between(&state, 0, 4),
    };
    if (random_between(&state, 0, 2) == 0) {
        setup.timeout_ns = random_between(&state, 1, 6 * most_ns);
    }
    return setup;
}

/* The most requests that are in [begin, end) of a phase at once. */
static int64_t count_peak(const struct simulated_request requests[], int64_t count,
                          bool of_sends) {
    int64_t peak = 0;
    for (int64_t i = 0; i < count; i++) {
        int64_t at_ns =
            of_sends ? requests[i].send_begin_ns : requests[i].response_begin_ns;
        int64_t at_once = 0;
        for (int64_t j = 0; j < count; j++) {
            const struct simulated_request *other = &requests[j];
            at_once += of_sends
                           ? other->send_begin_ns <= at_ns && at_ns < other->send_end_ns
                           : other->response_begin_ns <= at_ns && at_ns < other->end_ns;
        }
        peak = at_once > peak ? at_once : peak;
    }
    return peak;
}

/* The most conversations that are under way at once. */
static int64_t count_callers(const struct simulated_request requests[],
                             const struct simulation_setup *setup) {
    int64_t peak = 0;
    for (int32_t i = 0; i < setup->conversations; i++) {
        int64_t at_ns = requests[(int64_t)i * setup->rounds].begin_ns;
        int64_t at_once = 0;
        for (int32_t j = 0; j < setup->conversations; j++) {
            const struct simulated_request *first =
                &requests[(int64_t)j * setup->rounds];
            at_once +=
                first->begin_ns <= at_ns && at_ns < first[setup->rounds - 1].end_ns;
        }
        peak = at_once > peak ? at_once : peak;
    }
    return peak;
}

Test(simulation, every_request_is_made_once_in_its_order) {
    for (uint64_t seed = 1; seed <= 2000; seed++) {
        struct simulation_setup setup = draw_setup(seed);
        struct simulation_result result;
        struct simulated_request *requests = trace(&setup, &result);
        int64_t last_ns = 0;
        for (int32_t i = 0; i < setup.conversations; i++) {
            for (int32_t round = 0; round < setup.rounds; round++) {
                const struct simulated_request *request =
                    &requests[(int64_t)i * setup.rounds + round];
                cr_assert_leq(request->begin_ns, request->send_begin_ns);
                cr_assert_leq(request->send_begin_ns, request->send_end_ns,
                              "seed %d: /%d/%d", (int)seed, i, round);
                cr_assert_leq(request->send_end_ns, request->response_begin_ns);
                cr_assert_leq(request->response_begin_ns, request->end_ns);
                cr_assert(round == 0 || request->begin_ns == request[-1].end_ns);
                last_ns = request->end_ns > last_ns ? request->end_ns : last_ns;
            }
            cr_assert(i == 0 || requests[(int64_t)i * setup.rounds].begin_ns >=
                                    requests[(int64_t)(i - 1) * setup.rounds].begin_ns);
        }
        cr_assert_eq(result.makespan_ns, last_ns);
        free(requests);
    }
}

Test(simulation, no_phase_is_shorter_than_its_draw) {
    for (uint64_t seed = 1; seed <= 2000; seed++) {
        struct simulation_setup setup = draw_setup(seed);
        setup.timeout_ns = 0;
        struct simulation_result result;
        struct simulated_request *requests = trace(&setup, &result);
        for (int32_t i = 0; i < setup.conversations; i++) {
            for (int32_t round = 0; round < setup.rounds; round++) {
                const struct simulated_request *request =
                    &requests[(int64_t)i * setup.rounds + round];
                cr_assert_eq(
                    request->send_end_ns - request->send_begin_ns,
                    latency_draw(setup.send, setup.seed, i, round, LATENCY_SEND));
                cr_assert_eq(request->end_ns - request->response_begin_ns,
                             latency_draw(setup.response, setup.seed, i, round,
                                          LATENCY_RESPONSE));
            }
        }
        free(requests);
    }
}

Test(simulation, every_limit_is_kept) {
    for (uint64_t seed = 1; seed <= 2000; seed++) {
        struct simulation_setup setup = draw_setup(seed);
        setup.timeout_ns = 0; /* a timeout would end a phase and leave no mark of it */
        struct simulation_result result;
        struct simulated_request *requests = trace(&setup, &result);
        int64_t count = (int64_t)setup.conversations * setup.rounds;
        int64_t senders = setup.sender == SENDER_API    ? setup.sender_count
                          : setup.sender == SENDER_LOOP ? 1
                                                        : 0;
        cr_assert(senders == 0 || count_peak(requests, count, true) <= senders);
        cr_assert(setup.slots == 0 || count_peak(requests, count, false) <= setup.slots,
                  "seed %d", (int)seed);
        cr_assert_leq(count_callers(requests, &setup), setup.callers);
        free(requests);
    }
}

Test(simulation, the_uplink_is_first_come_first_served) {
    for (uint64_t seed = 1; seed <= 1000; seed++) {
        struct simulation_setup setup = draw_setup(seed);
        setup.sender = SENDER_API;
        setup.timeout_ns = 0;
        struct simulation_result result;
        struct simulated_request *requests = trace(&setup, &result);
        int64_t count = (int64_t)setup.conversations * setup.rounds;
        for (int64_t i = 0; i < count; i++) {
            for (int64_t j = 0; j < count; j++) {
                cr_assert(requests[i].begin_ns >= requests[j].begin_ns ||
                              requests[i].send_begin_ns <= requests[j].send_begin_ns,
                          "seed %d", (int)seed);
                cr_assert(requests[i].send_end_ns >= requests[j].send_end_ns ||
                              requests[i].response_begin_ns <=
                                  requests[j].response_begin_ns,
                          "seed %d", (int)seed);
            }
        }
        free(requests);
    }
}

/* The reference, without heap, lanes and lines. At every event it looks at every
 * conversation; a counter gives the order of scheduling. */
enum state { IDLE, UPLINK_LINE, SENDING, SLOT_LINE, ANSWERING, OVER };

struct actor {
    enum state state;
    int32_t round;
    int64_t since;  /* the counter's value when it joined its line */
    int64_t due_ns; /* of the phase that ends by itself */
    int64_t due_order;
    int64_t timeout_ns; /* -1: none */
    int64_t timeout_order;
};

struct reference {
    const struct simulation_setup *setup;
    struct actor actors[16];
    struct simulated_request *requests;
    int64_t now_ns;
    int64_t order;
    int32_t next;
};

static int64_t count_in(const struct reference *reference, enum state state) {
    int64_t count = 0;
    for (int32_t i = 0; i < reference->setup->conversations; i++) {
        count += reference->actors[i].state == state;
    }
    return count;
}

static struct simulated_request *request_at(struct reference *reference, int32_t i) {
    return &reference
                ->requests[i * reference->setup->rounds + reference->actors[i].round];
}

static void start_phase(struct reference *reference, int32_t i, enum state state) {
    const struct simulation_setup *setup = reference->setup;
    struct actor *actor = &reference->actors[i];
    struct simulated_request *request = request_at(reference, i);
    bool sends = state == SENDING;
    actor->state = state;
    actor->due_ns = reference->now_ns +
                    latency_draw(sends ? setup->send : setup->response, setup->seed, i,
                                 actor->round, sends ? LATENCY_SEND : LATENCY_RESPONSE);
    actor->due_order = reference->order++;
    if (sends) {
        request->send_begin_ns = request->send_end_ns = reference->now_ns;
    }
    request->response_begin_ns = reference->now_ns;
}

static void join(struct reference *reference, int32_t i, enum state state) {
    reference->actors[i].state = state;
    reference->actors[i].since = reference->order++;
}

/* The conversation that has waited longest goes on. */
static void admit_next(struct reference *reference, enum state line, enum state phase) {
    int32_t longest = -1;
    for (int32_t i = 0; i < reference->setup->conversations; i++) {
        if (reference->actors[i].state == line &&
            (longest < 0 ||
             reference->actors[i].since < reference->actors[longest].since)) {
            longest = i;
        }
    }
    if (longest >= 0) {
        start_phase(reference, longest, phase);
    }
}

static void start_request(struct reference *reference, int32_t i) {
    const struct simulation_setup *setup = reference->setup;
    struct actor *actor = &reference->actors[i];
    int64_t now_ns = reference->now_ns;
    *request_at(reference, i) =
        (struct simulated_request){now_ns, now_ns, now_ns, now_ns, now_ns, false};
    actor->timeout_ns = -1;
    if (setup->timeout_ns > 0 && setup->sender == SENDER_API) {
        actor->timeout_ns = now_ns + setup->timeout_ns;
        actor->timeout_order = reference->order++;
    }
    int64_t senders = setup->sender == SENDER_LOOP  ? 1
                      : setup->sender == SENDER_API ? setup->sender_count
                                                    : 0;
    if (senders > 0 && count_in(reference, SENDING) >= senders) {
        join(reference, i, UPLINK_LINE);
    } else {
        start_phase(reference, i, SENDING);
    }
}

static void finish_send(struct reference *reference, int32_t i) {
    const struct simulation_setup *setup = reference->setup;
    struct actor *actor = &reference->actors[i];
    struct simulated_request *request = request_at(reference, i);
    request->send_end_ns = request->response_begin_ns = reference->now_ns;
    actor->state = IDLE;
    admit_next(reference, UPLINK_LINE, SENDING);
    if (setup->timeout_ns > 0 && setup->sender != SENDER_API) {
        actor->timeout_ns = reference->now_ns + setup->timeout_ns;
        actor->timeout_order = reference->order++;
    }
    if (setup->slots > 0 && count_in(reference, ANSWERING) >= setup->slots) {
        join(reference, i, SLOT_LINE);
    } else {
        start_phase(reference, i, ANSWERING);
    }
}

static void finish_request(struct reference *reference, int32_t i, bool timed_out) {
    struct actor *actor = &reference->actors[i];
    enum state left = actor->state;
    actor->state = OVER;
    if (left == SENDING) {
        admit_next(reference, UPLINK_LINE, SENDING);
    } else if (left == ANSWERING) {
        admit_next(reference, SLOT_LINE, ANSWERING);
    }
    request_at(reference, i)->end_ns = reference->now_ns;
    request_at(reference, i)->timed_out = timed_out;
    if (++actor->round < reference->setup->rounds) {
        start_request(reference, i);
    } else if (reference->next < reference->setup->conversations) {
        start_request(reference, reference->next++);
    }
}

/* Handles the next event; false if there is none. */
static bool step(struct reference *reference) {
    int32_t who = -1;
    bool is_timeout = false;
    int64_t at_ns = INT64_MAX;
    int64_t order = INT64_MAX;
    for (int32_t i = 0; i < reference->setup->conversations; i++) {
        const struct actor *actor = &reference->actors[i];
        bool has_due = actor->state == SENDING || actor->state == ANSWERING;
        bool has_timeout =
            actor->state != IDLE && actor->state != OVER && actor->timeout_ns >= 0;
        if (has_due && (actor->due_ns < at_ns ||
                        (actor->due_ns == at_ns && actor->due_order < order))) {
            who = i, is_timeout = false, at_ns = actor->due_ns,
            order = actor->due_order;
        }
        if (has_timeout &&
            (actor->timeout_ns < at_ns ||
             (actor->timeout_ns == at_ns && actor->timeout_order < order))) {
            who = i, is_timeout = true, at_ns = actor->timeout_ns,
            order = actor->timeout_order;
        }
    }
    if (who < 0) {
        return false;
    }
    reference->now_ns = at_ns;
    if (!is_timeout && reference->actors[who].state == SENDING) {
        finish_send(reference, who);
    } else {
        finish_request(reference, who, is_timeout);
    }
    return true;
}

static void run_reference(const struct simulation_setup *setup,
                          struct simulated_request *requests) {
    struct reference reference = {.setup = setup, .requests = requests};
    while (reference.next < setup->callers && reference.next < setup->conversations) {
        start_request(&reference, reference.next++);
    }
    while (step(&reference)) {
    }
}

Test(simulation, agrees_with_a_naive_reference_on_random_setups) {
    int timed_out = 0;
    for (uint64_t seed = 1; seed <= 6000; seed++) {
        struct simulation_setup setup = draw_setup(seed);
        struct simulation_result result;
        struct simulated_request *requests = trace(&setup, &result);
        struct simulated_request expected[16 * 5];
        run_reference(&setup, expected);
        for (int32_t i = 0; i < setup.conversations * setup.rounds; i++) {
            assert_request(&requests[i], seed * 1000 + (size_t)i, expected[i]);
        }
        timed_out += result.timed_out > 0;
        free(requests);
    }
    cr_assert_gt(timed_out, 500); /* timeouts were tested, too */
}

Test(simulation, its_figures_are_those_of_its_requests) {
    for (uint64_t seed = 1; seed <= 2000; seed++) {
        struct simulation_setup setup = draw_setup(seed);
        setup.timeout_ns = 0;
        struct simulation_result result;
        struct simulated_request *requests = trace(&setup, &result);
        int32_t count = setup.conversations * setup.rounds;
        int64_t sum_ns = 0;
        int64_t union_ns = 0;
        int64_t latest_ns = 0;
        for (int32_t i = 0; i < count; i++) {
            sum_ns += requests[i].send_end_ns - requests[i].send_begin_ns;
            latest_ns = requests[i].send_end_ns > latest_ns ? requests[i].send_end_ns
                                                            : latest_ns;
        }
        for (int64_t at_ns = 0; at_ns < latest_ns && latest_ns < 5000; at_ns++) {
            bool is_covered = false;
            for (int32_t i = 0; i < count && !is_covered; i++) {
                is_covered = requests[i].send_begin_ns <= at_ns &&
                             at_ns < requests[i].send_end_ns;
            }
            union_ns += is_covered;
        }
        cr_assert_eq(result.busy_sum_ns, sum_ns);
        cr_assert(latest_ns >= 5000 || result.busy_ns == union_ns, "seed %d",
                  (int)seed);
        cr_assert_eq(result.timed_out, 0);
        free(requests);
    }
}

Test(simulation, needs_no_array_of_requests) {
    for (uint64_t seed = 1; seed <= 300; seed++) {
        struct simulation_setup setup = draw_setup(seed);
        struct simulation_result traced;
        free(trace(&setup, &traced));
        struct simulation_result plain = run(setup);
        cr_assert_eq(plain.makespan_ns, traced.makespan_ns);
        cr_assert_eq(plain.busy_ns, traced.busy_ns);
        cr_assert_eq(plain.busy_sum_ns, traced.busy_sum_ns);
        cr_assert_eq(plain.timed_out, traced.timed_out);
    }
}

Test(simulation, another_seed_draws_another_makespan) {
    struct simulation_setup setup = urls;
    setup.response = (struct latency){LATENCY_EXPONENTIAL, 55 * NS_PER_S, 0};
    setup.seed = 1;
    int64_t first_ns = run(setup).makespan_ns;
    cr_assert_eq(run(setup).makespan_ns, first_ns);
    setup.seed = 2;
    cr_assert_neq(run(setup).makespan_ns, first_ns);
}

Test(simulation, a_million_conversations_of_ten_rounds_fit_into_a_gibibyte) {
    struct simulation_setup setup = urls;
    setup.conversations = setup.callers = 1000000;
    setup.rounds = 10;
    cr_assert_eq(makespan_s(setup), 10 * 1000000 * INT64_C(5) + 55);
    struct rusage usage;
    cr_assert_eq(getrusage(RUSAGE_SELF, &usage), 0);
    cr_assert_lt(usage.ru_maxrss, 1024 * 1024, "%ld KiB", usage.ru_maxrss);
}

Test(simulation, the_api_or_the_loop_limits_how_many_send_at_a_time) {
    struct simulation_setup setup = urls;
    setup.sender_count = 3;
    cr_expect_eq(simulation_senders(&setup), 3);
    setup.sender = SENDER_LOOP;
    cr_expect_eq(simulation_senders(&setup), 1);
    setup.sender = SENDER_CALLER;
    cr_expect_eq(simulation_senders(&setup), 0);
    setup.computes = true;
    cr_expect_eq(simulation_senders(&setup), 0);
}
