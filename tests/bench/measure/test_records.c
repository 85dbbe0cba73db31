/* bench/measure/records.c: the API's witness log as CSV. */
#include "bench/measure/records.h"
#include "tests/support/folder.h"

#include <criterion/criterion.h>

Test(records, a_row_holds_every_field_of_a_record) {
    struct witness_header header = {.capacity = 2, .count = 2};
    struct witness_record records[] = {{1, 2, 3, 4, 5, 6, 7, 8, 200, 99},
                                       {.arrival_ns = INT64_MAX, .conversation = -1}};
    struct witness witness = {.header = &header, .records = records};
    struct error error = {.kind = ERROR_NONE};
    char folder[PATH_MAX];
    char path[PATH_MAX];
    folder_make(folder);
    snprintf(path, sizeof path, "%.100s/a.csv", folder);
    cr_assert(records_write(&witness, path, &error), "%s", error.message);
    char *text = folder_read(path);
    cr_expect_str_eq(text,
                     "conversation,round,arrival_ns,send_begin_ns,send_end_ns,"
                     "response_begin_ns,response_due_ns,answered_ns,status,bytes\n"
                     "7,8,1,2,3,4,5,6,200,99\n"
                     "-1,0,9223372036854775807,0,0,0,0,0,0,0\n");
    free(text);
    folder_remove(folder);
}

Test(records, a_file_that_cannot_be_written_is_reported) {
    struct witness_header header = {.capacity = 1, .count = 1};
    struct witness_record record = {.arrival_ns = 1};
    struct witness witness = {.header = &header, .records = &record};
    struct error error = {.kind = ERROR_NONE};
    cr_assert_not(records_write(&witness, "/nowhere/a.csv", &error));
    cr_expect_str_eq(error.message,
                     "cannot write /nowhere/a.csv: No such file or directory");
    cr_assert_not(records_write(&witness, "/dev/full", &error));
    cr_expect_str_eq(error.message, "cannot write /dev/full: No space left on device; "
                                    "make room there, or write elsewhere");
    cr_expect_eq(error.kind, ERROR_FAILED);
}

/* Writes a file of this text and reads it as records of 2 conversations x 2 rounds. */
static bool read_text(const char *text, struct witness_record records[4],
                      struct error *error) {
    char folder[PATH_MAX];
    char path[PATH_MAX];
    bool is_there;
    folder_make(folder);
    folder_write(folder, "a.api.csv", text, strlen(text), path);
    memset(records, 0, 4 * sizeof *records);
    bool ok = records_read(path, 2, 2, records, &is_there, error);
    cr_expect(is_there);
    folder_remove(folder);
    return ok;
}

#define HEADER                                                                         \
    "conversation,round,arrival_ns,send_begin_ns,send_end_ns,response_begin_ns,"       \
    "response_due_ns,answered_ns,status,bytes\n"

Test(records, written_records_are_read_back) {
    struct witness_record records[4];
    struct error error = {.kind = ERROR_NONE};
    cr_assert(read_text(HEADER "1,0,1,2,3,4,5,6,200,99\n", records, &error), "%s",
              error.message);
    const struct witness_record *record = &records[2];
    cr_expect_eq(record->arrival_ns, 1);
    cr_expect_eq(record->send_begin_ns, 2);
    cr_expect_eq(record->send_end_ns, 3);
    cr_expect_eq(record->response_begin_ns, 4);
    cr_expect_eq(record->response_due_ns, 5);
    cr_expect_eq(record->answered_ns, 6);
    cr_expect_eq(record->status, 200);
    cr_expect_eq(record->bytes, 99);
    cr_expect_eq(records[0].arrival_ns, 0);
}

Test(records, unknown_requests_are_skipped_and_the_later_record_counts) {
    struct witness_record records[4];
    struct error error = {.kind = ERROR_NONE};
    cr_assert(read_text(HEADER "-1,0,7,0,0,0,0,0,404,0\n2,0,7,0,0,0,0,0,200,0\n"
                               "0,2,7,0,0,0,0,0,200,0\n0,1,8,0,0,0,0,0,200,0\n"
                               "0,1,9,0,0,0,0,0,200,0\n",
                        records, &error));
    cr_expect_eq(records[0].arrival_ns, 0);
    cr_expect_eq(records[1].arrival_ns, 9);
    cr_expect_eq(records[2].arrival_ns, 0);
    cr_expect_eq(records[3].arrival_ns, 0);
}

Test(records, garbage_is_named_by_its_line) {
    static const char *const texts[] = {
        "hello\n",
        HEADER "1,2,3\n",
        HEADER "0,0,1,2,3,4,5,6,200\n",
        HEADER "0,0,1,2,3,4,5,6,200,9,\n",
        HEADER "0,0,1,2,3,4,5,6,200,9",
        HEADER "0,0, 1,2,3,4,5,6,200,9\n",
        HEADER "0,0,99999999999999999999,2,3,4,5,6,200,9\n",
        HEADER "4294967296,0,1,2,3,4,5,6,200,9\n",
        HEADER "\n",
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct witness_record records[4];
        struct error error = {.kind = ERROR_NONE};
        cr_expect_not(read_text(texts[i], records, &error), "%s", texts[i]);
        cr_expect(strstr(error.message, i ? "a.api.csv:2: not a row"
                                          : "a.api.csv:1: not a row") != NULL,
                  "%s: %s", texts[i], error.message);
    }
}

Test(records, a_missing_file_is_no_error) {
    bool is_there = true;
    struct witness_record record = {.arrival_ns = 0};
    struct error error = {.kind = ERROR_NONE};
    cr_expect(records_read("/nowhere/a.csv", 1, 1, &record, &is_there, &error));
    cr_expect_not(is_there);
    cr_expect_not(records_read("/", 1, 1, &record, &is_there, &error));
}
