/* Ctrl-C, SIGTERM and a terminal that goes away, as something that one can wait for
 * together with other things. */
#ifndef SIMUL_BENCH_INTERRUPT_H
#define SIMUL_BENCH_INTERRUPT_H

#include "base/error.h"

/* From now on the first SIGINT, SIGTERM or SIGHUP is noted instead of ending the
 * program; a second one ends it. Fails where the process has no descriptor left. */
bool interrupt_install(struct error *error);

/* Readable once a signal has come; -1 before interrupt_install(). */
int interrupt_fd(void);

/* The number of the signal that has come; 0: none. */
int interrupt_signal(void);

/* The program was stopped (Ctrl-Z) and goes on, since this was last asked. */
bool interrupt_take_continued(void);

#endif
