/* The whole stderr of a process, kept in a file. */
#ifndef SIMUL_BENCH_PROGRAMS_TRANSCRIPT_H
#define SIMUL_BENCH_PROGRAMS_TRANSCRIPT_H

#include <stddef.h>
#include <stdint.h>

/* The file holds the first so many bytes. If there are more, a line with their number
 * and the end of the output follow. */
#define TRANSCRIPT_BYTES (1 << 20)

/* A zeroed transcript keeps nothing. */
struct transcript {
    const char *path; /* borrowed; NULL: nothing is kept */
    int fd;           /* valid after the first byte, until the end */
    int64_t bytes;    /* that the process has printed */
};

/* Keeps more bytes. The file is made at the first one, so a process that prints nothing
 * leaves none. If the file can't be written, the rest is lost: a trial does not fail for
 * what its model says beside its rows. */
void transcript_append(struct transcript *transcript, const char *bytes, size_t count);

/* Closes the file. `end` is the end of the whole output, which is added if the file does
 * not hold it. */
void transcript_close(struct transcript *transcript, const char *end, size_t count);

#endif
