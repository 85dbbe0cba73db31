/* A quota of processor time, as containers have it: it is counted in the prediction, and
 * a trial that it held back says so. */
#include "bench/plan/cgroup.h"
#include "tests/support/program.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char group[200]; /* "": none can be made here */

static bool write_text(const char *name, const char *text) {
    char path[300];
    snprintf(path, sizeof path, "%s/%s", group, name);
    FILE *file = fopen(path, "w");
    bool ok = file && fputs(text, file) >= 0;
    return file && fclose(file) == 0 && ok;
}

static bool make_group(const char *parent, const char *name, const char *text) {
    char path[300];
    snprintf(group, sizeof group, "%s/simul-test-quota-%d", parent, (int)getpid());
    snprintf(path, sizeof path, "%s/%s", group, name); /* the kernel makes it */
    if (mkdir(group, 0755) == 0 && access(path, W_OK) == 0 && write_text(name, text)) {
        return true;
    }
    rmdir(group);
    group[0] = '\0';
    return false;
}

/* Half a core: 50 ms in each 100 ms. */
static void enter(void) {
    program_enter();
    if (!make_group(CGROUP_ROOT, "cpu.max", "50000 100000")) {
        make_group(CGROUP_ROOT "/cpu", "cpu.cfs_quota_us", "50000");
    }
}

static void leave(void) {
    if (group[0]) {
        cr_expect_eq(rmdir(group), 0);
    }
    program_leave();
}

TestSuite(quota, .init = enter, .fini = leave);

static void need_group(void) {
    if (!group[0]) {
        cr_skip("no control group with a quota of processor time can be made here");
    }
}

/* The number of a model's prediction by that name. */
static double predicted(const json_t *summary, const char *model, const char *key) {
    const json_t *models = json_object_get(json_array_get(summary, 0), "models");
    const json_t *one = program_pick(models, "name", model);
    return json_number_value(json_object_get(json_object_get(one, "predicted"), key));
}

static const char *find_note(const json_t *summary, const char *part) {
    size_t i;
    json_t *note;
    json_array_foreach(json_object_get(json_array_get(summary, 0), "notes"), i, note) {
        if (program_holds(json_string_value(note), part)) {
            return json_string_value(note);
        }
    }
    return NULL;
}

/* 12 sends of 50 ms, each of which takes the quota of a period of 100 ms; the answer of
 * the last comes 550 ms later. At 100 times faster than life that is 170 s. */
Test(quota, is_counted_in_the_prediction) {
    need_group();
    struct outcome run =
        program_expect(0,
                       "echo $$ >%s/cgroup.procs && "
                       "simul predict urls-client --send-work cpu --format json",
                       group);
    const json_t *summary = program_json(run.out);
    cr_expect_float_eq(predicted(summary, "event-loop", "simulated_s"), 170, 1e-6);
    cr_expect_float_eq(predicted(summary, "sequential", "simulated_s"), 720, 1e-6);
    cr_expect_not_null(find_note(summary, "; a quota allows 50 ms of processor time in "
                                          "each 100 ms (0.5 cores)"));
}

Test(quota, that_held_a_computing_model_back_is_noted) {
    need_group();
    struct outcome run = program_run(
        "echo $$ >%s/cgroup.procs && simul run urls-client --send-work cpu --no-plots "
        "--models event-loop --blocks 1 --format json",
        group);
    const json_t *summary = program_json(run.out);
    const json_t *models = json_object_get(json_array_get(summary, 0), "models");
    const json_t *measured =
        json_object_get(program_pick(models, "name", "event-loop"), "measured");
    if (program_holds(run.err, "another machine on the same host took")) {
        cr_skip("the host is too busy: %s", run.err);
    }
    if (cgroup_throttling_of(group).count == 0) {
        cr_skip("other programs left too little processor time to use the quota up");
    }
    cr_assert_eq(run.code, 0, "%s", run.err);
    double median_s = json_number_value(json_object_get(measured, "median_s"));
    cr_expect_gt(median_s, 160); /* without the quota it is 115 s */
    cr_expect_not_null(find_note(summary, "event-loop: a quota of 0.5 cores held its "
                                          "processes back in 1 of 1 trial, for "));
}

/* Sends do not compute here, so the prediction does not count with the quota. */
Test(quota, that_disturbs_a_trial_makes_it_invalid) {
    need_group();
    cr_assert(write_text(strstr(group, "/cpu/") ? "cpu.cfs_quota_us" : "cpu.max",
                         strstr(group, "/cpu/") ? "1500" : "1500 100000"));
    struct outcome run = program_expect(
        1,
        "echo $$ >%s/cgroup.procs && simul run urls --no-plots --models threads "
        "--blocks 1 --speed 1000 --format json",
        group);
    const json_t *models =
        json_object_get(json_array_get(program_json(run.out), 0), "models");
    const json_t *reasons =
        json_object_get(program_pick(models, "name", "threads"), "invalid_reasons");
    bool found = false;
    size_t i;
    json_t *reason;
    json_array_foreach(reasons, i, reason) {
        found = found || program_holds(json_string_value(reason),
                                       "the processor quota of the control group held");
    }
    cr_expect(found, "%s", program_text(reasons));
}
