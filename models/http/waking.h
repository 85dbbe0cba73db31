/* Why curl has to be woken while it connects. curl 7.88 gives each address of a name half
 * of the time that is left. If an address has not answered by then, curl gives it up, but
 * does not wake to try the next one: it does that when some other timer wakes it, and by
 * then it may have given the next one up too. Whether the host is reached is then a
 * matter of chance. */
#ifndef SIMUL_MODELS_HTTP_WAKING_H
#define SIMUL_MODELS_HTTP_WAKING_H

#include <stdbool.h>

enum { WAKING_MS = 20 };

/* The host of a URL is a name, which may have several addresses; false: it is an address
 * in digits, and curl need not be woken. */
bool waking_host_is_name(const char *url);

#endif
