/* Growing bytes: the capacity doubles each time, so that appending costs O(1) a
 * byte. */
#include "async/bytes.h"

#include <stdlib.h>
#include <string.h>

enum { SMALLEST_BYTES = 64 };

bool async_bytes_append(struct async_bytes *bytes, const void *data, size_t count) {
    size_t needed = bytes->count + count + 1;
    if (needed <= bytes->count) {
        return false; /* more bytes than can be counted */
    }
    if (needed > bytes->capacity) {
        size_t capacity = bytes->capacity * 2;
        capacity = capacity < needed ? needed : capacity;
        capacity = capacity < SMALLEST_BYTES ? SMALLEST_BYTES : capacity;
        char *grown = realloc(bytes->data, capacity);
        if (!grown) {
            return false;
        }
        bytes->data = grown;
        bytes->capacity = capacity;
    }
    if (count > 0) {
        memcpy(bytes->data + bytes->count, data, count);
    }
    bytes->count += count;
    bytes->data[bytes->count] = '\0';
    return true;
}

void async_bytes_clear(struct async_bytes *bytes) {
    bytes->count = 0;
    if (bytes->data) {
        bytes->data[0] = '\0';
    }
}

void async_bytes_free(struct async_bytes *bytes) {
    free(bytes->data);
    *bytes = (struct async_bytes){.data = NULL};
}
