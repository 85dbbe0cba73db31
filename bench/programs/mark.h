/* The mark of a run: a variable in the environment of every process that the run
 * starts, directly or not. By it a process is found that has left its parent, its
 * process group and its session. */
#ifndef SIMUL_BENCH_PROGRAMS_MARK_H
#define SIMUL_BENCH_PROGRAMS_MARK_H

#define MARK_BYTES 64

/* Fills in a mark, "NAME=value", that no other process on this machine has. */
void mark_make(char mark[static MARK_BYTES]);

/* From now on, processes that this program starts have the mark. */
void mark_set(const char *mark);

/* Undoes mark_set(). */
void mark_clear(void);

/* Kills every process that has the mark, and returns how many it found. A process that
 * was started with another environment is not found, and neither is one of another
 * user, nor any without /proc. */
int mark_kill(const char *mark);

#endif
