/* bench/live/lanes.c: the API's records as conversations and their phases. */
#include "bench/live/lanes.h"
#include "tests/support/made_record.h"

#include <criterion/criterion.h>
#include <stdlib.h>

static struct made_record made;

static struct lanes_setup setup_of(int32_t conversations, int32_t rounds) {
    return (struct lanes_setup){.conversations = conversations,
                                .rounds = rounds,
                                .predicted_ns = 35 * NS_PER_S,
                                .request_ns = 20 * NS_PER_S};
}

static void open_lanes(struct lanes *lanes, struct lanes_setup setup) {
    cr_assert(lanes_open(lanes, &setup));
}

static void update(struct lanes *lanes, double now) {
    lanes_update(lanes, &made.witness, made_at(-1), made_at(now));
}

static void expect_counts(const struct lanes *lanes,
                          const int64_t expected[LANE_PHASES]) {
    for (int phase = 0; phase < LANE_PHASES; phase++) {
        cr_expect_eq(lanes->counts[phase], expected[phase], "phase %d: %d, not %d",
                     phase, (int)lanes->counts[phase], (int)expected[phase]);
    }
}

Test(lanes, before_the_first_request_all_lanes_wait_and_no_time_passes) {
    struct lanes lanes;
    open_lanes(&lanes, setup_of(4, 1));
    made_open(&made);
    update(&lanes, 3);
    expect_counts(&lanes, (int64_t[]){4, 0, 0, 0, 0, 0});
    cr_expect_eq(lanes_elapsed_ns(&lanes), 0);
    cr_expect_eq(lanes_phase(&lanes, 3), PHASE_NONE);
    lanes_close(&lanes);
}

Test(lanes, each_conversation_is_in_the_phase_that_its_request_is_in) {
    struct lanes lanes;
    open_lanes(&lanes, setup_of(4, 1));
    made_exhibition(&made, 4, 5, 15, 21);
    update(&lanes, 21);
    expect_counts(&lanes, (int64_t[]){0, 0, 0, 0, 3, 1});
    cr_expect_eq(lanes_phase(&lanes, 0), LANE_DONE);
    cr_expect_eq(lanes_phase(&lanes, 3), PHASE_RESPONSE);
    cr_expect_eq(lanes_elapsed_ns(&lanes), 21 * NS_PER_S);
    cr_expect_eq(lanes.open_count, 3);
    cr_expect_eq(lanes.answered, 1);
    lanes_close(&lanes);
}

Test(lanes, many_updates_give_the_same_as_one) {
    struct lanes often;
    struct lanes once;
    open_lanes(&often, setup_of(12, 1));
    open_lanes(&once, setup_of(12, 1));
    for (int now = 0; now <= 60; now++) {
        struct made_record next;
        made_exhibition(&next, 12, 5, 15, now);
        for (int i = 0; i < 12; i++) { /* as the API fills in its records */
            made.records[i] = next.records[i];
        }
        made.header = next.header;
        made.witness = (struct witness){&made.header, made.records, sizeof made};
        update(&often, now);
    }
    update(&once, 60);
    for (int phase = 0; phase < LANE_PHASES; phase++) {
        cr_expect_eq(often.counts[phase], once.counts[phase]);
        for (int at = 0; at <= 60; at++) {
            int64_t seen_often[LANE_PHASES];
            int64_t seen_once[LANE_PHASES];
            population_at(&often.population, at * NS_PER_S, seen_often);
            population_at(&once.population, at * NS_PER_S, seen_once);
            cr_expect_eq(seen_often[phase], seen_once[phase], "phase %d at %d s", phase,
                         at);
        }
    }
    for (int lane = 0; lane < 12; lane++) {
        cr_expect_eq(lanes_phase(&often, lane), lanes_phase(&once, lane));
    }
    lanes_close(&often);
    lanes_close(&once);
}

Test(lanes, a_request_s_parts_follow_each_other_up_to_now) {
    struct lanes lanes;
    struct lane_part parts[LANE_MOST_PARTS];
    open_lanes(&lanes, setup_of(4, 1));
    made_exhibition(&made, 4, 5, 15, 13);
    update(&lanes, 13);
    cr_assert_eq(lanes_parts(&lanes, lanes_record(&lanes, 1, 0), parts), 3);
    static const struct lane_part expected[] = {
        {PHASE_QUEUE, 0, 5 * NS_PER_S},
        {PHASE_SEND, 5 * NS_PER_S, 10 * NS_PER_S},
        {PHASE_RESPONSE, 10 * NS_PER_S, 13 * NS_PER_S},
    };
    for (int i = 0; i < 3; i++) {
        cr_expect_eq(parts[i].phase, expected[i].phase);
        cr_expect_eq(parts[i].begin_ns, expected[i].begin_ns);
        cr_expect_eq(parts[i].end_ns, expected[i].end_ns);
    }
    lanes_close(&lanes);
}

