/* bench/measure/events.c: the rows of a model, and every way in which they can be
 * wrong. */
#include "bench/measure/events.h"
#include "tests/support/folder.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define HEADER EVENTS_HEADER "\n"

/* Writes the rows to a file and reads them as 2 conversations of 2 rounds. */
static bool read_bytes(const char *bytes, size_t count, struct events *events,
                       struct error *error) {
    char folder[PATH_MAX];
    char path[PATH_MAX];
    folder_make(folder);
    folder_write(folder, "rows.csv", bytes, count, path);
    *error = (struct error){.kind = ERROR_NONE};
    bool ok = events_read(events, path, 2, 2, error);
    folder_remove(folder);
    return ok;
}

static struct events read_rows(const char *rows) {
    struct events events;
    struct error error;
    cr_assert(read_bytes(rows, strlen(rows), &events, &error), "%s", error.message);
    return events;
}

static void assert_refused(const char *rows, const char *message) {
    struct events events;
    struct error error;
    cr_assert_not(read_bytes(rows, strlen(rows), &events, &error), "%s", rows);
    cr_assert_eq(error.kind, ERROR_FAILED);
    cr_assert(strstr(error.message, message) != NULL, "'%s' is not in '%s'", message,
              error.message);
    events_close(&events);
}

Test(events, every_field_of_a_row_is_read) {
    struct events events = read_rows(HEADER "1,0,2,3,4,5,200,,6,7,8,9\n");
    const struct event *event = events_at(&events, 1, 0);
    cr_assert(event->is_present);
    cr_assert_eq(event->ready_ns, 2);
    cr_assert_eq(event->begin_ns, 3);
    cr_assert_eq(event->first_byte_ns, 4);
    cr_assert_eq(event->end_ns, 5);
    cr_assert_eq(event->status, 200);
    cr_assert_eq(event->error, EVENT_OK);
    cr_assert_eq(event->queue_ns, 6);
    cr_assert_eq(event->send_ns, 7);
    cr_assert_eq(event->backlog_ns, 8);
    cr_assert_eq(event->response_ns, 9);
    cr_assert_eq(events.present, 1);
    cr_assert_not(events_at(&events, 0, 0)->is_present);
    cr_assert_not(events_at(&events, 0, 1)->is_present);
    cr_assert_not(events_at(&events, 1, 1)->is_present);
    events_close(&events);
}

Test(events, an_optional_field_may_be_empty) {
    struct events events = read_rows(HEADER "0,0,2,3,,5,,timeout,,,,\n");
    const struct event *event = events_at(&events, 0, 0);
    cr_assert_eq(event->first_byte_ns, -1);
    cr_assert_eq(event->status, 0);
    cr_assert_eq(event->error, EVENT_TIMEOUT);
    cr_assert_eq(event->queue_ns, -1);
    cr_assert_eq(event->send_ns, -1);
    cr_assert_eq(event->backlog_ns, -1);
    cr_assert_eq(event->response_ns, -1);
    events_close(&events);
}

Test(events, a_model_may_say_which_requests_opened_a_connection_anew) {
    struct events events = read_rows(EVENTS_HEADER_REOPENED "\n0,0,1,2,,3,200,,,,,,0\n"
                                                            "0,1,1,2,,3,200,,,,,,1\n"
                                                            "1,0,1,2,,3,200,,,,,9,\n");
    cr_expect_not(events_at(&events, 0, 0)->is_reopened);
    cr_expect(events_at(&events, 0, 1)->is_reopened);
    cr_expect_not(events_at(&events, 1, 0)->is_reopened);
    cr_expect_eq(events_at(&events, 1, 0)->response_ns, 9);
    events_close(&events);
    events = read_rows(HEADER "0,0,1,2,,3,200,,,,,\n");
    cr_expect_not(events_at(&events, 0, 0)->is_reopened);
    events_close(&events);
}

Test(events, rows_may_come_in_any_order) {
    struct events events = read_rows(HEADER "1,1,40,41,,42,200,,,,,\n"
                                            "0,1,30,31,,32,200,,,,,\n"
                                            "1,0,20,21,,22,200,,,,,\n"
                                            "0,0,10,11,,12,200,,,,,\n");
    cr_assert_eq(events.present, 4);
    cr_assert_eq(events_at(&events, 0, 0)->ready_ns, 10);
    cr_assert_eq(events_at(&events, 0, 1)->ready_ns, 30);
    cr_assert_eq(events_at(&events, 1, 0)->ready_ns, 20);
    cr_assert_eq(events_at(&events, 1, 1)->ready_ns, 40);
    events_close(&events);
}

