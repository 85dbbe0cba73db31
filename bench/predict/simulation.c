/* The simulation. A conversation has at most one request under way, so the
 * conversation's number names the request. The conversation's generation grows with
 * each request; an event of an older generation is void. */
#include "bench/predict/simulation.h"
#include "base/witness.h"
#include "bench/predict/agenda.h"
#include "bench/programs/interrupt.h"

#include <math.h>
#include <stdlib.h>

enum event_lane { EVENT_SENT, EVENT_ANSWERED, EVENT_TIMED_OUT, EVENT_COMPUTED };

struct conversation {
    int32_t round;
    uint32_t generation;
    enum phase phase;
    int64_t send_begin_ns;
    double
        computed_at; /* if it computes: its send ends when `shared_ns` reaches this */
};

struct place {
    int32_t conversation;
    uint32_t generation;
};

/* A line of conversations, first come, first served, in a ring that grows. A place of
 * an older generation is skipped: that conversation has left the line (timeout). */
struct line {
    struct place *places;
    int64_t begin;
    int64_t count;
    int64_t capacity;
};

struct simulation {
    const struct simulation_setup *setup;
    struct simulated_request *requests;
    struct simulation_result *result;
    struct agenda agenda;
    struct conversation *conversations;
    int32_t next_conversation; /* the first that no caller has begun */
    int64_t now_ns;
    struct line uplink_line;
    int64_t uplink_taken;
    struct line slot_line;
    int64_t slots_taken;
    int64_t sending; /* send phases under way, for the busy time (a union) */
    int64_t sending_since_ns;
    int64_t in_flight;
    /* Processor sharing: a caller that has computed since the start has had shared_ns
     * of processor time. Callers end in the order of computed_at, which this heap
     * keeps. */
    int32_t *computing;
    int64_t computing_count;
    double shared_ns;
    int64_t shared_at_ns;
    uint32_t computing_generation;
    double quota_left_ns; /* of this period */
    int64_t period_end_ns;
    bool out_of_memory;
};

static struct simulated_request *request_of(struct simulation *simulation, int32_t i) {
    return simulation->requests
               ? &simulation->requests[(int64_t)i * simulation->setup->rounds +
                                       simulation->conversations[i].round]
               : NULL;
}

static void schedule(struct simulation *simulation, enum event_lane lane, int32_t i,
                     uint32_t generation, int64_t delay_ns) {
    struct agenda_event event = {.at_ns = simulation->now_ns + delay_ns,
                                 .subject = i,
                                 .generation = generation,
                                 .lane = (int)lane};
    if (!agenda_schedule(&simulation->agenda, event)) {
        simulation->out_of_memory = true;
    }
}

static bool line_grow(struct line *line) {
    int64_t capacity = line->capacity ? 2 * line->capacity : 64;
    struct place *places = malloc((size_t)capacity * sizeof *places);
    if (!places) {
        return false;
    }
    for (int64_t i = 0; i < line->count; i++) {
        places[i] = line->places[(line->begin + i) % line->capacity];
    }
    free(line->places);
    *line = (struct line){places, 0, line->count, capacity};
    return true;
}

static void line_append(struct simulation *simulation, struct line *line, int32_t i) {
    if (line->count == line->capacity && !line_grow(line)) {
        simulation->out_of_memory = true;
        return;
    }
    line->places[(line->begin + line->count++) % line->capacity] =
        (struct place){i, simulation->conversations[i].generation};
}

/* Takes the first conversation that still waits; -1: none. */
static int32_t line_take(struct simulation *simulation, struct line *line) {
    while (line->count > 0) {
        struct place place = line->places[line->begin];
        line->begin = (line->begin + 1) % line->capacity;
        line->count--;
        if (simulation->conversations[place.conversation].generation ==
            place.generation) {
            return place.conversation;
        }
    }
    return -1;
}

static int64_t draw(const struct simulation *simulation, int32_t i,
                    struct latency latency, enum latency_phase phase) {
    return latency_draw(latency, simulation->setup->seed, i,
                        simulation->conversations[i].round, phase);
}

static bool computes_before(const struct simulation *simulation, int32_t a, int32_t b) {
    const struct conversation *all = simulation->conversations;
    return all[a].computed_at != all[b].computed_at
               ? all[a].computed_at < all[b].computed_at
               : a < b;
}

