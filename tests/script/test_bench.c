/* script/bench without its set-up: its output, its files, and that it leaves nothing
 * behind. The figures themselves depend on the machine and are not tested. */
#include "base/clock.h"
#include "bench/programs/process.h"

#include <criterion/criterion.h>
#include <dirent.h>
#include <jansson.h>
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static const char program[] = TEST_SOURCE "/script/side_by_side";
static char folder[64];

static void make_folder(void) {
    strcpy(folder, "/tmp/simul-bench-test-XXXXXX");
    cr_assert_not_null(mkdtemp(folder));
    setenv("SIMUL_PROGRAMS", TEST_BIN, 1);
    setenv("TMPDIR", folder, 1);
    process_adopt_strays();
}

static void remove_folder(void) {
    char command[100];
    snprintf(command, sizeof command, "rm -rf '%s'", folder);
    cr_assert_eq(system(command), 0);
}

TestSuite(script_bench, .init = make_folder, .fini = remove_folder);

static void start(struct process *process, const char *part) {
    struct error error = {.kind = ERROR_NONE};
    struct process_plan plan = {
        .argv = (const char *const[]){"/usr/bin/python3", "-B", program, "--output",
                                      folder, part, NULL},
        .stdout_fd = -1,
        .cgroup_fds = {-1, -1},
    };
    cr_assert(process_start(process, &plan, &error), "%s", error.message);
}

static int await(struct process *process) {
    cr_assert_eq(process_wait(process, clock_now_ns() + 120 * NS_PER_S),
                 PROCESS_EXITED);
    cr_assert(WIFEXITED(process->status));
    return WEXITSTATUS(process->status);
}

/* The path of the file in the folder with this ending. The caller frees it. */
static char *find(const char *ending) {
    struct dirent **entries = NULL;
    char *found = NULL;
    int count = scandir(folder, &entries, NULL, alphasort);
    for (int i = 0; i < count; i++) {
        size_t length = strlen(entries[i]->d_name);
        if (length > strlen(ending) &&
            !strcmp(entries[i]->d_name + length - strlen(ending), ending)) {
            free(found);
            cr_assert_gt(asprintf(&found, "%s/%s", folder, entries[i]->d_name), 0);
        }
        free(entries[i]);
    }
    free(entries);
    return found;
}

Test(script_bench, an_unknown_part_is_refused_with_the_names_of_all) {
    struct process process;
    start(&process, "nginx");
    cr_expect_eq(await(&process), 2);
    cr_expect_not_null(strstr(process.err,
                              "there is no part 'nginx'; they are: requests, "
                              "waiting, peers, simulation, async\n"),
                       "%s", process.err);
    process_close(&process);
}

Test(script_bench, a_part_prints_its_table_and_keeps_it_as_json) {
    struct process process;
    char path[200];
    start(&process, "simulation");
    cr_expect_eq(await(&process), 0, "%s", process.err);
    cr_expect_not_null(strstr(process.out, "\nrequests simulated a second "), "%s",
                       process.out);
    char *results = find("-bench");
    cr_assert_not_null(results);
    snprintf(path, sizeof path, "%s/bench.json", results);
    json_t *json = json_load_file(path, JSON_REJECT_DUPLICATES, NULL);
    cr_assert_not_null(json, "%s is no JSON", path);
    json_t *part = json_array_get(json_object_get(json, "parts"), 0);
    json_t *row = json_array_get(json_object_get(part, "rows"), 0);
    double ours, peer, low, median, high;
    cr_assert_eq(json_unpack(row, "{s{sF}s{sF}s{sFsFsF}}", "ours", "median", &ours,
                             "peer", "median", &peer, "ratio", "low", &low, "median",
                             &median, "high", &high),
                 0);
    cr_expect(ours > 0 && peer > 0 && low <= median && median <= high);
    json_decref(json);
    free(results);
    process_close(&process);
}

/* Waits until a server of the part runs: its folder is made just before. */
static bool await_start(struct process *process) {
    int64_t end_ns = clock_now_ns() + 60 * NS_PER_S;
    char pattern[120];
    snprintf(pattern, sizeof pattern, "ls %s/simul-bench-*/waiting.log >/dev/null 2>&1",
             folder);
    while (process->pid > 0 && clock_now_ns() < end_ns) {
        if (system(pattern) == 0) {
            return true;
        }
        process_wait(process, clock_now_ns() + 20 * NS_PER_MS);
    }
    return false;
}

static void expect_interrupted(int number, int code) {
    struct process process;
    start(&process, "waiting");
    cr_assert(await_start(&process), "it never came to measure: %s", process.err);
    kill(process.pid, number); /* to it alone: it has to end its own children */
    cr_expect_eq(await(&process), code, "%s", process.err);
    cr_expect_eq(waitpid(-1, NULL, WNOHANG), -1, "a process is left behind");
    char *left = find(".log");
    cr_expect_null(left, "%s is left behind", left);
    cr_expect_neq(system("ls -d \"$TMPDIR\"/simul-bench-* >/dev/null 2>&1"), 0,
                  "its folder is left behind");
    process_close(&process);
}

