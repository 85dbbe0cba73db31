/* The phases of a request. If a request gets a slot from another one, its phase begins
 * when that slot was given back, or when the request joined the line, if that was
 * later. */
#include "mock_api/exchange.h"
#include "base/clock.h"

#include <stddef.h>

/* How long a request waits in the line-up, since a conversation that does not come
 * would hold up all later ones. Threads that start together arrive within a fraction of
 * a millisecond. The limit is for a model that has an order of its own, and for a
 * conversation that fails before its first request. */
static const int64_t lineup_patience_ns = 100 * NS_PER_MS;

static struct exchange *from_place(struct station_place *place) {
    return (struct exchange *)((char *)place - offsetof(struct exchange, place));
}

static struct exchange *from_lineup(struct lineup_place *place) {
    return (struct exchange *)((char *)place - offsetof(struct exchange, lineup_place));
}

static int64_t later(int64_t a_ns, int64_t b_ns) {
    return a_ns > b_ns ? a_ns : b_ns;
}

/* Adds without overflow: a latency of 292 years, which a client may ask for, must not
 * be over at once. */
static int64_t after(int64_t at_ns, int64_t duration_ns) {
    return duration_ns > INT64_MAX - at_ns ? INT64_MAX : at_ns + duration_ns;
}

static void enter_phase(struct exchanges *exchanges, struct exchange *exchange,
                        enum phase phase) {
    if (exchange->phase != PHASE_NONE) {
        exchanges->in_phase[exchange->phase]--;
    }
    if (phase != PHASE_NONE) {
        exchanges->in_phase[phase]++;
    }
    exchange->phase = phase;
    if (exchange->witness) {
        *exchange->witness = exchange->times;
    }
}

static bool begin_send(struct exchanges *exchanges, struct exchange *exchange,
                       int64_t at_ns) {
    exchange->times.send_begin_ns = at_ns;
    enter_phase(exchanges, exchange, PHASE_SEND);
    return deadlines_add(exchanges->deadlines, &exchange->deadline,
                         after(at_ns, exchange->send_ns));
}

static bool begin_response(struct exchanges *exchanges, struct exchange *exchange,
                           int64_t at_ns) {
    exchange->times.response_begin_ns = at_ns;
    exchange->times.response_due_ns = after(at_ns, exchange->response_ns);
    enter_phase(exchanges, exchange, PHASE_RESPONSE);
    return deadlines_add(exchanges->deadlines, &exchange->deadline,
                         exchange->times.response_due_ns);
}

static bool leave_uplink(struct exchanges *exchanges, int64_t at_ns) {
    struct station_place *place = station_leave(&exchanges->uplink);
    if (!place) {
        return true;
    }
    struct exchange *next = from_place(place);
    return begin_send(exchanges, next, later(at_ns, next->ready_ns));
}

static bool leave_answers(struct exchanges *exchanges, int64_t at_ns) {
    struct station_place *place = station_leave(&exchanges->answers);
    if (!place) {
        return true;
    }
    struct exchange *next = from_place(place);
    return begin_response(exchanges, next, later(at_ns, next->ready_ns));
}

static bool enter_backlog(struct exchanges *exchanges, struct exchange *exchange,
                          int64_t at_ns) {
    exchange->ready_ns = at_ns;
    if (station_enter(&exchanges->answers, &exchange->place)) {
        return begin_response(exchanges, exchange, at_ns);
    }
    enter_phase(exchanges, exchange, PHASE_BACKLOG);
    return true;
}

static bool enter_uplink(struct exchanges *exchanges, struct exchange *exchange,
                         int64_t at_ns) {
    exchange->ready_ns = at_ns;
    if (station_enter(&exchanges->uplink, &exchange->place)) {
        return begin_send(exchanges, exchange, at_ns);
    }
    if (exchange->phase != PHASE_QUEUE) {
        enter_phase(exchanges, exchange, PHASE_QUEUE);
    }
    return true;
}