static void computing_push(struct simulation *simulation, int32_t i) {
    int32_t *heap = simulation->computing;
    int64_t index = simulation->computing_count++;
    while (index > 0 && computes_before(simulation, i, heap[(index - 1) / 2])) {
        heap[index] = heap[(index - 1) / 2];
        index = (index - 1) / 2;
    }
    heap[index] = i;
}

static int32_t computing_pop(struct simulation *simulation) {
    int32_t *heap = simulation->computing;
    int32_t first = heap[0];
    int32_t last = heap[--simulation->computing_count];
    int64_t index = 0;
    for (;;) {
        int64_t child = 2 * index + 1;
        if (child >= simulation->computing_count) {
            break;
        }
        if (child + 1 < simulation->computing_count &&
            computes_before(simulation, heap[child + 1], heap[child])) {
            child++;
        }
        if (!computes_before(simulation, heap[child], last)) {
            break;
        }
        heap[index] = heap[child];
        index = child;
    }
    heap[index] = last;
    return first;
}

/* Less work than this is none: after hours of sums, rounding is a part of a
 * nanosecond. */
static const double least_ns = .5;

static bool is_used_up(const struct simulation *simulation) {
    return simulation->setup->quota_ns > 0 && simulation->quota_left_ns < least_ns;
}

/* The share of a core that each computing caller has now. */
static double share(const struct simulation *simulation) {
    double cores = simulation->setup->cores;
    double callers = (double)simulation->computing_count;
    if (is_used_up(simulation)) {
        return 0;
    }
    return callers <= cores ? 1 : cores / callers;
}

/* Gives the quota of the period that `now_ns` lies in, if that is a new one. */
static void begin_period(struct simulation *simulation) {
    const struct simulation_setup *setup = simulation->setup;
    if (setup->quota_ns > 0 && simulation->now_ns >= simulation->period_end_ns) {
        int64_t into_ns = simulation->now_ns % setup->period_ns;
        simulation->period_end_ns = simulation->now_ns - into_ns + setup->period_ns;
        simulation->quota_left_ns = (double)setup->quota_ns;
    }
}

/* Brings shared_ns and the quota up to now. Called before the number of computing
 * callers changes. */
static void share_until_now(struct simulation *simulation) {
    int64_t passed_ns = simulation->now_ns - simulation->shared_at_ns;
    double each_ns = (double)passed_ns * share(simulation);
    simulation->shared_ns += each_ns;
    simulation->quota_left_ns -= each_ns * (double)simulation->computing_count;
    simulation->shared_at_ns = simulation->now_ns;
    begin_period(simulation);
}

/* How long the callers compute as they do now: until the first is done, or until the
 * quota is used up or given anew. */
static double steady_ns(const struct simulation *simulation, int32_t first) {
    double each = share(simulation);
    double period_ns = (double)(simulation->period_end_ns - simulation->now_ns);
    double left = simulation->conversations[first].computed_at - simulation->shared_ns;
    if (left < least_ns) {
        return 0;
    }
    if (each == 0) {
        return period_ns;
    }
    if (simulation->setup->quota_ns == 0) {
        return left / each;
    }
    double callers = (double)simulation->computing_count;
    double quota_ns = simulation->quota_left_ns / (each * callers);
    return fmin(left / each, fmin(quota_ns, period_ns));
}

/* Schedules the next change among the computing callers anew, after their number or the
 * quota has changed. */
static void schedule_computed(struct simulation *simulation) {
    simulation->computing_generation++;
    if (simulation->computing_count > 0) {
        int32_t first = simulation->computing[0];
        int64_t delay_ns = (int64_t)ceil(steady_ns(simulation, first) - 1e-6);
        schedule(simulation, EVENT_COMPUTED, first, simulation->computing_generation,
                 delay_ns > 0 ? delay_ns : 0);
    }
}

