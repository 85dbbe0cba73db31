/* What the kernel lost or sent again on the API's own sockets: the system's counters
 * would also tell of somebody else's. */
#ifndef SIMUL_MOCK_API_LOSSES_H
#define SIMUL_MOCK_API_LOSSES_H

#include <stdint.h>

/* Connections that did not fit into a listening socket's queue: their clients try again
 * after a second. 0 where the kernel does not tell. */
uint64_t losses_dropped(int listener_fd);

/* Segments that a connection sent again. One call of the kernel, about 0.3 us. */
uint64_t losses_retransmitted(int connection_fd);

#endif