Test(lanes, an_answer_that_waits_for_a_slot_is_a_backlog) {
    struct lanes lanes;
    struct lane_part parts[LANE_MOST_PARTS];
    open_lanes(&lanes, setup_of(1, 1));
    made_open(&made);
    struct witness_record *record = made_add(&made, 0, 0, 0);
    record->send_begin_ns = made_at(0);
    record->send_end_ns = made_at(5);
    update(&lanes, 8);
    cr_expect_eq(lanes_phase(&lanes, 0), PHASE_BACKLOG);
    cr_assert_eq(lanes_parts(&lanes, lanes_record(&lanes, 0, 0), parts), 2);
    cr_expect_eq(parts[1].phase, PHASE_BACKLOG);
    cr_expect_eq(parts[1].end_ns, 8 * NS_PER_S);
    lanes_close(&lanes);
}

Test(lanes, a_client_that_hangs_up_in_the_queue_never_sent) {
    struct lanes lanes;
    struct lane_part parts[LANE_MOST_PARTS];
    open_lanes(&lanes, setup_of(2, 1));
    made_open(&made);
    struct witness_record *record = made_add(&made, 1, 0, 0);
    update(&lanes, 1);
    record->answered_ns = made_at(3);
    record->status = WITNESS_HUNG_UP;
    update(&lanes, 9);
    expect_counts(&lanes, (int64_t[]){1, 0, 0, 0, 0, 1});
    cr_expect_eq(lanes.failed, 1);
    cr_assert_eq(lanes_parts(&lanes, lanes_record(&lanes, 1, 0), parts), 1);
    cr_expect_eq(parts[0].phase, PHASE_QUEUE);
    cr_expect_eq(parts[0].end_ns, 3 * NS_PER_S);
    lanes_close(&lanes);
}

Test(lanes, between_two_rounds_a_lane_waits_and_after_the_last_it_is_done) {
    struct lanes lanes;
    open_lanes(&lanes, setup_of(1, 2));
    made_open(&made);
    made_go_on(made_add(&made, 0, 0, 0), 0, 5, 20, 25);
    update(&lanes, 25);
    cr_expect_eq(lanes_phase(&lanes, 0), PHASE_NONE);
    expect_counts(&lanes, (int64_t[]){1, 0, 0, 0, 0, 0});
    made_go_on(made_add(&made, 0, 1, 25), 25, 30, 45, 50);
    update(&lanes, 50);
    cr_expect_eq(lanes_phase(&lanes, 0), LANE_DONE);
    expect_counts(&lanes, (int64_t[]){0, 0, 0, 0, 0, 1});
    cr_expect_eq(lanes.answered, 2);
    lanes_close(&lanes);
}

Test(lanes, a_client_s_own_send_is_before_its_request_arrives) {
    struct lanes lanes;
    struct lane_part parts[LANE_MOST_PARTS];
    struct lanes_setup setup = setup_of(2, 1);
    setup.client_sends = true;
    setup.client_send_ns = 5 * NS_PER_S;
    open_lanes(&lanes, setup);
    made_open(&made);
    made_go_on(made_add(&made, 0, 0, 5), 5, 5, 20, 8);
    update(&lanes, 8);
    cr_expect_eq(lanes_elapsed_ns(&lanes), 8 * NS_PER_S); /* since its send began */
    cr_assert_eq(lanes_parts(&lanes, lanes_record(&lanes, 0, 0), parts), 2);
    cr_expect_eq(parts[0].phase, PHASE_SEND);
    cr_expect_eq(parts[0].begin_ns, 0);
    cr_expect_eq(parts[0].end_ns, 5 * NS_PER_S);
    cr_expect_eq(parts[1].phase, PHASE_RESPONSE);
    expect_counts(&lanes, (int64_t[]){1, 0, 0, 0, 1, 0});
    lanes_close(&lanes);
}

Test(lanes, the_axis_is_the_prediction_until_it_is_over) {
    struct lanes lanes;
    open_lanes(&lanes, setup_of(4, 1));
    made_exhibition(&made, 4, 5, 15, 12);
    update(&lanes, 12);
    cr_expect_eq(lanes_axis_ns(&lanes), 35 * NS_PER_S);
    made_exhibition(&made, 4, 5, 15, 34);
    update(&lanes, 40);
    cr_expect_eq(lanes_axis_ns(&lanes), 40 * NS_PER_S);
    lanes_close(&lanes);
}

