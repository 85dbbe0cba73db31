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
    const char
        *stderr_path;  /* for its stderr, if it prints any; lives as the process */
    int cgroup_fds[2]; /* as in struct process_plan */
};

/* Starts the model and sets `start_ns` to the time of its start. Fails if its file
 * can't be written, or (input) if it can't be executed. Call process_close() in any
 * case. */
bool model_process_start(struct process *model, const struct workload *workload,
                         int64_t *start_ns, struct error *error);

/* The most bytes that a model may print. A model that prints more is killed
 * (SIGXFSZ). */
int64_t model_process_most_bytes(const struct scenario *scenario);

/* How long a model may take. All are real nanoseconds, and include the patience. */
struct time_limits {
    int64_t expected_ns; /* so long it may take in any case */
    /* After expected_ns: so long the API may see no request and give no answer. A model
     * that is slower than its description says is measured, and not ended. */
    int64_t idle_ns;
    int64_t most_ns; /* it may never take longer */
};

/* expected_ns is ten times the prediction. idle_ns is ten times the longest request,
 * and most_ns ten times the longest time of all requests in sequence; that also stands
 * for a prediction that is unknown. With the user's own API, expected_ns and most_ns
 * are the timeouts of all requests in sequence; without a timeout there is no limit. */
struct time_limits model_process_limits(const struct scenario *scenario,
                                        const struct prediction *prediction,
                                        int64_t patience_ns);

/* Waits for a model that was started at `start_ns`, as long as its limits allow.
 * `log_path` is the API's log. `watch` as in process_wait_watched(). */
enum process_end model_process_wait(struct process *model, int64_t start_ns,
                                    const struct time_limits *limits,
                                    const char *log_path,
                                    const struct process_watch *watch);

/* When a request last came to the API or was answered; 0: none has, or there is no such
 * log. */
int64_t model_process_latest_ns(const char *log_path);

#endif
