/* The formulas of the lecture. */
#include "bench/predict/closed_form.h"

enum closed_form_case closed_form_case(const struct simulation_setup *setup) {
    if (setup->send.kind != LATENCY_FIXED || setup->response.kind != LATENCY_FIXED ||
        setup->timeout_ns > 0 || simulation_shares_cores(setup)) {
        return CLOSED_FORM_NONE;
    }
    if (setup->callers == 1) {
        return CLOSED_FORM_SEQUENTIAL;
    }
    int32_t senders = simulation_senders(setup);
    if (setup->callers < setup->conversations || setup->slots > 0 || senders > 1) {
        return CLOSED_FORM_NONE;
    }
    if (senders == 0) {
        return CLOSED_FORM_OWN_SENDERS;
    }
    int64_t send_ns = setup->send.first_ns;
    bool is_busy = setup->rounds == 1 ||
                   setup->conversations * send_ns >= send_ns + setup->response.first_ns;
    return is_busy ? CLOSED_FORM_BUSY_SENDER : CLOSED_FORM_IDLE_SENDER;
}

bool closed_form(const struct simulation_setup *setup, int64_t *makespan_ns) {
    int64_t n = setup->conversations;
    int64_t rounds = setup->rounds;
    int64_t send_ns = setup->send.first_ns;
    int64_t response_ns = setup->response.first_ns;
    int64_t both_ns = send_ns + response_ns;
    switch (closed_form_case(setup)) {
    case CLOSED_FORM_SEQUENTIAL:
        *makespan_ns = n * rounds * both_ns;
        return true;
    case CLOSED_FORM_OWN_SENDERS:
        *makespan_ns = rounds * both_ns;
        return true;
    case CLOSED_FORM_BUSY_SENDER:
        *makespan_ns = n * rounds * send_ns + response_ns;
        return true;
    case CLOSED_FORM_IDLE_SENDER:
        *makespan_ns = (rounds - 1) * both_ns + n * send_ns + response_ns;
        return true;
    case CLOSED_FORM_NONE:
        break;
    }
    return false;
}
