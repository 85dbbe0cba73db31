/* Runs the whole program under test. The processes of a test are found by a variable in
 * their environment, which every process inherits that the test starts in any way. */
#include "tests/support/program.h"
#include "base/clock.h"

#include <criterion/criterion.h>
#include <ctype.h>
#include <dirent.h>
#include <glob.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const int64_t patience_ns = 60 * NS_PER_S;
static char own_folder[32];
static char own_mark[96]; /* in the environment of every process of this test */

/* Every returned text and JSON lives until the test's end, so it is kept in a list. */
static char *texts[2000];
static size_t text_count;
static json_t *all_json;

static char *keep(char *text) {
    cr_assert_not_null(text);
    cr_assert_lt(text_count, sizeof texts / sizeof texts[0]);
    texts[text_count++] = text;
    return text;
}

static json_t *keep_json(json_t *json) {
    all_json = all_json ? all_json : json_array();
    cr_assert_eq(json_array_append_new(all_json, json), 0);
    return json;
}

static void let_go(void) {
    while (text_count > 0) {
        free(texts[--text_count]);
    }
    json_decref(all_json);
    all_json = NULL;
}

void program_enter(void) {
    alarm(60); /* ends a test that hangs; Criterion's own time-out sometimes leaks */
    char path[PATH_MAX];
    strcpy(own_folder, "/tmp/simul-test-XXXXXX");
    cr_assert_not_null(mkdtemp(own_folder));
    cr_assert_eq(chdir(own_folder), 0);
    snprintf(own_mark, sizeof own_mark, "SIMUL_TEST_FOLDER=%s", own_folder);
    /* The system's own python3 and node come before others, which start more slowly. */
    snprintf(path, sizeof path, "%s:/usr/bin:/bin:%s", TEST_BIN, getenv("PATH"));
    setenv("PATH", path, 1);
    setenv("SIMUL_TEST_FOLDER", own_folder, 1);
}

/* Reads a file of /proc, in which texts end with a zero byte; "" if it is gone. */
static size_t read_proc(const char *pid, const char *name, char *text, size_t bytes) {
    char path[300];
    snprintf(path, sizeof path, "/proc/%s/%s", pid, name);
    FILE *file = fopen(path, "re");
    size_t count = file ? fread(text, 1, bytes - 1, file) : 0;
    if (file) {
        fclose(file);
    }
    text[count] = '\0';
    return count;
}

/* True if this test has started the process, and `word` is in its command line. */
static bool is_own(const char *pid, const char *word) {
    static char text[65536];
    size_t bytes = read_proc(pid, "environ", text, sizeof text);
    if (!memmem(text, bytes, own_mark, strlen(own_mark) + 1)) {
        return false;
    }
    bytes = read_proc(pid, "cmdline", text, sizeof text);
    return memmem(text, bytes, word, strlen(word)) != NULL;
}

/* Fills in the ids of the first `most` processes; returns how many there are. */
static int find_own(const char *word, int pids[], int most) {
    int count = 0;
    DIR *folder = opendir("/proc");
    cr_assert_not_null(folder);
    for (struct dirent *entry; (entry = readdir(folder));) {
        if (isdigit((unsigned char)entry->d_name[0]) && is_own(entry->d_name, word)) {
            if (count < most) {
                pids[count] = atoi(entry->d_name);
            }
            count++;
        }
    }
    closedir(folder);
    return count;
}

int program_count(const char *word) {
    return find_own(word, NULL, 0);
}

int program_pids(int pids[], int most) {
    int count = find_own("", pids, most);
    return count < most ? count : most;
}

int program_await_none(void) {
    int64_t deadline_ns = clock_now_ns() + 10 * NS_PER_S;
    int left;
    while ((left = program_count("")) > 0 && clock_now_ns() < deadline_ns) {
        clock_sleep_until_ns(clock_now_ns() + NS_PER_MS);
    }
    return left;
}

int program_count_control_groups(int pid) {
    static const char *const depths[] = {"", "*/", "*/*/", "*/*/*/"};
    int count = 0;
    for (size_t i = 0; i < sizeof depths / sizeof depths[0]; i++) {
        char pattern[100];
        snprintf(pattern, sizeof pattern, "/sys/fs/cgroup/%ssimul-%d-*", depths[i],
                 pid);
        count += program_matches(pattern);
    }
    return count;
}

void program_leave(void) {
    int left = program_await_none();
    cr_expect_eq(left, 0, "%d processes are left behind", left);
    cr_assert_eq(chdir("/"), 0);
    program_run("chmod -R u+rwx '%s'; rm -rf '%s'", own_folder, own_folder);
    let_go();
}

void program_start(struct process *process, const char *line) {
    struct error error = {.kind = ERROR_NONE};
    struct process_plan plan = {
        .argv = (const char *const[]){"/bin/sh", "-c", line, NULL},
        .stdout_fd = -1,
        .cgroup_fds = {-1, -1},
    };
    cr_assert(process_start(process, &plan, &error), "%s", error.message);
}

static struct outcome run_line(const char *line) {
    struct process process;
    struct outcome outcome = {.code = -1};
    program_start(&process, line);
    if (process_wait(&process, clock_now_ns() + patience_ns) == PROCESS_EXITED) {
        int status = process.status;
        outcome.code =
            WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
    }
    outcome.out = keep(strdup(process.out ? process.out : ""));
    outcome.err = keep(strdup(process.err));
    process_close(&process);
    return outcome;
}

struct outcome program_run(const char *format, ...) {
    char line[8192];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    return run_line(line);
}

/* Another virtual machine took processor time, so a trial is invalid: no test can help
 * that, and it is rare that it happens three times in a row. */
