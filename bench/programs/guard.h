/* The guard: a process that sleeps while this program lives. If this program is killed
 * (SIGKILL, the OOM killer, a crash), the guard ends the processes that it has left and
 * removes its unfinished files. docs/decisions/0016 has the reasons and the limits. */
#ifndef SIMUL_BENCH_PROGRAMS_GUARD_H
#define SIMUL_BENCH_PROGRAMS_GUARD_H

#include "bench/programs/remains.h"

#include <sys/types.h>

/* Starts the guard, as a child of this process in a session of its own, and marks what
 * this program starts from now on (mark.h). Call it before the first thread. If the
 * guard can't be started, the program goes on without it: without descriptors or
 * processes, a start of any other program fails as well, and says why. */
void guard_open(void);

/* Ends the guard; nothing is left to clear away. Call it before exec, too: to the guard,
 * exec looks like death. */
void guard_close(void);

/* The guard's process id; 0: there is none. */
pid_t guard_pid(void);

/* From now on, the guard clears this away if the program dies. Call it before the thing
 * exists. May be called after fork(). Without a guard, does nothing. A text that does
 * not fit into one write (4096 bytes) is left out. */
void guard_add(enum remain_kind kind, const char *name);

/* Undoes guard_add(): the thing is finished, or is gone. */
void guard_drop(enum remain_kind kind, const char *name);

/* The same for a process group. */
void guard_add_group(pid_t group);
void guard_drop_group(pid_t group);

/* From now on, the file at `path` decides whether the files that have been added are
 * unfinished: they are finished if it is longer than `size` and ends with a line
 * end. */
void guard_add_ledger(const char *path, long long size);

#endif
