/* The descriptors of this process: their limit, and the making of a socket. Each
 * connection needs one. */
#ifndef SIMUL_BASE_DESCRIPTORS_H
#define SIMUL_BASE_DESCRIPTORS_H

#include "base/error.h"

/* Raises the soft limit to the hard limit. If the system refuses, the limit stays. */
void descriptors_raise_limit(void);

/* Fails (input) if the hard limit is below `count`. */
bool descriptors_require(int count, struct error *error);

/* Makes a socket that is closed on exec; the caller owns it. If that fails, returns -1
 * and sets *reason to the errno; else *reason is 0. This is for curl's
 * CURLOPT_OPENSOCKETFUNCTION: curl's own function forgets the errno, so that a lack of
 * descriptors would be reported as a refused connection. */
int descriptors_open_socket(int family, int type, int protocol, int *reason);

#endif
