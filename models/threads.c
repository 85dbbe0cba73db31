/* A thread for each conversation: every thread waits, but all wait at the same time.
 *
 *   thread 0   send=response==>
 *   thread 1   ....send=response==>          (dots: another thread sends)
 *   thread 2   ........send=response==>
 */
#include "models/http/blocking.h"
#include "models/model.h"

#include <pthread.h>
#include <stdlib.h>

/* Enough for curl with TLS. It is address space: untouched pages cost no memory. */
enum { STACK_BYTES = 256 * 1024 };

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
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, STACK_BYTES);
    for (int32_t i = 0; i < workload->conversations; i++) {
        struct job *job = &jobs[i];
        job->workload = workload;
        job->conversation = i;
        job->started = pthread_create(&job->thread, &attributes, converse, job) == 0;
        if (!job->started) {
            workload_fail_conversation(workload, i, EVENT_LIMIT);
        }
    }
    for (int32_t i = 0; i < workload->conversations; i++) {
        if (jobs[i].started) {
            pthread_join(jobs[i].thread, NULL);
        }
    }
    pthread_attr_destroy(&attributes);
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
