/* models/runtime/event.c: reads Server-Timing, and writes the rows of events. */
#include "models/runtime/event.h"

#include <criterion/criterion.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct event read_timing(const char *value) {
    struct event event = {
        .queue_ns = -1, .send_ns = -1, .backlog_ns = -1, .response_ns = -1};
    /* On the heap and without a zero byte, so that a sanitizer finds a read beyond
     * it. */
    size_t length = strlen(value);
    char *bytes = malloc(length ? length : 1);
    cr_assert_not_null(bytes, "out of memory");
    memcpy(bytes, value, length);
    event_read_server_timing(&event, bytes, length);
    free(bytes);
    return event;
}

Test(event, server_timing_is_exact_to_the_nanosecond) {
    static const struct {
        const char *value;
        int64_t queue_ns, send_ns, backlog_ns, response_ns;
    } cases[] = {
        {"queue;dur=0.000000, send;dur=5.000001, backlog;dur=0.000000, "
         "response;dur=55.999999",
         0, 5000001, 0, 55999999},
        {"response;dur=4.5,backlog;dur=3, send;dur=2., queue;dur=.25", 250000, 2000000,
         3000000, 4500000},
        {"send;dur=0.1234569", -1, 123456, -1, -1}, /* picoseconds are not kept */
        {"send;dur=86400000.000001", -1, 86400000000001, -1, -1},
        {"send;dur=9007199254.740993\r\n", -1, 9007199254740993, -1, -1},
        {"cache;dur=7.0, send;dur=1.0", -1, 1000000, -1, -1},
        {"sender;dur=7.0, dur=4", -1, -1, -1, -1},
        {"  queue;dur=1.0", 1000000, -1, -1, -1},
        {"", -1, -1, -1, -1},
        {",,, ,", -1, -1, -1, -1},
        {"queue", -1, -1, -1, -1},
        {"queue;dur", -1, -1, -1, -1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct event event = read_timing(cases[i].value);
        cr_expect_eq(event.queue_ns, cases[i].queue_ns, "'%s': queue %ld",
                     cases[i].value, (long)event.queue_ns);
        cr_expect_eq(event.send_ns, cases[i].send_ns, "'%s': send %ld", cases[i].value,
                     (long)event.send_ns);
        cr_expect_eq(event.backlog_ns, cases[i].backlog_ns, "'%s': backlog %ld",
                     cases[i].value, (long)event.backlog_ns);
        cr_expect_eq(event.response_ns, cases[i].response_ns, "'%s': response %ld",
                     cases[i].value, (long)event.response_ns);
    }
}

Test(event, server_timing_that_is_no_time_is_ignored) {
    static const char *const values[] = {
        "send;dur=99999999999999999999999999999999.9", /* no overflow */
        "send;dur=1000000000001",                      /* over thirty years */
        "send;dur=",
        "send;dur=abc",
        "send;dur=-1",
        "send;dur=.",
        "send;dur=nan",
    };
    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
        struct event event = read_timing(values[i]);
        cr_expect_eq(event.send_ns, -1, "'%s': %ld", values[i], (long)event.send_ns);
    }
    struct event event = read_timing("queue;dur=1.99999999999999999999999999999");
    cr_expect_eq(event.queue_ns, 1999999, "%ld", (long)event.queue_ns);
}

Test(event, each_error_has_its_name_in_the_protocol) {
    static const char *const names[] = {
        [EVENT_OK] = "",
        [EVENT_REFUSED] = "refused",
        [EVENT_RESET] = "reset",
        [EVENT_TIMEOUT] = "timeout",
        [EVENT_TRUNCATED] = "truncated",
        [EVENT_PROTOCOL] = "protocol",
        [EVENT_STATUS] = "status",
        [EVENT_RESOLVE] = "resolve",
        [EVENT_TLS] = "tls",
        [EVENT_LIMIT] = "limit",
    };
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        cr_expect_str_eq(event_error_word((enum event_error)i), names[i]);
    }
}

/* `rows` begins behind the twelfth column of the header. */
static void expect_all_printed(const struct event *events, int32_t conversations,
                               int32_t rounds, const char *rows) {
    static const char header[] =
        "conversation,round,ready_ns,begin_ns,first_byte_ns,end_ns,status,error,"
        "queue_ns,send_ns,backlog_ns,response_ns";
    char *text = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&text, &length);
    cr_assert_not_null(out, "out of memory");
    cr_expect(event_print_all(events, conversations, rounds, out));
    fclose(out);
    cr_expect_eq(strncmp(text, header, strlen(header)), 0, "the header is '%s'", text);
    cr_expect_str_eq(text + strlen(header), rows, "printed '%s'",
                     text + strlen(header));
    free(text);
}

static void expect_printed(const struct event *events, int32_t conversations,
                           int32_t rounds, const char *rows) {
    char all[1000];
    snprintf(all, sizeof all, "\n%s", rows);
    expect_all_printed(events, conversations, rounds, all);
}

Test(event, a_connection_opened_anew_has_a_column_if_there_was_one) {
    struct event events[2] = {{.ready_ns = 1, .end_ns = 2, .status = 200},
                              {.ready_ns = 1, .end_ns = 3, .status = 200}};
    expect_printed(events, 2, 1, "0,0,1,0,,2,200,,0,0,0,0\n1,0,1,0,,3,200,,0,0,0,0\n");
    events[1].is_reopened = true;
    expect_all_printed(
        events, 2, 1,
        ",reopened\n0,0,1,0,,2,200,,0,0,0,0,0\n1,0,1,0,,3,200,,0,0,0,0,1\n");
}

Test(event, rows_stand_by_conversation_and_then_by_round) {
    struct event events[4];
    for (int i = 0; i < 4; i++) {
        events[i] = (struct event){.ready_ns = 10 * i + 1,
                                   .begin_ns = 10 * i + 2,
                                   .first_byte_ns = 10 * i + 3,
                                   .end_ns = 10 * i + 4,
                                   .status = 200,
                                   .send_ns = 5};
    }
    expect_printed(events, 2, 2,
                   "0,0,1,2,3,4,200,,0,5,0,0\n0,1,11,12,13,14,200,,0,5,0,0\n"
                   "1,0,21,22,23,24,200,,0,5,0,0\n1,1,31,32,33,34,200,,0,5,0,0\n");
}

Test(event, a_time_that_is_unknown_is_an_empty_field) {
    struct event event = {.ready_ns = 1,
                          .begin_ns = 2,
                          .end_ns = 3,
                          .error = EVENT_REFUSED,
                          .queue_ns = -1,
                          .send_ns = -1,
                          .backlog_ns = -1,
                          .response_ns = -1};
    expect_printed(&event, 1, 1, "0,0,1,2,,3,0,refused,,,,\n");
}

Test(event, an_event_that_was_never_recorded_has_no_row) {
    struct event events[3] = {{.ready_ns = 1, .end_ns = 2, .status = 200},
                              {.ready_ns = 1},
                              {.ready_ns = 1, .end_ns = 3, .status = 200}};
    expect_printed(events, 3, 1, "0,0,1,0,,2,200,,0,0,0,0\n2,0,1,0,,3,200,,0,0,0,0\n");
}

Test(event, a_full_disk_is_reported) {
    struct event event = {.end_ns = 1};
    FILE *full = fopen("/dev/full", "we");
    cr_assert_not_null(full, "no /dev/full");
    cr_expect_not(event_print_all(&event, 1, 1, full));
    fclose(full);
}
