/* simul is killed (SIGKILL) or crashes at any moment: what it started ends, unfinished
 * files go, finished trials stay.
 *
 *     SIMUL_KILLS=100 script/test programs/failures_killed
 *
 * kills 100 runs instead of 12, and then nothing may be left 200 ms later. Without the
 * variable there is more time, because other tests use the machine, too. */
#include "base/clock.h"
#include "tests/support/program.h"
#include "tests/support/random.h"

#include <criterion/criterion.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

TestSuite(failures_killed, .init = program_enter, .fini = program_leave);

static int64_t soon(void) {
    return clock_now_ns() + 10 * NS_PER_S;
}

/* The number of kills; sets how long what was killed may still be there. */
static int count_kills(int64_t *patience_ns) {
    const char *wanted = getenv("SIMUL_KILLS");
    *patience_ns = wanted ? 200 * NS_PER_MS : 10 * NS_PER_S;
    return wanted ? atoi(wanted) : 12;
}

/* -- What is left ------------------------------------------------------------------ */

/* The finished trials of the newest run. */
static int count_finished(void) {
    int lines = 0;
    FILE *file = fopen("results/latest/trials.jsonl", "re");
    for (int c; file && (c = getc(file)) != EOF;) {
        lines += c == '\n';
    }
    if (file) {
        fclose(file);
    }
    return lines;
}

/* A run directory is that of a run, and all its files belong to finished trials. */
static int count_unfinished(void) {
    int count = program_matches("results/.[!.]*") +
                program_matches("results/2*/.[!.]*") +
                program_matches("results/2*/plots/.[!.]*");
    if (program_matches("results/2*") == 0) {
        return count + program_matches("results/latest");
    }
    if (program_matches("results/latest/run.json") == 0) {
        return count + 1;
    }
    return count + abs(program_matches("results/2*/events/*") - 2 * count_finished());
}

/* A listening socket lives in a process, so it needs no count of its own. */
static int count_left(int pid) {
    return program_count("") + program_count_control_groups(pid) + count_unfinished();
}

static void assert_nothing_left(int pid, int64_t patience_ns, const char *when) {
    int64_t deadline_ns = clock_now_ns() + patience_ns;
    while (count_left(pid) > 0 && clock_now_ns() < deadline_ns) {
        clock_sleep_until_ns(clock_now_ns() + 10 * NS_PER_MS);
    }
    cr_expect_eq(program_count(""), 0, "%s: %d processes", when, program_count(""));
    cr_expect_eq(program_count_control_groups(pid), 0, "%s: control groups", when);
    cr_expect_eq(count_unfinished(), 0, "%s: %d files", when, count_unfinished());
}

/* Each finished trial has its two files, with their headers. */
static void assert_finished_stay(const char *when) {
    if (program_matches("results/2*") == 1) {
        struct outcome headers = program_expect(
            0, "cat results/2*/events/*.csv | grep -c '^conversation,round,' || true");
        cr_expect_eq(atoi(headers.out), 2 * count_finished(), "%s: %s", when,
                     headers.out);
    }
}

/* The model waits until simul has read its stderr into the file, and kills simul. */
Test(failures_killed, the_stderr_of_an_unfinished_trial_is_gone) {
    program_write("noisy",
                  "#!/bin/sh\n[ \"$1\" = --describe ] && exit 1\necho noise >&2\n"
                  "for i in $(seq 500); do cat results/2*/events/*.stderr.txt "
                  ">seen 2>&1 && break; sleep 0.01; done\n"
                  "kill -KILL $PPID; exec sleep 300\n");
    struct outcome run =
        program_run("simul run --no-plots smoke --blocks 1 --models ./noisy; exit $?");
    cr_expect_eq(run.code, 128 + SIGKILL, "%s", run.err);
    cr_expect_str_eq(program_read("seen"), "noise\n");
    int64_t deadline_ns = soon();
    while (program_matches("results/2*/events/*") > 0 && clock_now_ns() < deadline_ns) {
        clock_sleep_until_ns(clock_now_ns() + 10 * NS_PER_MS);
    }
    cr_expect_eq(program_matches("results/2*/events/*"), 0);
    cr_expect_eq(program_await_none(), 0);
}

/* -- At any moment ----------------------------------------------------------------- */

/* simul itself, its whole process group, or any process of the run. */
enum target { TARGET_SELF, TARGET_GROUP, TARGET_ANY, TARGETS };

static int choose_any(int pid, uint64_t *seed) {
    int pids[64];
    int count = program_pids(pids, 64);
    return count > 0 ? pids[random_between(seed, 0, count - 1)] : pid;
}

#define DESCRIBES_NOT "#!/bin/sh\n[ \"$1\" = --describe ] && exit 1\n"
#define SEQUENTIAL    "exec " TEST_BIN "/simul-model-sequential \"$@\"\n"

/* Models with processes of their own, which they do not end. The processes of `daemon`
 * have left its group and its session. */
