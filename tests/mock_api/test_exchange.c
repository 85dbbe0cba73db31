/* mock_api/exchange.c on a clock of the test's own: the times of every phase, to the
 * nanosecond. */
#include "mock_api/exchange.h"

#include <criterion/criterion.h>
#include <stdlib.h>

enum { MOST_GUESTS = 200 };

/* One request, and the callbacks that were called for it. */
struct guest {
    struct exchange exchange; /* first: a pointer to it is a pointer to the guest */
    int sent_count;           /* calls of on_sent */
    int answer_order;         /* 1: the first that was answered */
};

/* All state of the API, on a clock that only the test moves. */
static struct {
    struct deadlines deadlines;
    struct exchanges exchanges;
    struct witness witness;
    struct witness_header log_header;
    struct witness_record log[MOST_GUESTS];
    struct guest guests[MOST_GUESTS];
    int64_t now_ns;
    int answered_count;
} world;

static void on_sent(struct exchange *exchange) {
    ((struct guest *)exchange)->sent_count++;
}

static void on_due(struct exchange *exchange) {
    ((struct guest *)exchange)->answer_order = ++world.answered_count;
    exchange_end(&world.exchanges, exchange, 200, 10, world.now_ns);
}

static void open_world(int64_t senders, int64_t slots) {
    struct error error = {.kind = ERROR_NONE};
    cr_assert(deadlines_open(&world.deadlines, &error), "%s", error.message);
    world.log_header.capacity = MOST_GUESTS;
    world.witness.header = &world.log_header;
    world.witness.records = world.log;
    world.exchanges = (struct exchanges){
        .deadlines = &world.deadlines,
        .witness = &world.witness,
        .uplink.slots = senders,
        .answers.slots = slots,
        .on_sent = on_sent,
        .on_due = on_due,
    };
}

/* Every slot is free, no request waits, and every gauge is 0. */
static void expect_empty_world(void) {
    cr_expect_eq(world.exchanges.uplink.taken, 0);
    cr_expect_eq(world.exchanges.answers.taken, 0);
    cr_expect_null(world.exchanges.uplink.line);
    cr_expect_null(world.exchanges.answers.line);
    cr_expect_eq(world.deadlines.count, 0);
    for (int phase = 0; phase < EXCHANGE_PHASES; phase++) {
        cr_expect_eq(world.exchanges.in_phase[phase], 0, "phase %d", phase);
    }
}

static void close_world(void) {
    expect_empty_world();
    deadlines_close(&world.deadlines);
}

static void begin(int index, int64_t at_ns, int64_t send_ns, int64_t response_ns) {
    struct exchange *exchange = &world.guests[index].exchange;
    exchange->send_ns = send_ns;
    exchange->response_ns = response_ns;
    exchange->times.conversation = index;
    exchange->times.round = 7;
    world.now_ns = at_ns;
    cr_assert(exchange_begin(&world.exchanges, exchange, at_ns));
}

/* The clock jumps to now_ns, and only then is everything handled that has become
 * due. */
static void notice_at(int64_t now_ns) {
    world.now_ns = now_ns;
    struct deadline *deadline;
    while ((deadline = deadlines_pop_due(&world.deadlines, now_ns))) {
        cr_assert(exchange_due(&world.exchanges, (struct exchange *)deadline));
    }
}

/* The clock goes to end_ns in steps of 1 ns. */
static void run_until(int64_t end_ns) {
    for (int64_t now_ns = world.now_ns; now_ns <= end_ns; now_ns++) {
        notice_at(now_ns);
    }
}

static void hang_up(int index, int64_t now_ns) {
    world.now_ns = now_ns;
    exchange_end(&world.exchanges, &world.guests[index].exchange, WITNESS_HUNG_UP, 0,
                 now_ns);
}

static const struct witness_record *times(int index) {
    return &world.guests[index].exchange.times;
}

static enum phase phase(int index) {
    return world.guests[index].exchange.phase;
}

