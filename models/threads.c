/* A thread for each conversation: every thread waits, but all wait at the same time.
 *
 *   thread 0   send=response==>
 *   thread 1   ....send=response==>          (dots: another thread sends)
 *   thread 2   ........send=response==>
 */
#include "models/http/blocking.h"
#include "models/model.h"

#include <stdlib.h>

struct job {
    pthread_t thread;
    bool started;
    const struct workload *workload;
    int32_t conversation;
};

static void *converse(void *argument) {
    const struct job *job = argument;
    blocking_converse(job->workload, job->conversation);
    return NULL;
}

static bool run(const struct workload *workload, struct error *error) {
    struct job *jobs = calloc((size_t)workload->conversations, sizeof *jobs);
    if (!jobs) {
        return error_failed(error, "out of memory");
    }
    for (int32_t i = 0; i < workload->conversations; i++) {
        struct job *job = &jobs[i];
        job->workload = workload;
        job->conversation = i;
        job->started = blocking_start_thread(&job->thread, converse, job);
        if (!job->started) {
            workload_fail_conversation(workload, i, EVENT_LIMIT);
        }
    }
    for (int32_t i = 0; i < workload->conversations; i++) {
        if (jobs[i].started) {
            pthread_join(jobs[i].thread, NULL);
        }
    }
    free(jobs);
    return true;
}

const struct model model = {
    .summary = "a thread for each conversation, each waiting for its own",
    .holds = HOLDS_ALL,
    .send_holds = SEND_HOLDS_CALLER,
    .needs = {.descriptors = 10,
              .descriptors_per_caller = 3,
              .threads_per_caller = 1,
              .bytes_per_caller = 72 * 1024},
    .run = run,
};