static const char *write_models(void) {
    program_write("child", DESCRIBES_NOT "sleep 300 & " SEQUENTIAL);
    program_write("daemon", DESCRIBES_NOT
                  "setsid sh -c 'setsid sleep 300 & sleep 300' & " SEQUENTIAL);
    program_write(
        "forks.py",
        "#!/usr/bin/python3\n"
        "import multiprocessing, os, sys, time\n"
        "if '--describe' in sys.argv: sys.exit(1)\n"
        "for _ in range(2):\n"
        "    multiprocessing.Process(target=time.sleep, args=(300,)).start()\n"
        "os.execv('" TEST_BIN "/simul-model-sequential', sys.argv)\n");
    return TEST_OTHER_LANGUAGES ? "sequential,threads,./child,./daemon,./forks.py"
                                : "sequential,threads,./child,./daemon";
}

static void start_run(struct process *process, const char *models) {
    char line[300];
    snprintf(line, sizeof line, "exec simul run smoke --blocks 1 --models %s >table",
             models);
    program_run("rm -rf results");
    program_start(process, line);
}

/* How long a whole run takes here. */
static int64_t measure_run(const char *models) {
    struct process process;
    int64_t begin_ns = clock_now_ns();
    start_run(&process, models);
    cr_assert_eq(process_wait(&process, begin_ns + 40 * NS_PER_S), PROCESS_EXITED);
    cr_assert(process_succeeded(&process), "%s", process.err);
    process_close(&process);
    return clock_now_ns() - begin_ns;
}

static void kill_target(enum target target, int pid, uint64_t *seed) {
    if (target == TARGET_ANY) {
        kill(choose_any(pid, seed), SIGKILL);
    } else {
        kill(target == TARGET_GROUP ? -pid : pid, SIGKILL);
    }
}

/* True if the kill came before the end of the run. */
static bool run_and_kill(const char *models, int64_t after_ns, enum target target,
                         int64_t patience_ns, uint64_t *seed) {
    static const char *const targets[] = {"simul", "its group", "a process of the run"};
    struct process process;
    char when[100];
    snprintf(when, sizeof when, "%s killed after %.1f ms", targets[target],
             (double)after_ns / NS_PER_MS);
    start_run(&process, models);
    int pid = process.pid;
    clock_sleep_until_ns(clock_now_ns() + after_ns);
    kill_target(target, pid, seed);
    cr_assert_eq(process_wait(&process, clock_now_ns() + 40 * NS_PER_S), PROCESS_EXITED,
                 "%s: it does not end", when);
    bool was_killed = WIFSIGNALED(process.status);
    assert_nothing_left(pid, patience_ns, when);
    if (was_killed) { /* else a model may have been killed, and its trial is invalid */
        assert_finished_stay(when);
    }
    process_close(&process);
    return was_killed;
}

Test(failures_killed, at_any_moment_leaves_the_finished_trials_and_nothing_else) {
    const char *models = write_models();
    int64_t patience_ns;
    uint64_t seed = 16;
    int kills = count_kills(&patience_ns);
    int64_t whole_ns = measure_run(models);
    int in_time = 0;
    for (int i = 0; i < kills; i++) {
        alarm(60); /* anew: each kill has its own limit */
        int64_t after_ns = random_between(&seed, 0, whole_ns);
        in_time += run_and_kill(models, after_ns, i % TARGETS, patience_ns, &seed);
    }
    cr_expect_geq(in_time, kills / 4); /* else nothing was tested */
}

/* -- At one moment ----------------------------------------------------------------- */

static void await_match(const char *pattern) {
    int64_t deadline_ns = soon();
    while (program_matches(pattern) == 0 && clock_now_ns() < deadline_ns) {
        clock_sleep_until_ns(clock_now_ns() + NS_PER_MS);
    }
    cr_assert_gt(program_matches(pattern), 0, "%s", pattern);
}

/* Kills a line's program when the file `begun` is there. */
static void kill_when_begun(const char *line, const char *begun, int number) {
    struct process process;
    program_start(&process, line);
    int pid = process.pid;
    await_match(begun);
    kill(pid, number);
    cr_assert_eq(process_wait(&process, soon()), PROCESS_EXITED, "%s", line);
    cr_expect(WIFSIGNALED(process.status), "%s", line);
    process_close(&process);
    assert_nothing_left(pid, 10 * NS_PER_S, line);
}

#define HANGING                                                                        \
    "#!/bin/sh\n(sleep 300; true) & setsid sh -c 'sleep 300 & sleep 300' &\n"          \
    "touch begun; wait\n"

Test(failures_killed, while_a_model_describes_itself_leaves_nothing) {
    static const char *const lines[] = {"exec simul predict smoke --models ./nest",
                                        "exec simul run smoke --models ./nest",
                                        "exec bin/simul models"};
    program_copy_bin();
    program_write("nest", HANGING);
    program_run("cp nest bin/simul-model-nest");
    for (int i = 0; i < 3; i++) {
        unlink("begun");
        kill_when_begun(lines[i], "begun", SIGKILL);
    }
}

