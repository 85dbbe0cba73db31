/* Writes the bytes of an answer. */
#ifndef SIMUL_MOCK_API_ANSWER_H
#define SIMUL_MOCK_API_ANSWER_H

#include "base/witness.h"
#include "mock_api/request.h"

#include <stddef.h>
#include <stdint.h>
#include <time.h>

#define ANSWER_BYTES 768

/* The Date line, which is kept for a second. A zeroed one is made by its first use. */
struct answer_date {
    time_t second;
    size_t length;
    char line[48];
};

extern const char answer_continue[]; /* the interim "100 Continue" */

/* Writes the 200; its Server-Timing gives the phases as the API applied them. Returns
 * its length. */
size_t answer_format(char bytes[static ANSWER_BYTES], struct answer_date *date,
                     const struct request *request, const struct witness_record *times);

/* Writes a refusal that closes the connection. Returns its length. */
size_t answer_format_refusal(char bytes[static ANSWER_BYTES], struct answer_date *date,
                             int status, const char *reason);

/* Writes the head of a 200 whose text body has `body_bytes`, for /health and /metrics.
 * Returns its length. */
size_t answer_format_text_head(char bytes[static ANSWER_BYTES],
                               struct answer_date *date, const struct request *request,
                               size_t body_bytes);

#endif
