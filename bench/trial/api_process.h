/* Starts the mock API of one trial as a process. */
#ifndef SIMUL_BENCH_TRIAL_API_PROCESS_H
#define SIMUL_BENCH_TRIAL_API_PROCESS_H

#include "bench/programs/process.h"
#include "bench/scenario/scenario.h"

#define API_URL_BYTES 100

/* Starts a mock API with the scenario's latencies, at its speed, which logs to
 * `log_path`. Call process_close() in any case. */
bool api_process_start(struct process *api, const struct scenario *scenario,
                       uint64_t seed, const char *log_path, struct error *error);

/* Waits until the API accepts connections, and fills `url`. Sets `interrupted` if a
 * signal came first. Fails if the API ends, or prints no URL within `patience_ns`. */
bool api_process_await(struct process *api, int64_t patience_ns,
                       char url[static API_URL_BYTES], bool *interrupted,
                       struct error *error);

#endif