Test(failures_killed, while_a_lesson_describes_itself_leaves_nothing) {
    program_copy_bin();
    program_write("bin/simul-lesson-nest", HANGING);
    kill_when_begun("exec bin/simul lesson", "begun", SIGKILL);
}

Test(failures_killed, while_pictures_are_drawn_leaves_no_unfinished_picture) {
    program_expect(0, "simul run smoke --blocks 1 --models threads --no-plots && "
                      "mv results/2* kept && rm -r results");
    for (int i = 0; i < 4; i++) {
        program_run("rm -rf kept/plots");
        kill_when_begun("exec simul plot kept >list", "kept/plots/.new-*", SIGKILL);
        cr_expect_eq(program_matches("kept/plots"), 0);
    }
    program_expect(0, "simul plot kept >list");
}

/* A model that waits until it is killed, so that the trial is under way. */
static void write_waiting(void) {
    program_write("waits", DESCRIBES_NOT "sleep 300 & touch begun; wait\n");
}

static const char waiting_run[] =
    "exec simul run smoke --no-plots --blocks 1 --models sequential,./waits >table";

Test(failures_killed, by_a_crash_leaves_nothing_either) {
    /* Not SIGSEGV, which a sanitizer catches. */
    static const int numbers[] = {SIGQUIT, SIGTRAP, SIGABRT, SIGUSR1};
    write_waiting();
    for (int i = 0; i < 4; i++) {
        unlink("begun");
        program_run("rm -rf results");
        kill_when_begun(waiting_run, "begun", numbers[i]);
    }
}

Test(failures_killed, while_it_is_stopped_leaves_nothing) {
    struct process process;
    write_waiting();
    program_start(&process, waiting_run);
    int pid = process.pid;
    await_match("begun");
    kill(pid, SIGSTOP); /* as Ctrl-Z does */
    kill(pid, SIGKILL);
    cr_assert_eq(process_wait(&process, soon()), PROCESS_EXITED);
    process_close(&process);
    assert_nothing_left(pid, 10 * NS_PER_S, "stopped");
}

/* The guard is the first child of simul. */
static int find_guard(int pid) {
    char path[64];
    int guard = 0;
    snprintf(path, sizeof path, "/proc/%d/task/%d/children", pid, pid);
    FILE *children = fopen(path, "re");
    cr_assert_not_null(children);
    cr_assert_eq(fscanf(children, "%d", &guard), 1);
    fclose(children);
    return guard;
}

/* Each run goes on as if nothing had happened, and ends what it started by itself. */
Test(failures_killed, a_guard_that_is_killed_or_stopped_is_not_missed) {
    static const int numbers[] = {SIGKILL, SIGSTOP};
    program_write("slow",
                  DESCRIBES_NOT "touch begun; setsid sleep 300 &\n"
                                "until [ -e go ]; do sleep 0.01; done; " SEQUENTIAL);
    for (int i = 0; i < 2; i++) {
        struct process process;
        program_run("rm -rf results begun go");
        program_start(&process,
                      "exec simul run smoke --no-plots --blocks 1 --models ./slow");
        int pid = process.pid;
        await_match("begun");
        kill(find_guard(pid), numbers[i]);
        program_run("touch go");
        cr_assert_eq(process_wait(&process, soon()), PROCESS_EXITED);
        cr_expect(process_succeeded(&process), "%s", process.err);
        process_close(&process);
        cr_expect_eq(program_count(""), 0);
        assert_nothing_left(pid, 0, "without a guard");
    }
}

/* Waits until a process executes a program of this name, and has its environment. */
static void await_program(int pid, const char *name) {
    char link[64];
    char path[PATH_MAX] = "";
    int64_t deadline_ns = soon();
    snprintf(link, sizeof link, "/proc/%d/exe", pid);
    while ((!strstr(path, name) || program_count("") == 0) &&
           clock_now_ns() < deadline_ns) {
        ssize_t length = readlink(link, path, sizeof path - 1);
        path[length > 0 ? length : 0] = '\0';
        clock_sleep_until_ns(clock_now_ns() + NS_PER_MS);
    }
    cr_assert(strstr(path, name) != NULL, "%s", path);
}

/* These replace simul by another program (exec), which has no use for a guard. */
Test(failures_killed, serve_and_a_lesson_have_no_guard) {
    static const char *const rows[][2] = {
        {"exec simul serve --port 0", "/simul-mock-api"},
        {"exec simul lesson exhibition --speed 0.01 >out", "/simul-lesson-exhibition"},
    };
    for (int i = 0; i < 2; i++) {
        struct process process;
        program_start(&process, rows[i][0]);
        await_program(process.pid, rows[i][1]);
        cr_expect_eq(program_count(""), 1, "%s", rows[i][0]);
        kill(process.pid, SIGKILL);
        cr_assert_eq(process_wait(&process, soon()), PROCESS_EXITED);
        cr_expect(WIFSIGNALED(process.status), "%s", rows[i][0]);
        process_close(&process);
        cr_expect_eq(program_count(""), 0, "%s", rows[i][0]);
    }
}
