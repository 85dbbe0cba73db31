/* Bytes on the heap that grow. Functions that read from a stream, a program or a server
 * put the data in them. One struct may be used for many reads, as getline() uses its
 * buffer. */
#ifndef SIMUL_ASYNC_BYTES_H
#define SIMUL_ASYNC_BYTES_H

#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/* A zeroed struct is empty. If there is data, a NUL follows its last byte, so that text
 * can be used as a string; `count` does not include it. */
struct async_bytes {
    char *data; /* NULL if there was never data in it */
    size_t count;
    size_t capacity;
};

/* Returns false if memory is out; then the bytes are unchanged. */
bool async_bytes_append(struct async_bytes *bytes, const void *data, size_t count);

/* Makes it empty and keeps its memory for the next use. */
void async_bytes_clear(struct async_bytes *bytes);

/* Frees the memory; the struct is zeroed then. */
void async_bytes_free(struct async_bytes *bytes);

#ifdef __cplusplus
}
#endif

#endif
