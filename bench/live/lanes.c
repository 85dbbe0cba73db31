/* The state of the lanes, read from the witness log while the API writes it. A field of
 * a record may be visible before an earlier one, so no conclusion depends on two
 * fields, and no field is an index before it is checked. */
#include "bench/live/lanes.h"

#include <stdlib.h>
#include <string.h>

bool lanes_open(struct lanes *lanes, const struct lanes_setup *setup) {
    *lanes = (struct lanes){.setup = *setup};
    int32_t count = LANES_MOST_RECORDS / (setup->rounds > 0 ? setup->rounds : 1);
    count = count < LANES_MOST ? count : LANES_MOST;
    count = count < setup->conversations ? count : setup->conversations;
    lanes->lane_count = count;
    lanes->counts[PHASE_NONE] = setup->conversations;
    lanes->rounds = malloc(((size_t)count + 1) * sizeof *lanes->rounds);
    lanes->records =
        calloc((size_t)count * (size_t)setup->rounds + 1, sizeof *lanes->records);
    if (!lanes->rounds || !lanes->records) {
        return false;
    }
    memset(lanes->rounds, -1, ((size_t)count + 1) * sizeof *lanes->rounds);
    int64_t half_ns =
        setup->predicted_ns > 0 ? setup->predicted_ns : 8 * setup->request_ns;
    population_init(&lanes->population, half_ns / (POPULATION_BINS / 2));
    return true;
}

void lanes_close(struct lanes *lanes) {
    free(lanes->rounds);
    free(lanes->records);
    free(lanes->open);
    *lanes = (struct lanes){.open = NULL};
}

static enum phase phase_of(const struct witness_record *record) {
    return record->answered_ns         ? LANE_DONE
           : record->response_begin_ns ? PHASE_RESPONSE
           : record->send_end_ns       ? PHASE_BACKLOG
           : record->send_begin_ns     ? PHASE_SEND
                                       : PHASE_QUEUE;
}

/* The time at which a request entered a phase; 0: never (its client hung up before). */
static int64_t begin_of(const struct witness_record *record, enum phase phase) {
    switch (phase) {
    case PHASE_QUEUE:
        return record->arrival_ns;
    case PHASE_SEND:
        return record->send_begin_ns;
    case PHASE_BACKLOG:
        return record->send_end_ns;
    case PHASE_RESPONSE:
        return record->response_begin_ns;
    case LANE_DONE:
        return record->answered_ns;
    default:
        return 0;
    }
}

static void move(struct lanes *lanes, int64_t at_ns, enum phase from, enum phase to) {
    lanes->counts[from]--;
    lanes->counts[to]++;
    population_move(&lanes->population, at_ns - lanes->start_ns, from, to);
}

/* Moves a request through the phases that it has entered since the last update. */
static void advance(struct lanes *lanes, struct lanes_open *open,
                    const struct witness_record *record) {
    enum phase reached = phase_of(record);
    for (int phase = open->phase + 1; phase <= (int)reached; phase++) {
        int64_t at_ns = begin_of(record, (enum phase)phase);
        if (at_ns > 0) {
            bool is_last = record->round == lanes->setup.rounds - 1;
            bool goes_on = phase == LANE_DONE && !is_last;
            move(lanes, at_ns, open->phase, goes_on ? PHASE_NONE : (enum phase)phase);
            open->phase = (enum phase)phase;
        }
    }
    if (open->phase == LANE_DONE) {
        lanes->answered++;
        lanes->last_ns =
            record->answered_ns > lanes->last_ns ? record->answered_ns : lanes->last_ns;
        lanes->failed += record->status >= 400;
    }
}

static void keep(struct lanes *lanes, const struct witness_record *record) {
    int32_t lane = record->conversation;
    int32_t round = record->round;
    if (lane >= 0 && lane < lanes->lane_count && round >= 0 &&
        round < lanes->setup.rounds) {
        lanes->records[(size_t)lane * (size_t)lanes->setup.rounds + (size_t)round] =
            *record;
        lanes->rounds[lane] = round > lanes->rounds[lane] ? round : lanes->rounds[lane];
    }
}

static void look_at_open(struct lanes *lanes, const struct witness *witness) {
    size_t kept = 0;
    for (size_t i = 0; i < lanes->open_count; i++) {
        struct lanes_open open = lanes->open[i];
        struct witness_record record = witness->records[open.place];
        if (phase_of(&record) != open.phase) {
            advance(lanes, &open, &record);
            keep(lanes, &record);
        }
        if (open.phase != LANE_DONE) {
            lanes->open[kept++] = open;
        }
    }
    lanes->open_count = kept;
}

static bool reserve(struct lanes *lanes) {
    if (lanes->open_count < lanes->open_room) {
        return true;
    }
    size_t room = lanes->open_room ? 2 * lanes->open_room : 64;
    struct lanes_open *open = realloc(lanes->open, room * sizeof *open);
    if (open) {
        lanes->open = open;
        lanes->open_room = room;
    }
    return open != NULL;
}