/* Starts every request in the line-up whose turn has come. */
static bool let_in(struct exchanges *exchanges, int64_t now_ns) {
    struct lineup_place *place;
    while ((place = lineup_next(&exchanges->lineup))) {
        struct exchange *exchange = from_lineup(place);
        deadlines_remove(exchanges->deadlines, &exchange->deadline);
        if (!enter_uplink(exchanges, exchange, now_ns)) {
            return false;
        }
    }
    return true;
}

bool exchange_begin(struct exchanges *exchanges, struct exchange *exchange,
                    int64_t now_ns) {
    int32_t conversation = exchange->times.conversation;
    int32_t round = exchange->times.round;
    exchange->times = (struct witness_record){
        .arrival_ns = now_ns, .conversation = conversation, .round = round};
    exchange->witness = witness_next(exchanges->witness);
    if (lineup_enter(&exchanges->lineup, &exchange->lineup_place, conversation,
                     round)) {
        return enter_uplink(exchanges, exchange, now_ns) && let_in(exchanges, now_ns);
    }
    enter_phase(exchanges, exchange, PHASE_QUEUE);
    return deadlines_add(exchanges->deadlines, &exchange->deadline,
                         now_ns + lineup_patience_ns);
}

static bool end_send(struct exchanges *exchanges, struct exchange *exchange,
                     int64_t at_ns) {
    exchange->times.send_end_ns = at_ns;
    bool body_pending = exchange->body_pending;
    if (body_pending) {
        enter_phase(exchanges, exchange, EXCHANGE_UPLOAD);
    }
    if (!leave_uplink(exchanges, at_ns)) {
        return false;
    }
    if (body_pending) {
        exchanges->on_sent(exchange);
        return true;
    }
    return enter_backlog(exchanges, exchange, at_ns);
}

bool exchange_body_complete(struct exchanges *exchanges, struct exchange *exchange,
                            int64_t now_ns) {
    exchange->body_pending = false;
    return exchange->phase != EXCHANGE_UPLOAD ||
           enter_backlog(exchanges, exchange,
                         later(now_ns, exchange->times.send_end_ns));
}

bool exchange_due(struct exchanges *exchanges, struct exchange *exchange) {
    int64_t at_ns = exchange->deadline.at_ns;
    if (exchange->phase == PHASE_QUEUE) {
        lineup_give_up(&exchanges->lineup);
        return let_in(exchanges, at_ns);
    }
    if (exchange->phase == PHASE_SEND) {
        return end_send(exchanges, exchange, at_ns);
    }
    exchanges->on_due(exchange);
    return true;
}

void exchange_end(struct exchanges *exchanges, struct exchange *exchange, int status,
                  uint32_t bytes, int64_t now_ns) {
    enum phase phase = exchange->phase;
    if (phase == PHASE_NONE) {
        return;
    }
    deadlines_remove(exchanges->deadlines, &exchange->deadline);
    exchange->times.answered_ns = now_ns;
    exchange->times.status = status;
    exchange->times.bytes = bytes;
    enter_phase(exchanges, exchange, PHASE_NONE);
    exchange->witness = NULL;
    /* An answered request gave its slot back at its deadline. If the client hung up,
     * the request gives it back now. */
    if (phase == PHASE_QUEUE && exchange->lineup_place.waiting) {
        lineup_leave(&exchanges->lineup, &exchange->lineup_place);
        lineup_give_up(&exchanges->lineup); /* this conversation will not begin */
        let_in(exchanges, now_ns);
    } else if (phase == PHASE_QUEUE) {
        station_give_up(&exchanges->uplink, &exchange->place);
    } else if (phase == PHASE_SEND) {
        leave_uplink(exchanges, now_ns);
    } else if (phase == PHASE_BACKLOG) {
        station_give_up(&exchanges->answers, &exchange->place);
    } else if (phase == PHASE_RESPONSE) {
        bool answered = status != WITNESS_HUNG_UP;
        leave_answers(exchanges, answered ? exchange->times.response_due_ns : now_ns);
    }
}
