/* A client that blocks: the calling thread sleeps until each answer is complete. */
#ifndef SIMUL_MODELS_HTTP_BLOCKING_H
#define SIMUL_MODELS_HTTP_BLOCKING_H

#include "models/runtime/workload.h"

/* Does all rounds of one conversation: sends a request, waits for its answer, goes on.
 * Returns after the last answer. A request that fails is recorded in its event. Any
 * thread may call this. */
void blocking_converse(const struct workload *workload, int32_t conversation);

#endif
