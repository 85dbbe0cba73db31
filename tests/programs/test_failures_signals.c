/* Ctrl-C and other signals at any moment: the exit code names the signal, finished
 * trials are kept, and nothing else is. */
#include "base/clock.h"
#include "tests/support/program.h"

#include <criterion/criterion.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

TestSuite(failures_signals, .init = program_enter, .fini = program_leave);

/* The exit code as a shell gives it. Before the program has installed its handlers, a
 * signal simply ends it. */
static int code_of(const struct process *process) {
    return WIFSIGNALED(process->status) ? 128 + WTERMSIG(process->status)
                                        : WEXITSTATUS(process->status);
}

/* Asserts that hold for a signal at any moment: no process, control group or temporary
 * file is left, and each trial has its files. */
static void assert_left(const char *when, int pid) {
    cr_expect_eq(program_await_none(), 0, "%s", when);
    cr_expect_eq(program_count_control_groups(pid), 0, "%s", when);
    cr_expect_eq(program_matches("results/.[!.]*"), 0, "%s", when);
    if (program_matches("results/2*") == 0) {
        cr_expect_eq(program_matches("results/latest"), 0, "%s", when);
        return;
    }
    cr_expect_eq(program_matches("results/2*/.[!.]*"), 0, "%s", when);
    cr_expect_eq(program_matches("results/2*/run.json"), 1, "%s", when);
    cr_expect_eq(program_matches("results/2*/summary.json"), 1, "%s", when);
    const char *path = program_find("results/2*/trials.jsonl");
    cr_expect_eq(program_matches("results/2*/events/*"),
                 2 * json_array_size(program_json_lines(path)), "%s", when);
}

/* Runs six trials and sends so many signals after so long, to the whole group as a
 * terminal does. True if the signal came before the end of the run. */
static bool run_and_signal(int64_t after_ns, int number, int times) {
    struct process process;
    char when[100];
    snprintf(when, sizeof when, "%d times signal %d after %.1f ms", times, number,
             (double)after_ns / NS_PER_MS);
    program_run("rm -rf results");
    program_start(&process,
                  "exec simul run --no-plots smoke --blocks 3 --models threads,null "
                  ">table");
    int pid = process.pid;
    clock_sleep_until_ns(clock_now_ns() + after_ns);
    for (int i = 0; i < times; i++) {
        process_signal(&process, number);
        clock_sleep_until_ns(clock_now_ns() + i * NS_PER_MS);
    }
    cr_assert_eq(process_wait(&process, clock_now_ns() + 10 * NS_PER_S), PROCESS_EXITED,
                 "%s", when);
    int code = code_of(&process);
    process_close(&process);
    cr_expect(code == 0 || code == 128 + number, "%s: exit code %d", when, code);
    /* Code 0: the signal came too late, when the table was printed and the run kept. */
    assert_left(when, pid);
    return code != 0;
}

/* From before main() to after the last trial, in a step that is no multiple of any
 * duration of the run. */
Test(failures_signals, at_any_moment_leave_the_finished_trials_and_nothing_else) {
    static const int numbers[] = {SIGINT, SIGTERM, SIGHUP};
    int in_time = 0;
    for (int i = 0; i < 60; i++) {
        in_time += run_and_signal(i * 3100 * NS_PER_US, numbers[i % 3], 1);
    }
    cr_expect_geq(in_time, 20); /* else nothing was tested */
}

Test(failures_signals, that_come_in_a_row_are_one) {
    static const int numbers[] = {SIGINT, SIGTERM};
    int in_time = 0;
    for (int i = 0; i < 40; i++) {
        in_time += run_and_signal(i * 4300 * NS_PER_US, numbers[i % 2], 4);
    }
    cr_expect_geq(in_time, 15);
}