static void look_at_new(struct lanes *lanes, const struct witness *witness) {
    uint64_t count = witness_count(witness);
    for (; lanes->seen < count && reserve(lanes); lanes->seen++) {
        struct witness_record record = witness->records[lanes->seen];
        struct lanes_open open = {lanes->seen, PHASE_NONE};
        if (record.arrival_ns == 0) {
            return; /* the API has counted this record and not written it yet */
        }
        int64_t begin_ns = record.arrival_ns - lanes->setup.client_send_ns;
        if (lanes->start_ns == 0) {
            lanes->start_ns = begin_ns;
        }
        if (record.conversation < 0) {
            continue; /* a request outside of the scenario */
        }
        if (lanes->setup.client_sends) {
            move(lanes, begin_ns, PHASE_NONE, PHASE_SEND);
            move(lanes, record.arrival_ns, PHASE_SEND, PHASE_QUEUE);
            open.phase = PHASE_QUEUE;
        }
        advance(lanes, &open, &record);
        keep(lanes, &record);
        if (open.phase != LANE_DONE) {
            lanes->open[lanes->open_count++] = open;
        }
    }
}

void lanes_update(struct lanes *lanes, const struct witness *witness,
                  int64_t model_start_ns, int64_t now_ns) {
    lanes->now_ns = now_ns;
    lanes->is_blind = !witness;
    if (witness) {
        look_at_open(lanes, witness);
        look_at_new(lanes, witness);
        if (lanes->counts[LANE_DONE] >= lanes->setup.conversations) {
            lanes->now_ns = lanes->last_ns; /* not the model's exit */
        }
    } else {
        lanes->start_ns = model_start_ns;
    }
}

int64_t lanes_elapsed_ns(const struct lanes *lanes) {
    bool begun = lanes->start_ns > 0 && lanes->now_ns > lanes->start_ns;
    return begun ? lanes->now_ns - lanes->start_ns : 0;
}

/* Without a prediction the axis doubles when it is full: an axis that changed with each
 * frame could not be read. */
int64_t lanes_axis_ns(const struct lanes *lanes) {
    const struct lanes_setup *setup = &lanes->setup;
    int64_t elapsed_ns = lanes_elapsed_ns(lanes);
    int64_t axis_ns =
        setup->axis_ns > setup->predicted_ns ? setup->axis_ns : setup->predicted_ns;
    if (setup->predicted_ns > 0) {
        return elapsed_ns > axis_ns ? elapsed_ns : axis_ns;
    }
    if (axis_ns <= 0) {
        axis_ns = setup->request_ns > 0 ? 2 * setup->request_ns : 1000000;
    }
    while (axis_ns < elapsed_ns) {
        axis_ns *= 2;
    }
    return axis_ns;
}

const struct witness_record *lanes_record(const struct lanes *lanes, int32_t lane,
                                          int32_t round) {
    const struct witness_record *record =
        &lanes->records[(size_t)lane * (size_t)lanes->setup.rounds + (size_t)round];
    return record->arrival_ns > 0 ? record : NULL;
}

enum phase lanes_phase(const struct lanes *lanes, int32_t lane) {
    int32_t round = lanes->rounds[lane];
    if (round < 0) {
        return PHASE_NONE;
    }
    enum phase phase = phase_of(lanes_record(lanes, lane, round));
    bool goes_on = phase == LANE_DONE && round < lanes->setup.rounds - 1;
    return goes_on ? PHASE_NONE : phase;
}

int lanes_parts(const struct lanes *lanes, const struct witness_record *record,
                struct lane_part parts[static LANE_MOST_PARTS]) {
    int count = 0;
    enum phase phase = PHASE_QUEUE;
    int64_t begin_ns = record->arrival_ns;
    if (lanes->setup.client_sends) {
        begin_ns -= lanes->setup.client_send_ns;
        phase = PHASE_SEND;
    }
    for (int next = PHASE_QUEUE; next <= LANE_DONE; next++) {
        bool is_arrival = next == PHASE_QUEUE;
        if (is_arrival && !lanes->setup.client_sends) {
            continue; /* the first part begins there */
        }
        int64_t end_ns = begin_of(record, (enum phase)next);
        if (end_ns > begin_ns && count < LANE_MOST_PARTS) {
            parts[count++] = (struct lane_part){phase, begin_ns - lanes->start_ns,
                                                end_ns - lanes->start_ns};
        }
        begin_ns = end_ns > 0 ? end_ns : begin_ns;
        phase = end_ns > 0 ? (enum phase)next : phase;
    }
    if (phase != LANE_DONE && lanes->now_ns > begin_ns && count < LANE_MOST_PARTS) {
        parts[count++] = (struct lane_part){phase, begin_ns - lanes->start_ns,
                                            lanes->now_ns - lanes->start_ns};
    }
    return count;
}
