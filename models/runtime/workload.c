/* Finds and records the events of a workload. */
#include "models/runtime/workload.h"
#include "base/clock.h"

#include <inttypes.h>
#include <stdio.h>

struct event *workload_event(const struct workload *workload, int32_t conversation,
                             int32_t round) {
    return &workload->events[(int64_t)conversation * workload->rounds + round];
}

const char *workload_url(const struct workload *workload, int32_t conversation,
                         int32_t round, char text[static WORKLOAD_URL_BYTES]) {
    if (workload->urls) {
        return workload->urls[conversation];
    }
    snprintf(text, WORKLOAD_URL_BYTES, "%s/%" PRId32 "/%" PRId32, workload->url,
             conversation, round);
    return text;
}

struct event *workload_begin(const struct workload *workload, int32_t conversation,
                             int32_t round) {
    struct event *event = workload_event(workload, conversation, round);
    *event = (struct event){
        .ready_ns = round == 0 ? workload->ready_ns : event[-1].end_ns,
        .begin_ns = clock_now_ns(),
        .queue_ns = -1,
        .send_ns = -1,
        .backlog_ns = -1,
        .response_ns = -1,
    };
    return event;
}

void workload_hold_send(const struct workload *workload, struct event *event) {
    if (workload->send_hold_ns == 0) {
        return;
    }
    if (workload->send_work == SEND_WORK_CPU) {
        clock_burn_cpu_ns(workload->send_hold_ns);
    } else {
        clock_sleep_until_ns(event->begin_ns + workload->send_hold_ns);
    }
    event->send_ns = clock_now_ns() - event->begin_ns;
}

void workload_end(struct event *event, int32_t status, enum event_error error) {
    event->status = status;
    event->error = error;
    event->end_ns = clock_now_ns();
}

void workload_fail_conversation(const struct workload *workload, int32_t conversation,
                                enum event_error error) {
    for (int32_t round = 0; round < workload->rounds; round++) {
        workload_end(workload_begin(workload, conversation, round), 0, error);
    }
}
