/* Reads the events that a model printed. */
#include "bench/measure/events.h"
#include "base/clock.h"
#include "bench/measure/clocks.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LEAST_FIELDS = 12, MOST_FIELDS = 13, MOST_LINE_BYTES = 1024 };

/* The year 2096 in Unix time, which is read here, so that validity.c can say what it is.
 * The sum of two fits 64 bits. */
static const int64_t most_ns = INT64_C(4000000000000000000);

static const char *const error_names[EVENT_ERROR_COUNT] = {
    "ok",       "refused", "reset",   "timeout", "truncated",
    "protocol", "status",  "resolve", "tls",     "limit",
};

const char *event_error_name(enum event_error error) {
    return error_names[error];
}

/* The place being read, for messages. */
struct place {
    const char *path;
    long line;
    int columns; /* of each row, by the header */
    struct error *error;
};

static bool refuse(const struct place *place, const char *what, const char *text) {
    char shown[41];
    size_t length = 0;
    for (; text[length] && length < sizeof shown - 1; length++) {
        unsigned char c = (unsigned char)text[length];
        shown[length] = c < ' ' || c > 126 ? '?' : (char)c;
    }
    shown[length] = '\0';
    const char *base = strrchr(place->path, '/');
    return error_failed(place->error, "%s:%ld: %s '%s'", base ? base + 1 : place->path,
                        place->line, what, shown);
}

/* Reads a number from 0 to `most`, or -1 from an empty field if that is allowed. */
static bool read_number(const char *text, bool may_be_empty, int64_t most,
                        int64_t *number) {
    if (*text == '\0') {
        *number = -1;
        return may_be_empty;
    }
    if (strspn(text, "0123456789") != strlen(text)) {
        return false;
    }
    errno = 0;
    *number = strtoll(text, NULL, 10);
    return errno == 0 && *number <= most;
}

static bool read_error(const char *text, enum event_error *error) {
    *error = EVENT_OK;
    if (*text == '\0') {
        return true;
    }
    for (int i = EVENT_OK + 1; i < EVENT_ERROR_COUNT; i++) {
        if (!strcmp(error_names[i], text)) {
            *error = (enum event_error)i;
            return true;
        }
    }
    return false;
}

/* Cuts the line at its commas; false if there are not exactly `columns` fields. A
 * missing thirteenth field is empty. */
static bool split(char *line, int columns, char *fields[MOST_FIELDS]) {
    static char nothing[] = "";
    int count = 0;
    fields[MOST_FIELDS - 1] = nothing;
    for (char *field; (field = strsep(&line, ",")); count++) {
        if (count == columns) {
            return false;
        }
        fields[count] = field;
    }
    return count == columns;
}

/* The latest times that a clock can show: those of the last day, or of the second half
 * of the machine's uptime. */
static struct clocks_window recent_times(void) {
    const int64_t day_ns = 86400 * NS_PER_S;
    int64_t now_ns = clock_now_ns();
    return (struct clocks_window){
        .begin_ns = now_ns - (now_ns / 2 < day_ns ? now_ns / 2 : day_ns),
        .end_ns = now_ns,
        .unix_offset_ns = clocks_unix_offset_ns(),
    };
}

/* Refuses a field that is no whole number. If it is the decimal number of another clock,
 * as Python's time.time() gives it, says so. */
static bool refuse_number(const struct place *place, const char *text) {
    char name[CLOCKS_NAME_BYTES];
    char what[CLOCKS_NAME_BYTES + 60];
    struct clocks_window window = recent_times();
    if (!strpbrk(text, ".e") || strspn(text, "0123456789.e+") != strlen(text)) {
        return refuse(place, "not a number:", text);
    }
    if (!clocks_name(strtod(text, NULL), &window, name)) {
        return refuse(place, "not a whole number of nanoseconds:", text);
    }
    snprintf(what, sizeof what,
             "%s, and not whole nanoseconds of CLOCK_MONOTONIC:", name);
    return refuse(place, what, text);
}

static bool read_event(const struct place *place, char *fields[MOST_FIELDS],
                       struct event *event) {
    int64_t status;
    int64_t reopened;
    const struct {
        int field;
        bool may_be_empty;
        int64_t most;
        int64_t *to;
    } numbers[] = {
        {2, false, most_ns, &event->ready_ns},
        {3, false, most_ns, &event->begin_ns},
        {4, true, most_ns, &event->first_byte_ns},
        {5, false, most_ns, &event->end_ns},
        {6, true, 999, &status},
        {8, true, most_ns, &event->queue_ns},
        {9, true, most_ns, &event->send_ns},
        {10, true, most_ns, &event->backlog_ns},
        {11, true, most_ns, &event->response_ns},
        {12, true, 1, &reopened},
    };
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        if (!read_number(fields[numbers[i].field], numbers[i].may_be_empty,
                         numbers[i].most, numbers[i].to)) {
            return refuse_number(place, fields[numbers[i].field]);
        }
    }
    if (!read_error(fields[7], &event->error)) {
        return refuse(place, "unknown kind of error:", fields[7]);
    }
    event->status = status < 0 ? 0 : (int32_t)status;
    event->is_reopened = reopened == 1;
    event->is_present = true;
    return true;
}

