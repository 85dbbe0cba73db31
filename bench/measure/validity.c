/* Decides whether a trial can be believed. Each kind of fault is counted over all
 * requests and reported once, with the first request that has it. */
#include "bench/measure/validity.h"
#include "base/clock.h"
#include "base/utf8.h"
#include "bench/measure/clocks.h"

#include <inttypes.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The kinds of fault of one request. */
enum { NAMED_ROWS = 3, REQUEST_BYTES = 64 };

enum fault {
    FAULT_OUTSIDE,
    FAULT_CLOCK,
    FAULT_ROUNDS,
    FAULT_STATUS,
    FAULT_EARLY,
    FAULT_UNSEEN,
    FAULT_TWICE,
    FAULT_BEFORE_BEGIN,
    FAULT_AFTER_END,
    FAULT_LATE,
    FAULT_TIMING,
    FAULT_API_EARLY,
    FAULT_COUNT,
};

static const char *const fault_texts[FAULT_COUNT] = {
    [FAULT_OUTSIDE] =
        "a time before the model's process was started, or after it ended",
    [FAULT_CLOCK] = "a clock went backwards (ready, begin, first byte, end)",
    [FAULT_ROUNDS] = "a round was ready before the previous round had ended",
    [FAULT_STATUS] = "an answer without success (not 2xx) is reported as a success",
    [FAULT_EARLY] = "an answer came sooner than promised",
    [FAULT_UNSEEN] = "the model reports an answer that the API did not give",
    [FAULT_TWICE] = "the API got the same request twice",
    [FAULT_BEFORE_BEGIN] = "the API got a request before the model says it began",
    [FAULT_AFTER_END] = "the API answered after the model says it had the answer",
    [FAULT_LATE] = "the model says that it had an answer long after the API gave it",
    [FAULT_TIMING] = "the model's Server-Timing differs from the API's record",
    [FAULT_API_EARLY] = "the API itself was early",
};

struct check {
    const struct evidence *evidence;
    const struct events *events;
    int64_t most_late_ns;
    /* [conversation][round]; NULL: never answered */
    const struct witness_record **seen;
    bool *seen_twice;
    int64_t faults[FAULT_COUNT];
    int64_t first[FAULT_COUNT];   /* the first request that has it */
    int64_t most_ns[FAULT_COUNT]; /* by how much at most, where that is told */
};

void validity_add(struct validity *validity, const char *format, ...) {
    if (validity->count == VALIDITY_REASONS) {
        return;
    }
    va_list arguments;
    va_start(arguments, format);
    char *reason = validity->reasons[validity->count++];
    vsnprintf(reason, VALIDITY_REASON_BYTES, format, arguments);
    va_end(arguments);
    utf8_mend(reason); /* vsnprintf() may have cut it within a character */
}

/* Names a request by its number, conversation x rounds + round: by its path at the mock
 * API, "/2/1", or by its line in the user's file of URLs. */
static void name_request(const struct evidence *evidence, int64_t request,
                         char text[static REQUEST_BYTES]) {
    int32_t rounds = evidence->events->rounds;
    int32_t conversation = (int32_t)(request / rounds);
    int32_t round = (int32_t)(request % rounds);
    int32_t line = url_file_line(evidence->urls, conversation);
    int used = line > 0 ? snprintf(text, REQUEST_BYTES, "line %" PRId32, line)
                        : snprintf(text, REQUEST_BYTES, "/%" PRId32, conversation);
    if (line == 0 || rounds > 1) {
        snprintf(text + used, (size_t)(REQUEST_BYTES - used), "%s%" PRId32,
                 line > 0 ? " round " : "/", round);
    }
}

static void blame(struct check *check, enum fault fault, int64_t request, bool is_so) {
    if (is_so && check->faults[fault]++ == 0) {
        check->first[fault] = request;
    }
}

/* Blames a time that is `by_ns` too far off, if that is above zero. */
static void blame_by(struct check *check, enum fault fault, int64_t request,
                     int64_t by_ns) {
    blame(check, fault, request, by_ns > 0);
    if (by_ns > check->most_ns[fault]) {
        check->most_ns[fault] = by_ns;
    }
}

/* Finds the record of each request that was answered. */
static bool index_records(struct check *check, const struct witness *witness) {
    const struct events *events = check->events;
    size_t count = (size_t)events->conversations * (size_t)events->rounds;
    check->seen = calloc(count, sizeof(*check->seen));
    check->seen_twice = calloc(count, sizeof(*check->seen_twice));
    if (!check->seen || !check->seen_twice) {
        return false;
    }
    for (uint64_t i = 0; i < witness_count(witness); i++) {
        const struct witness_record *record = &witness->records[i];
        bool is_ours = record->conversation >= 0 &&
                       record->conversation < events->conversations &&
                       record->round >= 0 && record->round < events->rounds;
        if (is_ours && record->status == 200) {
            int64_t request =
                (int64_t)record->conversation * events->rounds + record->round;
            check->seen_twice[request] = check->seen[request] != NULL;
            check->seen[request] = record;
        }
    }
    return true;
}

