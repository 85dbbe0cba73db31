/* bench/pictures/course.c: the times of each request of a trial. */
#include "bench/pictures/course.h"
#include "tests/support/exhibit.h"

#include <criterion/criterion.h>

/* Opens the trial of a model. */
static void open_course(const struct exhibit *exhibit, const char *model,
                        struct course *course) {
    struct error error = {.kind = ERROR_NONE};
    const struct scenario *scenario = &exhibit->plan.points[0].scenario;
    const struct past_trial *trial =
        course_typical_trial(&exhibit->trials, 0, model, scenario, 1);
    cr_assert_not_null(trial);
    cr_assert(course_open(course, exhibit->folder, trial, scenario, &error), "%s",
              error.message);
}

static void expect_passage(const struct course *course, int32_t conversation,
                           int32_t round, const double expected[COURSE_PHASES]) {
    struct passage passage;
    cr_assert(course_passage(course, conversation, round, &passage));
    for (int phase = 0; phase < COURSE_PHASES; phase++) {
        cr_expect_float_eq(passage.until_s[phase], expected[phase], 1e-6,
                           "%s ends at %g, not %g", phase_name((enum phase)phase),
                           passage.until_s[phase], expected[phase]);
    }
}

Test(course, phases_from_the_api_s_record_are_exact) {
    struct exhibit exhibit;
    struct course course;
    exhibit_open(&exhibit, "urls");
    open_course(&exhibit, "event-loop", &course);
    cr_expect_float_eq(course.makespan_s, 115, 1e-6);
    /* the third: queue 10 s, send 5 s, response 55 s */
    expect_passage(&course, 2, 0, (double[]){0, 10, 15, 15, 70, 70, 70});
    course_close(&course);
    open_course(&exhibit, "sequential", &course);
    expect_passage(&course, 2, 0, (double[]){120, 120, 125, 125, 180, 180, 180});
    course_close(&course);
    exhibit_close(&exhibit);
}

Test(course, all_sends_are_the_sender_s_busy_time) {
    static const char *const models[] = {"sequential", "threads", "event-loop"};
    struct exhibit exhibit;
    exhibit_open(&exhibit, "urls");
    for (size_t i = 0; i < 3; i++) {
        struct course course;
        struct spell *spells;
        size_t count;
        double busy_s = 0;
        open_course(&exhibit, models[i], &course);
        cr_assert(course_spells(&course, PHASE_SEND, &spells, &count));
        cr_expect_eq(count, i == 0 ? 12 : 1, "%s: %zu", models[i], count);
        for (size_t at = 0; at < count; at++) {
            busy_s += spells[at].to_s - spells[at].from_s;
        }
        cr_expect_float_eq(busy_s, 60, 1e-6);
        free(spells);
        course_close(&course);
    }
    exhibit_close(&exhibit);
}

/* A run of one conversation and one round at speed 1, with that row of events and,
 * unless NULL, that of records. */
static bool open_row(struct course *course, const char *row, const char *record,
                     enum scenario_senders senders, struct error *error) {
    char folder[PATH_MAX];
    char events[PATH_MAX];
    char path[PATH_MAX];
    char text[1000];
    struct scenario scenario;
    folder_make(folder);
    snprintf(events, sizeof events, "%.200s/events", folder);
    cr_assert_eq(mkdir(events, 0755), 0);
    snprintf(text, sizeof text, EVENTS_HEADER "\n%s\n", row);
    folder_write(events, "a.csv", text, strlen(text), path);
    if (record) {
        snprintf(text, sizeof text,
                 "conversation,round,arrival_ns,send_begin_ns,send_end_ns,"
                 "response_begin_ns,response_due_ns,answered_ns,status,bytes\n%s\n",
                 record);
        folder_write(events, "a.api.csv", text, strlen(text), path);
    }
    scenario_init(&scenario);
    scenario.speed = 1;
    scenario.senders = senders;
    struct past_trial trial = {.events = (char *)"events/a.csv"};
    bool ok = course_open(course, folder, &trial, &scenario, error);
    folder_remove(folder);
    return ok;
}

static void expect_row(const char *row, const char *record,
                       enum scenario_senders senders,
                       const double expected[COURSE_PHASES]) {
    struct course course;
    struct error error = {.kind = ERROR_NONE};
    cr_assert(open_row(&course, row, record, senders, &error), "%s", error.message);
    expect_passage(&course, 0, 0, expected);
    course_close(&course);
}

Test(course, phases_without_a_record_come_from_server_timing) {
    expect_row("0,0,1000000000,2000000000,,9000000000,200,,1000000000,2000000000,0,"
               "3000000000",
               NULL, SENDERS_COUNT, (double[]){1, 2, 4, 4, 8, 8, 8});
}

Test(course, phases_without_any_source_are_divided_at_the_first_byte) {
    expect_row("0,0,1000000000,2000000000,7000000000,9000000000,200,,,,,", NULL,
               SENDERS_COUNT, (double[]){1, 1, 1, 1, 6, 8, 8});
    expect_row("0,0,1000000000,2000000000,,9000000000,200,,,,,", NULL, SENDERS_COUNT,
               (double[]){1, 1, 1, 1, 8, 8, 8});
}

