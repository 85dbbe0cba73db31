/* The end of a child process as a descriptor, which can be polled together with
 * others. */
#ifndef SIMUL_BASE_CHILD_END_H
#define SIMUL_BASE_CHILD_END_H

#include <sys/types.h>

/* Returns a descriptor that becomes readable when the child has ended; -1 with errno if
 * that fails. The child must not have been waited for yet. The caller closes the
 * descriptor, and waits for the child too. The descriptor is a pidfd; if there is none
 * (before Linux 5.3, in some sandboxes, under valgrind), child_end_open_by_thread() is
 * used. */
int child_end_open(pid_t pid);

/* The same, but a thread waits for the child's end and makes the descriptor readable.
 * The caller still has to wait for the child. */
int child_end_open_by_thread(pid_t pid);

#endif