static void expect_times(int index, int64_t arrival_ns, int64_t send_begin_ns,
                         int64_t send_end_ns, int64_t response_begin_ns,
                         int64_t response_due_ns) {
    const struct witness_record *found = times(index);
    cr_expect_eq(found->arrival_ns, arrival_ns, "guest %d: %ld", index,
                 (long)found->arrival_ns);
    cr_expect_eq(found->send_begin_ns, send_begin_ns, "guest %d: %ld", index,
                 (long)found->send_begin_ns);
    cr_expect_eq(found->send_end_ns, send_end_ns, "guest %d: %ld", index,
                 (long)found->send_end_ns);
    cr_expect_eq(found->response_begin_ns, response_begin_ns, "guest %d: %ld", index,
                 (long)found->response_begin_ns);
    cr_expect_eq(found->response_due_ns, response_due_ns, "guest %d: %ld", index,
                 (long)found->response_due_ns);
}

Test(exchange, a_lone_request_is_sent_then_answered) {
    open_world(1, 0);
    begin(0, 1000, 5, 55);
    cr_expect_eq(phase(0), PHASE_SEND);
    notice_at(1004);
    cr_expect_eq(phase(0), PHASE_SEND);
    notice_at(1005);
    cr_expect_eq(phase(0), PHASE_RESPONSE);
    notice_at(1059);
    cr_expect_eq(world.answered_count, 0, "early");
    notice_at(1060);
    cr_expect_eq(world.answered_count, 1);
    expect_times(0, 1000, 1000, 1005, 1005, 1060);
    cr_expect_eq(times(0)->answered_ns, 1060);
    cr_expect_eq(times(0)->status, 200);
    cr_expect_eq(times(0)->bytes, 10);
    cr_expect_eq(times(0)->conversation, 0);
    cr_expect_eq(times(0)->round, 7);
    close_world();
}

Test(exchange, twelve_urls_take_115) {
    open_world(1, 0);
    for (int i = 0; i < 12; i++) {
        begin(i, 0, 5, 55);
    }
    run_until(200);
    for (int i = 0; i < 12; i++) {
        expect_times(i, 0, 5 * i, 5 * i + 5, 5 * i + 5, 5 * i + 60);
        cr_expect_eq(world.guests[i].answer_order, i + 1);
    }
    cr_expect_eq(times(11)->answered_ns, 115);
    close_world();
}

Test(exchange, several_senders_serve_as_many_at_a_time) {
    open_world(3, 0);
    for (int i = 0; i < 12; i++) {
        begin(i, 0, 5, 55);
    }
    cr_expect_eq(world.exchanges.in_phase[PHASE_SEND], 3);
    cr_expect_eq(world.exchanges.in_phase[PHASE_QUEUE], 9);
    run_until(200);
    for (int i = 0; i < 12; i++) {
        int64_t begin_ns = i / 3 * 5;
        expect_times(i, 0, begin_ns, begin_ns + 5, begin_ns + 5, begin_ns + 60);
    }
    close_world();
}

Test(exchange, unlimited_senders_never_queue) {
    open_world(0, 0);
    for (int i = 0; i < 100; i++) {
        begin(i, i, 5, 55);
    }
    run_until(300);
    for (int i = 0; i < 100; i++) {
        expect_times(i, i, i, i + 5, i + 5, i + 60);
    }
    close_world();
}

Test(exchange, sends_do_not_drift_if_deadlines_are_handled_late) {
    static const int64_t steps_ns[] = {1, 3, 7, 64, 100000};
    open_world(1, 0);
    for (int step = 0; step < 5; step++) {
        int64_t start_ns = step * 1000000;
        for (int i = 0; i < 12; i++) {
            begin(i, start_ns, 5, 55);
        }
        for (int64_t late_ns = 0; late_ns < 200 + steps_ns[step];
             late_ns += steps_ns[step]) {
            notice_at(start_ns + late_ns);
        }
        for (int i = 0; i < 12; i++) {
            int64_t sent_ns = start_ns + 5 * i;
            expect_times(i, start_ns, sent_ns, sent_ns + 5, sent_ns + 5, sent_ns + 60);
            cr_expect_geq(times(i)->answered_ns, times(i)->response_due_ns);
        }
        expect_empty_world();
    }
    close_world();
}

