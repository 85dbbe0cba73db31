/* base/witness.c: the harness reads what the API wrote, and refuses any other file. */
#include "base/witness.h"

#include <criterion/criterion.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char directory[64];
static char path[96];

static void make_directory(void) {
    strcpy(directory, "/tmp/simul-witness-XXXXXX");
    cr_assert_not_null(mkdtemp(directory));
    snprintf(path, sizeof path, "%s/log", directory);
}

static void remove_directory(void) {
    unlink(path);
    rmdir(directory);
}

TestSuite(witness, .init = make_directory, .fini = remove_directory);

/* Creates a log, writes `count` records into it and closes it. */
static void write_log(uint64_t capacity, uint64_t count) {
    struct error error = {.kind = ERROR_NONE};
    struct witness witness;
    cr_assert(witness_create(&witness, path, capacity, &error), "%s", error.message);
    for (uint64_t i = 0; i < count; i++) {
        struct witness_record *record = witness_next(&witness);
        if (record) {
            *record = (struct witness_record){.arrival_ns = (int64_t)i + 1000,
                                              .conversation = (int32_t)i,
                                              .status = 200};
        }
    }
    witness_close(&witness);
}

static void expect_no_log(const char *name) {
    struct error error = {.kind = ERROR_NONE};
    struct witness witness;
    cr_expect_not(witness_open(&witness, name, &error), "%s was opened", name);
    cr_expect_eq(error.kind, ERROR_FAILED);
    cr_expect_not_null(strstr(error.message, name), "%s", error.message);
    cr_expect_null(witness.header);
    witness_close(&witness);
}

/* Overwrites bytes of the file. */
static void patch(off_t offset, const void *bytes, size_t count) {
    int fd = open(path, O_WRONLY);
    cr_assert_geq(fd, 0);
    cr_assert_eq(pwrite(fd, bytes, count, offset), (ssize_t)count);
    close(fd);
}

Test(witness, written_records_are_read) {
    write_log(10, 3);
    struct error error = {.kind = ERROR_NONE};
    struct witness witness;
    cr_assert(witness_open(&witness, path, &error), "%s", error.message);
    cr_assert_eq(witness_count(&witness), 3);
    cr_expect_eq(witness.header->capacity, 10);
    for (int i = 0; i < 3; i++) {
        cr_expect_eq(witness.records[i].arrival_ns, 1000 + i);
        cr_expect_eq(witness.records[i].conversation, i);
        cr_expect_eq(witness.records[i].status, 200);
        cr_expect_eq(witness.records[i].answered_ns, 0);
    }
    witness_close(&witness);
}

Test(witness, a_reader_sees_records_as_they_are_written) {
    struct error error = {.kind = ERROR_NONE};
    struct witness writer;
    struct witness reader;
    cr_assert(witness_create(&writer, path, 5, &error), "%s", error.message);
    cr_assert(witness_open(&reader, path, &error), "%s", error.message);
    cr_expect_eq(witness_count(&reader), 0);
    struct witness_record *record = witness_next(&writer);
    cr_expect_eq(witness_count(&reader), 1);
    record->send_end_ns = 77;
    cr_expect_eq(reader.records[0].send_end_ns, 77);
    witness_close(&reader);
    witness_close(&writer);
}

Test(witness, records_are_distinct_and_in_order) {
    struct error error = {.kind = ERROR_NONE};
    struct witness witness;
    cr_assert(witness_create(&witness, path, 100, &error), "%s", error.message);
    for (int i = 0; i < 100; i++) {
        cr_assert_eq(witness_next(&witness), &witness.records[i]);
    }
    witness_close(&witness);
}

Test(witness, a_full_log_counts_but_gives_no_record) {
    struct error error = {.kind = ERROR_NONE};
    struct witness witness;
    cr_assert(witness_create(&witness, path, 2, &error), "%s", error.message);
    cr_expect_not_null(witness_next(&witness));
    cr_expect_not_null(witness_next(&witness));
    cr_expect_null(witness_next(&witness));
    cr_expect_null(witness_next(&witness));
    cr_expect_eq(witness.header->count, 4);
    cr_expect_eq(witness_count(&witness), 2);
    witness_close(&witness);
}