static bool differs(int64_t said_ns, int64_t begin_ns, int64_t end_ns) {
    return said_ns >= 0 && said_ns != end_ns - begin_ns;
}

/* Compares the model's times of an answered request with the API's. `hold_ns` is the
 * client's own send, else 0. */
static void check_against_record(struct check *check, int64_t request,
                                 const struct event *event, int64_t hold_ns) {
    const struct witness_record *record = check->seen[request];
    blame(check, FAULT_TWICE, request, check->seen_twice[request]);
    blame(check, FAULT_BEFORE_BEGIN, request,
          record->arrival_ns < event->begin_ns + hold_ns);
    blame(check, FAULT_AFTER_END, request, record->answered_ns > event->end_ns);
    int64_t late_ns = event->end_ns - record->answered_ns;
    blame_by(check, FAULT_LATE, request, late_ns > check->most_late_ns ? late_ns : 0);
    /* A client's own send ends before its request is on the wire. */
    int64_t most_hold_ns = record->arrival_ns - event->begin_ns;
    bool send_differs =
        hold_ns > 0
            ? event->send_ns >= 0 &&
                  (event->send_ns < hold_ns || event->send_ns > most_hold_ns)
            : differs(event->send_ns, record->send_begin_ns, record->send_end_ns);
    blame(check, FAULT_TIMING, request,
          send_differs ||
              differs(event->queue_ns, record->arrival_ns, record->send_begin_ns) ||
              differs(event->backlog_ns, record->send_end_ns,
                      record->response_begin_ns) ||
              differs(event->response_ns, record->response_begin_ns,
                      record->response_due_ns));
}

static void check_answered(struct check *check, int32_t conversation, int32_t round,
                           int64_t request, const struct event *event) {
    const struct scenario *scenario = check->evidence->scenario;
    uint64_t seed = check->evidence->seed;
    int64_t send_ns = latency_draw(scenario_real_latency(scenario, scenario->send),
                                   seed, conversation, round, LATENCY_SEND);
    int64_t response_ns =
        latency_draw(scenario_real_latency(scenario, scenario->response), seed,
                     conversation, round, LATENCY_RESPONSE);
    bool by_client = scenario->senders == SENDERS_CLIENT;
    /* A cpu send is processor time, which never passes faster than the clock. */
    blame(check, FAULT_EARLY, request,
          event->end_ns - event->begin_ns < send_ns + response_ns);
    const struct witness_record *record = check->seen[request];
    blame(check, FAULT_UNSEEN, request, record == NULL);
    if (!record) {
        return;
    }
    check_against_record(check, request, event, by_client ? send_ns : 0);
    blame(check, FAULT_API_EARLY, request,
          record->response_due_ns - record->response_begin_ns < response_ns ||
              record->answered_ns < record->response_due_ns ||
              (!by_client && record->send_end_ns - record->send_begin_ns < send_ns));
}

/* How far the times of a row lie outside of the life of the model's process; 0 or less:
 * not at all. */
static int64_t outside_ns(const struct check *check, const struct event *event) {
    const int64_t times[] = {event->ready_ns, event->begin_ns, event->end_ns,
                             event->first_byte_ns >= 0 ? event->first_byte_ns
                                                       : event->begin_ns};
    int64_t most_ns = 0;
    for (size_t i = 0; i < sizeof times / sizeof times[0]; i++) {
        int64_t before_ns = check->evidence->started_ns - times[i];
        int64_t after_ns = times[i] - check->evidence->ended_ns;
        int64_t by_ns = before_ns > after_ns ? before_ns : after_ns;
        most_ns = by_ns > most_ns ? by_ns : most_ns;
    }
    return most_ns;
}

static void check_event(struct check *check, int32_t conversation, int32_t round) {
    const struct event *event = events_at(check->events, conversation, round);
    int64_t request = (int64_t)conversation * check->events->rounds + round;
    if (!event->is_present) {
        return;
    }
    blame_by(check, FAULT_OUTSIDE, request, outside_ns(check, event));
    bool has_first_byte = event->first_byte_ns >= 0;
    blame(check, FAULT_CLOCK, request,
          event->begin_ns < event->ready_ns || event->end_ns < event->begin_ns ||
              (has_first_byte && (event->first_byte_ns < event->begin_ns ||
                                  event->first_byte_ns > event->end_ns)));
    blame(check, FAULT_ROUNDS, request,
          round > 0 && event[-1].is_present && event->ready_ns < event[-1].end_ns);
    blame(check, FAULT_STATUS, request,
          event->error == EVENT_OK && event->status > 0 &&
              (event->status < 200 || event->status >= 300));
    if (check->evidence->owes_waiting && event->error == EVENT_OK) {
        check_answered(check, conversation, round, request, event);
    }
}