static void begin_send(struct simulation *simulation, int32_t i) {
    const struct simulation_setup *setup = simulation->setup;
    struct conversation *conversation = &simulation->conversations[i];
    conversation->phase = PHASE_SEND;
    conversation->send_begin_ns = simulation->now_ns;
    if (simulation->sending++ == 0) {
        simulation->sending_since_ns = simulation->now_ns;
    }
    struct simulated_request *request = request_of(simulation, i);
    if (request) { /* all three stay so if a timeout ends the request in this phase */
        request->send_begin_ns = simulation->now_ns;
        request->send_end_ns = simulation->now_ns;
        request->response_begin_ns = simulation->now_ns;
    }
    int64_t send_ns = draw(simulation, i, setup->send, LATENCY_SEND);
    if (simulation_shares_cores(setup)) {
        share_until_now(simulation);
        conversation->computed_at = simulation->shared_ns + (double)send_ns;
        computing_push(simulation, i);
        schedule_computed(simulation);
    } else {
        schedule(simulation, EVENT_SENT, i, conversation->generation, send_ns);
    }
}

/* The request is on the wire now. */
static void begin_flight(struct simulation *simulation) {
    struct simulation_result *result = simulation->result;
    if (++simulation->in_flight > result->in_flight_peak) {
        result->in_flight_peak = simulation->in_flight;
    }
}

static void begin_request(struct simulation *simulation, int32_t i) {
    const struct simulation_setup *setup = simulation->setup;
    struct conversation *conversation = &simulation->conversations[i];
    struct simulated_request *request = request_of(simulation, i);
    if (request) {
        int64_t now_ns = simulation->now_ns;
        *request =
            (struct simulated_request){now_ns, now_ns, now_ns, now_ns, now_ns, false};
    }
    if (setup->sender == SENDER_API) {
        begin_flight(simulation);
    }
    if (setup->timeout_ns > 0 && setup->sender == SENDER_API) {
        schedule(simulation, EVENT_TIMED_OUT, i, conversation->generation,
                 setup->timeout_ns);
    }
    int32_t senders = simulation_senders(setup);
    if (senders > 0 && simulation->uplink_taken >= senders) {
        conversation->phase = PHASE_QUEUE;
        line_append(simulation, &simulation->uplink_line, i);
        return;
    }
    simulation->uplink_taken++;
    begin_send(simulation, i);
}

static void begin_response(struct simulation *simulation, int32_t i) {
    struct simulated_request *request = request_of(simulation, i);
    if (request) {
        request->response_begin_ns = simulation->now_ns;
    }
    simulation->conversations[i].phase = PHASE_RESPONSE;
    schedule(simulation, EVENT_ANSWERED, i, simulation->conversations[i].generation,
             draw(simulation, i, simulation->setup->response, LATENCY_RESPONSE));
}

/* Ends a send phase. The sender slot goes to the first in the line, or is free. */
static void leave_uplink(struct simulation *simulation, int32_t i) {
    struct conversation *conversation = &simulation->conversations[i];
    simulation->result->busy_sum_ns += simulation->now_ns - conversation->send_begin_ns;
    if (--simulation->sending == 0) {
        simulation->result->busy_ns +=
            simulation->now_ns - simulation->sending_since_ns;
    }
    int32_t next = line_take(simulation, &simulation->uplink_line);
    if (next >= 0) {
        begin_send(simulation, next);
    } else {
        simulation->uplink_taken--;
    }
}

static void leave_slot(struct simulation *simulation) {
    int32_t next = line_take(simulation, &simulation->slot_line);
    if (next >= 0) {
        begin_response(simulation, next);
    } else {
        simulation->slots_taken--;
    }
}

static void on_sent(struct simulation *simulation, int32_t i) {
    const struct simulation_setup *setup = simulation->setup;
    struct conversation *conversation = &simulation->conversations[i];
    struct simulated_request *request = request_of(simulation, i);
    if (request) {
        request->send_end_ns = simulation->now_ns;
        request->response_begin_ns = simulation->now_ns;
    }
    leave_uplink(simulation, i);
    /* A client's own send comes before the request is on the wire, so its flight and the
     * timeout begin here. */
    if (setup->sender != SENDER_API) {
        begin_flight(simulation);
    }
    if (setup->timeout_ns > 0 && setup->sender != SENDER_API) {
        schedule(simulation, EVENT_TIMED_OUT, i, conversation->generation,
                 setup->timeout_ns);
    }
    if (setup->slots > 0 && simulation->slots_taken >= setup->slots) {
        conversation->phase = PHASE_BACKLOG;
        line_append(simulation, &simulation->slot_line, i);
        return;
    }
    simulation->slots_taken++;
    begin_response(simulation, i);
}

