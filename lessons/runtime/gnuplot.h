/* Runs a script of gnuplot. */
#ifndef SIMUL_LESSONS_RUNTIME_GNUPLOT_H
#define SIMUL_LESSONS_RUNTIME_GNUPLOT_H

#include "base/error.h"

/* True: gnuplot can be executed. */
bool gnuplot_is_there(void);

/* Runs the script, and writes the picture to `fd`. Fails if gnuplot can't be executed, or
 * fails; it has then said why on stderr. */
bool gnuplot_run(const char *script, int fd, struct error *error);

#endif