Test(script_bench, ctrl_c_leaves_nothing_behind) {
    expect_interrupted(SIGINT, 130);
}

Test(script_bench, sigterm_leaves_nothing_behind) {
    expect_interrupted(SIGTERM, 143);
}

/* Runs a Python program that uses the script's modules and asserts. */
static void expect_python(const char *text) {
    struct error error = {.kind = ERROR_NONE};
    struct process process;
    struct process_plan plan = {
        .argv = (const char *const[]){"/usr/bin/python3", "-B", "-c", text, NULL},
        .stdout_fd = -1,
        .cgroup_fds = {-1, -1},
    };
    setenv("PYTHONPATH", program, 1);
    cr_assert(process_start(&process, &plan, &error), "%s", error.message);
    cr_expect_eq(await(&process), 0, "%s", process.err);
    process_close(&process);
}

Test(script_bench, a_target_is_compared_with_the_ratio_or_else_with_our_figure) {
    expect_python("from report import Row; from measure import summed_up\n"
                  "two, three = summed_up([2.0]), summed_up([3.0])\n"
                  "assert Row('', '', three, most=2.9).met is False\n"
                  "assert Row('', '', three, least=2.9).met is True\n"
                  "assert Row('', '', three, 'x', three, two, most=2.5).met is True\n"
                  "assert Row('', '', three, 'x', three, two, least=2.5).met is False\n"
                  "assert Row('', '', three, 'x', three, two).met is None\n");
}

Test(script_bench, ratios_are_of_pairs) {
    expect_python("from measure import paired_ratio\n"
                  "ratio = paired_ratio([1.0, 20.0, 3.0], [2.0, 40.0, 4.0])\n"
                  "assert (ratio['median'], ratio['low'], ratio['high']) == "
                  "(0.5, 0.5, 0.75), ratio\n");
}

/* The API's log is read here a second time, in Python: it must be the same log. */
Test(script_bench, the_waiting_part_reads_the_log_of_this_api) {
    expect_python("import os, waiting\n"
                  "waiting.CONNECTIONS = 20\n"
                  "seen = waiting.observe(os.environ['TMPDIR'])\n"
                  "assert 0 <= seen['sent p50'] <= seen['sent p99'], seen\n"
                  "assert seen['sent p50'] <= seen['seen p50'], seen\n"
                  "assert seen['earliest'] >= 0, seen\n");
}

Test(script_bench, the_reference_simulation_equals_the_closed_forms) {
    expect_python("import simulation\n"
                  "simulation.SENDERS, simulation.SLOTS = 1, 12\n"
                  "simulation.CONVERSATIONS, simulation.ROUNDS = 12, 1\n"
                  "assert simulation.simulate() == 115\n"
                  "simulation.CONVERSATIONS, simulation.ROUNDS = 24, 30\n"
                  "simulation.SLOTS = 24\n"
                  "assert simulation.simulate() == 3655\n");
}

/* All three check that they have done their workload, or the part fails. Here with the
 * smallest workload, and with a count that cannot be right. */
Test(script_bench, tasks_threads_and_asyncio_do_the_same_work) {
    expect_python("import async_workloads; from processes import Failed\n"
                  "async_workloads.REPETITIONS = 1\n"
                  "for one in async_workloads.WORKLOADS: one.count = 7\n"
                  "rows = list(async_workloads.run(None))\n"
                  "assert len(rows) == 10, rows\n"
                  "assert all(row.ours['median'] > 0 for row in rows[:-1]), rows\n"
                  "lock = async_workloads.WORKLOADS[4]\n"
                  "assert lock.name == 'lock', lock\n"
                  "lock.proof = lambda n: (2 * n, 2 * n + 1)\n"
                  "for name in lock.contestants:\n"
                  "    try: async_workloads.measure(lock, name)\n"
                  "    except Failed as failure: assert 'check 14' in str(failure)\n"
                  "    else: assert False, name\n");
}

Test(script_bench, an_unknown_workload_is_refused) {
    struct process process;
    struct error error = {.kind = ERROR_NONE};
    struct process_plan plan = {
        .argv = (const char *const[]){TEST_BIN "/simul-bench-async", "threads", "storm",
                                      "7", NULL},
        .stdout_fd = -1,
        .cgroup_fds = {-1, -1},
    };
    cr_assert(process_start(&process, &plan, &error), "%s", error.message);
    cr_expect_eq(await(&process), 2);
    cr_expect_str_eq(process.err,
                     "simul-bench-async: threads have no workload 'storm'; they have "
                     "switch, create, queue, lock\n");
    process_close(&process);
}
