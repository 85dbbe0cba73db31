/* The resources that a scenario needs. Figures marked with ~ are measured and rounded
 * up, with a small margin. Too high, they refuse a run that would have worked; too low,
 * they let a run begin that fails. In both cases a message says why. */
#include "bench/plan/needs.h"
#include "base/witness.h"

/* The API's own descriptors: loop, timer, listener, log, and those that it inherits. */
enum { API_DESCRIPTORS = 20, API_BYTES_PER_CONNECTION = 8 * 1024 /* ~ */ };

/* The mappings of a process before its first thread ~, and of a thread's stack: the
 * stack and its guard page. */
enum { BASE_MAPS = 400, MAPS_PER_THREAD = 2 };

/* The model's main thread, the API, and one more. */
enum { BASE_THREADS = 3 };

enum { MOST_RECORDS = 100000000 };

/* An event in the memory of the model, and later of the harness; the least bytes of a
 * row in the CSV of events and in the CSV of the API's records. */
enum { EVENT_BYTES = 100, ROW_BYTES = 80, RECORD_ROW_BYTES = 90 };

static void add(struct needs *needs, enum limit_kind kind, int64_t fixed,
                int64_t per_counted, int64_t count) {
    needs->of[kind] = fixed + per_counted * count;
    needs->fixed[kind] = fixed;
    needs->per_counted[kind] = per_counted;
}

struct needs needs_of_trial(const struct scenario *scenario, const struct model *model,
                            const struct processors *processors) {
    struct needs needs = {.counted = model->holds == HOLDS_WORKERS ? "workers"
                                                                   : "conversations"};
    if (!model->is_described || model->never_waits) {
        return needs;
    }
    const struct model_needs *said = &model->needs;
    int64_t conversations = scenario->conversations;
    int64_t callers = predict_callers(scenario, model, processors);
    int64_t busy = callers < conversations ? callers : conversations;
    bool is_warm = scenario->connections == CONNECTIONS_WARM;
    int64_t connections = is_warm ? conversations : busy;
    int64_t each = said->descriptors_per_caller ? said->descriptors_per_caller : 1;
    int64_t events_bytes = EVENT_BYTES * scenario_requests(scenario);
    bool grows = model->holds == HOLDS_ALL || model->holds == HOLDS_WORKERS;
    add(&needs, LIMIT_DESCRIPTORS, said->descriptors + connections - busy, each, busy);
    add(&needs, LIMIT_THREADS, said->threads_per_caller > 0 ? BASE_THREADS : 0,
        said->threads_per_caller, callers);
    add(&needs, LIMIT_MAPS, said->threads_per_caller > 0 ? BASE_MAPS : 0,
        MAPS_PER_THREAD * said->threads_per_caller, callers);
    add(&needs, LIMIT_PORTS, 0, 1, connections);
    add(&needs, LIMIT_MEMORY, events_bytes,
        said->bytes_per_caller + API_BYTES_PER_CONNECTION, busy);
    for (int i = 0; !grows && i < LIMIT_KINDS; i++) {
        needs.per_counted[i] = 0;
    }
    needs.api_descriptors = API_DESCRIPTORS + connections;
    return needs;
}

/* More than the scenario's requests, because the log has to show it if a model sends
 * too many. */
int64_t needs_log_records(const struct scenario *scenario) {
    int64_t records = scenario_requests(scenario) * 2 + 1000;
    return records < MOST_RECORDS ? records : MOST_RECORDS;
}

int64_t needs_file_bytes(const struct scenario *scenario) {
    return (int64_t)sizeof(struct witness_header) +
           needs_log_records(scenario) * (int64_t)sizeof(struct witness_record);
}

int64_t needs_disk_bytes(const struct plan *plan) {
    int64_t log_bytes = 0;
    int64_t rows_bytes = 0;
    for (size_t i = 0; i < plan->point_count; i++) {
        const struct plan_point *point = &plan->points[i];
        int64_t requests = scenario_requests(&point->scenario);
        bool is_own = point->urls.text != NULL; /* the user's API: no mock API runs */
        int64_t bytes = is_own ? 0 : needs_file_bytes(&point->scenario);
        log_bytes = bytes > log_bytes ? bytes : log_bytes;
        for (size_t j = 0; j < point->entry_count; j++) {
            int64_t row_bytes = !point->entries[j].model.never_waits && !is_own
                                    ? ROW_BYTES + RECORD_ROW_BYTES
                                    : ROW_BYTES;
            rows_bytes += point->scenario.blocks * requests * row_bytes;
        }
    }
    return log_bytes + rows_bytes;
}
