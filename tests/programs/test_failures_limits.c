/* Limits that are too low: a run either is refused before anything starts, with the
 * need and its remedy, or works completely. */
#include "tests/support/program.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

TestSuite(failures_limits, .init = program_enter, .fini = program_leave);

/* With each number of descriptors, a run works completely or does not begin; and if it
 * works, it works with more of them, too. */
Test(failures_limits, with_any_number_of_descriptors_all_works_or_nothing_begins) {
    int refused = 0;
    int done = 0;
    for (int most = 6; most <= 64; most += most < 26 ? 5 : 3) {
        struct outcome run = program_run(
            "rm -rf results; ulimit -n %d; simul run smoke --conversations 12 "
            "--rounds 1 --blocks 1 --models all --no-plots --format json",
            most);
        if (run.code == 2) {
            refused++;
            cr_expect_eq(done, 0, "%d", most);
            cr_expect(program_holds(run.err, " descriptors (open files), "), "%d: %s",
                      most, run.err);
            cr_expect(program_holds(run.err, "raise the limit (ulimit -n "), "%s",
                      run.err);
            cr_expect_eq(program_matches("results"), 0);
            continue;
        }
        done++;
        cr_assert_eq(run.code, 0, "%d: %s", most, run.err);
        json_t *models =
            json_object_get(json_array_get(program_json(run.out), 0), "models");
        size_t i;
        json_t *model;
        json_array_foreach(models, i, model) {
            json_t *requests = json_object_get(model, "requests");
            cr_expect_eq(json_integer_value(json_object_get(requests, "ok")), 12,
                         "%d: %s", most, program_text(model));
        }
    }
    cr_expect_gt(refused, 5);
    cr_expect_gt(done, 3);
}

Test(failures_limits, every_model_that_does_not_fit_is_named) {
    struct outcome run = program_expect(
        2, "ulimit -n 64; simul run smoke --conversations 50 --workers 20 "
           "--models sequential,threads,thread-pool,event-loop");
    cr_expect_str_eq(
        run.err,
        "simul: smoke: threads needs 160 descriptors (open files), 64 can be had; as "
        "root, raise the limit (ulimit -n 160), or --conversations 18 at most\n"
        "  smoke: thread-pool needs 70 descriptors (open files), 64 can be had; as "
        "root, raise the limit (ulimit -n 70), or --workers 18 at most\n"
        "  smoke: event-loop needs 70 descriptors (open files), 64 can be had; as "
        "root, "
        "raise the limit (ulimit -n 70), or --conversations 44 at most\n");
    cr_expect_eq(program_matches("results"), 0);
    program_expect(0, "ulimit -n 64; simul run smoke --conversations 18 --workers 18 "
                      "--blocks 1 --models threads,thread-pool --no-plots");
}

Test(failures_limits, a_soft_limit_is_no_limit) {
    struct outcome run = program_expect(
        0, "ulimit -Sn 32; simul run smoke --conversations 50 --blocks 1 --rounds 1 "
           "--models threads,event-loop --format json");
    json_t *models =
        json_object_get(json_array_get(program_json(run.out), 0), "models");
    for (size_t i = 0; i < 2; i++) {
        json_t *requests = json_object_get(json_array_get(models, i), "requests");
        cr_expect_eq(json_integer_value(json_object_get(requests, "ok")), 50);
    }
}

Test(failures_limits, a_user_s_limit_of_threads_is_reported) {
    if (geteuid() != 0) {
        program_leave();
        cr_skip("only root can become a user without processes");
    }
    if (program_run("setpriv --reuid 65533 --clear-groups ls '" TEST_BIN "'").code) {
        program_leave();
        cr_skip("others may not read " TEST_BIN);
    }
    program_expect(0, "chmod 777 .");
    struct outcome run =
        program_run("prlimit --nproc=40 setpriv --reuid 65533 --clear-groups "
                    "simul run smoke --conversations 200 --models threads");
    cr_assert_eq(run.code, 2, "%s", run.err);
    cr_expect(program_holds(run.err, "simul: smoke: threads needs 203 threads, "), "%s",
              run.err);
    cr_expect(program_holds(run.err, "; raise the user's limit (ulimit -u "), "%s",
              run.err);
}

/* With enough descriptors this would be a run. */
Test(failures_limits, twenty_thousand_threads_beyond_a_limit_are_refused_with_it) {
    struct outcome run = program_expect(
        2, "ulimit -n 20000; simul run smoke --conversations 20000 --models threads");
    cr_expect(program_holds(run.err,
                            "simul: smoke: threads needs 60010 descriptors (open "
                            "files), 20000 can be had; as root, raise the limit "
                            "(ulimit -n 60010), or --conversations 6663 at most\n"),
              "%s", run.err);
}

Test(failures_limits, a_million_conversations_are_too_many_for_the_ports) {
    struct outcome run = program_expect(
        2, "simul run smoke --conversations 1000000 --models event-loop");
    cr_expect(program_holds(run.err, "smoke: event-loop needs 1000000 ports at once, "),
              "%s", run.err);
    cr_expect_eq(program_matches("results"), 0);
}
