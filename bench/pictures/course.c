/* Finds out when each request of a trial was in which phase. */
#include "bench/pictures/course.h"
#include "base/clock.h"
#include "bench/programs/paths.h"
#include "bench/measure/records.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

const char *phase_name(enum phase phase) {
    static const char *const names[COURSE_PHASES] = {
        "unbegun", "queue", "send", "backlog", "response", "body", "failed"};
    return names[phase];
}

/* The median is of trials in which no request failed; other trials get this distance
 * more, so that they come last. */
static const double behind_ns = 1e19;

const struct past_trial *course_typical_trial(const struct past_trials *trials,
                                              size_t point, const char *model,
                                              const struct scenario *scenario,
                                              double median_s) {
    /* In half nanoseconds, which the median of whole ones has: if two trials are equally
     * near to it, the earlier is drawn, and rounding does not decide. */
    double median_ns =
        round(2 * scenario_real_ns(scenario, median_s * (double)NS_PER_S)) / 2;
    const struct past_trial *typical = NULL;
    double least_ns = INFINITY;
    for (size_t i = 0; i < trials->count; i++) {
        const struct past_trial *trial = &trials->list[i];
        if (!past_trial_is_of(trial, point, model) || !trial->is_valid) {
            continue;
        }
        double distance_ns = fabs(trial->figures[TRIAL_MAKESPAN_NS] - median_ns) +
                             (past_trial_failed(trial) == 0 ? 0 : behind_ns);
        if (distance_ns < least_ns) {
            least_ns = distance_ns;
            typical = trial;
        }
    }
    return typical;
}

/* Writes the paths <run>/events/<trial>.csv and .api.csv. The name is checked, because
 * trials.jsonl may come from another person: it must not lead out of the run directory.
 */
static bool find_files(const char *run, const struct past_trial *trial,
                       char events[static PATH_MAX], char records[static PATH_MAX],
                       struct error *error) {
    const char *name = trial->events;
    size_t length = name ? strlen(name) : 0;
    if (length < strlen("events/x.csv") || strncmp(name, "events/", 7) != 0 ||
        strchr(name + 7, '/') || strcmp(name + length - 4, ".csv") != 0) {
        return error_input(error, "%s/trials.jsonl: a trial names no events/*.csv",
                           run);
    }
    char api[NAME_MAX + 32];
    if (length + 8 >= sizeof api) {
        return error_input(error,
                           "%s/trials.jsonl: the name of a trial's events is "
                           "too long",
                           run);
    }
    memcpy(api, name, length - 4);
    memcpy(api + length - 4, ".api.csv", sizeof ".api.csv");
    return paths_join(events, run, name, error) && paths_join(records, run, api, error);
}

/* Drops the records if they hold no request, as with the user's own API. */
static bool read_records(struct course *course, const char *path, struct error *error) {
    size_t count = (size_t)course->events.conversations * (size_t)course->events.rounds;
    bool is_there = false;
    course->records = calloc(count, sizeof *course->records);
    if (!course->records) {
        return error_failed(error, "out of memory for the API's records");
    }
    if (!records_read(path, course->events.conversations, course->events.rounds,
                      course->records, &is_there, error)) {
        error->kind = ERROR_INPUT;
        return false;
    }
    if (!is_there) {
        free(course->records);
        course->records = NULL;
    }
    return true;
}

bool course_open(struct course *course, const char *run, const struct past_trial *trial,
                 const struct scenario *scenario, struct error *error) {
    char events[PATH_MAX];
    char records[PATH_MAX];
    *course = (struct course){
        .client_sends = scenario->senders == SENDERS_CLIENT,
        .seconds_per_ns = scenario_seconds(scenario, 1),
    };
    if (!find_files(run, trial, events, records, error)) {
        return false;
    }
    if (!events_read(&course->events, events, scenario->conversations, scenario->rounds,
                     error)) {
        error->kind = ERROR_INPUT; /* the run directory is not complete */
        return false;
    }
    course->start_ns = events_start_ns(&course->events);
    course->makespan_s =
        (double)events_makespan_ns(&course->events) * course->seconds_per_ns;
    return read_records(course, records, error);
}

void course_close(struct course *course) {
    events_close(&course->events);
    free(course->records);
    *course = (struct course){.records = NULL};
}

/* Fills in the end of each phase from the API's record; a phase that has no end there
 * ended with the request. */
static void follow_record(const struct witness_record *record, int64_t end_ns,
                          int64_t until_ns[COURSE_PHASES]) {
    const int64_t moments[] = {
        [PHASE_QUEUE] = record->send_begin_ns,
        [PHASE_SEND] = record->send_end_ns,
        [PHASE_BACKLOG] = record->response_begin_ns,
        [PHASE_RESPONSE] = end_ns,
    };
    for (int phase = PHASE_QUEUE; phase <= PHASE_RESPONSE; phase++) {
        until_ns[phase] = moments[phase] ? moments[phase] : end_ns;
    }
}

/* The client's own send comes first; its request then waits only for an answer slot. */
static void follow_hold(const struct event *event, const struct witness_record *record,
                        int64_t until_ns[COURSE_PHASES]) {
    int64_t sent_ns = event->begin_ns + (event->send_ns > 0 ? event->send_ns : 0);
    until_ns[PHASE_QUEUE] = event->begin_ns;
    until_ns[PHASE_SEND] = sent_ns;
    until_ns[PHASE_BACKLOG] = sent_ns;
    if (record && record->response_begin_ns > record->send_end_ns) {
        until_ns[PHASE_BACKLOG] = record->response_begin_ns;
    }
    until_ns[PHASE_RESPONSE] = event->end_ns;
}