Test(course, a_client_s_own_hold_is_its_send) {
    expect_row("0,0,1000000000,2000000000,,9000000000,200,,,3000000000,,",
               "0,0,5100000000,5200000000,5200000000,5200000000,8900000000,"
               "8900000000,200,9",
               SENDERS_CLIENT, (double[]){1, 1, 4, 4, 8, 8, 8});
}

Test(course, the_last_phase_of_a_failed_request_is_its_failure) {
    /* sent, then cut off while it was answered */
    expect_row("0,0,1000000000,2000000000,,9000000000,,timeout,,,,",
               "0,0,2000000000,3000000000,4000000000,4000000000,20000000000,"
               "9000000000,499,0",
               SENDERS_COUNT, (double[]){1, 2, 3, 3, 3, 3, 8});
    /* never got a sender */
    expect_row("0,0,1000000000,2000000000,,9000000000,,timeout,,,,",
               "0,0,2000000000,0,0,0,0,9000000000,499,0", SENDERS_COUNT,
               (double[]){1, 1, 1, 1, 1, 1, 8});
    expect_row("0,0,1000000000,2000000000,,9000000000,,refused,,,,", NULL,
               SENDERS_COUNT, (double[]){1, 1, 1, 1, 1, 1, 8});
}

Test(course, moments_never_go_backwards) {
    /* the API was a little earlier than the model says it began */
    expect_row("0,0,1000000000,2000000000,,9000000000,200,,,,,",
               "0,0,1500000000,1600000000,1700000000,1700000000,9900000000,"
               "9900000000,200,9",
               SENDERS_COUNT, (double[]){1, 1, 1, 1, 8, 8, 8});
}

Test(course, a_folder_that_is_no_run_is_named) {
    struct course course;
    struct error error = {.kind = ERROR_NONE};
    cr_assert_not(open_row(&course, "nonsense", NULL, SENDERS_COUNT, &error));
    cr_expect_eq(error.kind, ERROR_INPUT);
    cr_expect(strstr(error.message, "a.csv:2") != NULL, "%s", error.message);
    course_close(&course);
    cr_assert_not(
        open_row(&course, "0,0,1,2,,9,200,,,,,", "1,2,3", SENDERS_COUNT, &error));
    cr_expect_eq(error.kind, ERROR_INPUT);
    cr_expect(strstr(error.message, "a.api.csv:2") != NULL, "%s", error.message);
    course_close(&course);
}

Test(course, events_outside_of_the_run_are_not_read) {
    static const char *const names[] = {"/etc/passwd",     "events/../../a.csv",
                                        "../events/a.csv", "events/.csv",
                                        "events/a",        "",
                                        "events/a/b.csv",  NULL};
    struct scenario scenario;
    scenario_init(&scenario);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        struct course course;
        struct error error = {.kind = ERROR_NONE};
        struct past_trial trial = {.events = (char *)names[i]};
        cr_expect_not(course_open(&course, "/", &trial, &scenario, &error));
        cr_expect(strstr(error.message, "names no events") != NULL, "'%s': %s",
                  names[i] ? names[i] : "", error.message);
        course_close(&course);
    }
}

Test(course, the_typical_trial_is_nearest_to_the_median_and_valid) {
    struct scenario scenario;
    scenario_init(&scenario); /* 100 times faster than life */
    struct past_trials trials = {.list = NULL};
    static const int makespans_ms[] = {900, 1010, 1000, 1300, 990};
    for (int i = 0; i < 5; i++) {
        lecture_keep(&trials, lecture_trial(0, "a", i + 1, makespans_ms[i]));
    }
    lecture_keep(&trials, lecture_trial(0, "b", 1, 1005));
    lecture_keep(&trials, lecture_trial(1, "a", 1, 1005));
    cr_expect_eq(course_typical_trial(&trials, 0, "a", &scenario, 100.5)->block, 2);
    trials.list[1].is_valid = false;
    cr_expect_eq(course_typical_trial(&trials, 0, "a", &scenario, 100.5)->block, 3);
    cr_assert(tally_add(&trials.list[2].by_error, EVENT_TIMEOUT, 1));
    cr_expect_eq(course_typical_trial(&trials, 0, "a", &scenario, 100.5)->block, 5);
    cr_expect_null(course_typical_trial(&trials, 0, "c", &scenario, 100.5));
    past_trials_close(&trials);
}

Test(course, of_two_equally_typical_trials_the_earlier_is_drawn) {
    struct scenario scenario;
    scenario_init(&scenario);
    static const double speeds[] = {1, 3, 7, 100, 1000};
    for (size_t i = 0; i < sizeof speeds / sizeof speeds[0]; i++) {
        /* Both orders; a median of whole nanoseconds may be half a nanosecond. */
        static const int64_t makespans_ns[][2] = {{1000000007, 1000000010},
                                                  {1000000010, 1000000007}};
        scenario.speed = speeds[i];
        for (int order = 0; order < 2; order++) {
            struct past_trials trials = {.list = NULL};
            for (int at = 0; at < 2; at++) {
                lecture_keep(&trials, lecture_trial(0, "a", at + 1, 1000))
                    ->figures[TRIAL_MAKESPAN_NS] = (double)makespans_ns[order][at];
            }
            double median_s = scenario_seconds(&scenario, 1000000008.5);
            cr_expect_eq(
                course_typical_trial(&trials, 0, "a", &scenario, median_s)->block, 1,
                "speed %g", speeds[i]);
            past_trials_close(&trials);
        }
    }
}