Test(exchange, a_slot_freed_in_time_but_handled_late_is_not_given_before_arrival) {
    open_world(1, 0);
    begin(0, 0, 5, 55);
    begin(1, 8, 5, 55); /* the slot is free since 5, but this is not handled yet */
    begin(2, 9, 5, 55);
    cr_expect_eq(phase(1), PHASE_QUEUE);
    notice_at(20);
    expect_times(0, 0, 0, 5, 5, 60);
    cr_expect_eq(times(1)->send_begin_ns, 8);
    cr_expect_eq(times(1)->send_end_ns, 13);
    cr_expect_eq(times(2)->send_begin_ns, 13);
    run_until(200);
    expect_times(1, 8, 8, 13, 13, 68);
    expect_times(2, 9, 13, 18, 18, 73);
    close_world();
}

Test(exchange, answers_wait_if_all_slots_are_taken) {
    open_world(0, 2);
    for (int i = 0; i < 6; i++) {
        begin(i, 0, 5, 50);
    }
    notice_at(5);
    cr_expect_eq(world.exchanges.in_phase[PHASE_RESPONSE], 2);
    cr_expect_eq(world.exchanges.in_phase[PHASE_BACKLOG], 4);
    run_until(500);
    for (int i = 0; i < 6; i++) {
        int64_t begin_ns = 5 + i / 2 * 50;
        expect_times(i, 0, 0, 5, begin_ns, begin_ns + 50);
    }
    close_world();
}

Test(exchange, answer_slots_do_not_drift) {
    open_world(0, 1);
    for (int i = 0; i < 5; i++) {
        begin(i, 0, 5, 50);
    }
    notice_at(100000);
    for (int i = 0; i < 5; i++) {
        expect_times(i, 0, 0, 5, 5 + i * 50, 55 + i * 50);
        cr_expect_eq(times(i)->answered_ns, 100000);
    }
    close_world();
}

Test(exchange, an_answer_slot_handled_late_is_not_given_before_the_body_is_complete) {
    open_world(0, 1);
    world.guests[1].exchange.body_pending = true;
    begin(0, 0, 1, 10);
    begin(1, 0, 1, 10);
    notice_at(1);
    /* The slot is free since 11, but this is not handled yet. */
    cr_assert(exchange_body_complete(&world.exchanges, &world.guests[1].exchange, 30));
    cr_expect_eq(phase(1), PHASE_BACKLOG);
    notice_at(50);
    expect_times(0, 0, 0, 1, 1, 11);
    expect_times(1, 0, 0, 1, 30, 40);
    close_world();
}

Test(exchange, the_backlog_is_served_in_the_order_of_being_sent) {
    open_world(0, 1);
    begin(0, 0, 9, 100);
    begin(1, 0, 3, 100);
    begin(2, 0, 6, 100);
    run_until(400);
    cr_expect_eq(times(1)->response_begin_ns, 3);
    cr_expect_eq(times(2)->response_begin_ns, 103);
    cr_expect_eq(times(0)->response_begin_ns, 203);
    close_world();
}

Test(exchange, hanging_up_while_sent_frees_the_uplink_at_once) {
    open_world(1, 0);
    begin(0, 0, 1000, 55);
    begin(1, 1, 5, 55);
    begin(2, 2, 5, 55);
    hang_up(0, 10);
    cr_expect_eq(phase(0), PHASE_NONE);
    cr_expect_eq(phase(1), PHASE_SEND);
    run_until(200);
    cr_expect_eq(times(0)->status, WITNESS_HUNG_UP);
    cr_expect_eq(times(0)->answered_ns, 10);
    cr_expect_eq(times(0)->send_end_ns, 0);
    cr_expect_eq(world.guests[0].answer_order, 0);
    expect_times(1, 1, 10, 15, 15, 70);
    expect_times(2, 2, 15, 20, 20, 75);
    close_world();
}