/* Uses Server-Timing: durations, one after the other from the request's begin. */
static void follow_timing(const struct event *event, int64_t until_ns[COURSE_PHASES]) {
    const int64_t durations_ns[] = {
        [PHASE_QUEUE] = event->queue_ns,
        [PHASE_SEND] = event->send_ns,
        [PHASE_BACKLOG] = event->backlog_ns,
    };
    int64_t at_ns = event->begin_ns;
    for (int phase = PHASE_QUEUE; phase <= PHASE_BACKLOG; phase++) {
        at_ns += durations_ns[phase] > 0 ? durations_ns[phase] : 0;
        until_ns[phase] = at_ns;
    }
    until_ns[PHASE_RESPONSE] = event->end_ns;
}

/* Uses the model's stamps alone: up to the first byte, and from there to the last. */
static void follow_stamps(const struct event *event, int64_t until_ns[COURSE_PHASES]) {
    until_ns[PHASE_QUEUE] = event->begin_ns;
    until_ns[PHASE_SEND] = event->begin_ns;
    until_ns[PHASE_BACKLOG] = event->begin_ns;
    until_ns[PHASE_RESPONSE] =
        event->first_byte_ns >= 0 ? event->first_byte_ns : event->end_ns;
}

/* Marks the last phase of a request that failed as its failure. */
static void mark_failure(struct passage *passage) {
    for (int phase = COURSE_BODY; phase > PHASE_NONE; phase--) {
        if (passage->until_s[phase] > passage->until_s[phase - 1]) {
            for (int rest = phase; rest <= COURSE_BODY; rest++) {
                passage->until_s[rest] = passage->until_s[phase - 1];
            }
            return;
        }
    }
}

bool course_passage(const struct course *course, int32_t conversation, int32_t round,
                    struct passage *passage) {
    const struct event *event = events_at(&course->events, conversation, round);
    int64_t until_ns[COURSE_PHASES] = {[PHASE_NONE] = event->begin_ns};
    if (!event->is_present) {
        return false;
    }
    const struct witness_record *record = NULL;
    if (course->records) {
        record =
            &course->records[(int64_t)conversation * course->events.rounds + round];
        record = record->arrival_ns > 0 ? record : NULL;
    }
    if (course->client_sends) {
        follow_hold(event, record, until_ns);
    } else if (record) {
        follow_record(record, event->end_ns, until_ns);
    } else if (event->queue_ns >= 0 || event->send_ns >= 0 || event->response_ns >= 0) {
        follow_timing(event, until_ns);
    } else {
        follow_stamps(event, until_ns);
    }
    until_ns[COURSE_BODY] = event->end_ns;
    until_ns[COURSE_FAILED] = event->end_ns;
    passage->ready_s =
        (double)(event->ready_ns - course->start_ns) * course->seconds_per_ns;
    /* Two processes took the stamps; time must not go backwards. */
    int64_t at_ns = event->ready_ns;
    for (int phase = 0; phase < COURSE_PHASES; phase++) {
        at_ns = until_ns[phase] > at_ns ? until_ns[phase] : at_ns;
        at_ns = at_ns < event->end_ns ? at_ns : event->end_ns;
        passage->until_s[phase] =
            (double)(at_ns - course->start_ns) * course->seconds_per_ns;
    }
    if (event->error != EVENT_OK) {
        mark_failure(passage);
    }
    return true;
}

static int compare_spells(const void *a, const void *b) {
    double x = ((const struct spell *)a)->from_s;
    double y = ((const struct spell *)b)->from_s;
    return (x > y) - (x < y);
}

/* Fills in when a request is in a phase. False: it has no such phase. */
static bool find_spell(const struct course *course, int32_t conversation, int32_t round,
                       enum phase phase, struct spell *spell) {
    struct passage passage;
    if (!course_passage(course, conversation, round, &passage)) {
        return false;
    }
    *spell = (struct spell){passage.until_s[phase - 1], passage.until_s[phase]};
    return spell->to_s > spell->from_s;
}

bool course_spells(const struct course *course, enum phase phase, struct spell **spells,
                   size_t *count) {
    const struct events *events = &course->events;
    size_t room = (size_t)events->conversations * (size_t)events->rounds;
    struct spell *list = calloc(room + 1, sizeof *list);
    *spells = list;
    *count = 0;
    if (!list) {
        return false;
    }
    size_t used = 0;
    for (int32_t i = 0; i < events->conversations; i++) {
        for (int32_t round = 0; round < events->rounds; round++) {
            used += find_spell(course, i, round, phase, &list[used]);
        }
    }
    qsort(list, used, sizeof *list, compare_spells);
    for (size_t i = 0; i < used; i++) {
        if (*count > 0 && list[i].from_s <= list[*count - 1].to_s) {
            struct spell *last = &list[*count - 1];
            last->to_s = list[i].to_s > last->to_s ? list[i].to_s : last->to_s;
        } else {
            list[(*count)++] = list[i];
        }
    }
    return true;
}