/* Ends a request. The conversation begins its next round; after the last round, its
 * caller begins the next conversation. */
static void end_request(struct simulation *simulation, int32_t i, bool timed_out) {
    struct conversation *conversation = &simulation->conversations[i];
    struct simulated_request *request = request_of(simulation, i);
    if (request) {
        request->end_ns = simulation->now_ns;
        request->timed_out = timed_out;
    }
    simulation->result->makespan_ns = simulation->now_ns;
    simulation->result->timed_out += timed_out;
    simulation->in_flight--;
    conversation->generation++;
    if (++conversation->round < simulation->setup->rounds) {
        begin_request(simulation, i);
    } else if (simulation->next_conversation < simulation->setup->conversations) {
        begin_request(simulation, simulation->next_conversation++);
    }
}

static void on_timeout(struct simulation *simulation, int32_t i) {
    enum phase phase = simulation->conversations[i].phase;
    if (phase == PHASE_SEND) {
        leave_uplink(simulation, i);
    } else if (phase == PHASE_RESPONSE) {
        leave_slot(simulation);
    } /* else it waits in a line: the new generation makes its place void */
    end_request(simulation, i, true);
}

static void on_computed(struct simulation *simulation) {
    share_until_now(simulation);
    int32_t first = simulation->computing[0];
    bool is_done =
        simulation->conversations[first].computed_at < simulation->shared_ns + least_ns;
    if (is_done) {
        computing_pop(simulation);
    }
    schedule_computed(simulation);
    if (is_done) {
        on_sent(simulation, first);
    }
}

static void handle(struct simulation *simulation, const struct agenda_event *event) {
    int32_t i = event->subject;
    simulation->now_ns = event->at_ns;
    if (event->lane == EVENT_COMPUTED) {
        if (event->generation == simulation->computing_generation) {
            on_computed(simulation);
        }
        return;
    }
    if (event->generation != simulation->conversations[i].generation) {
        return;
    }
    switch ((enum event_lane)event->lane) {
    case EVENT_SENT:
        on_sent(simulation, i);
        break;
    case EVENT_ANSWERED:
        leave_slot(simulation);
        end_request(simulation, i, false);
        break;
    case EVENT_TIMED_OUT:
        on_timeout(simulation, i);
        break;
    case EVENT_COMPUTED:
        break;
    }
}

static bool open_all(struct simulation *simulation) {
    size_t count = (size_t)simulation->setup->conversations;
    simulation->conversations = calloc(count, sizeof *simulation->conversations);
    simulation->computing = calloc(count, sizeof *simulation->computing);
    return simulation->conversations && simulation->computing;
}

static void close_all(struct simulation *simulation) {
    agenda_close(&simulation->agenda);
    free(simulation->conversations);
    free(simulation->computing);
    free(simulation->uplink_line.places);
    free(simulation->slot_line.places);
}

bool simulation_shares_cores(const struct simulation_setup *setup) {
    return setup->computes && (setup->sender == SENDER_CALLER || setup->quota_ns > 0);
}

int32_t simulation_senders(const struct simulation_setup *setup) {
    switch (setup->sender) {
    case SENDER_API:
        return setup->sender_count;
    case SENDER_LOOP:
        return 1;
    case SENDER_CALLER:
        break;
    }
    return 0;
}

bool simulation_run(const struct simulation_setup *setup,
                    struct simulation_result *result,
                    struct simulated_request *requests, struct error *error) {
    *result = (struct simulation_result){.makespan_ns = 0};
    struct simulation simulation = {
        .setup = setup, .requests = requests, .result = result};
    simulation.out_of_memory = !open_all(&simulation);
    while (!simulation.out_of_memory && simulation.next_conversation < setup->callers &&
           simulation.next_conversation < setup->conversations) {
        begin_request(&simulation, simulation.next_conversation++);
    }
    struct agenda_event event;
    while (!simulation.out_of_memory && !interrupt_is_pending() &&
           agenda_next(&simulation.agenda, &event)) {
        handle(&simulation, &event);
    }
    close_all(&simulation);
    if (interrupt_is_pending()) { /* checked, as 100 million requests take a minute */
        return error_failed(error, "interrupted");
    }
    return !simulation.out_of_memory ||
           error_failed(error, "out of memory for the simulation of %d conversations",
                        setup->conversations);
}
