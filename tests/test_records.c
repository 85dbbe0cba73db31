/* bench/records.c: the API's log as CSV. */
#include "bench/records.h"
#include "tests/folder.h"

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

Test(records, where_it_cannot_be_written_it_says_so) {
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