static void tell_faults(const struct check *check, struct validity *validity) {
    for (int i = 0; i < FAULT_COUNT; i++) {
        char request[REQUEST_BYTES];
        char most[60] = "";
        if (check->faults[i] == 0) {
            continue;
        }
        if (check->most_ns[i] > 0) {
            double most_s = (double)check->most_ns[i] / (double)NS_PER_S;
            snprintf(most, sizeof most, ", by %s%.*g s",
                     check->faults[i] > 1 ? "up to " : "", most_s < 100 ? 3 : 10,
                     most_s);
        }
        name_request(check->evidence, check->first[i], request);
        validity_add(validity, "%s: %" PRId64 " request%s, first %s%s", fault_texts[i],
                     check->faults[i], check->faults[i] == 1 ? "" : "s", request, most);
    }
}

int64_t validity_most_late_ns(const struct evidence *evidence) {
    const struct scenario *scenario = evidence->scenario;
    double holds_ns =
        scenario->senders == SENDERS_CLIENT
            ? scenario_real_ns(scenario, (double)scenario->send.first_ns) *
                  (double)scenario_requests(scenario)
            : 0;
    return NS_PER_S + 10 * evidence->computed_ns + (int64_t)holds_ns;
}

/* Adds the number of missing rows, and the first requests that have none. */
static void tell_missing(const struct evidence *evidence, struct validity *validity) {
    const struct events *events = evidence->events;
    int64_t asked = scenario_requests(evidence->scenario);
    int64_t missing = asked - events->present;
    char first[NAMED_ROWS * (REQUEST_BYTES + 2) + 40] = "";
    size_t used = 0;
    int named = 0;
    if (missing == 0) {
        return;
    }
    for (int64_t i = 0; events->present > 0 && i < asked && named < NAMED_ROWS; i++) {
        char request[REQUEST_BYTES];
        if (!events->events[i].is_present) {
            name_request(evidence, i, request);
            used += (size_t)snprintf(first + used, sizeof first - used, "%s%s",
                                     named++ > 0 ? ", " : ": ", request);
        }
    }
    if (named > 0 && missing > named) {
        snprintf(first + used, sizeof first - used, " and %" PRId64 " more",
                 missing - named);
    }
    validity_add(validity, "rows are missing: %" PRId64 " of %" PRId64 "%s", missing,
                 asked, first);
}

/* Adds a reason if the first row's `ready` is of another clock than CLOCK_MONOTONIC in
 * nanoseconds. Then no time of the trial can be compared with anything. */
static bool tell_clock(const struct evidence *evidence, struct validity *validity) {
    const struct events *events = evidence->events;
    struct clocks_window life = {evidence->started_ns, evidence->ended_ns,
                                 evidence->unix_offset_ns};
    char clock[CLOCKS_NAME_BYTES];
    char request[REQUEST_BYTES];
    int64_t first = 0;
    if (events->present == 0) {
        return false;
    }
    while (!events->events[first].is_present) {
        first++;
    }
    int64_t ready_ns = events->events[first].ready_ns;
    if (!clocks_name((double)ready_ns, &life, clock)) {
        return false;
    }
    name_request(evidence, first, request);
    validity->is_other_clock = true;
    validity_add(validity,
                 "the times are not nanoseconds of CLOCK_MONOTONIC: %" PRId64
                 ", ready_ns of %s, is %s; in Python, take time.monotonic_ns()",
                 ready_ns, request, clock);
    return true;
}

bool validity_check(struct validity *validity, const struct evidence *evidence) {
    const struct events *events = evidence->events;
    struct check check = {.evidence = evidence,
                          .events = events,
                          .most_late_ns = validity_most_late_ns(evidence)};
    tell_missing(evidence, validity);
    if (tell_clock(evidence, validity)) {
        return true;
    }
    bool ok = index_records(&check, evidence->witness);
    for (int32_t i = 0; ok && i < events->conversations; i++) {
        for (int32_t round = 0; round < events->rounds; round++) {
            check_event(&check, i, round);
        }
    }
    if (ok) {
        tell_faults(&check, validity);
    }
    free(check.seen);
    free(check.seen_twice);
    return ok;
}

/* Each phase was rounded to whole real nanoseconds, by half a nanosecond at most. */
void validity_check_makespan(struct validity *validity, const struct scenario *scenario,
                             int64_t makespan_ns, int64_t ideal_ns) {
    double rounding_ns = (double)scenario_requests(scenario);
    double least_ns = floor(scenario_real_ns(scenario, (double)ideal_ns) - rounding_ns);
    if ((double)makespan_ns < least_ns * (1 - 1e-9)) {
        validity_add(validity,
                     "faster than the ideal: %.6g s, but the least is %.6g s (in the "
                     "scenario's time); the model or the harness is wrong",
                     scenario_seconds(scenario, (double)makespan_ns),
                     (double)ideal_ns / (double)NS_PER_S);
    }
}
