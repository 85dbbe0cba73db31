/* What a user can do about a limit that a call has met. */
#ifndef SIMUL_BASE_ADVICE_H
#define SIMUL_BASE_ADVICE_H

/* For the end of a message: "; make room there, or write elsewhere" for ENOSPC; "" for
 * an errno of which there is nothing to say. */
const char *advice_for(int reason);

#endif
