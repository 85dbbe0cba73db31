/* How many descriptors this process may have open: a connection is one. */
#ifndef SIMUL_BASE_DESCRIPTORS_H
#define SIMUL_BASE_DESCRIPTORS_H

#include "base/error.h"

/* Takes as many as the system lets this process have: its soft limit becomes its hard
 * limit. Where that is refused, the limit stays. */
void descriptors_raise_limit(void);

/* Fails (input) where this process may not have so many open, even at its hard limit.
 */
bool descriptors_require(int count, struct error *error);

#endif
