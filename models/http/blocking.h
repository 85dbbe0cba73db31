/* A client that blocks: the calling thread sleeps until each answer is complete. */
#ifndef SIMUL_MODELS_HTTP_BLOCKING_H
#define SIMUL_MODELS_HTTP_BLOCKING_H

#include "models/runtime/workload.h"

#include <pthread.h>

/* Does all rounds of one conversation: sends a request, waits for its answer, goes on.
 * Returns after the last answer. A request that fails is recorded in its event. Any
 * thread may call this. */
void blocking_converse(const struct workload *workload, int32_t conversation);

/* Starts a thread that calls run(argument), with a stack that is large enough for
 * blocking_converse() and small enough for thousands of threads. False: the system's
 * limits allow no more threads. */
bool blocking_start_thread(pthread_t *thread, void *(*run)(void *), void *argument);

#endif
