/* A fixed number of workers: each takes the next conversation when its last has ended.
 *
 *   worker 0   0 send=response==> 2     send=response==>
 *   worker 1   1 ....send=response==> 3     send=response==>
 */
#include "models/http/blocking.h"
#include "models/model.h"

#include <stdatomic.h>
#include <stdlib.h>

struct pool {
    const struct workload *workload;
    atomic_int next; /* the first conversation that no worker has taken */
};

static void *work(void *argument) {
    struct pool *pool = argument;
    int32_t i;
    while ((i = atomic_fetch_add(&pool->next, 1)) < pool->workload->conversations) {
        blocking_converse(pool->workload, i);
    }
    return NULL;
}

static bool run(const struct workload *workload, struct error *error) {
    struct pool pool = {.workload = workload};
    pthread_t *threads = calloc((size_t)workload->workers, sizeof *threads);
    if (!threads) {
        return error_failed(error, "out of memory");
    }
    int32_t started = 0;
    while (started < workload->workers &&
           blocking_start_thread(&threads[started], work, &pool)) {
        started++;
    }
    for (int32_t i = 0; i < started; i++) {
        pthread_join(threads[i], NULL);
    }
    free(threads);
    if (started < workload->workers) {
        return error_failed(
            error,
            "only %d of %d workers could be started; raise the limit of "
            "threads (ulimit -u) or lower --workers",
            started, workload->workers);
    }
    return true;
}

const struct model model = {
    .summary = "a fixed number of worker threads, each waiting for its own",
    .holds = HOLDS_WORKERS,
    .send_holds = SEND_HOLDS_CALLER,
    .needs = {.descriptors = 10,
              .descriptors_per_caller = 3,
              .threads_per_caller = 1,
              .bytes_per_caller = 72 * 1024},
    .run = run,
};
