/* A run whose times are known exactly: the simulated times, written as if they were
 * measured. Every model waits exactly as long as the theory says. */
#ifndef SIMUL_TESTS_SUPPORT_EXHIBIT_H
#define SIMUL_TESTS_SUPPORT_EXHIBIT_H

#include "bench/pictures/picture.h"
#include "bench/summary/summary.h"
#include "tests/support/folder.h"
#include "tests/support/lecture.h"

#include <inttypes.h>

struct exhibit {
    char folder[PATH_MAX]; /* the run directory, with events/ */
    struct plan plan;
    struct past_trials trials;
    struct summary summary;
    struct subject subject;
    struct glyphs glyphs;
};

static inline void exhibit_write_trial(const char *folder, const char *name,
                                       const struct scenario *scenario,
                                       const struct simulated_request *requests) {
    char path[PATH_MAX];
    struct {
        FILE *events;
        FILE *records;
    } files;
    const int64_t start_ns = 1000000;
    snprintf(path, sizeof path, "%.200s/events/%s.csv", folder, name);
    files.events = fopen(path, "w");
    snprintf(path, sizeof path, "%.200s/events/%s.api.csv", folder, name);
    files.records = fopen(path, "w");
    cr_assert(files.events && files.records);
    fputs(EVENTS_HEADER "\n", files.events);
    fputs("conversation,round,arrival_ns,send_begin_ns,send_end_ns,response_begin_ns,"
          "response_due_ns,answered_ns,status,bytes\n",
          files.records);
    for (int32_t i = 0; i < scenario->conversations; i++) {
        int64_t ready_ns = start_ns;
        for (int32_t round = 0; round < scenario->rounds; round++) {
            const struct simulated_request *request =
                &requests[(int64_t)i * scenario->rounds + round];
            int64_t ns[] = {request->begin_ns, request->send_begin_ns,
                            request->send_end_ns, request->response_begin_ns,
                            request->end_ns};
            for (size_t at = 0; at < 5; at++) {
                ns[at] = start_ns + (int64_t)((double)ns[at] / scenario->speed);
            }
            fprintf(files.events,
                    "%d,%d,%" PRId64 ",%" PRId64 ",,%" PRId64 ",200,,,,,\n", (int)i,
                    (int)round, ready_ns, ns[0], ns[4]);
            fprintf(files.records,
                    "%d,%d,%" PRId64 ",%" PRId64 ",%" PRId64 ",%" PRId64 ",%" PRId64
                    ",%" PRId64 ",200,99\n",
                    (int)i, (int)round, ns[0], ns[1], ns[2], ns[3], ns[4], ns[4]);
            ready_ns = ns[4];
        }
    }
    cr_assert_eq(fclose(files.events), 0);
    cr_assert_eq(fclose(files.records), 0);
}

static inline void exhibit_add_trial(struct exhibit *exhibit, size_t index) {
    const struct plan_point *point = &exhibit->plan.points[0];
    const struct plan_entry *entry = &point->entries[index];
    const struct scenario *scenario = &point->scenario;
    struct simulation_setup setup = predict_setup(
        scenario, &entry->model, &exhibit->plan.processors, exhibit->plan.seed);
    struct simulation_result result;
    struct error error;
    char name[100];
    char events[120];
    struct simulated_request *requests =
        calloc((size_t)scenario_requests(scenario), sizeof *requests);
    cr_assert(simulation_run(&setup, &result, requests, &error));
    snprintf(name, sizeof name, "%04d-x", (int)index + 1);
    snprintf(events, sizeof events, "events/%s.csv", name);
    exhibit_write_trial(exhibit->folder, name, scenario, requests);
    free(requests);
    double makespan_ms = (double)result.makespan_ns / scenario->speed / 1e6;
    struct past_trial *trial =
        lecture_keep(&exhibit->trials, lecture_trial(0, entry->model.name, 1,
                                                     (int64_t)(makespan_ms + 0.5)));
    trial->events = strdup(events);
}

/* Makes the summary; call it again after the trials have changed. */
static inline void exhibit_sum_up(struct exhibit *exhibit) {
    struct error error;
    summary_close(&exhibit->summary);
    cr_assert(
        summary_make(&exhibit->summary, &exhibit->plan, &exhibit->trials, &error));
    exhibit->subject = (struct subject){
        .run = exhibit->folder,
        .point = &exhibit->plan.points[0],
        .summary = &exhibit->summary.points[0],
        .trials = &exhibit->trials,
    };
}

/* Makes a trial invalid, and makes the summary again. */
static inline void exhibit_invalidate(struct exhibit *exhibit, size_t trial) {
    exhibit->trials.list[trial].is_valid = false;
    exhibit_sum_up(exhibit);
}

