/* Connections made before the clock starts, for `--connections warm`. */
#ifndef SIMUL_MODELS_HTTP_WARM_H
#define SIMUL_MODELS_HTTP_WARM_H

#include "models/runtime/workload.h"

/* Fills workload->warm_sockets: one connected socket for each conversation. Fails if
 * one cannot be connected; call warm_close() then too. */
bool warm_connect(struct workload *workload, struct error *error);

/* Closes the sockets that were not taken and frees the list, if there is one. */
void warm_close(struct workload *workload);

/* Returns a conversation's socket, which the caller then owns; -1 if it was taken
 * before or no socket is warm. */
int warm_take(const struct workload *workload, int32_t conversation);

#endif