static bool was_host_busy(const struct outcome *outcome) {
    static const char reason[] = "another machine on the same host took";
    return outcome->code == 1 &&
           (program_holds(outcome->out, reason) || program_holds(outcome->err, reason));
}

struct outcome program_expect(int code, const char *format, ...) {
    char line[8192];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    struct outcome outcome = run_line(line);
    for (int i = 0; i < 2 && code == 0 && was_host_busy(&outcome); i++) {
        outcome = run_line(line);
    }
    cr_assert_eq(outcome.code, code, "%s: exit code %d, not %d: %s", line, outcome.code,
                 code, outcome.err);
    return outcome;
}

void program_write(const char *path, const char *text) {
    FILE *file = fopen(path, "we");
    cr_assert_not_null(file, "%s", path);
    fputs(text, file);
    cr_assert_eq(fclose(file), 0);
    cr_assert_eq(chmod(path, strncmp(text, "#!", 2) ? 0644 : 0755), 0);
}

char *program_read(const char *path) {
    char *text = NULL;
    size_t size = 0;
    FILE *file = fopen(path, "re");
    cr_assert_not_null(file, "%s is missing", path);
    if (getdelim(&text, &size, '\0', file) < 0) {
        free(text);
        text = strdup("");
    }
    fclose(file);
    return keep(text);
}

int program_matches(const char *pattern) {
    glob_t found;
    int count = glob(pattern, 0, NULL, &found) == 0 ? (int)found.gl_pathc : 0;
    globfree(&found);
    return count;
}

char *program_find(const char *pattern) {
    glob_t found;
    cr_assert_eq(glob(pattern, 0, NULL, &found), 0, "nothing matches %s", pattern);
    cr_assert_eq(found.gl_pathc, 1, "%zu match %s", found.gl_pathc, pattern);
    char *path = keep(strdup(found.gl_pathv[0]));
    globfree(&found);
    return path;
}

json_t *program_json(const char *text) {
    json_error_t why;
    json_t *json = json_loads(text, JSON_REJECT_DUPLICATES, &why);
    cr_assert_not_null(json, "%s: %.200s", why.text, text);
    return keep_json(json);
}

json_t *program_json_lines(const char *path) {
    json_t *lines = keep_json(json_array());
    char *rest = NULL;
    for (char *line = strtok_r(program_read(path), "\n", &rest); line;
         line = strtok_r(NULL, "\n", &rest)) {
        json_array_append(lines, program_json(line));
    }
    return lines;
}

char *program_text(const json_t *json) {
    return keep(
        json_dumps(json, JSON_ENCODE_ANY | JSON_COMPACT | JSON_REAL_PRECISION(12)));
}

json_t *program_json_file(const char *path) {
    return program_json(program_read(path));
}

json_t *program_pick(const json_t *array, const char *key, const char *text) {
    size_t i;
    json_t *object;
    json_array_foreach(array, i, object) {
        const char *own = json_string_value(json_object_get(object, key));
        if (own && !strcmp(own, text)) {
            return object;
        }
    }
    cr_assert_fail("nothing has the %s '%s'", key, text);
    return NULL;
}

bool program_holds(const char *text, const char *part) {
    return strstr(text, part) != NULL;
}

void program_copy_bin(void) {
    program_expect(0, "mkdir bin && cp %s/simul %s/simul-m* bin && cp -r %s/../share .",
                   TEST_BIN, TEST_BIN, TEST_BIN);
}

void program_expect_schema(const char *path) {
    static const char check[] =
        "import json, sys\n"
        "from jsonschema import Draft202012Validator as Validator\n"
        "schema, found = (json.load(open(path)) for path in sys.argv[1:])\n"
        "Validator.check_schema(schema)\n"
        "for fault in Validator(schema).iter_errors(found):\n"
        "    sys.exit(f'{fault.json_path}: {fault.message}')\n";
    program_write("check.py", check);
    program_expect(0, "/usr/bin/python3 check.py %s/docs/summary.schema.json %s",
                   TEST_SOURCE, path);
}

/* One request after the other, by http.client; it reports the status that it gets. */
static const char model_head[] = "#!/usr/bin/python3\n"
                                 "import sys, time, http.client, urllib.parse\n";

static const char model_description[] =
    "if '--describe' in sys.argv:\n"
    "    print('{\"name\": \"mine\", \"summary\": \"of a test\", \"holds\": \"one\",'\n"
    "          '\"send_holds\": \"caller\"}')\n"
    "    sys.exit(0)\n";

static const char model_body[] =
    "word = dict(zip(sys.argv[1::2], sys.argv[2::2]))\n"
    "host = urllib.parse.urlsplit(word['--url']).netloc\n"
    "now = time.monotonic_ns\n"
    "print('conversation,round,ready_ns,begin_ns,first_byte_ns,end_ns,status,error,'\n"
    "      'queue_ns,send_ns,backlog_ns,response_ns')\n"
    "start = now()\n"
    "for c in range(int(word['--conversations'])):\n"
    "    ready = start\n"
    "    for k in range(int(word['--rounds'])):\n"
    "        begin = now()\n"
    "        connection = http.client.HTTPConnection(host)\n"
    "        connection.request('GET', f'/{c}/{k}')\n"
    "        answer = connection.getresponse()\n"
    "        answer.read()\n"
    "        end = now()\n"
    "        print(c, k, ready, begin, '', end, answer.status, '', '', '', '', '',\n"
    "              sep=',')\n"
    "        ready = end\n";

void program_write_model(const char *path, bool describes, const char *tail) {
    char text[4096];
    snprintf(text, sizeof text, "%s%s%s%s", model_head,
             describes ? model_description : "", model_body, tail);
    program_write(path, text);
}
