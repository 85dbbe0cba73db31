/* A slow web server on this machine, for lessons that wait for its answers. */
#ifndef SIMUL_LESSONS_RUNTIME_SLOW_SERVER_H
#define SIMUL_LESSONS_RUNTIME_SLOW_SERVER_H

#include <stdbool.h>
#include <stdint.h>

/* Starts the server in a thread of its own, on loopback; returns false with errno if
 * that fails. It answers each request `delay_ns` after it came. If the server runs
 * already, it goes on with its first delay. */
bool slow_server_start(int64_t delay_ns, int *port);

/* Stops the server, if it was started. */
void slow_server_stop(void);

#endif
