/* The losses that the kernel counts for one of the API's sockets. The counters of the
 * whole system would include the sockets of other programs. */
#ifndef SIMUL_MOCK_API_LOSSES_H
#define SIMUL_MOCK_API_LOSSES_H

#include <stdint.h>

/* The number of connections that the queue of a listening socket had no room for. Their
 * clients try again after a second. 0 if the kernel does not say. */
uint64_t losses_dropped(int listener_fd);

/* The number of TCP segments that a connection sent again; 0 if the kernel does not
 * say. Costs one system call, about 0.3 us. */
uint64_t losses_retransmitted(int connection_fd);

#endif
