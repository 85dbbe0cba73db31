/* A client that stands and waits: the calling thread sleeps until
 * each answer is there. */
#ifndef SIMUL_MODELS_HTTP_BLOCKING_H
#define SIMUL_MODELS_HTTP_BLOCKING_H

#include "models/runtime/workload.h"

/* Has one whole conversation: sends, waits, next round. Returns when the last answer
 * has come; what fails is recorded in its event. Any thread. */
void blocking_converse(const struct workload *workload, int32_t conversation);

#endif
