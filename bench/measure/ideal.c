/* The ideal is a lower bound of the makespan. If all requests are alike, and each
 * conversation has one request or a formula covers the case, the order of the requests
 * changes nothing, so the prediction is the bound. In other cases (drawn latencies,
 * conversations in different rounds) another order at the uplink may be faster than the
 * predicted one. The bound is then the largest of those that hold for every order: the
 * longest conversation, and the total work of each resource. */
#include "bench/measure/ideal.h"

#include <math.h>

/* The sums and extremes of all drawn latencies. */
struct sums {
    double send_ns;
    double response_ns;
    double longest_ns;        /* of one conversation */
    double least_send_ns;     /* of one request */
    double least_response_ns; /* of one request */
};

static struct sums sum_up(const struct scenario *scenario, uint64_t seed) {
    struct sums sums = {.least_send_ns = INFINITY, .least_response_ns = INFINITY};
    for (int32_t i = 0; i < scenario->conversations; i++) {
        double conversation_ns = 0;
        for (int32_t round = 0; round < scenario->rounds; round++) {
            double send_ns =
                (double)latency_draw(scenario->send, seed, i, round, LATENCY_SEND);
            double response_ns = (double)latency_draw(scenario->response, seed, i,
                                                      round, LATENCY_RESPONSE);
            sums.send_ns += send_ns;
            sums.response_ns += response_ns;
            conversation_ns += send_ns + response_ns;
            sums.least_send_ns = fmin(sums.least_send_ns, send_ns);
            sums.least_response_ns = fmin(sums.least_response_ns, response_ns);
        }
        sums.longest_ns = fmax(sums.longest_ns, conversation_ns);
    }
    return sums;
}

static double bound_ns(const struct simulation_setup *setup,
                       const struct scenario *scenario) {
    struct sums sums = sum_up(scenario, setup->seed);
    int32_t senders = setup->computes && setup->sender == SENDER_CALLER
                          ? setup->cores
                          : simulation_senders(setup);
    double least_ns =
        fmax(sums.longest_ns, (sums.send_ns + sums.response_ns) / setup->callers);
    if (senders > 0) { /* after the last send, its answer still follows */
        least_ns = fmax(least_ns, sums.send_ns / senders + sums.least_response_ns);
    }
    if (setup->computes && setup->quota_ns > 0) {
        /* A period may begin just before the first send, and another with its end. */
        double periods = sums.send_ns / (double)setup->quota_ns - 2;
        least_ns = fmax(least_ns, periods * (double)setup->period_ns);
    }
    if (setup->slots > 0) { /* the first answer begins after the first send */
        least_ns = fmax(least_ns, sums.least_send_ns + sums.response_ns / setup->slots);
    }
    return least_ns;
}

int64_t ideal_ns(const struct scenario *scenario, const struct plan_entry *entry,
                 const struct processors *processors, uint64_t seed) {
    const struct prediction *prediction = &entry->prediction;
    if (!prediction->is_known) {
        return 0;
    }
    struct simulation_setup setup =
        predict_setup(scenario, &entry->model, processors, seed);
    bool is_exact = !scenario_is_drawn(scenario) && !prediction->is_approximate &&
                    prediction->simulated.timed_out == 0 &&
                    (scenario->rounds == 1 || prediction->has_closed_form);
    return is_exact ? prediction->simulated.makespan_ns
                    : (int64_t)bound_ns(&setup, scenario);
}
