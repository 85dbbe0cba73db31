/* Disks that fill up at any stage, folders that vanish, outputs without a reader:
 * finished trials are kept, and the message says what to do. A disk is a tmpfs in a
 * mount namespace of its own; without root, there is none, and those tests are
 * skipped. */
#include "tests/support/program.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

TestSuite(failures_files, .init = program_enter, .fini = program_leave);

static void need_mount(void) {
    if (program_run("unshare -m --propagation private sh -c 'mkdir -p try && "
                    "mount -t tmpfs -o size=64k tmpfs try'")
            .code != 0) {
        program_leave();
        cr_skip("no mount namespace can be had here (not root?)");
    }
}

/* Runs on a disk of so many KiB and copies its files to ./kept. */
static struct outcome run_on_disk(int kib, const char *options) {
    return program_run(
        "rm -rf kept disk; mkdir disk; unshare -m --propagation private sh -c '"
        "mount -t tmpfs -o size=%dk tmpfs disk || exit 99; "
        "simul run smoke --blocks 2 --models threads,null --output disk %s; code=$?; "
        "cp -a disk kept; exit $code'",
        kib, options);
}

/* Counts the recorded trials, and asserts that each has its files and that there are no
 * other files. */
static int count_kept(int kib) {
    json_t *trials = program_json_lines(program_find("kept/2*/trials.jsonl"));
    cr_expect_eq(program_matches("kept/2*/events/*"), 2 * json_array_size(trials),
                 "%d KiB", kib);
    cr_expect_eq(program_matches("kept/2*/.[!.]*"), 0, "%d KiB", kib);
    cr_expect_eq(program_matches("kept/2*/run.json"), 1, "%d KiB", kib);
    return (int)json_array_size(trials);
}

/* In steps of a page, so that each disk fills at another file. */
Test(failures_files, a_disk_that_fills_keeps_the_finished_trials) {
    int refused = 0;
    int filled = 0;
    int kept = 0;
    int done = 0;
    need_mount();
    for (int kib = 4; kib <= 124; kib += kib < 60 ? 28 : 4) {
        struct outcome run = run_on_disk(kib, "");
        if (run.code == 2) {
            refused++;
            cr_expect(program_holds(run.err, "simul: --output: the run needs "), "%s",
                      run.err);
            cr_expect_eq(program_matches("kept/*"), 0);
            continue;
        }
        kept += count_kept(kib);
        cr_expect(program_holds(run.out, "\nthreads "), "%d KiB: %s", kib, run.out);
        if (run.code == 0) {
            done++;
            cr_expect_eq(program_matches("kept/2*/summary.json"), 1);
        } else {
            filled++;
            cr_expect_eq(run.code, 1, "%d KiB: %d", kib, run.code);
            cr_expect(program_holds(run.err, "No space left on device; make room "
                                             "there, or write elsewhere\n"),
                      "%d KiB: %s", kib, run.err);
        }
    }
    cr_expect_gt(refused, 1);
    cr_expect_gt(filled, 3);
    cr_expect_gt(kept, 4);
    cr_expect_gt(done, 0);
}

/* Preflight can't know that another program fills the disk during the run. */
Test(failures_files, a_disk_that_others_fill_meanwhile_ends_the_run) {
    need_mount();
    program_write("filler", "#!/bin/sh\n[ \"$1\" = --describe ] && exit 1\n"
                            "cat /dev/zero >disk/more 2>/dev/null\n"
                            "exec simul-model-sequential \"$@\"\n");
    struct outcome run = run_on_disk(400, "--models ./filler,threads --seed 2");
    cr_expect_eq(run.code, 1);
    cr_expect(program_holds(run.err, "No space left on device"), "%s", run.err);
    count_kept(400);
    cr_expect(program_holds(run.out, "\nthreads "), "%s", run.out);
}

Test(failures_files, a_read_only_disk_is_refused) {
    need_mount();
    struct outcome run = program_run(
        "mkdir disk; unshare -m --propagation private sh -c '"
        "mount -t tmpfs -o ro tmpfs disk && simul run --no-plots smoke --models null "
        "--output disk/results'");
    cr_expect_eq(run.code, 2);
    cr_expect(program_holds(run.err, "simul: --output: cannot make the folder "
                                     "disk/results: Read-only file system\n"),
              "%s", run.err);
}

Test(failures_files, a_limit_of_file_size_is_refused_or_respected) {
    int refused = 0;
    for (int kib = 0; kib <= 80; kib += 16) {
        struct outcome run =
            program_run("rm -rf results; ulimit -f %d; "
                        "simul run --no-plots smoke --blocks 1 --models threads,null",
                        kib * 2);
        if (run.code == 2) {
            refused++;
            cr_expect(program_holds(run.err, "(ulimit -f)\n"), "%s", run.err);
            cr_expect_eq(program_matches("results"), 0);
        } else {
            cr_expect_eq(run.code, 0, "%d KiB: %s", kib, run.err);
        }
    }
    cr_expect_geq(refused, 3);
    cr_expect_lt(refused, 6);
}

Test(failures_files, a_directory_that_is_removed_ends_the_run) {
    static const char *const ways[] = {"rm -rf results/2*", "mv results elsewhere"};
    for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++) {
        char text[300];
        snprintf(text, sizeof text,
                 "#!/bin/sh\n[ \"$1\" = --describe ] && exit 1\n%s\n"
                 "exec simul-model-sequential \"$@\"\n",
                 ways[i]);
        program_write("remover", text);
        struct outcome run = program_expect(
            1,
            "rm -rf results; simul run --no-plots smoke --blocks 3 --models ./remover");
        cr_expect(program_holds(run.err, "simul: the run ends: its directory results/"),
                  "%s", run.err);
        cr_expect(program_holds(run.err, " was removed or moved meanwhile\n"));
    }
}

Test(failures_files, a_run_whose_output_can_t_be_read_is_kept) {
    static const struct {
        int code;
        const char *outputs;
    } rows[] = {
        {1, ">/dev/full"},  {1, ">&-"},      {0, "2>/dev/full >table"},
        {0, "2>&- >table"}, {1, "2>&- >&-"}, {1, "2>/dev/full >/dev/full"},
        {0, "<&- >table"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        program_expect(
            rows[i].code,
            "rm -rf results; (simul run --no-plots smoke --blocks 1 --models threads "
            "%s)",
            rows[i].outputs);
        cr_expect_eq(program_matches("results/2*/summary.json"), 1, "%s",
                     rows[i].outputs);
        cr_expect_eq(program_matches("results/2*/events/*"), 2, "%s", rows[i].outputs);
    }
}

/* The reader ends before the first line, and after it. */
Test(failures_files, a_closed_pipe_is_reported_and_the_run_is_kept) {
    program_expect(1, "{ simul run --no-plots smoke --blocks 1 --models threads 2>err; "
                      "echo $? >code; } | true; exit $(cat code)");
    cr_expect(program_holds(program_read("err"), "cannot write the results to stdout"));
    cr_expect_eq(program_matches("results/latest/summary.json"), 1);
    struct outcome run =
        program_expect(0, "{ simul run --no-plots smoke --blocks 1 --models threads; "
                          "echo $? >code; } | head -n 1");
    cr_expect(program_holds(run.out, "smoke: "), "%s", run.out);
    cr_expect(program_read("code")[0] == '0' || program_read("code")[0] == '1');
}
