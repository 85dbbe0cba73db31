/* Connections made before the clock starts, for `--connections warm`. */
#ifndef SIMUL_MODELS_HTTP_WARM_H
#define SIMUL_MODELS_HTTP_WARM_H

#include "models/runtime/workload.h"

/* Fills workload->warm_sockets: one connected socket a conversation. Fails where one
 * can't be had. */
bool warm_connect(struct workload *workload, struct error *error);

/* Closes what is left of them and frees the list; nothing where there is none. */
void warm_close(struct workload *workload);

/* Hands out a conversation's socket, once; -1 afterwards and where nothing is warm. The
 * caller closes it. */
int warm_take(const struct workload *workload, int32_t conversation);

#endif
