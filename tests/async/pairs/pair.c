/* Runs the C side of a pair, and compares its trace with that of the Python side. The
 * first pair of a theme lets Python write the traces of all pairs of this theme into a
 * file, which the others read. So Python starts once a theme. */
#include "tests/async/pairs/pair.h"

#include <criterion/hooks.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

enum { TRACE_BYTES = 64 * 1024, LINE_BYTES = 256 };

/* The interpreter whose asyncio is compared. Other versions of asyncio differ. */
#define PYTHON "/usr/bin/python3"

/* The environment variable that names the folder of the themes' traces. */
#define FOLDER "SIMUL_TEST_PAIRS"

/* When this pair began. Criterion runs each pair in its own process. */
static int64_t begin_ns;

int64_t now_ms(void) {
    int64_t now_ns = async_time_ns(async_get_running_loop());
    return (now_ns - begin_ns + NS_PER_MS / 2) / NS_PER_MS;
}

/* -- Running both sides ------------------------------------------------------------ */

static void trace_report(struct async_loop *loop, const struct async_report *report,
                         void *context) {
    (void)loop, (void)context;
    trace("report: %s", report->message);
}

static void run_here(async_body *body) {
    struct async_error error = {.kind = ASYNC_OK};
    struct async_loop *loop = new_loop();
    async_set_exception_handler(loop, trace_report, NULL);
    begin_ns = async_time_ns(loop);
    if (!async_run_until_complete(loop, async_coroutine(run_body, &body), NULL,
                                  &error)) {
        trace("main %s", async_error_name(error.kind));
    }
    size_t left_count = async_all_tasks(loop, NULL, 0);
    if (left_count > 0) {
        trace("left %zu", left_count);
    }
    async_set_exception_handler(loop, ignore_reports, NULL);
    async_loop_free(loop);
}

/* Criterion runs this in the process that starts those of the tests. They inherit the
 * environment variable. */
ReportHook(PRE_ALL)(struct criterion_test_set *tests) {
    (void)tests;
    char folder[] = "/tmp/simul-test-XXXXXX";
    if (!mkdtemp(folder) || setenv(FOLDER, folder, 1) != 0) {
        perror(folder);
        exit(1);
    }
}

ReportHook(POST_ALL)(struct criterion_global_stats *stats) {
    (void)stats;
    char command[PATH_MAX];
    snprintf(command, sizeof command, "rm -rf '%s'", getenv(FOLDER));
    if (system(command) != 0) {
        fprintf(stderr, "failed: %s\n", command);
    }
}

/* Returns the traces of all pairs of a theme, to be freed. While one test lets Python
 * write them, the others wait for the lock. */
static char *run_theme(const char *theme) {
    char path[PATH_MAX];
    char command[2 * PATH_MAX];
    snprintf(path, sizeof path, "%s/%s", getenv(FOLDER), theme);
    int file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    cr_assert(file >= 0 && flock(file, LOCK_EX) == 0, "cannot lock %s", path);
    struct stat status;
    cr_assert_eq(fstat(file, &status), 0);
    if (status.st_size == 0) {
        /* -BES: no __pycache__ in the tree, no variables of the environment, no
         * site. */
        snprintf(command, sizeof command,
                 PYTHON " -BES '" TEST_SOURCE "/tests/async/pairs/%s.py' >'%s'", theme,
                 path);
        if (system(command) != 0) {
            cr_expect_eq(ftruncate(file, 0), 0);
            cr_assert_fail("failed: %s", command);
        }
        cr_assert_eq(fstat(file, &status), 0);
    }
    char *traces = calloc(1, (size_t)status.st_size + 1);
    cr_assert_eq(pread(file, traces, (size_t)status.st_size, 0), status.st_size);
    close(file);
    return traces;
}

/* In the file, the trace of a pair follows a form feed and the name of the pair, and
 * ends at the next form feed. */
static void run_python(const char *theme, const char *name, char text[TRACE_BYTES]) {
    char head[LINE_BYTES];
    char *traces = run_theme(theme);
    snprintf(head, sizeof head, "\f%s\n", name);
    char *trace = strstr(traces, head);
    cr_assert_not_null(trace, "%s.py has no pair %s", theme, name);
    trace += strlen(head);
    size_t length = strcspn(trace, "\f");
    cr_assert_lt(length, TRACE_BYTES, "the trace of %s is too long", name);
    cr_assert(length > 0, "the trace of %s.py %s is empty", theme, name);
    memcpy(text, trace, length);
    text[length] = '\0';
    free(traces);
}

/* Moves the next line of *text into `line`. Returns false if there is none. */
static bool next_line(const char **text, char line[LINE_BYTES]) {
    size_t length = strcspn(*text, "\n");
    snprintf(line, LINE_BYTES, "%.*s", (int)length, *text);
    if (!**text) {
        snprintf(line, LINE_BYTES, "(the end)");
        return false;
    }
    *text += length + ((*text)[length] == '\n');
    return true;
}

void pair_run(const char *theme, const char *name, async_body *body) {
    static char theirs[TRACE_BYTES];
    alarm(HANG_S);
    run_python(theme, name, theirs);
    run_here(body);
    const char *here = trace_lines();
    const char *there = theirs;
    char our_line[LINE_BYTES];
    char their_line[LINE_BYTES];
    bool goes_on = true;
    for (int line = 1; goes_on; line++) {
        goes_on = next_line(&here, our_line);
        goes_on = next_line(&there, their_line) || goes_on;
        cr_assert_str_eq(our_line, their_line,
                         "line %d: here \"%s\", in Python \"%s\"\nhere:\n%s\nin "
                         "Python:\n%s",
                         line, our_line, their_line, trace_lines(), theirs);
    }
}