/* The trials are done and the table is printed. The pictures can be drawn later. */
Test(failures_signals, while_pictures_are_drawn_leave_a_run_without) {
    static const char *const lines[] = {"run smoke --blocks 1 --models threads",
                                        "plot kept"};
    program_expect(0, "simul run smoke --blocks 1 --models threads --no-plots && "
                      "mv results/2* kept");
    for (int i = 0; i < 8; i++) {
        struct process process;
        char line[200];
        snprintf(line, sizeof line, "rm -rf results kept/plots; exec simul %s >table",
                 lines[i % 2]);
        program_start(&process, line);
        int64_t deadline_ns = clock_now_ns() + 10 * NS_PER_S;
        while (program_matches("*/plots/.new-*") +
                       program_matches("*/2*/plots/.new-*") ==
                   0 &&
               clock_now_ns() < deadline_ns) {
            clock_sleep_until_ns(clock_now_ns() + NS_PER_MS);
        }
        clock_sleep_until_ns(clock_now_ns() + i * 3 * NS_PER_MS);
        process_signal(&process, SIGINT);
        process_signal(&process, SIGINT);
        cr_assert_eq(process_wait(&process, deadline_ns), PROCESS_EXITED);
        cr_expect_eq(code_of(&process), 130, "%s: %s", line, process.err);
        process_close(&process);
        cr_expect_eq(program_count(""), 0, "%s", line);
        cr_expect_eq(program_matches("*/plots"), 0, "%s", line);
        cr_expect_eq(program_matches("*/2*/plots"), 0, "%s", line);
        cr_expect_eq(program_matches("results/2*/summary.json"), i % 2 == 0);
    }
}

Test(failures_signals, under_nohup_a_hangup_is_ignored) {
    struct process process;
    program_start(&process,
                  "trap '' HUP; exec simul run --no-plots smoke --blocks 3 --models "
                  "threads 2>&1");
    process_wait_line(&process, clock_now_ns() + 10 * NS_PER_S);
    kill(process.pid, SIGHUP);
    cr_assert_eq(process_wait(&process, clock_now_ns() + 10 * NS_PER_S),
                 PROCESS_EXITED);
    cr_expect_eq(code_of(&process), 0);
    cr_expect(program_holds(process.out, "[3/3] "), "%s", process.out);
    process_close(&process);
}

/* The prediction of a hundred million requests takes half a minute or more. */
Test(failures_signals, end_a_long_prediction_at_once) {
    static const char *const commands[] = {"predict", "run"};
    for (int i = 0; i < 4; i++) {
        int number = i % 2 ? SIGTERM : SIGINT;
        struct process process;
        char line[200];
        snprintf(line, sizeof line,
                 "exec simul %s urls --conversations 1000 --rounds 100000 --send 1ms "
                 "--response 9ms "
                 "--models sequential 2>&1",
                 commands[i / 2]);
        program_start(&process, line);
        clock_sleep_until_ns(clock_now_ns() + 300 * NS_PER_MS);
        kill(process.pid, number);
        cr_assert_eq(process_wait(&process, clock_now_ns() + 5 * NS_PER_S),
                     PROCESS_EXITED, "%s", line);
        cr_expect_eq(code_of(&process), 128 + number, "%s: %s", line, process.out);
        cr_expect(!process.out || !process.out[0], "%s", process.out);
        process_close(&process);
    }
    cr_expect_eq(program_matches("results"), 0);
}

Test(failures_signals, leave_no_process_of_a_model_that_describes_itself) {
    static const char *const lines[] = {"predict smoke --models ./nest",
                                        "run smoke --models ./nest"};
    program_write("nest", "#!/bin/sh\n(sleep 300; true) & touch begun; wait\n");
    for (int i = 0; i < 2; i++) {
        struct process process;
        char line[200];
        snprintf(line, sizeof line, "exec simul %s", lines[i]);
        /* Removed before the start, or the file of the round before would count. */
        unlink("begun");
        program_start(&process, line);
        int64_t deadline_ns = clock_now_ns() + 10 * NS_PER_S;
        while (program_matches("begun") == 0 && clock_now_ns() < deadline_ns) {
            clock_sleep_until_ns(clock_now_ns() + NS_PER_MS);
        }
        kill(process.pid, SIGTERM);
        cr_assert_eq(process_wait(&process, deadline_ns), PROCESS_EXITED);
        cr_expect_eq(code_of(&process), 143, "%s", lines[i]);
        process_close(&process);
        cr_expect_eq(program_await_none(), 0, "%s", lines[i]);
    }
}
