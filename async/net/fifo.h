/* Bytes that go in at one end and out at the other: those that a transport has not sent
 * yet, and those of a stream that no task has read yet. */
#ifndef SIMUL_ASYNC_NET_FIFO_H
#define SIMUL_ASYNC_NET_FIFO_H

#include "async/bytes.h"

/* A zeroed fifo is empty. */
struct async_fifo {
    struct async_bytes bytes;
    size_t begin; /* how many bytes at the front were taken out already */
};

/* False: out of memory; then the fifo is as it was. */
bool async_fifo_append(struct async_fifo *fifo, const void *data, size_t count);

/* The content, in one piece. Valid until the fifo is changed. */
const char *async_fifo_data(const struct async_fifo *fifo);
size_t async_fifo_count(const struct async_fifo *fifo);

/* Takes out `count` bytes; the fifo must have so many. Moves the rest to the front only
 * if it is shorter than the free part in front of it. So in total fewer bytes are moved
 * than taken out. */
void async_fifo_consume(struct async_fifo *fifo, size_t count);
void async_fifo_free(struct async_fifo *fifo);

#endif
