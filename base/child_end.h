/* The end of a child process, as a descriptor: so that it is waited for beside others.
 */
#ifndef SIMUL_BASE_CHILD_END_H
#define SIMUL_BASE_CHILD_END_H

#include <sys/types.h>

/* A descriptor that becomes readable when that child, which was not waited for yet, has
 * ended; to be closed by the caller, who waits for the child too. -1: errno says why.
 * It is a pidfd; before Linux 5.3, and where a sandbox or valgrind knows none, the
 * other. */
int child_end_open(pid_t pid);

/* The same by a thread that waits for that child and leaves it to be waited for. */
int child_end_open_by_thread(pid_t pid);

#endif
