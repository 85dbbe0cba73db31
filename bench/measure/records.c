/* Writes and reads the API's witness log as a CSV file. */
#include "bench/measure/records.h"
#include "base/advice.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char header[] =
    "conversation,round,arrival_ns,send_begin_ns,send_end_ns,response_begin_ns,"
    "response_due_ns,answered_ns,status,bytes\n";

bool records_write(const struct witness *witness, const char *path,
                   struct error *error) {
    FILE *file = fopen(path, "we");
    if (!file) {
        return error_failed(error, "cannot write %s: %s%s", path, strerror(errno),
                            advice_for(errno));
    }
    fputs(header, file);
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

/* Reads a row: ten whole numbers and the end of the line, nothing else. The
 * conversation is -1 if the request's path named none. */
static bool read_record(const char *line, struct witness_record *record) {
    int64_t numbers[10];
    for (size_t i = 0; i < 10; i++) {
        char *end = NULL;
        bool begins = strchr("-0123456789", *line) && *line;
        errno = 0;
        numbers[i] = strtoll(line, &end, 10);
        if (!begins || errno != 0 || *end != (i < 9 ? ',' : '\n')) {
            return false;
        }
        line = end + 1;
    }
    *record = (struct witness_record){
        .conversation = (int32_t)numbers[0],
        .round = (int32_t)numbers[1],
        .arrival_ns = numbers[2],
        .send_begin_ns = numbers[3],
        .send_end_ns = numbers[4],
        .response_begin_ns = numbers[5],
        .response_due_ns = numbers[6],
        .answered_ns = numbers[7],
        .status = (int32_t)numbers[8],
        .bytes = (uint32_t)numbers[9],
    };
    return numbers[0] == record->conversation && numbers[1] == record->round;
}

bool records_read(const char *path, int32_t conversations, int32_t rounds,
                  struct witness_record *records, bool *is_there, struct error *error) {
    char line[512];
    bool ok = true;
    FILE *file = fopen(path, "re");
    *is_there = file != NULL;
    if (!file) {
        return errno == ENOENT ||
               error_failed(error, "cannot open %s: %s", path, strerror(errno));
    }
    for (long number = 1; ok && fgets(line, sizeof line, file); number++) {
        struct witness_record record;
        ok = number == 1 ? !strcmp(line, header) : read_record(line, &record);
        if (!ok) {
            error_failed(error, "%s:%ld: not a row of the API's records", path, number);
        } else if (number > 1 && record.conversation >= 0 &&
                   record.conversation < conversations && record.round >= 0 &&
                   record.round < rounds) {
            records[(int64_t)record.conversation * rounds + record.round] = record;
        }
    }
    if (ok && ferror(file)) {
        ok = error_failed(error, "cannot read %s: %s", path, strerror(errno));
    }
    fclose(file);
    return ok;
}
