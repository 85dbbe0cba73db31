/* Advice to a user whose call has reached a limit of the system. */
#ifndef SIMUL_BASE_ADVICE_H
#define SIMUL_BASE_ADVICE_H

/* Returns the end of a message about an errno, for example "; make room there, or write
 * elsewhere" for ENOSPC; "" if there is no advice. */
const char *advice_for(int reason);

#endif
