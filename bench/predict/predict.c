/* Makes the setup of a simulation from a model's description and a scenario, and runs
 * it. */
#include "bench/predict/predict.h"
#include "bench/predict/closed_form.h"

#include <math.h>

int32_t predict_callers(const struct scenario *scenario, const struct model *model,
                        const struct processors *processors) {
    if (!model->is_described) {
        return scenario->conversations;
    }
    switch (model->holds) {
    case HOLDS_ONE:
        return 1;
    case HOLDS_WORKERS:
        return scenario->workers;
    case HOLDS_CORES:
        return processors_whole(processors);
    case HOLDS_ALL:
        break;
    }
    return scenario->conversations;
}

static enum simulation_sender find_sender(const struct scenario *scenario,
                                          const struct model *model) {
    if (scenario->senders != SENDERS_CLIENT) {
        return SENDER_API;
    }
    return model->send_holds_loop ? SENDER_LOOP : SENDER_CALLER;
}

/* A real time in the scenario's own time; at least a nanosecond if it is not 0. */
static int64_t own_ns(const struct scenario *scenario, int64_t real_ns) {
    double own_ns = (double)real_ns * scenario->speed;
    return real_ns > 0 ? (int64_t)fmax(1, own_ns) : 0;
}

struct simulation_setup predict_setup(const struct scenario *scenario,
                                      const struct model *model,
                                      const struct processors *processors,
                                      uint64_t seed) {
    return (struct simulation_setup){
        .conversations = scenario->conversations,
        .rounds = scenario->rounds,
        .send = scenario->send,
        .response = scenario->response,
        .seed = seed,
        .callers = predict_callers(scenario, model, processors),
        .sender = find_sender(scenario, model),
        .sender_count = scenario->senders == SENDERS_COUNT ? scenario->sender_count : 0,
        .computes =
            scenario->senders == SENDERS_CLIENT && scenario->send_work == SEND_WORK_CPU,
        .cores = processors->cores,
        .quota_ns = own_ns(scenario, processors->quota_ns),
        .period_ns = own_ns(scenario, processors->period_ns),
        .slots = scenario->slots,
        .timeout_ns = scenario->timeout_ns,
    };
}

bool predict(const struct scenario *scenario, const struct model *model,
             const struct processors *processors, uint64_t seed,
             struct prediction *prediction, struct error *error) {
    *prediction = (struct prediction){
        .is_known = model->is_described && !model->never_waits && !scenario->url_file};
    if (!prediction->is_known) {
        return true;
    }
    struct simulation_setup setup = predict_setup(scenario, model, processors, seed);
    prediction->is_approximate = simulation_shares_cores(&setup);
    prediction->has_closed_form = closed_form(&setup, &prediction->closed_form_ns);
    return simulation_run(&setup, &prediction->simulated, NULL, error);
}
