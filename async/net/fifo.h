/* In at one end, out at the other: the bytes that a transport has not sent yet, and
 * those that nobody read yet from a stream. */
#ifndef SIMUL_ASYNC_NET_FIFO_H
#define SIMUL_ASYNC_NET_FIFO_H

#include "async/bytes.h"

/* Zeroed: empty. */
struct async_fifo {
    struct async_bytes bytes;
    size_t begin; /* so many of its first bytes were taken out */
};

/* False: out of memory; then it is as it was. */
bool async_fifo_append(struct async_fifo *fifo, const void *data, size_t count);

/* What is in it, in one piece; until it is changed. */
const char *async_fifo_data(const struct async_fifo *fifo);
size_t async_fifo_count(const struct async_fifo *fifo);

/* Takes out that many, which are there. Moves what is left only where that is less than
 * what was taken: a byte is moved once at most. */
void async_fifo_consume(struct async_fifo *fifo, size_t count);
void async_fifo_free(struct async_fifo *fifo);

#endif