Test(events, lines_may_end_as_on_windows) {
    struct events events = read_rows(EVENTS_HEADER "\r\n1,1,4,5,,6,200,,,,,\r\n");
    cr_assert_eq(events.present, 1);
    cr_assert_eq(events_at(&events, 1, 1)->response_ns, -1);
    events_close(&events);
}

Test(events, a_header_alone_is_no_error_and_holds_nothing) {
    struct events events = read_rows(HEADER);
    cr_assert_eq(events.present, 0);
    cr_assert_eq(events_makespan_ns(&events), 0);
    cr_assert_eq(events_start_ns(&events), 0);
    cr_assert_eq(events_count(&events, EVENT_OK), 0);
    events_close(&events);
}

Test(events, every_kind_of_error_is_read_and_counted) {
    for (int i = EVENT_OK + 1; i < EVENT_ERROR_COUNT; i++) {
        char rows[400];
        snprintf(rows, sizeof rows, HEADER "0,0,1,2,,3,,%s,,,,\n0,1,3,4,,5,200,,,,,\n",
                 event_error_name((enum event_error)i));
        struct events events = read_rows(rows);
        cr_assert_eq(events_at(&events, 0, 0)->error, (enum event_error)i);
        cr_assert_eq(events_count(&events, (enum event_error)i), 1);
        cr_assert_eq(events_count(&events, EVENT_OK), 1);
        events_close(&events);
    }
}

Test(events, errors_have_the_names_of_the_protocol) {
    static const char *const names[] = {"ok",        "refused",  "reset",  "timeout",
                                        "truncated", "protocol", "status", "resolve",
                                        "tls",       "limit"};
    for (int i = 0; i < EVENT_ERROR_COUNT; i++) {
        cr_assert_str_eq(event_error_name((enum event_error)i), names[i]);
    }
}

Test(events, the_makespan_is_from_the_first_ready_to_the_last_end) {
    struct events events = read_rows(HEADER "0,0,1000,1500,,2000,200,,,,,\n"
                                            "1,0,900,1000,,7000,200,,,,,\n"
                                            "0,1,2000,2500,,3000,,reset,,,,\n");
    cr_assert_eq(events_start_ns(&events), 900);
    cr_assert_eq(events_makespan_ns(&events), 6100);
    events_close(&events);
}

Test(events, a_ready_of_zero_is_a_start_too) {
    struct events events = read_rows(HEADER "0,0,0,1,,2,200,,,,,\n"
                                            "1,0,50,60,,70,200,,,,,\n");
    cr_assert_eq(events_start_ns(&events), 0);
    cr_assert_eq(events_makespan_ns(&events), 70);
    events_close(&events);
}

