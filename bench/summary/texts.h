/* A list of texts, for reasons and notes. */
#ifndef SIMUL_BENCH_SUMMARY_TEXTS_H
#define SIMUL_BENCH_SUMMARY_TEXTS_H

#include <stdbool.h>
#include <stddef.h>

/* A zeroed list is empty. */
struct texts {
    char **list; /* owned, with the texts */
    size_t count;
};

/* Appends a copy. False: out of memory. */
bool texts_add(struct texts *texts, const char *text);

/* True: the list has that text. */
bool texts_have(const struct texts *texts, const char *text);

void texts_close(struct texts *texts);

#endif
