/* Reads one model's typical trial, and adds up its times. */
#include "bench/pictures/performance.h"
#include "bench/pictures/legend.h"

#include <math.h>
#include <stdlib.h>

/* Adds up the phases of an average conversation; a request that has not begun waits. */
static void add_times(struct performance *performance) {
    const struct events *events = &performance->course.events;
    for (int32_t i = 0; i < events->conversations; i++) {
        for (int32_t round = 0; round < events->rounds; round++) {
            struct passage passage;
            if (!course_passage(&performance->course, i, round, &passage)) {
                continue;
            }
            double from_s = passage.ready_s;
            for (int phase = 0; phase < COURSE_PHASES; phase++) {
                int as = phase == PHASE_NONE ? PHASE_QUEUE : phase;
                performance->time_s[as] +=
                    (passage.until_s[phase] - from_s) / events->conversations;
                from_s = passage.until_s[phase];
            }
        }
    }
    performance->failed = (int64_t)events->conversations * events->rounds -
                          events_count(events, EVENT_OK);
}

static double add_up(const struct spell *spells, size_t count) {
    double sum_s = 0;
    for (size_t i = 0; i < count; i++) {
        sum_s += spells[i].to_s - spells[i].from_s;
    }
    return sum_s;
}

/* False: out of memory. */
static bool find_scarcity(struct performance *performance) {
    struct spell *full = NULL;
    size_t count;
    bool ok = course_spells(&performance->course, PHASE_SEND, &performance->sends,
                            &performance->send_count) &&
              course_spells(&performance->course, PHASE_BACKLOG, &full, &count);
    if (ok) {
        performance->busy_s = add_up(performance->sends, performance->send_count);
        performance->slots_full_s = add_up(full, count);
    }
    free(full);
    return ok;
}

bool performance_open(struct performance *performance, const struct subject *subject,
                      size_t entry, struct error *error) {
    *performance = (struct performance){
        .entry = entry, .model = &subject->summary->models[entry], .sends = NULL};
    if (!picture_course(subject, entry, &performance->course, &performance->is_measured,
                        error)) {
        return false;
    }
    if (!performance->is_measured) {
        return true;
    }
    if (!find_scarcity(performance)) {
        return error_failed(error, "out of memory for the sends of a picture");
    }
    add_times(performance);
    return true;
}

void performance_close(struct performance *performance) {
    course_close(&performance->course);
    free(performance->sends);
    *performance = (struct performance){.sends = NULL};
}

bool performance_open_page(const struct subject *subject, int most, int page,
                           struct performance *list, int *count, struct error *error) {
    size_t end;
    size_t place = picture_page_models(subject, most, page, &end);
    bool ok = true;
    *count = 0;
    for (; ok && place < end; place++) {
        size_t entry = picture_entry(subject, place);
        ok = performance_open(&list[(*count)++], subject, entry, error);
    }
    return ok;
}

void performance_close_all(struct performance *list, int count) {
    for (int i = 0; i < count; i++) {
        performance_close(&list[i]);
    }
}

double performance_longest_s(const struct performance *list, int count) {
    double longest_s = 0;
    for (int i = 0; i < count; i++) {
        longest_s = fmax(longest_s, list[i].course.makespan_s);
    }
    return longest_s;
}

const char *performance_idle(const struct performance *performance,
                             char text[static AXIS_TEXT_BYTES]) {
    double makespan_s = performance->course.makespan_s;
    return picture_percent(makespan_s - performance->busy_s, makespan_s, text);
}

const char *performance_failure(const struct performance *performance,
                                char text[static AXIS_TEXT_BYTES]) {
    const struct events *events = &performance->course.events;
    long long all = (long long)events->conversations * events->rounds;
    text[0] = '\0';
    if (performance->failed > 0) {
        snprintf(text, AXIS_TEXT_BYTES, "%lld of %lld request%s failed",
                 (long long)performance->failed, all, all == 1 ? "" : "s");
    }
    return text;
}

