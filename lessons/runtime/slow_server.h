/* A web server on this machine that takes its time, for lessons that wait for one. */
#ifndef SIMUL_LESSONS_RUNTIME_SLOW_SERVER_H
#define SIMUL_LESSONS_RUNTIME_SLOW_SERVER_H

#include <stdbool.h>
#include <stdint.h>

/* Starts it in a thread of its own, on loopback; false with errno. Each request is
 * answered `delay_ns` after it came. Where one runs already, it goes on as it was. */
bool slow_server_start(int64_t delay_ns, int *port);

/* Ends it; nothing where none was started. */
void slow_server_stop(void);

#endif
