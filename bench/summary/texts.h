/* A list of texts: reasons, notes. */
#ifndef SIMUL_BENCH_SUMMARY_TEXTS_H
#define SIMUL_BENCH_SUMMARY_TEXTS_H

#include <stdbool.h>
#include <stddef.h>

/* Zeroed: empty. */
struct texts {
    char **list; /* owned, with the texts */
    size_t count;
};

/* Appends a copy. False: out of memory. */
bool texts_add(struct texts *texts, const char *text);

/* The list has that text. */
bool texts_have(const struct texts *texts, const char *text);

void texts_close(struct texts *texts);

#endif
