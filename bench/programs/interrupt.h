/* Ctrl-C, SIGTERM and the loss of the terminal, as a descriptor that poll() can wait
 * for together with others. */
#ifndef SIMUL_BENCH_PROGRAMS_INTERRUPT_H
#define SIMUL_BENCH_PROGRAMS_INTERRUPT_H

#include "base/error.h"

/* From now on SIGINT, SIGTERM and SIGHUP are recorded and do not end the program, even
 * if they come again, so that the program can first end its processes and remove its
 * files. SIGTERM and SIGHUP stay ignored if they were ignored before (nohup). Fails if
 * the process has no descriptor left. */
bool interrupt_install(struct error *error);

/* The number of the first signal that has come; 0: none. */
int interrupt_signal(void);

/* True from the first signal until interrupt_acknowledge(). Waits and long computations
 * end if it is true. */
bool interrupt_is_pending(void);

/* Readable while a signal is pending; -1 before interrupt_install(). */
int interrupt_fd(void);

/* Notes that the pending signal has been acted on, so that it ends no later wait or
 * computation. */
void interrupt_acknowledge(void);

/* From now on a signal ends the program at once. Called before a part that leaves
 * nothing to clean up and may block for long (a write to a pipe). */
void interrupt_release(void);

/* Undoes interrupt_release(). Called before a part that has to clean up. */
void interrupt_hold(void);

/* True if the program was stopped (Ctrl-Z) and continued since the last call. */
bool interrupt_take_continued(void);

#endif