/* Lets the last `failed` requests of a trial (from 0) time out, and makes the summary
 * again. */
static inline void exhibit_fail(struct exhibit *exhibit, size_t trial, int failed) {
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%.200s/events/%04zu-x.csv", exhibit->folder,
             trial + 1);
    char *text = folder_read(path);
    char *at = text + strlen(text);
    for (int i = 0; i < failed; i++) {
        while (strncmp(at, ",200,,", 6) != 0) {
            at--;
        }
        memcpy(at, ",0,xx,", 6);
    }
    FILE *file = fopen(path, "w");
    cr_assert(file != NULL);
    for (const char *from = text; *from; from++) {
        bool is_failure = !strncmp(from, ",xx,", 4);
        fputs(is_failure ? ",timeout" : (char[]){*from, '\0'}, file);
        from += is_failure ? 2 : 0;
    }
    cr_assert_eq(fclose(file), 0);
    free(text);
    struct past_trial *past = &exhibit->trials.list[trial];
    int64_t all = scenario_requests(&exhibit->plan.points[0].scenario);
    lecture_tally(
        &past->by_error, 2,
        (struct tally_row[]){{EVENT_OK, all - failed}, {EVENT_TIMEOUT, failed}});
    exhibit_sum_up(exhibit);
}

/* Writes the trials of the plan, which is open. */
static inline void exhibit_measure(struct exhibit *exhibit) {
    char path[PATH_MAX];
    folder_make(exhibit->folder);
    snprintf(path, sizeof path, "%.200s/events", exhibit->folder);
    cr_assert_eq(mkdir(path, 0755), 0);
    for (size_t i = 0; i < exhibit->plan.points[0].entry_count; i++) {
        exhibit_add_trial(exhibit, i);
    }
    exhibit_sum_up(exhibit);
}

/* A run of a shipped scenario with the lecture's four models. */
static inline void exhibit_open(struct exhibit *exhibit, const char *scenario) {
    *exhibit = (struct exhibit){.folder = ""};
    lecture_plan(&exhibit->plan, scenario);
    exhibit_measure(exhibit);
}

/* The same with this number of conversations. */
static inline void exhibit_open_many(struct exhibit *exhibit, const char *scenario,
                                     int32_t conversations) {
    *exhibit = (struct exhibit){.folder = ""};
    lecture_plan(&exhibit->plan, scenario);
    struct plan_point *point = &exhibit->plan.points[0];
    point->scenario.conversations = conversations;
    scenario_clear_claims(&point->scenario);
    for (size_t i = 0; i < point->entry_count; i++) {
        struct error error;
        cr_assert(predict(&point->scenario, &point->entries[i].model,
                          &(struct processors){.cores = 2}, 1,
                          &point->entries[i].prediction, &error));
    }
    exhibit_measure(exhibit);
}

static inline void exhibit_close(struct exhibit *exhibit) {
    summary_close(&exhibit->summary);
    past_trials_close(&exhibit->trials);
    plan_close(&exhibit->plan);
    folder_remove(exhibit->folder);
}

/* Draws a page of a picture and returns one of its tables; the caller frees it. */
static inline char *exhibit_table(struct exhibit *exhibit,
                                  const struct picture *picture, int page,
                                  const char *table) {
    struct sheet sheet;
    struct error error = {.kind = ERROR_NONE};
    char path[PATH_MAX];
    cr_assert(sheet_open(&sheet, exhibit->folder, "it", &exhibit->glyphs, &error));
    cr_assert(picture->draw(&exhibit->subject, page, &sheet, &error), "%s",
              error.message);
    cr_assert(sheet_close(&sheet, &error));
    snprintf(path, sizeof path, "%.200s/it-%s.tsv", exhibit->folder, table);
    return folder_read(path);
}

/* Field `column`, from 0, of the `nth` row, from 0, of those that begin with `begins`;
 * NULL: there is none. Lives until the next call. */
static inline const char *exhibit_field(const char *table, const char *begins, int nth,
                                        int column) {
    static char field[400];
    for (const char *line = table; *line; line += strcspn(line, "\n") + 1) {
        if (strncmp(line, begins, strlen(begins)) != 0 || nth-- > 0) {
            continue;
        }
        for (int i = 0; i < column; i++) {
            line += strcspn(line, "\t\n");
            line += *line == '\t';
        }
        snprintf(field, sizeof field, "%.*s", (int)strcspn(line, "\t\n"), line);
        return field;
    }
    return NULL;
}

/* How often `part` stands in a table. */
static inline int exhibit_count(const char *table, const char *part) {
    int count = 0;
    for (const char *at = table; (at = strstr(at, part)); at++) {
        count++;
    }
    return count;
}

#endif