static bool read_row(struct events *events, const struct place *place, char *line) {
    char *fields[MOST_FIELDS];
    char shown[64];
    int64_t conversation;
    int64_t round;
    snprintf(shown, sizeof shown, "%s", line);
    if (!split(line, place->columns, fields)) {
        char what[32];
        snprintf(what, sizeof what, "not %d fields:", place->columns);
        return refuse(place, what, shown);
    }
    if (!read_number(fields[0], false, events->conversations - 1, &conversation) ||
        !read_number(fields[1], false, events->rounds - 1, &round)) {
        return refuse(place, "a request that was not asked for:", shown);
    }
    struct event *event = &events->events[conversation * events->rounds + round];
    if (event->is_present) {
        return refuse(place, "a second row for this request:", shown);
    }
    events->present++;
    return read_event(place, fields, event);
}

static bool read_header(struct place *place, const char *line) {
    place->columns = !strcmp(line, EVENTS_HEADER)            ? LEAST_FIELDS
                     : !strcmp(line, EVENTS_HEADER_REOPENED) ? MOST_FIELDS
                                                             : 0;
    return place->columns > 0 ||
           refuse(place,
                  "not the header of events (see docs/adding_a_model.md):", line);
}

static bool read_lines(struct events *events, struct place *place, FILE *file) {
    char line[MOST_LINE_BYTES];
    while (fgets(line, sizeof line, file)) {
        place->line++;
        size_t length = strlen(line);
        if (length == 0 || line[length - 1] != '\n') {
            return refuse(place, "a line without its end:", line);
        }
        length -= length > 1 && line[length - 2] == '\r' ? 2 : 1;
        line[length] = '\0';
        if (!(place->line == 1 ? read_header(place, line)
                               : read_row(events, place, line))) {
            return false;
        }
    }
    if (ferror(file)) {
        return error_failed(place->error, "cannot read %s: %s", place->path,
                            strerror(errno));
    }
    return place->line > 0 ||
           error_failed(place->error,
                        "the model printed nothing on stdout, but it has to print a "
                        "row for each request: see docs/adding_a_model.md");
}

bool events_read(struct events *events, const char *path, int32_t conversations,
                 int32_t rounds, struct error *error) {
    *events = (struct events){.conversations = conversations, .rounds = rounds};
    events->events =
        calloc((size_t)conversations * (size_t)rounds, sizeof(struct event));
    if (!events->events) {
        return error_failed(error, "out of memory for the events");
    }
    FILE *file = fopen(path, "re");
    if (!file) {
        return error_failed(error, "cannot open %s: %s", path, strerror(errno));
    }
    struct place place = {.path = path, .error = error};
    bool ok = read_lines(events, &place, file);
    fclose(file);
    return ok;
}

void events_close(struct events *events) {
    free(events->events);
    *events = (struct events){.events = NULL};
}

const struct event *events_at(const struct events *events, int32_t conversation,
                              int32_t round) {
    return &events->events[(int64_t)conversation * events->rounds + round];
}

static int64_t count_slots(const struct events *events) {
    return events->events ? (int64_t)events->conversations * events->rounds : 0;
}

int64_t events_count(const struct events *events, enum event_error error) {
    int64_t count = 0;
    for (int64_t i = 0; i < count_slots(events); i++) {
        const struct event *event = &events->events[i];
        count += event->is_present && event->error == error;
    }
    return count;
}

int64_t events_start_ns(const struct events *events) {
    int64_t start_ns = INT64_MAX;
    for (int64_t i = 0; i < count_slots(events); i++) {
        const struct event *event = &events->events[i];
        if (event->is_present && event->ready_ns < start_ns) {
            start_ns = event->ready_ns;
        }
    }
    return start_ns < INT64_MAX ? start_ns : 0;
}

int64_t events_makespan_ns(const struct events *events) {
    int64_t end_ns = 0;
    for (int64_t i = 0; i < count_slots(events); i++) {
        const struct event *event = &events->events[i];
        if (event->is_present && event->end_ns > end_ns) {
            end_ns = event->end_ns;
        }
    }
    return events->present > 0 ? end_ns - events_start_ns(events) : 0;
}