Test(exchange, hanging_up_in_the_queue_frees_the_place) {
    open_world(1, 0);
    for (int i = 0; i < 4; i++) {
        begin(i, 0, 5, 55);
    }
    hang_up(2, 3);
    cr_expect_eq(world.exchanges.in_phase[PHASE_QUEUE], 2);
    run_until(200);
    expect_times(1, 0, 5, 10, 10, 65);
    expect_times(3, 0, 10, 15, 15, 70);
    cr_expect_eq(times(2)->send_begin_ns, 0);
    cr_expect_eq(times(2)->status, WITNESS_HUNG_UP);
    close_world();
}

Test(exchange, hanging_up_in_the_backlog_frees_the_place) {
    open_world(0, 1);
    for (int i = 0; i < 3; i++) {
        begin(i, 0, 5, 50);
    }
    notice_at(5);
    cr_expect_eq(phase(1), PHASE_BACKLOG);
    hang_up(1, 20);
    run_until(300);
    expect_times(2, 0, 0, 5, 55, 105);
    cr_expect_eq(times(1)->response_begin_ns, 0);
    close_world();
}

Test(exchange, hanging_up_while_answered_frees_the_slot_at_once) {
    open_world(0, 1);
    begin(0, 0, 5, 1000);
    begin(1, 0, 5, 50);
    notice_at(5);
    cr_expect_eq(phase(0), PHASE_RESPONSE);
    hang_up(0, 20);
    run_until(300);
    expect_times(1, 0, 0, 5, 20, 70);
    cr_expect_eq(world.guests[0].answer_order, 0);
    close_world();
}

Test(exchange, hanging_up_while_the_body_is_awaited_holds_nothing) {
    open_world(1, 1);
    world.guests[0].exchange.body_pending = true;
    begin(0, 0, 5, 50);
    notice_at(5);
    cr_expect_eq(phase(0), EXCHANGE_UPLOAD);
    cr_expect_eq(world.exchanges.uplink.taken, 0);
    hang_up(0, 20);
    cr_expect_eq(times(0)->status, WITNESS_HUNG_UP);
    close_world();
}

Test(exchange, ending_twice_changes_nothing) {
    open_world(1, 1);
    begin(0, 0, 5, 50);
    hang_up(0, 3);
    hang_up(0, 4);
    cr_expect_eq(times(0)->answered_ns, 3);
    close_world();
}

Test(exchange, a_hundred_thousand_phases_of_length_0_need_no_recursion) {
    enum { COUNT = 100000 };
    open_world(1, 1);
    struct guest *guests = calloc(COUNT, sizeof *guests);
    cr_assert_not_null(guests);
    world.now_ns = 9;
    for (int i = 0; i < COUNT; i++) {
        cr_assert(exchange_begin(&world.exchanges, &guests[i].exchange, 9));
    }
    notice_at(9);
    cr_expect_eq(world.answered_count, COUNT);
    for (int i = 0; i < COUNT; i++) {
        cr_assert_eq(guests[i].answer_order, i + 1);
        cr_assert_eq(guests[i].exchange.times.response_due_ns, 9);
    }
    cr_expect_eq(world.log_header.count, COUNT);
    free(guests);
    close_world();
}

