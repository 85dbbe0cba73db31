/* The model of one trial as a process: its command line, and the time that it may
 * take. */
#ifndef SIMUL_BENCH_TRIAL_MODEL_PROCESS_H
#define SIMUL_BENCH_TRIAL_MODEL_PROCESS_H

#include "bench/predict/predict.h"
#include "bench/programs/process.h"

/* The workload of a trial, which the model is told. */
struct workload {
    const struct scenario *scenario;
    const char *program;     /* the model's executable */
    const char *url;         /* of the mock API; NULL: `url_file` is given */
    const char *url_file;    /* the URLs of the user's own API; NULL: `url` is given */
    int32_t cores;           /* the value of its option --cores */
    const char *events_path; /* the file for its stdout */
    int cgroup_fds[2];       /* as in struct process_plan */
};

/* Starts the model and sets `start_ns` to the time of its start. Fails if its file
 * can't be written, or (input) if it can't be executed. Call process_close() in any
 * case. */
bool model_process_start(struct process *model, const struct workload *workload,
                         int64_t *start_ns, struct error *error);

/* The most bytes that a model may print. A model that prints more is killed
 * (SIGXFSZ). */
int64_t model_process_most_bytes(const struct scenario *scenario);

/* The longest time that a model may take, in real nanoseconds: ten times its prediction
 * plus `patience_ns`. If nothing is predicted, the longest time of all requests in
 * sequence stands for the prediction. With the user's own API: the timeouts of all
 * requests in sequence plus `patience_ns`; without a timeout there is no limit. */
int64_t model_process_most_ns(const struct scenario *scenario,
                              const struct prediction *prediction, int64_t patience_ns);

#endif
