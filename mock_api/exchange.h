/* One request's way through the API: queue for the uplink, send, backlog, response.
 * This file knows times and orders, but no sockets, so that tests can use a clock of
 * their own. */
#ifndef SIMUL_MOCK_API_EXCHANGE_H
#define SIMUL_MOCK_API_EXCHANGE_H

#include "base/deadline.h"
#include "base/latency.h"
#include "base/witness.h"
#include "mock_api/lineup.h"
#include "mock_api/station.h"

#include <stdbool.h>
#include <stdint.h>

/* One more phase, between send and backlog: the send has ended, but the client still
 * sends the body. */
#define EXCHANGE_UPLOAD PHASE_COUNT
enum { EXCHANGE_PHASES = PHASE_COUNT + 1 };

struct exchange {
    /* The end of the phase, or of the wait in the line-up. Between two requests, the
     * connection uses it against a slow client. */
    struct deadline deadline;
    struct lineup_place lineup_place;
    struct station_place place;
    enum phase phase;
    bool body_pending;
    int64_t send_ns; /* the latency of the send */
    int64_t response_ns;
    int64_t ready_ns; /* when it joined the queue for the uplink, or the backlog */
    struct witness_record times;
    struct witness_record *witness; /* its record; NULL: the log has no room */
};

/* The state that all exchanges share: the stations, the deadlines, the log. */
struct exchanges {
    struct deadlines *deadlines;
    struct witness *witness;
    struct lineup lineup;
    struct station uplink;
    struct station answers;
    uint64_t in_phase[EXCHANGE_PHASES];
    /* Called if the send phase ends before the body is complete: for a 100 Continue. */
    void (*on_sent)(struct exchange *exchange);
    /* Called when the response is due; the callee answers and calls exchange_end(). */
    void (*on_due)(struct exchange *exchange);
};

/* Begins an exchange when the request's head has arrived. `exchange` is zeroed or
 * ended; the caller has set times.conversation, times.round, send_ns, response_ns and
 * body_pending. A phase of length 0 ends by a deadline too, so that a long line causes
 * no recursion. Returns false if memory is short. */
bool exchange_begin(struct exchanges *exchanges, struct exchange *exchange,
                    int64_t now_ns);

/* Says that the request's body is complete. Returns false if memory is short. */
bool exchange_body_complete(struct exchanges *exchanges, struct exchange *exchange,
                            int64_t now_ns);

/* Handles the popped deadline of an exchange. The next phase begins at that deadline,
 * not at the later time of this call, so that lateness does not add up. If the request
 * waits in the line-up, the line-up's order is given up. Returns false if memory is
 * short. */
bool exchange_due(struct exchanges *exchanges, struct exchange *exchange);

/* Ends an exchange: with the status of its answer, or with WITNESS_HUNG_UP. Its slot or
 * its place in a line is free at once. */
void exchange_end(struct exchanges *exchanges, struct exchange *exchange, int status,
                  uint32_t bytes, int64_t now_ns);

#endif
