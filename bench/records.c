/* The API's log as a CSV file. */
#include "bench/records.h"
#include "base/advice.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

bool records_write(const struct witness *witness, const char *path,
                   struct error *error) {
    FILE *file = fopen(path, "we");
    if (!file) {
        return error_failed(error, "cannot write %s: %s%s", path, strerror(errno),
                            advice_for(errno));
    }
    fputs("conversation,round,arrival_ns,send_begin_ns,send_end_ns,response_begin_ns,"
          "response_due_ns,answered_ns,status,bytes\n",
          file);
    for (uint64_t i = 0; i < witness_count(witness); i++) {
        const struct witness_record *record = &witness->records[i];
        fprintf(file,
                "%" PRId32 ",%" PRId32 ",%" PRId64 ",%" PRId64 ",%" PRId64 ",%" PRId64
                ",%" PRId64 ",%" PRId64 ",%" PRId32 ",%" PRIu32 "\n",
                record->conversation, record->round, record->arrival_ns,
                record->send_begin_ns, record->send_end_ns, record->response_begin_ns,
                record->response_due_ns, record->answered_ns, record->status,
                record->bytes);
    }
    bool ok = !ferror(file);
    ok = fclose(file) == 0 && ok;
    return ok || error_failed(error, "cannot write %s: %s%s", path, strerror(errno),
                              advice_for(errno));
}
