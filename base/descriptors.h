/* The limit of open descriptors of this process. Each connection needs one. */
#ifndef SIMUL_BASE_DESCRIPTORS_H
#define SIMUL_BASE_DESCRIPTORS_H

#include "base/error.h"

/* Raises the soft limit to the hard limit. If the system refuses, the limit stays. */
void descriptors_raise_limit(void);

/* Fails (input) if the hard limit is below `count`. */
bool descriptors_require(int count, struct error *error);

#endif