Test(events, garbage_is_refused_with_its_line) {
    const struct {
        const char *rows;
        const char *message;
    } rows[] = {
        {"hello\n",
         "rows.csv:1: not the header of events (see docs/adding_a_model.md): 'hello'"},
        {"\n", "rows.csv:1: not the header of events (see docs/adding_a_model.md): ''"},
        {EVENTS_HEADER ",more\n", "rows.csv:1: not the header"},
        {" " HEADER, "rows.csv:1: not the header"},
        {"0,0,1,2,,3,200,,,,,\n" HEADER, "rows.csv:1: not the header"},
        {HEADER "hello\n", "rows.csv:2: not 12 fields: 'hello'"},
        {HEADER "\n", "rows.csv:2: not 12 fields: ''"},
        {HEADER "0,0,1,2,,3,200,,,,\n", "rows.csv:2: not 12 fields"},
        {HEADER "0,0,1,2,,3,200,,,,,,\n", "rows.csv:2: not 12 fields"},
        {HEADER "0,0,1,2,,3,200,,,,,,0\n", "rows.csv:2: not 12 fields"},
        {EVENTS_HEADER_REOPENED "\n0,0,1,2,,3,200,,,,,\n", "rows.csv:2: not 13 fields"},
        {EVENTS_HEADER_REOPENED "\n0,0,1,2,,3,200,,,,,,2\n",
         "rows.csv:2: not a number: '2'"},
        {EVENTS_HEADER_REOPENED ",more\n", "rows.csv:1: not the header"},
        {HEADER HEADER, "rows.csv:2: a request that was not asked for"},
        {HEADER "0,0,1,2,,3,200,,,,,\n0,0,4,5,,6,200,,,,,\n",
         "rows.csv:3: a second row for this request: '0,0,4,5,,6"},
        {HEADER "2,0,1,2,,3,200,,,,,\n",
         "rows.csv:2: a request that was not asked for: '2,0,1"},
        {HEADER "0,2,1,2,,3,200,,,,,\n", "rows.csv:2: a request that was not asked"},
        {HEADER "-1,0,1,2,,3,200,,,,,\n", "rows.csv:2: a request that was not asked"},
        {HEADER ",0,1,2,,3,200,,,,,\n", "rows.csv:2: a request that was not asked"},
        {HEADER "0,,1,2,,3,200,,,,,\n", "rows.csv:2: a request that was not asked"},
        {HEADER "4294967296,0,1,2,,3,200,,,,,\n",
         "rows.csv:2: a request that was not asked"},
        {HEADER "0,0,,2,,3,200,,,,,\n", "rows.csv:2: not a number: ''"},
        {HEADER "0,0,1,,,3,200,,,,,\n", "rows.csv:2: not a number: ''"},
        {HEADER "0,0,1,2,,,200,,,,,\n", "rows.csv:2: not a number: ''"},
        {HEADER "0,0,1,2,x,3,200,,,,,\n", "rows.csv:2: not a number: 'x'"},
        {HEADER "0,0,1.5,2,,3,200,,,,,\n",
         "rows.csv:2: not a whole number of nanoseconds: '1.5'"},
        {HEADER "0,0,-1,2,,3,200,,,,,\n", "rows.csv:2: not a number: '-1'"},
        {HEADER "0,0, 1,2,,3,200,,,,,\n", "rows.csv:2: not a number: ' 1'"},
        {HEADER "0,0,+1,2,,3,200,,,,,\n", "rows.csv:2: not a number: '+1'"},
        {HEADER "0,0,1e9,2,,3,200,,,,,\n",
         "rows.csv:2: not a whole number of nanoseconds: '1e9'"},
        {HEADER "0,0,0x1,2,,3,200,,,,,\n", "rows.csv:2: not a number: '0x1'"},
        {HEADER "0,0,1,nan,,3,200,,,,,\n", "rows.csv:2: not a number: 'nan'"},
        {HEADER "0,0,1,2,,99999999999999999999,200,,,,,\n",
         "rows.csv:2: not a number: '99999999999999999999'"},
        {HEADER "0,0,1,2,,3,1000,,,,,\n", "rows.csv:2: not a number: '1000'"},
        {HEADER "0,0,1,2,,3,200,,-1,,,\n", "rows.csv:2: not a number: '-1'"},
        {HEADER "0,0,1,2,,3,200,,,x,,\n", "rows.csv:2: not a number: 'x'"},
        {HEADER "0,0,1,2,,3,200,,,,x,\n", "rows.csv:2: not a number: 'x'"},
        {HEADER "0,0,1,2,,3,200,,,,,x\n", "rows.csv:2: not a number: 'x'"},
        {HEADER "0,0,1,2,,3,200,oops,,,,\n",
         "rows.csv:2: unknown kind of error: 'oops'"},
        {HEADER "0,0,1,2,,3,200,ok,,,,\n", "rows.csv:2: unknown kind of error: 'ok'"},
        {HEADER "0,0,1,2,,3,200, timeout,,,,\n", "rows.csv:2: unknown kind of error"},
        {HEADER "0,0,1,2,,3,200,,,,,", "rows.csv:2: a line without its end: '0,0,1"},
        {EVENTS_HEADER, "rows.csv:1: a line without its end"},
        {HEADER "0,0,1,2,,3,200,,,,,\n0,1,", "rows.csv:3: a line without its end: '0,"},
        {"", "the model printed nothing on stdout"},
        {HEADER "\x1b[31m\xff\n", "rows.csv:2: not 12 fields: '?[31m?'"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        assert_refused(rows[i].rows, rows[i].message);
    }
}

Test(events, a_zero_byte_is_refused) {
    static const char bytes[] = HEADER "0,0,1,2,,3,200,,,,\0,\n";
    struct events events;
    struct error error;
    cr_assert_not(read_bytes(bytes, sizeof bytes - 1, &events, &error));
    cr_assert(strstr(error.message, "rows.csv:2: ") != NULL, "%s", error.message);
    events_close(&events);
}

Test(events, a_line_of_any_length_is_refused_at_its_number) {
    char *rows = malloc(200000);
    cr_assert(rows != NULL);
    size_t used = (size_t)sprintf(rows, "%s0,0,1,2,,3,200,,,,,\n", HEADER);
    memset(rows + used, '7', 150000);
    strcpy(rows + used + 150000, "\n");
    assert_refused(rows, "rows.csv:3: a line without its end: '7777777777");
    free(rows);
}

Test(events, a_time_beyond_any_clock_is_refused) {
    /* The sum of two such times would not fit 64 bits. */
    assert_refused(HEADER "0,0,1,2,,9223372036854775807,200,,,,,\n",
                   "rows.csv:2: not a number: '9223372036854775807'");
    assert_refused(HEADER "0,0,1,2,,3,200,,,9223372036854775807,,\n",
                   "rows.csv:2: not a number: '9223372036854775807'");
}

Test(events, the_decimal_time_of_another_clock_is_told_as_that) {
    static const struct {
        clockid_t clock;
        double unit_ns;
        const char *name;
    } clocks[] = {{CLOCK_REALTIME, 1e9, "Unix time in seconds"},
                  {CLOCK_REALTIME, 1e6, "Unix time in milliseconds"},
                  {CLOCK_MONOTONIC, 1e9, "CLOCK_MONOTONIC in seconds"}};
    for (size_t i = 0; i < sizeof clocks / sizeof clocks[0]; i++) {
        struct timespec now;
        char rows[300];
        char message[200];
        clock_gettime(clocks[i].clock, &now);
        double time =
            ((double)now.tv_sec * 1e9 + (double)now.tv_nsec) / clocks[i].unit_ns;
        snprintf(rows, sizeof rows, HEADER "0,0,%.4f,2,,3,200,,,,,\n", time);
        snprintf(message, sizeof message,
                 "rows.csv:2: %s, and not whole nanoseconds of CLOCK_MONOTONIC: '%.4f'",
                 clocks[i].name, time);
        assert_refused(rows, message);
    }
}

Test(events, unix_time_in_nanoseconds_is_read) {
    struct events events =
        read_rows(HEADER "0,0,1795818793554765860,1795818793554765861,"
                         ",1795818793554765862,200,,,,,\n");
    cr_expect_eq(events_makespan_ns(&events), 2);
    events_close(&events);
}

Test(events, a_time_of_a_machine_that_runs_for_years_is_read) {
    struct events events =
        read_rows(HEADER "0,0,900000000000000000,900000000000000001,,"
                         "900000000000000002,200,,,,,\n");
    cr_assert_eq(events_makespan_ns(&events), 2);
    events_close(&events);
}

Test(events, a_missing_file_is_reported) {
    struct events events;
    struct error error = {.kind = ERROR_NONE};
    cr_assert_not(events_read(&events, "/nowhere/rows.csv", 2, 2, &error));
    cr_assert(strstr(error.message, "/nowhere/rows.csv: No such file") != NULL, "%s",
              error.message);
    events_close(&events);
}

Test(events, random_bytes_never_crash_it) {
    for (uint64_t seed = 1; seed <= 500; seed++) {
        char bytes[600];
        uint64_t state = seed;
        size_t count = seed % 2 ? (size_t)sprintf(bytes, "%s", HEADER) : 0;
        static const char alphabet[] = "0123456789,,,,,,,,\n\r\0x.-";
        for (int i = 0; i < 200; i++) {
            state = state * UINT64_C(6364136223846793005) + 1442695040888963407u;
            bytes[count++] = alphabet[(state >> 33) % (sizeof alphabet - 1)];
        }
        struct events events;
        struct error error;
        if (!read_bytes(bytes, count, &events, &error)) {
            cr_assert_neq(error.kind, ERROR_NONE);
            cr_assert_neq(error.message[0], '\0');
        }
        events_close(&events);
    }
}