Test(witness, a_closed_log_gives_no_record) {
    struct witness witness = {.header = NULL};
    cr_expect_null(witness_next(&witness));
    cr_expect_eq(witness_count(&witness), 0);
    witness_close(&witness);
    witness_close(&witness);
    cr_expect_null(witness.header);
}

Test(witness, creating_replaces_an_older_log) {
    write_log(10, 10);
    write_log(4, 1);
    struct error error = {.kind = ERROR_NONE};
    struct witness witness;
    cr_assert(witness_open(&witness, path, &error), "%s", error.message);
    cr_expect_eq(witness_count(&witness), 1);
    cr_expect_eq(witness.records[1].arrival_ns, 0);
    witness_close(&witness);
}

Test(witness, its_blocks_are_reserved) {
    write_log(1000, 0);
    struct stat status;
    cr_assert_eq(stat(path, &status), 0);
    size_t bytes = sizeof(struct witness_header) + 1000 * sizeof(struct witness_record);
    cr_expect_eq((size_t)status.st_size, bytes);
    cr_expect_geq((size_t)status.st_blocks * 512, bytes);
}

Test(witness, a_path_that_cannot_be_written_is_named) {
    static const char *const paths[] = {"/nonexistent-directory/log", "/tmp", ""};
    for (int i = 0; i < 3; i++) {
        struct error error = {.kind = ERROR_NONE};
        struct witness witness;
        cr_expect_not(witness_create(&witness, paths[i], 10, &error));
        cr_expect_eq(error.kind, ERROR_INPUT);
        cr_expect_not_null(strstr(error.message, "cannot create the log"), "%s",
                           error.message);
        cr_expect_not_null(strstr(error.message, paths[i]));
        cr_expect_null(witness.header);
    }
}

Test(witness, a_full_disk_shows_when_it_is_created) {
    struct error error = {.kind = ERROR_NONE};
    struct witness witness;
    cr_expect_not(witness_create(&witness, "/dev/full", 10, &error));
    cr_expect_eq(error.kind, ERROR_INPUT);
    cr_expect_not_null(strstr(error.message, "cannot reserve"), "%s", error.message);
    cr_expect_null(witness.header);
}

Test(witness, a_missing_file_is_no_log) {
    expect_no_log("/nonexistent-directory/log");
}

Test(witness, a_directory_is_no_log) {
    expect_no_log(directory);
}

Test(witness, a_foreign_file_is_no_log) {
    FILE *file = fopen(path, "w");
    for (int i = 0; i < 100; i++) {
        fputs("conversation,round,ready_ns,begin_ns\n", file);
    }
    fclose(file);
    expect_no_log(path);
}

Test(witness, a_truncated_file_is_no_log) {
    static const off_t lengths[] = {
        0, 1, sizeof(struct witness_header) - 1, sizeof(struct witness_header),
        sizeof(struct witness_header) + 10 * sizeof(struct witness_record) - 1};
    for (int i = 0; i < 5; i++) {
        write_log(10, 3);
        cr_assert_eq(truncate(path, lengths[i]), 0);
        expect_no_log(path);
    }
}

Test(witness, another_version_is_no_log) {
    write_log(10, 3);
    uint32_t version = 1; /* its header has no counts of losses */
    patch(offsetof(struct witness_header, version), &version, sizeof version);
    expect_no_log(path);
}

Test(witness, records_of_another_size_are_no_log) {
    write_log(10, 3);
    uint32_t bytes = 72;
    patch(offsetof(struct witness_header, record_bytes), &bytes, sizeof bytes);
    expect_no_log(path);
}

Test(witness, a_capacity_beyond_the_file_is_no_log) {
    static const uint64_t capacities[] = {11, UINT64_MAX, UINT64_MAX / 64 + 1};
    for (int i = 0; i < 3; i++) {
        write_log(10, 3);
        patch(offsetof(struct witness_header, capacity), &capacities[i], 8);
        expect_no_log(path);
    }
}

Test(witness, a_count_beyond_the_capacity_reads_no_farther) {
    write_log(10, 3);
    uint64_t count = UINT64_MAX;
    patch(offsetof(struct witness_header, count), &count, sizeof count);
    struct error error = {.kind = ERROR_NONE};
    struct witness witness;
    cr_assert(witness_open(&witness, path, &error), "%s", error.message);
    cr_expect_eq(witness_count(&witness), 10);
    witness_close(&witness);
}