const char *performance_scarce(const struct performance *performance,
                               const struct scenario *scenario,
                               char text[static AXIS_TEXT_BYTES]) {
    char idle[AXIS_TEXT_BYTES];
    char percent[AXIS_TEXT_BYTES];
    text[0] = '\0';
    if (performance->slots_full_s > performance->busy_s) {
        snprintf(text, AXIS_TEXT_BYTES, "answer slots full %.20s",
                 picture_percent(performance->slots_full_s,
                                 performance->course.makespan_s, percent));
    } else if (performance->send_count > 0) {
        snprintf(text, AXIS_TEXT_BYTES, "%.24s %.20s", story_idle(scenario, idle),
                 performance_idle(performance, percent));
    }
    return text;
}

void performance_add_strip(const struct performance *performance, double until_s,
                           double bottom, double top, struct bars *bars) {
    const double visible = 0.8; /* of the least width: about a pixel */
    double average_s = performance->busy_s / (double)performance->send_count;
    if (average_s < visible * bars->least_s) {
        bars_density_row(bars, bottom, top);
    } else {
        bars_row(bars, bottom, top);
    }
    for (size_t i = 0; i < performance->send_count; i++) {
        const struct spell *spell = &performance->sends[i];
        bars_add(bars, PHASE_SEND, fmin(spell->from_s, until_s),
                 fmin(spell->to_s, until_s));
    }
    /* The time after the last send is a part of the strip, too. */
    double end_s = fmin(performance->course.makespan_s, until_s);
    bars_add(bars, PHASE_NONE, end_s, end_s);
    bars_end(bars);
}

bool performance_any_failed(const struct performance *list, int count) {
    bool any = false;
    for (int i = 0; i < count; i++) {
        any = any || (list[i].is_measured && list[i].failed > 0);
    }
    return any;
}

int32_t performance_conversation(const struct performance *performance, int row,
                                 int rows) {
    int32_t last = performance->course.events.conversations - 1;
    return rows < 2 ? 0 : (int32_t)llround((double)row * last / (rows - 1));
}

/* Adds the phases that only some scenarios have. */
static void name_rare(const struct performance *list, int count,
                      const char *texts[static COURSE_PHASES]) {
    static const enum phase phases[] = {PHASE_BACKLOG, COURSE_BODY, COURSE_FAILED};
    static const char *const says[] = {"waits for an answer slot", "answer arrives",
                                       "failed"};
    for (size_t i = 0; i < sizeof phases / sizeof phases[0]; i++) {
        for (int j = 0; j < count; j++) {
            if (list[j].time_s[phases[i]] > 0.002 * list[j].course.makespan_s) {
                texts[phases[i]] = says[i];
            }
        }
    }
}

void performance_legend(const struct performance *list, int count,
                        const struct scenario *scenario, double y,
                        struct sheet *sheet) {
    const struct story *story = story_of(scenario);
    struct legend legend = {.count = 0};
    const char *texts[COURSE_PHASES] = {
        [PHASE_QUEUE] = story_waits(scenario, true),
        [PHASE_SEND] = story->sends,
        [PHASE_RESPONSE] = story->responds,
    };
    char idle[AXIS_TEXT_BYTES];
    char rest[LEGEND_TEXT_BYTES];
    snprintf(rest, sizeof rest, "%.60s, or %.30s", story_idle(scenario, idle),
             story->over);
    name_rare(list, count, texts);
    if (count > 0 && list[0].is_measured && list[0].send_count == 0) {
        texts[PHASE_SEND] = NULL; /* no send phase is known */
        snprintf(rest, sizeof rest, "%s", story->over);
    }
    legend_add_phases(&legend, texts);
    legend_add(&legend, LEGEND_FRAME, rest);
    legend_add_fields(&legend, performance_any_failed(list, count), sheet->has_density);
    legend_draw(&legend, y, sheet);
}
