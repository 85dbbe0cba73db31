/* bench/programs/transcript.c: the whole stderr of a process in a file. */
#include "bench/programs/process.h"
#include "base/clock.h"
#include "tests/support/folder.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char folder[PATH_MAX];
static char path[PATH_MAX + 20];

static void enter(void) {
    folder_make(folder);
    snprintf(path, sizeof path, "%s/stderr.txt", folder);
}

static void leave(void) {
    folder_remove(folder);
}

TestSuite(transcript, .init = enter, .fini = leave);

/* Runs a script to its end; the file is whole afterwards. */
static void run_shell(const char *script) {
    const char *argv[] = {"/bin/sh", "-c", script, NULL};
    struct process process;
    struct error error = {.kind = ERROR_NONE};
    struct process_plan plan = {
        .argv = argv, .stdout_fd = -1, .stderr_path = path, .cgroup_fds = {-1, -1}};
    cr_assert(process_start(&process, &plan, &error), "%s", error.message);
    cr_assert_eq(process_wait(&process, clock_now_ns() + 20 * NS_PER_S),
                 PROCESS_EXITED);
    process_close(&process);
}

Test(transcript, of_a_process_that_prints_nothing_is_no_file) {
    run_shell("echo out");
    cr_expect_eq(folder_count(folder, ""), 0);
}

Test(transcript, has_all_bytes_as_they_were_printed) {
    run_shell("printf 'a\\0b\\377\\n' >&2; echo c >&2");
    char *text = folder_read(path);
    cr_expect_eq(memcmp(text, "a\0b\xff\nc\n", 8), 0);
    free(text);
}

Test(transcript, is_bounded_and_keeps_the_begin_and_the_end) {
    run_shell("{ echo begin; head -c 3000000 /dev/zero | tr '\\0' x; echo; echo end; "
              "} >&2");
    char *text = folder_read(path);
    size_t length = strlen(text);
    cr_expect_lt(length, TRANSCRIPT_BYTES + PROCESS_STDERR_BYTES + 100, "%zu", length);
    cr_expect_eq(strncmp(text, "begin\nx", 7), 0);
    cr_expect_str_eq(text + length - 6, "x\nend\n");
    /* 3,000,011 bytes in all, of which the begin and the last 4 KiB are kept */
    char left_out[100];
    snprintf(left_out, sizeof left_out, "x\n[%d bytes are left out here]\nx",
             3000011 - TRANSCRIPT_BYTES - PROCESS_STDERR_BYTES);
    cr_expect(strstr(text, left_out), "%s", left_out);
    free(text);
}

Test(transcript, that_cannot_be_written_does_no_harm) {
    snprintf(path, sizeof path, "%s/no/such/folder", folder);
    run_shell("echo lost >&2; echo more >&2");
    cr_expect_eq(folder_count(folder, ""), 0);
}
