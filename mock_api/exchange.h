/* One request's way through the API: queue for the uplink, send, backlog, response.
 * Knows time and order, no sockets, so that its whole behaviour can be tested on a
 * made-up clock. */
#ifndef SIMUL_MOCK_API_EXCHANGE_H
#define SIMUL_MOCK_API_EXCHANGE_H

#include "base/deadline.h"
#include "base/latency.h"
#include "base/witness.h"
#include "mock_api/lineup.h"
#include "mock_api/station.h"

#include <stdbool.h>
#include <stdint.h>

/* One more phase, between send and backlog: the request is sent as far as the API is
 * concerned, and its client still sends the body. */
#define EXCHANGE_UPLOAD PHASE_COUNT
enum { EXCHANGE_PHASES = PHASE_COUNT + 1 };

struct exchange {
    struct deadline deadline; /* the end of the send or of the response */
    struct lineup_place lineup_place;
    struct station_place place;
    enum phase phase;
    bool body_pending;
    int64_t send_ns; /* what was promised */
    int64_t response_ns;
    int64_t ready_ns;            /* when the phase that it waits for could have begun */
    struct witness_record times; /* all zero before it begins */
    struct witness_record *witness; /* where the log has room; else NULL */
};

/* The API's world: its stations, its deadlines, its log. */
struct exchanges {
    struct deadlines *deadlines;
    struct witness *witness;
    struct lineup lineup;
    struct station uplink;
    struct station answers;
    uint64_t in_phase[EXCHANGE_PHASES];
    /* Called when the send phase ends: time for a 100 Continue. */
    void (*on_sent)(struct exchange *exchange);
    /* Called when the response is due; the callee answers and calls
     * exchange_answered(). */
    void (*on_due)(struct exchange *exchange);
};

/* A request's head has arrived. `exchange` is zeroed or ended; its times.conversation
 * and times.round, send_ns, response_ns and body_pending are set. A phase of no length
 * passes through the deadlines too: nothing here calls itself, however long the line.
 * False: out of memory. */
bool exchange_begin(struct exchanges *exchanges, struct exchange *exchange,
                    int64_t now_ns);

/* Its body has come to its end. */
bool exchange_body_complete(struct exchanges *exchanges, struct exchange *exchange,
                            int64_t now_ns);

/* Its deadline was popped. The next phase begins at that deadline, not at the time when
 * it was noticed: nothing drifts. The deadline of a request in the line-up is when the
 * order is given up. */
bool exchange_due(struct exchanges *exchanges, struct exchange *exchange);

/* The answer was handed to the kernel, or the client hung up (WITNESS_HUNG_UP): slots
 * and places are free at once. */
void exchange_end(struct exchanges *exchanges, struct exchange *exchange, int status,
                  uint32_t bytes, int64_t now_ns);

#endif
