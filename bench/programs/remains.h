/* What this program would leave behind if it were killed now: processes, control groups
 * and unfinished files. The guard (guard.h) keeps this list, and clears it away. */
#ifndef SIMUL_BENCH_PROGRAMS_REMAINS_H
#define SIMUL_BENCH_PROGRAMS_REMAINS_H

#include <stdbool.h>
#include <stddef.h>

enum remain_kind {
    REMAIN_GROUP = 'g',  /* a process group, by its number */
    REMAIN_CGROUP = 'c', /* the folder of a control group, with the processes in it */
    REMAIN_FILE = 'f',   /* a file, a link, or a folder that is empty by then */
    REMAIN_TREE = 't',   /* a folder with everything in it */
    /* "SIZE PATH". If the file at PATH has grown beyond SIZE bytes and ends with a line
     * end, all files and trees that were added earlier are finished, and stay. A ledger
     * replaces the one before it. */
    REMAIN_LEDGER = 'l',
};

/* A zeroed list is empty. */
struct remains {
    char **list; /* owned; each text is its kind and then its name */
    size_t count;
};

/* Adds what "g1234" names. If there is no memory, the list stays as it is. */
void remains_add(struct remains *remains, const char *what);

/* Drops the newest one of this kind and name, if it is in the list. */
void remains_drop(struct remains *remains, const char *what);

/* Kills the processes in the list and every process with the mark (mark.h), and then
 * removes the rest, the newest first. Takes some milliseconds, 2 s at most for each
 * process or control group that does not end. */
void remains_clear_away(const struct remains *remains, const char *mark);

void remains_close(struct remains *remains);

#endif
