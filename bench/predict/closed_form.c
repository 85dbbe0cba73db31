/* The formulas of the lecture. */
#include "bench/predict/closed_form.h"

bool closed_form(const struct simulation_setup *setup, int64_t *makespan_ns) {
    if (setup->send.kind != LATENCY_FIXED || setup->response.kind != LATENCY_FIXED ||
        setup->timeout_ns > 0 || setup->sender == SENDER_CORES) {
        return false;
    }
    int64_t n = setup->conversations;
    int64_t rounds = setup->rounds;
    int64_t send_ns = setup->send.first_ns;
    int64_t response_ns = setup->response.first_ns;
    int64_t both_ns = send_ns + response_ns;
    if (setup->callers == 1) {
        *makespan_ns = n * rounds * both_ns;
        return true;
    }
    if (setup->callers < n || setup->slots > 0) {
        return false;
    }
    bool one_sender = setup->sender == SENDER_LOOP ||
                      (setup->sender == SENDER_API && setup->sender_count == 1);
    bool own_sender = setup->sender == SENDER_CALLER ||
                      (setup->sender == SENDER_API && setup->sender_count == 0);
    if (one_sender && n * send_ns >= both_ns) {
        /* The sender never idles: the last reply follows the last send. */
        *makespan_ns = n * rounds * send_ns + response_ns;
    } else if (one_sender) {
        /* The sender idles until the first answer of each round. */
        *makespan_ns = (rounds - 1) * both_ns + n * send_ns + response_ns;
    } else if (own_sender) {
        *makespan_ns = rounds * both_ns;
    } else {
        return false;
    }
    return true;
}
