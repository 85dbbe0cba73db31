/* Makes the setup of a simulation from a model's description and a scenario, and runs
 * it. */
#include "bench/predict/predict.h"
#include "bench/predict/closed_form.h"

int32_t predict_callers(const struct scenario *scenario, const struct model *model,
                        int32_t cores) {
    if (!model->is_described) {
        return scenario->conversations;
    }
    switch (model->holds) {
    case HOLDS_ONE:
        return 1;
    case HOLDS_WORKERS:
        return scenario->workers;
    case HOLDS_CORES:
        return cores;
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
    if (model->send_holds_loop) {
        return SENDER_LOOP;
    }
    return scenario->send_work == SEND_WORK_CPU ? SENDER_CORES : SENDER_CALLER;
}

struct simulation_setup predict_setup(const struct scenario *scenario,
                                      const struct model *model, int32_t cores,
                                      uint64_t seed) {
    return (struct simulation_setup){
        .conversations = scenario->conversations,
        .rounds = scenario->rounds,
        .send = scenario->send,
        .response = scenario->response,
        .seed = seed,
        .callers = predict_callers(scenario, model, cores),
        .sender = find_sender(scenario, model),
        .sender_count = scenario->senders == SENDERS_COUNT ? scenario->sender_count : 0,
        .cores = cores,
        .slots = scenario->slots,
        .timeout_ns = scenario->timeout_ns,
    };
}

bool predict(const struct scenario *scenario, const struct model *model, int32_t cores,
             uint64_t seed, struct prediction *prediction, struct error *error) {
    *prediction = (struct prediction){
        .is_known = model->is_described && !model->never_waits && !scenario->url_file};
    if (!prediction->is_known) {
        return true;
    }
    struct simulation_setup setup = predict_setup(scenario, model, cores, seed);
    prediction->is_approximate = setup.sender == SENDER_CORES;
    prediction->has_closed_form = closed_form(&setup, &prediction->closed_form_ns);
    return simulation_run(&setup, &prediction->simulated, NULL, error);
}
