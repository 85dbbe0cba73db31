/* async/net/fifo.c: bytes in at one end, out at the other. */
#include "async/net/fifo.h"

#include <criterion/criterion.h>
#include <stdint.h>

/* Random pieces of up to 255 bytes go in and out. */
Test(async_fifo, bytes_come_out_as_they_went_in) {
    struct async_fifo fifo = {.begin = 0};
    uint8_t in = 0, out = 0;
    uint32_t seed = 1;
    for (int i = 0; i < 10000; i++) {
        seed = seed * 1664525 + 1013904223;
        size_t count = seed >> 24;
        if (seed & 0x10000) {
            uint8_t data[256];
            for (size_t j = 0; j < count; j++) {
                data[j] = in++;
            }
            cr_assert(async_fifo_append(&fifo, data, count));
        } else {
            size_t there = async_fifo_count(&fifo);
            count = count < there ? count : there;
            const char *data = async_fifo_data(&fifo);
            for (size_t j = 0; j < count; j++) {
                cr_assert_eq((uint8_t)data[j], out++);
            }
            async_fifo_consume(&fifo, count);
        }
    }
    cr_expect_eq((uint8_t)(out + async_fifo_count(&fifo)), in);
    async_fifo_free(&fifo);
    cr_expect_eq(async_fifo_count(&fifo), 0);
    cr_expect_str_eq(async_fifo_data(&fifo), "");
}
