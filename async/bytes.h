/* Bytes of the heap that grow: what is read from a stream, a program or a server comes
 * back in these. One may be used for many reads, as getline() uses its buffer. */
#ifndef SIMUL_ASYNC_BYTES_H
#define SIMUL_ASYNC_BYTES_H

#include <stdbool.h>
#include <stddef.h>

/* Zeroed: empty. Where there is data, a NUL stands behind its last byte, so that text
 * can be used as a string; it does not count. */
struct async_bytes {
    char *data; /* NULL: nothing was ever in it */
    size_t count;
    size_t capacity;
};

/* False: out of memory; then it is as it was. */
bool async_bytes_append(struct async_bytes *bytes, const void *data, size_t count);

/* Empty again; keeps its memory for the next use. */
void async_bytes_clear(struct async_bytes *bytes);

/* Gives the memory back; it is zeroed then. */
void async_bytes_free(struct async_bytes *bytes);

#endif
