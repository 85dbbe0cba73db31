/* The model of one trial, as a process: what it is told, and how long it may take. */
#ifndef SIMUL_BENCH_TRIAL_MODEL_PROCESS_H
#define SIMUL_BENCH_TRIAL_MODEL_PROCESS_H

#include "bench/predict/predict.h"
#include "bench/programs/process.h"

/* The workload of a trial, which the model is told. */
struct workload {
    const struct scenario *scenario;
    const char *program;  /* the model's executable */
    const char *url;      /* of the API; NULL where there are URLs of the user's own */
    const char *url_file; /* which lie here; else NULL */
    int32_t cores;        /* that it is told */
    const char *events_path; /* where what it prints goes */
    int cgroup_fds[2];       /* as in struct process_plan */
};

/* Starts the model; `start_ns` is when. Fails where its file can't be written or it
 * can't be executed. process_close() in any case. */
bool model_process_start(struct process *model, const struct workload *workload,
                         int64_t *start_ns, struct error *error);

/* What a model may print in bytes; one that prints more is stopped (SIGXFSZ). */
int64_t model_process_most_bytes(const struct scenario *scenario);

/* How long a model may take, in real nanoseconds: ten times its prediction (or, if there
 * is none, ten times what its requests take one after the other) and `patience_ns`. With
 * the user's own API: every request's timeout, one after the other, and `patience_ns`;
 * without a timeout there is no limit. */
int64_t model_process_most_ns(const struct scenario *scenario,
                              const struct prediction *prediction, int64_t patience_ns);

#endif