Test(lanes, the_axis_is_that_of_the_longest_model) {
    struct lanes lanes;
    struct lanes_setup setup = setup_of(4, 1);
    setup.axis_ns = 80 * NS_PER_S;
    open_lanes(&lanes, setup);
    made_exhibition(&made, 4, 5, 15, 12);
    update(&lanes, 12);
    cr_expect_eq(lanes_axis_ns(&lanes), 80 * NS_PER_S);
    update(&lanes, 90);
    cr_expect_eq(lanes_axis_ns(&lanes), 90 * NS_PER_S);
    lanes_close(&lanes);
}

Test(lanes, without_its_own_prediction_it_doubles_the_axis_of_the_others) {
    struct lanes lanes;
    struct lanes_setup setup = setup_of(4, 1);
    setup.predicted_ns = 0;
    setup.axis_ns = 90 * NS_PER_S;
    open_lanes(&lanes, setup);
    made_exhibition(&made, 4, 5, 15, 12);
    update(&lanes, 12);
    cr_expect_eq(lanes_axis_ns(&lanes), 90 * NS_PER_S);
    update(&lanes, 91);
    cr_expect_eq(lanes_axis_ns(&lanes), 180 * NS_PER_S);
    lanes_close(&lanes);
}

Test(lanes, time_stops_when_all_is_done) {
    struct lanes lanes;
    open_lanes(&lanes, setup_of(4, 1));
    made_exhibition(&made, 4, 5, 15, 50);
    update(&lanes, 50);
    cr_expect_eq(lanes_elapsed_ns(&lanes), 35 * NS_PER_S);
    lanes_close(&lanes);
}

Test(lanes, without_a_prediction_the_axis_doubles) {
    struct lanes lanes;
    struct lanes_setup setup = setup_of(4, 1);
    setup.predicted_ns = 0;
    open_lanes(&lanes, setup);
    made_exhibition(&made, 4, 5, 15, 12);
    update(&lanes, 12);
    cr_expect_eq(lanes_axis_ns(&lanes), 40 * NS_PER_S); /* two requests */
    made_exhibition(&made, 4, 5, 15, 34);
    update(&lanes, 41);
    cr_expect_eq(lanes_axis_ns(&lanes), 80 * NS_PER_S);
    lanes_close(&lanes);
}

Test(lanes, without_a_log_time_passes_since_the_model_was_started) {
    struct lanes lanes;
    open_lanes(&lanes, setup_of(4, 1));
    lanes_update(&lanes, NULL, made_at(2), made_at(9));
    cr_expect(lanes.is_blind);
    cr_expect_eq(lanes_elapsed_ns(&lanes), 7 * NS_PER_S);
    lanes_close(&lanes);
}

/* Another process writes the log, so a record may be half-written, or nonsense. */
Test(lanes, a_log_of_nonsense_is_survived) {
    struct lanes lanes;
    unsigned seed = 7;
    open_lanes(&lanes, setup_of(4, 3));
    made_open(&made);
    for (int i = 0; i < MADE_RECORDS; i++) {
        struct witness_record *record = made_add(&made, 0, 0, 0);
        unsigned char *bytes = (unsigned char *)record;
        for (size_t at = 0; at < sizeof *record; at++) {
            seed = seed * 1103515245 + 12345;
            bytes[at] = seed >> 28 ? 0 : (unsigned char)(seed >> 16);
        }
        record->arrival_ns = record->arrival_ns & INT64_MAX;
        update(&lanes, i);
        for (int lane = 0; lane < lanes.lane_count; lane++) {
            lanes_phase(&lanes, lane);
            for (int round = 0; round <= lanes.rounds[lane]; round++) {
                struct lane_part parts[LANE_MOST_PARTS];
                const struct witness_record *kept = lanes_record(&lanes, lane, round);
                int count = kept ? lanes_parts(&lanes, kept, parts) : 0;
                cr_assert_leq(count, LANE_MOST_PARTS);
            }
        }
    }
    lanes_close(&lanes);
}

Test(lanes, more_conversations_than_lines_are_counted_all_the_same) {
    struct lanes lanes;
    open_lanes(&lanes, setup_of(400, 1));
    cr_expect_eq(lanes.lane_count, LANES_MOST);
    made_exhibition(&made, 400, 5, 15, 100);
    update(&lanes, 100);
    expect_counts(&lanes, (int64_t[]){0, 379, 1, 0, 3, 17});
    lanes_close(&lanes);
}

Test(lanes, a_record_that_is_not_written_yet_is_read_later) {
    struct lanes lanes;
    open_lanes(&lanes, setup_of(2, 1));
    made_open(&made);
    struct witness_record *record = witness_next(&made.witness);
    update(&lanes, 1);
    cr_expect_eq(lanes.seen, 0);
    *record = (struct witness_record){.arrival_ns = made_at(0), .conversation = 1};
    update(&lanes, 2);
    cr_expect_eq(lanes.seen, 1);
    cr_expect_eq(lanes_phase(&lanes, 1), PHASE_QUEUE);
    lanes_close(&lanes);
}