Test(exchange, a_pending_body_is_asked_for_when_the_send_has_ended) {
    open_world(1, 0);
    world.guests[0].exchange.body_pending = true;
    begin(0, 0, 5, 50);
    begin(1, 0, 5, 50);
    notice_at(4);
    cr_expect_eq(world.guests[0].sent_count, 0);
    notice_at(5);
    cr_expect_eq(world.guests[0].sent_count, 1);
    cr_expect_eq(phase(0), EXCHANGE_UPLOAD);
    cr_expect_eq(times(1)->send_begin_ns, 5, "the uplink is free for the next");
    notice_at(30);
    cr_expect_eq(phase(0), EXCHANGE_UPLOAD);
    world.now_ns = 30;
    cr_assert(exchange_body_complete(&world.exchanges, &world.guests[0].exchange, 30));
    run_until(200);
    expect_times(0, 0, 0, 5, 30, 80);
    cr_expect_eq(world.guests[0].sent_count, 1);
    close_world();
}

Test(exchange, a_body_that_is_complete_before_the_send_ends_delays_nothing) {
    open_world(1, 0);
    world.guests[0].exchange.body_pending = true;
    begin(0, 0, 5, 50);
    cr_assert(exchange_body_complete(&world.exchanges, &world.guests[0].exchange, 2));
    cr_expect_eq(phase(0), PHASE_SEND);
    run_until(100);
    expect_times(0, 0, 0, 5, 5, 55);
    cr_expect_eq(world.guests[0].sent_count, 0);
    close_world();
}

Test(exchange, a_body_that_is_complete_while_queued_delays_nothing) {
    open_world(1, 0);
    begin(0, 0, 5, 50);
    world.guests[1].exchange.body_pending = true;
    begin(1, 0, 5, 50);
    cr_assert(exchange_body_complete(&world.exchanges, &world.guests[1].exchange, 2));
    cr_expect_eq(phase(1), PHASE_QUEUE);
    run_until(100);
    expect_times(1, 0, 5, 10, 10, 60);
    close_world();
}

Test(exchange, a_body_never_ends_before_its_send) {
    open_world(1, 0);
    world.guests[0].exchange.body_pending = true;
    begin(0, 100, 5, 50);
    notice_at(105);
    cr_assert(exchange_body_complete(&world.exchanges, &world.guests[0].exchange, 50));
    notice_at(300);
    expect_times(0, 100, 100, 105, 105, 155);
    close_world();
}

Test(exchange, the_log_follows_every_phase) {
    open_world(1, 1);
    begin(0, 10, 5, 50);
    begin(1, 11, 5, 50);
    const struct witness_record *record = &world.log[1];
    cr_expect_eq(record->arrival_ns, 11);
    cr_expect_eq(record->conversation, 1);
    cr_expect_eq(record->round, 7);
    cr_expect_eq(record->send_begin_ns, 0);
    notice_at(15);
    cr_expect_eq(record->send_begin_ns, 15);
    cr_expect_eq(record->send_end_ns, 0);
    notice_at(20);
    cr_expect_eq(record->send_end_ns, 20);
    cr_expect_eq(record->response_begin_ns, 0);
    notice_at(65);
    cr_expect_eq(record->response_begin_ns, 65);
    cr_expect_eq(record->response_due_ns, 115);
    cr_expect_eq(record->status, 0);
    notice_at(117);
    cr_expect_eq(record->answered_ns, 117);
    cr_expect_eq(record->status, 200);
    cr_expect_eq(record->bytes, 10);
    cr_expect_eq(world.log[0].response_due_ns, 65);
    cr_expect_eq(world.log_header.count, 2);
    close_world();
}

Test(exchange, a_hang_up_stands_in_the_log) {
    open_world(1, 0);
    begin(0, 10, 5, 50);
    begin(1, 10, 5, 50);
    hang_up(1, 12);
    cr_expect_eq(world.log[1].status, WITNESS_HUNG_UP);
    cr_expect_eq(world.log[1].answered_ns, 12);
    cr_expect_eq(world.log[1].send_begin_ns, 0);
    hang_up(0, 13);
    cr_expect_eq(world.log[0].status, WITNESS_HUNG_UP);
    cr_expect_eq(world.log[0].send_begin_ns, 10);
    cr_expect_eq(world.log[0].send_end_ns, 0);
    close_world();
}

