/* Ctrl-C, SIGTERM and a terminal that goes away, as something that one can wait for
 * together with other things. */
#ifndef SIMUL_BENCH_PROGRAMS_INTERRUPT_H
#define SIMUL_BENCH_PROGRAMS_INTERRUPT_H

#include "base/error.h"

/* From now on SIGINT, SIGTERM and SIGHUP are noted instead of ending the program,
 * however many come: what is under way is given back first. SIGTERM and SIGHUP stay
 * ignored where they were (nohup). Fails where the process has no descriptor left. */
bool interrupt_install(struct error *error);

/* The number of the first signal that has come; 0: none. */
int interrupt_signal(void);

/* A signal has come and nobody has acted on it: waits and long computations end. */
bool interrupt_is_pending(void);

/* Readable while one is pending; -1 before interrupt_install(). */
int interrupt_fd(void);

/* It has been acted on: what is done from now on is done to its end. */
void interrupt_acknowledge(void);

/* From now on a signal ends the program at once: nothing is left to give back, and what
 * is still done may wait for somebody (a pipe). */
void interrupt_release(void);

/* Takes the release back: something is begun that has to be given back. */
void interrupt_hold(void);

/* The program was stopped (Ctrl-Z) and goes on, since this was last asked. */
bool interrupt_take_continued(void);

#endif
