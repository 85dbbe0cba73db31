/* A fifo of bytes: a buffer and where it begins. */
#include "async/net/fifo.h"

#include <string.h>

bool async_fifo_append(struct async_fifo *fifo, const void *data, size_t count) {
    return async_bytes_append(&fifo->bytes, data, count);
}

const char *async_fifo_data(const struct async_fifo *fifo) {
    return fifo->bytes.data ? fifo->bytes.data + fifo->begin : "";
}

size_t async_fifo_count(const struct async_fifo *fifo) {
    return fifo->bytes.count - fifo->begin;
}

void async_fifo_consume(struct async_fifo *fifo, size_t count) {
    fifo->begin += count;
    size_t left = async_fifo_count(fifo);
    if (left == 0) {
        async_bytes_clear(&fifo->bytes);
        fifo->begin = 0;
    } else if (fifo->begin > left) {
        memmove(fifo->bytes.data, fifo->bytes.data + fifo->begin, left);
        fifo->bytes.count = left;
        fifo->bytes.data[left] = '\0';
        fifo->begin = 0;
    }
}

void async_fifo_free(struct async_fifo *fifo) {
    async_bytes_free(&fifo->bytes);
    fifo->begin = 0;
}