Test(exchange, a_full_log_changes_nothing_for_the_request) {
    open_world(1, 0);
    world.log_header.capacity = 1;
    begin(0, 0, 5, 50);
    begin(1, 0, 5, 50);
    run_until(100);
    expect_times(1, 0, 5, 10, 10, 60);
    cr_expect_eq(world.log[1].arrival_ns, 0);
    cr_expect_eq(world.log_header.count, 2);
    close_world();
}

Test(exchange, an_ended_exchange_may_begin_again) {
    open_world(1, 1);
    begin(0, 0, 5, 50);
    run_until(60);
    begin(0, 100, 7, 70);
    cr_expect_eq(times(0)->answered_ns, 0);
    cr_expect_eq(times(0)->status, 0);
    run_until(200);
    expect_times(0, 100, 100, 107, 107, 177);
    cr_expect_eq(world.log[1].response_due_ns, 177);
    cr_expect_eq(world.log[0].response_due_ns, 55);
    close_world();
}

Test(exchange, the_longest_latency_is_not_over_at_once) {
    open_world(1, 0);
    begin(0, 1000, INT64_MAX, 55);
    begin(1, 1000, 0, 0);
    notice_at(2000);
    cr_expect_eq(phase(0), PHASE_SEND);
    hang_up(0, 3000);
    world.guests[1].exchange.response_ns = INT64_MAX;
    notice_at(3000);
    notice_at(4000);
    cr_expect_eq(phase(1), PHASE_RESPONSE);
    cr_expect_eq(times(1)->response_due_ns, INT64_MAX);
    hang_up(1, 5000);
    close_world();
}

/* The slot that is free first: an oracle of a station that needs no line. */
static int64_t *earliest(int64_t free_ns[], int count) {
    int64_t *least = &free_ns[0];
    for (int i = 1; i < count; i++) {
        least = free_ns[i] < *least ? &free_ns[i] : least;
    }
    return least;
}

Test(exchange, random_requests_agree_with_the_recurrence_of_a_queue) {
    srandom(5);
    for (int senders = 1; senders <= 4; senders++) {
        open_world(senders, 0);
        int64_t free_ns[4] = {0};
        int64_t expected_ns[MOST_GUESTS];
        int64_t at_ns = world.now_ns + 1;
        for (int i = 0; i < MOST_GUESTS; i++) {
            at_ns += random() % 9;
            notice_at(at_ns);
            begin(i, at_ns, 1 + random() % 20, random() % 100);
            int64_t *slot = earliest(free_ns, senders);
            expected_ns[i] = at_ns > *slot ? at_ns : *slot;
            *slot = expected_ns[i] + world.guests[i].exchange.send_ns;
        }
        run_until(at_ns + 10000);
        for (int i = 0; i < MOST_GUESTS; i++) {
            cr_assert_eq(times(i)->send_begin_ns, expected_ns[i], "guest %d", i);
            cr_assert_eq(times(i)->send_end_ns,
                         expected_ns[i] + world.guests[i].exchange.send_ns);
        }
        close_world();
    }
}

static void check_limits(int64_t senders, int64_t slots) {
    const uint64_t *in_phase = world.exchanges.in_phase;
    cr_assert_leq(in_phase[PHASE_SEND], (uint64_t)senders);
    cr_assert_leq(in_phase[PHASE_RESPONSE], (uint64_t)slots);
    cr_assert_eq(in_phase[PHASE_SEND], (uint64_t)world.exchanges.uplink.taken);
    cr_assert_eq(in_phase[PHASE_RESPONSE], (uint64_t)world.exchanges.answers.taken);
    /* No request waits while a slot is free. */
    cr_assert(in_phase[PHASE_QUEUE] == 0 || in_phase[PHASE_SEND] == (uint64_t)senders);
    cr_assert(in_phase[PHASE_BACKLOG] == 0 ||
              in_phase[PHASE_RESPONSE] == (uint64_t)slots);
}

