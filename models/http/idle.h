/* Connections that lie idle between two requests, and that the server may close
 * meanwhile. */
#ifndef SIMUL_MODELS_HTTP_IDLE_H
#define SIMUL_MODELS_HTTP_IDLE_H

#include <stdbool.h>

/* The server has closed an idle connection, or is about to: no byte is due, so anything
 * that can be read is its end, or the notice before it. Never waits. */
bool idle_is_closed(int fd);

/* Ends such a connection, so that curl finds it closed and opens another. The
 * descriptor stays open. */
void idle_end(int fd);

#endif