Test(exchange, random_arrivals_bodies_and_hang_ups_leave_nothing_behind) {
    srandom(17);
    open_world(2, 3);
    world.witness.header = NULL;
    for (int step = 0; step < 50000; step++) {
        int64_t now_ns = world.now_ns + random() % 4;
        int index = (int)(random() % 50);
        struct exchange *exchange = &world.guests[index].exchange;
        notice_at(now_ns);
        if (exchange->phase == PHASE_NONE) {
            exchange->body_pending = random() % 3 == 0;
            begin(index, now_ns, random() % 12, random() % 30);
        } else if (random() % 4 == 0) {
            hang_up(index, now_ns);
        } else if (exchange->body_pending) {
            cr_assert(exchange_body_complete(&world.exchanges, exchange, now_ns));
        }
        check_limits(2, 3);
    }
    for (int i = 0; i < 50; i++) {
        hang_up(i, world.now_ns);
    }
    cr_assert_gt(world.answered_count, 1000);
    close_world();
}

/* Like begin(), but for the first round of the conversation. */
static void start(int index, int64_t at_ns) {
    struct exchange *exchange = &world.guests[index].exchange;
    exchange->send_ns = 5;
    exchange->response_ns = 55;
    exchange->times.conversation = index;
    exchange->times.round = 0;
    world.now_ns = at_ns;
    cr_assert(exchange_begin(&world.exchanges, exchange, at_ns));
}

Test(exchange, in_the_line_up_conversations_begin_in_their_order) {
    open_world(1, 0);
    world.exchanges.lineup.is_kept = true;
    start(2, 0);
    start(1, 1);
    cr_expect_eq(phase(1), PHASE_QUEUE);
    cr_expect_eq(phase(2), PHASE_QUEUE);
    start(0, 2);
    cr_expect_eq(phase(0), PHASE_SEND);
    start(3, 3);
    run_until(200);
    expect_times(0, 2, 2, 7, 7, 62);
    expect_times(1, 1, 7, 12, 12, 67);
    expect_times(2, 0, 12, 17, 17, 72);
    expect_times(3, 3, 17, 22, 22, 77);
    close_world();
}

Test(exchange, with_unlimited_senders_early_requests_begin_at_their_turn) {
    open_world(0, 0);
    world.exchanges.lineup.is_kept = true;
    start(1, 1);
    start(0, 4);
    run_until(200);
    expect_times(0, 4, 4, 9, 9, 64);
    expect_times(1, 1, 4, 9, 9, 64);
    close_world();
}

Test(exchange, the_line_up_is_given_up_if_a_conversation_does_not_come) {
    const int64_t patience_ns = 100000000;
    open_world(1, 0);
    world.exchanges.lineup.is_kept = true;
    start(2, 0);
    start(1, 1);
    notice_at(patience_ns - 1);
    cr_expect_eq(phase(1), PHASE_QUEUE);
    notice_at(patience_ns);
    cr_expect_eq(phase(1), PHASE_SEND);
    start(0, patience_ns + 1);
    notice_at(patience_ns + 200);
    expect_times(1, 1, patience_ns, patience_ns + 5, patience_ns + 5, patience_ns + 60);
    expect_times(2, 0, patience_ns + 5, patience_ns + 10, patience_ns + 10,
                 patience_ns + 65);
    close_world();
}

Test(exchange, a_hang_up_in_the_line_up_holds_up_no_request) {
    open_world(1, 0);
    world.exchanges.lineup.is_kept = true;
    start(2, 0);
    start(1, 0);
    hang_up(1, 3);
    cr_expect_eq(times(1)->status, WITNESS_HUNG_UP);
    cr_expect_eq(times(2)->send_begin_ns, 3);
    start(0, 4);
    run_until(200);
    expect_times(2, 0, 3, 8, 8, 63);
    expect_times(0, 4, 8, 13, 13, 68);
    close_world();
}
