/* Checks the contract of a model with every executable of models/ and models/other/. A
 * model that is added there is tested here without a new line. */
#include "base/clock.h"
#include "bench/programs/process.h"
#include "tests/support/watched_api.h"
#include "tests/support/rogue.h"

#include <criterion/criterion.h>
#include <dirent.h>
#include <fcntl.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
    CONVERSATIONS = 6,
    ROUNDS = 3,
    MOST_MODELS = 64,
    MOST_OPTIONS = 48,
    MOST_ROWS = 64,
    TEXT_BYTES = 512,
};

static const char header_line[] =
    "conversation,round,ready_ns,begin_ns,first_byte_ns,end_ns,status,error,queue_ns,"
    "send_ns,backlog_ns,response_ns";

struct contestant {
    char path[TEXT_BYTES];
    char name[64]; /* of the file */
    json_t *description;
    const char *holds;
    const char *send_holds;
    bool is_tested; /* the model sends requests, and can run here */
};

struct row {
    int64_t conversation;
    int64_t round;
    int64_t ready_ns;
    int64_t begin_ns;
    int64_t first_byte_ns; /* this and the later fields: -1 if empty */
    int64_t end_ns;
    int64_t status;
    char error[16];
    int64_t queue_ns;
    int64_t send_ns;
    int64_t backlog_ns;
    int64_t response_ns;
    int64_t reopened; /* 0 if the column is missing */
};

/* The result of one run of a model. */
struct outcome {
    struct process process;
    struct row rows[MOST_ROWS];
    int row_count;
};

/* Runs a model to its end. Its stdout goes to `stdout_fd`, or into `outcome` for -1. */
static void run(struct outcome *outcome, const struct contestant *model,
                const char *const options[], int stdout_fd) {
    const char *argv[MOST_OPTIONS] = {model->path};
    for (int i = 0; options[i]; i++) {
        cr_assert_lt(i + 2, MOST_OPTIONS, "too many options");
        argv[i + 1] = options[i];
    }
    struct error error = {.kind = ERROR_NONE};
    struct process_plan plan = {
        .argv = argv, .stdout_fd = stdout_fd, .cgroup_fds = {-1, -1}};
    outcome->row_count = 0;
    cr_assert(process_start(&outcome->process, &plan, &error), "%s", error.message);
    enum process_end end =
        process_wait(&outcome->process, clock_now_ns() + 60 * NS_PER_S);
    cr_assert_eq(end, PROCESS_EXITED, "%s: does not end", model->name);
}

static int exit_code(const struct outcome *outcome) {
    int status = outcome->process.status;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static const char *output(const struct outcome *outcome) {
    return outcome->process.out ? outcome->process.out : "";
}

/* Reads one field of a row, up to its comma or the end of the line. Returns false if it
 * is no number. */
static bool read_number(char **rest, bool may_be_empty, int64_t *number) {
    char *field = strsep(rest, ",");
    if (!field || (*field == '\0' && !may_be_empty)) {
        return false;
    }
    char *end = field;
    *number = *field ? strtoll(field, &end, 10) : -1;
    return *end == '\0';
}

static bool read_row(char *line, bool has_reopened, struct row *row) {
    char *rest = line;
    row->reopened = 0;
    bool ok = read_number(&rest, false, &row->conversation) &&
              read_number(&rest, false, &row->round) &&
              read_number(&rest, false, &row->ready_ns) &&
              read_number(&rest, false, &row->begin_ns) &&
              read_number(&rest, true, &row->first_byte_ns) &&
              read_number(&rest, false, &row->end_ns) &&
              read_number(&rest, false, &row->status);
    const char *error = ok ? strsep(&rest, ",") : NULL;
    if (!error || strlen(error) >= sizeof row->error) {
        return false;
    }
    strcpy(row->error, error);
    return read_number(&rest, true, &row->queue_ns) &&
           read_number(&rest, true, &row->send_ns) &&
           read_number(&rest, true, &row->backlog_ns) &&
           read_number(&rest, true, &row->response_ns) &&
           (!has_reopened || read_number(&rest, false, &row->reopened)) && !rest;
}

static void read_rows(struct outcome *outcome, const struct contestant *model) {
    cr_assert_eq(exit_code(outcome), 0, "%s: exit code %d, %s", model->name,
                 exit_code(outcome), outcome->process.err);
    size_t header_length = strlen(header_line);
    cr_assert_eq(strncmp(output(outcome), header_line, header_length), 0,
                 "%s: the header line is '%.200s'", model->name, output(outcome));
    char *rest = outcome->process.out + header_length;
    const char *more = strsep(&rest, "\n");
    bool has_reopened = !strcmp(more, ",reopened");
    cr_assert(rest && (has_reopened || !*more), "%s: the header line goes on: '%s'",
              model->name, more);
    while (*rest) {
        char *line = strsep(&rest, "\n");
        cr_assert_not_null(rest, "%s: the last line has no end", model->name);
        cr_assert_lt(outcome->row_count, MOST_ROWS, "%s: too many rows", model->name);
        cr_assert(read_row(line, has_reopened, &outcome->rows[outcome->row_count++]),
                  "%s: row %d is no row", model->name, outcome->row_count);
    }
}

static const char *text_of(const json_t *description, const char *key) {
    const char *text = json_string_value(json_object_get(description, key));
    return text ? text : "";
}

static void ask_description(struct contestant *model) {
    static const char *const options[] = {"--describe", NULL};
    struct outcome outcome;
    json_error_t error;
    run(&outcome, model, options, -1);
    cr_assert_eq(exit_code(&outcome), 0, "%s: --describe fails", model->name);
    model->description = json_loads(output(&outcome), JSON_REJECT_DUPLICATES, &error);
    cr_assert_not_null(model->description, "%s: --describe is no JSON: %s", model->name,
                       error.text);
    model->holds = text_of(model->description, "holds");
    model->send_holds = text_of(model->description, "send_holds");
    model->is_tested = !json_is_false(json_object_get(model->description, "waits")) &&
                       !json_is_false(json_object_get(model->description, "available"));
    process_close(&outcome.process);
}

static int find_in(const char *folder, const char *prefix,
                   struct contestant models[static MOST_MODELS], int count) {
    struct dirent **entries = NULL;
    int entry_count = scandir(folder, &entries, NULL, alphasort);
    for (int i = 0; i < entry_count; i++) {
        const char *name = entries[i]->d_name;
        struct contestant *model = &models[count];
        struct stat status;
        cr_assert_lt(count, MOST_MODELS, "more models than this test has room for");
        snprintf(model->path, sizeof model->path, "%s/%s", folder, name);
        snprintf(model->name, sizeof model->name, "%.63s", name);
        if (!strncmp(name, prefix, strlen(prefix)) && stat(model->path, &status) == 0 &&
            S_ISREG(status.st_mode) && access(model->path, X_OK) == 0) {
            ask_description(model);
            count++;
        }
        free(entries[i]);
    }
    free(entries);
    return count;
}

static int find_models(struct contestant models[static MOST_MODELS]) {
    char path[4096];
    /* The system's own python3 and node come before others, which start more slowly. */
    snprintf(path, sizeof path, "/usr/bin:/bin:%s", getenv("PATH"));
    setenv("PATH", path, 1);
    int count = find_in(TEST_BIN, "simul-model-", models, 0);
    cr_assert_gt(count, 0, "no model in %s", TEST_BIN);
    if (!TEST_OTHER_LANGUAGES) {
        return count;
    }
    return find_in(TEST_SOURCE "/models/other", "", models, count);
}

/* Calls a check for every model that sends requests. */
static void for_each_model(void (*check)(const struct contestant *model)) {
    static struct contestant models[MOST_MODELS];
    int count = find_models(models);
    int tested = 0;
    for (int i = 0; i < count; i++) {
        if (models[i].is_tested) {
            check(&models[i]);
            tested++;
        }
        json_decref(models[i].description);
    }
    cr_assert_gt(tested, 0, "no model sends requests");
}

/* A workload, and the times that its requests must take at least. */
struct setting {
    const char *name;
    const char *api_options[10];
    const char *model_options[10];
    int64_t send_ns;     /* the API's */
    int64_t response_ns; /* the API's */
    int64_t hold_ns;     /* the client's own part of the send */
    long connections;
};

static const struct setting one_sender = {
    .name = "one sender",
    .api_options = {"--send", "2ms", "--response", "12ms", NULL},
    .model_options = {NULL},
    .send_ns = 2000000,
    .response_ns = 12000000,
    .connections = CONVERSATIONS,
};
static const struct setting unlimited_senders = {
    .name = "unlimited senders",
    .api_options = {"--send", "2ms", "--response", "12ms", "--senders", "unlimited",
                    NULL},
    .model_options = {"--connections", "close", NULL},
    .send_ns = 2000000,
    .response_ns = 12000000,
    .connections = CONVERSATIONS * ROUNDS,
};
static const struct setting few_slots = {
    .name = "two slots, warm",
    .api_options = {"--send", "1ms", "--response", "5ms", "--slots", "2", NULL},
    .model_options = {"--connections", "warm", NULL},
    .send_ns = 1000000,
    .response_ns = 5000000,
    .connections = CONVERSATIONS,
};
static const struct setting held_send = {
    .name = "a send of the client's own",
    .api_options = {"--send", "0s", "--response", "12ms", "--senders", "unlimited",
                    NULL},
    .model_options = {"--send-hold", "2000000", NULL},
    .response_ns = 12000000,
    .hold_ns = 2000000,
    .connections = CONVERSATIONS,
};
static const struct setting computed_send = {
    .name = "a send that computes",
    .api_options = {"--send", "0s", "--response", "5ms", "--senders", "unlimited",
                    NULL},
    .model_options = {"--send-hold", "1000000", "--send-work", "cpu", NULL},
    .response_ns = 5000000,
    .hold_ns = 1000000,
    .connections = CONVERSATIONS,
};

/* A run of a model in a setting, with everything that a claim needs. */
struct performance {
    const struct contestant *model;
    const struct setting *setting;
    struct outcome outcome;
    struct watched_api api;
};

#define expect(performance, row, condition, claim, ...)                                \
    cr_expect(condition, "%s, %s: %d/%d " claim, (performance)->model->name,           \
              (performance)->setting->name, (int)(row)->conversation,                  \
              (int)(row)->round, ##__VA_ARGS__)

static const struct witness_record *find_record(const struct performance *performance,
                                                const struct row *row, int *count) {
    const struct witness_record *found = NULL;
    *count = 0;
    for (uint64_t i = 0; i < witness_count(&performance->api.witness); i++) {
        const struct witness_record *record = &performance->api.witness.records[i];
        if (record->conversation == row->conversation && record->round == row->round) {
            found = record;
            ++*count;
        }
    }
    return found;
}

static void check_order(const struct performance *performance, const struct row *row,
                        int number) {
    expect(performance, row,
           row->conversation == number / ROUNDS && row->round == number % ROUNDS,
           "stands in row %d", number);
}

static void check_times(const struct performance *performance, const struct row *row,
                        int number) {
    const struct row *first = &performance->outcome.rows[0];
    const struct row *before = row - 1;
    (void)number;
    if (row->round == 0) {
        expect(performance, row, row->ready_ns == first->ready_ns,
               "is not ready at the common start");
    } else {
        expect(performance, row, row->ready_ns == before->end_ns,
               "was not ready at the end of the round before");
    }
    expect(performance, row, row->ready_ns <= row->begin_ns, "begins before ready");
    expect(performance, row, row->begin_ns <= row->first_byte_ns,
           "has a first byte before it begins");
    expect(performance, row, row->first_byte_ns <= row->end_ns,
           "ends before its first byte");
}

static void check_success(const struct performance *performance, const struct row *row,
                          int number) {
    (void)number;
    expect(performance, row, row->status == 200 && !*row->error,
           "failed: status %d, '%s'", (int)row->status, row->error);
}

static void check_promise(const struct performance *performance, const struct row *row,
                          int number) {
    const struct setting *setting = performance->setting;
    int64_t promised_ns = setting->send_ns + setting->response_ns + setting->hold_ns;
    (void)number;
    expect(performance, row, row->end_ns - row->begin_ns >= promised_ns,
           "took only %ld ns, less than the API and the hold together",
           (long)(row->end_ns - row->begin_ns));
}

static void check_witness(const struct performance *performance, const struct row *row,
                          int number) {
    int64_t hold_ns = performance->setting->hold_ns;
    int count;
    const struct witness_record *record = find_record(performance, row, &count);
    (void)number;
    expect(performance, row, count == 1, "came to the API %d times", count);
    if (!record) {
        return;
    }
    expect(performance, row, record->status == 200, "ended there with %d",
           record->status);
    expect(performance, row, row->begin_ns + hold_ns <= record->arrival_ns,
           "arrived before its hold was over");
    expect(performance, row, record->response_due_ns <= row->end_ns,
           "ended before its answer was due");
    expect(performance, row,
           row->queue_ns == record->send_begin_ns - record->arrival_ns,
           "reports a queue of %ld ns, but the API another", (long)row->queue_ns);
    expect(performance, row,
           row->backlog_ns == record->response_begin_ns - record->send_end_ns,
           "reports a backlog of %ld ns, but the API another", (long)row->backlog_ns);
    expect(performance, row,
           row->response_ns == record->response_due_ns - record->response_begin_ns,
           "reports a response of %ld ns, but the API another", (long)row->response_ns);
    if (hold_ns > 0) {
        expect(performance, row, row->send_ns >= hold_ns, "held for %ld ns only",
               (long)row->send_ns);
    } else {
        expect(performance, row,
               row->send_ns == record->send_end_ns - record->send_begin_ns,
               "reports a send of %ld ns, but the API another", (long)row->send_ns);
    }
}

static void judge(const struct performance *performance) {
    static void (*const checks[])(const struct performance *, const struct row *,
                                  int) = {check_order, check_success, check_times,
                                          check_promise, check_witness};
    const struct contestant *model = performance->model;
    const struct setting *setting = performance->setting;
    cr_expect_eq(performance->outcome.row_count, CONVERSATIONS * ROUNDS,
                 "%s, %s: %d rows", model->name, setting->name,
                 performance->outcome.row_count);
    cr_expect_eq(witness_count(&performance->api.witness),
                 (uint64_t)CONVERSATIONS * ROUNDS, "%s, %s: the API saw %d requests",
                 model->name, setting->name,
                 (int)witness_count(&performance->api.witness));
    for (size_t check = 0; check < sizeof checks / sizeof checks[0]; check++) {
        for (int i = 0; i < performance->outcome.row_count; i++) {
            checks[check](performance, &performance->outcome.rows[i], i);
        }
    }
    long connections = watched_api_connections(&performance->api);
    cr_expect_eq(connections, setting->connections, "%s, %s: %ld connections, not %ld",
                 model->name, setting->name, connections, setting->connections);
}

static void perform(struct performance *performance, const struct contestant *model,
                    const struct setting *setting) {
    *performance = (struct performance){.model = model, .setting = setting};
    watched_api_start(&performance->api, setting->api_options);
    const char *options[MOST_OPTIONS] = {"--url",           performance->api.url,
                                         "--conversations", "6",
                                         "--rounds",        "3",
                                         "--workers",       "3",
                                         "--cores",         "2"};
    int count = 10;
    for (int i = 0; setting->model_options[i]; i++) {
        options[count++] = setting->model_options[i];
    }
    run(&performance->outcome, model, options, -1);
    read_rows(&performance->outcome, model);
}

static void check_setting(const struct contestant *model,
                          const struct setting *setting) {
    struct performance performance;
    perform(&performance, model, setting);
    judge(&performance);
    process_close(&performance.outcome.process);
    watched_api_stop(&performance.api);
}

static void check_one_sender(const struct contestant *model) {
    check_setting(model, &one_sender);
}

Test(contract, is_kept_with_one_sender) {
    for_each_model(check_one_sender);
}

static void check_unlimited_senders(const struct contestant *model) {
    check_setting(model, &unlimited_senders);
}

Test(contract, is_kept_with_unlimited_senders_and_a_connection_a_request) {
    for_each_model(check_unlimited_senders);
}

static void check_few_slots(const struct contestant *model) {
    check_setting(model, &few_slots);
}

Test(contract, is_kept_with_a_backlog_and_warm_connections) {
    for_each_model(check_few_slots);
}

static void check_held_send(const struct contestant *model) {
    check_setting(model, &held_send);
}

Test(contract, is_kept_with_a_send_that_holds_the_client) {
    for_each_model(check_held_send);
}

static void check_computed_send(const struct contestant *model) {
    check_setting(model, &computed_send);
}

Test(contract, is_kept_with_a_send_that_computes) {
    for_each_model(check_computed_send);
}

static bool is_one_of(const char *word, const char *const words[]) {
    while (*words && strcmp(word, *words) != 0) {
        words++;
    }
    return *words;
}

Test(contract, a_description_has_every_field) {
    static const char *const holds[] = {"one", "workers", "all", "cores", NULL};
    static const char *const send_holds[] = {"caller", "loop", NULL};
    static const char *const texts[] = {"name",       "summary", "holds",
                                        "send_holds", "why",     NULL};
    static const char *const truths[] = {"listed", "available", NULL};
    static struct contestant models[MOST_MODELS];
    int count = find_models(models);
    for (int i = 0; i < count; i++) {
        const json_t *description = models[i].description;
        for (int k = 0; texts[k]; k++) {
            cr_expect(json_is_string(json_object_get(description, texts[k])),
                      "%s: '%s' is no text", models[i].name, texts[k]);
        }
        for (int k = 0; truths[k]; k++) {
            cr_expect(json_is_boolean(json_object_get(description, truths[k])),
                      "%s: '%s' is neither true nor false", models[i].name, truths[k]);
        }
        cr_expect(is_one_of(models[i].holds, holds), "%s: holds '%s'", models[i].name,
                  models[i].holds);
        cr_expect(is_one_of(models[i].send_holds, send_holds), "%s: send_holds '%s'",
                  models[i].name, models[i].send_holds);
        cr_expect(*text_of(description, "name") && *text_of(description, "summary"),
                  "%s: has no name or no summary", models[i].name);
        bool available = json_is_true(json_object_get(description, "available"));
        cr_expect_eq(available, !*text_of(description, "why"),
                     "%s: 'why' must be given if it is not available, and only then",
                     models[i].name);
    }
}

Test(contract, each_executable_has_a_name_of_its_own) {
    static const char prefix[] = "simul-model-";
    static struct contestant models[MOST_MODELS];
    int count = find_models(models);
    for (int i = 0; i < count; i++) {
        const char *name = text_of(models[i].description, "name");
        if (!strncmp(models[i].name, prefix, strlen(prefix))) {
            cr_expect_str_eq(name, models[i].name + strlen(prefix), "%s: is called %s",
                             models[i].name, name);
        }
        for (int k = 0; k < i; k++) {
            cr_expect_str_neq(name, text_of(models[k].description, "name"),
                              "%s and %s have one name", models[i].name,
                              models[k].name);
        }
    }
}

/* How many of 5 conversations a model holds at once, with 3 workers and 2 cores. */
static int held_of_five(const char *holds) {
    switch (holds[0]) {
    case 'o':
        return 1;
    case 'w':
        return 3;
    case 'c':
        return 2;
    default:
        return 5;
    }
}

static void check_holds(const struct contestant *model) {
    static const char *const api_options[] = {
        "--send", "0s", "--response", "250ms", "--senders", "unlimited", NULL};
    struct watched_api api;
    struct outcome outcome;
    watched_api_start(&api, api_options);
    const char *const options[] = {"--url",   api.url,     "--conversations",
                                   "5",       "--workers", "3",
                                   "--cores", "2",         NULL};
    run(&outcome, model, options, -1);
    read_rows(&outcome, model);
    int peak = watched_api_peak_in_flight(&api);
    cr_expect_eq(peak, held_of_five(model->holds),
                 "%s: holds '%s', so %d of 5 conversations (3 workers, 2 cores); but "
                 "%d were in flight",
                 model->name, model->holds, held_of_five(model->holds), peak);
    process_close(&outcome.process);
    watched_api_stop(&api);
}

Test(contract, as_many_requests_are_in_flight_as_it_holds) {
    for_each_model(check_holds);
}

/* The number of pairs of sends whose holds overlap. */
static int count_overlaps(const struct outcome *outcome) {
    int count = 0;
    for (int i = 0; i < outcome->row_count; i++) {
        for (int k = 0; k < i; k++) {
            const struct row *one = &outcome->rows[i];
            const struct row *other = &outcome->rows[k];
            count += one->begin_ns < other->begin_ns + other->send_ns &&
                     other->begin_ns < one->begin_ns + one->send_ns;
        }
    }
    return count;
}

static void check_send_holds(const struct contestant *model) {
    struct performance performance;
    static const struct setting setting = {
        .name = "long holds",
        .api_options = {"--send", "0s", "--response", "30ms", "--senders", "unlimited",
                        NULL},
        .model_options = {"--send-hold", "20000000", "--rounds", "1", NULL},
    };
    perform(&performance, model, &setting);
    int overlaps = count_overlaps(&performance.outcome);
    if (!strcmp(model->send_holds, "loop")) {
        cr_expect_eq(overlaps, 0, "%s: holds its loop, but %d pairs of sends overlap",
                     model->name, overlaps);
    } else if (strcmp(model->holds, "one") != 0) {
        cr_expect_gt(overlaps, 0, "%s: holds its caller, but no two sends overlap",
                     model->name);
    }
    process_close(&performance.outcome.process);
    watched_api_stop(&performance.api);
}

Test(contract, a_send_holds_the_caller_or_the_loop_as_described) {
    for_each_model(check_send_holds);
}

static void check_wire(const struct contestant *model) {
    struct performance performance;
    if (strcmp(model->send_holds, "loop") != 0) {
        return;
    }
    static const struct setting setting = {
        .name = "long holds",
        .api_options = {"--send", "0s", "--response", "30ms", "--senders", "unlimited",
                        NULL},
        .model_options = {"--send-hold", "20000000", "--rounds", "2", NULL},
    };
    perform(&performance, model, &setting);
    for (int i = 0; i < performance.outcome.row_count; i++) {
        const struct row *row = &performance.outcome.rows[i];
        int count;
        const struct witness_record *record = find_record(&performance, row, &count);
        cr_assert_not_null(record, "%s: the API saw every request", model->name);
        for (int k = 0; k < performance.outcome.row_count; k++) {
            const struct row *next = &performance.outcome.rows[k];
            expect(&performance, row,
                   next->begin_ns <= row->begin_ns ||
                       record->arrival_ns < next->begin_ns + next->send_ns,
                   "was not on the wire while %d/%d was held", (int)next->conversation,
                   (int)next->round);
        }
    }
    process_close(&performance.outcome.process);
    watched_api_stop(&performance.api);
}

Test(contract, a_request_is_on_the_wire_before_the_loop_is_held_again) {
    for_each_model(check_wire);
}

static void expect_failures(const struct contestant *model, const char *url,
                            const char *timeout, const char *error) {
    struct outcome outcome;
    const char *const options[] = {
        "--url",     url,     "--conversations", "3", "--rounds", "2",
        "--timeout", timeout, "--workers",       "2", NULL};
    run(&outcome, model, options, -1);
    read_rows(&outcome, model);
    cr_expect_eq(outcome.row_count, 6, "%s: %d rows, not 6", model->name,
                 outcome.row_count);
    for (int i = 0; i < outcome.row_count; i++) {
        cr_expect_str_eq(outcome.rows[i].error, error, "%s: '%s', not '%s'",
                         model->name, outcome.rows[i].error, error);
        cr_expect_geq(outcome.rows[i].end_ns - outcome.rows[i].begin_ns,
                      !strcmp(error, "timeout") ? strtoll(timeout, NULL, 10) : 0,
                      "%s: '%s' came early", model->name, error);
    }
    process_close(&outcome.process);
}

static void check_failures(const struct contestant *model) {
    static const struct {
        enum rogue_way way;
        const char *timeout;
        const char *error;
    } cases[] = {
        {ROGUE_CLOSES, "0", "truncated"},      {ROGUE_HALF_BODY, "0", "truncated"},
        {ROGUE_RESETS, "0", "reset"},          {ROGUE_BABBLES, "0", "protocol"},
        {ROGUE_NOT_FOUND, "0", "status"},      {ROGUE_BREAKS_DOWN, "0", "status"},
        {ROGUE_SILENT, "20000000", "timeout"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct rogue rogue;
        rogue_start(&rogue, cases[i].way);
        expect_failures(model, rogue.url, cases[i].timeout, cases[i].error);
        rogue_stop(&rogue);
    }
}

Test(contract, each_failure_has_a_row_with_its_name) {
    for_each_model(check_failures);
}

static void check_refusal(const struct contestant *model) {
    char url[64];
    int fd = rogue_nobody(url);
    expect_failures(model, url, "0", "refused");
    close(fd);
}

Test(contract, a_port_without_a_server_is_refused_and_no_failure_of_the_model) {
    for_each_model(check_refusal);
}

static void check_resolution(const struct contestant *model) {
    expect_failures(model, "http://x.invalid", "0", "resolve");
}

Test(contract, an_unknown_host_is_not_resolved) {
    for_each_model(check_resolution);
}

Test(contract, bad_options_are_refused_in_one_line) {
    static const char *const bad[][8] = {
        {NULL},
        {"--url", "http://127.0.0.1:1", "--conversations", "0", NULL},
        {"--url", "http://127.0.0.1:1", "--rounds", "0", NULL},
        {"--url", "http://127.0.0.1:1", "--rounds", "three", NULL},
        {"--url", "http://127.0.0.1:1", "--workers", "0", NULL},
        {"--url", "http://127.0.0.1:1", "--cores", "0", NULL},
        {"--url", "http://127.0.0.1:1", "--timeout", "-1", NULL},
        {"--url", "http://127.0.0.1:1", "--send-hold", "5ms", NULL},
        {"--url", "http://127.0.0.1:1", "--send-work", "dance", NULL},
        {"--url", "http://127.0.0.1:1", "--connections", "hot", NULL},
        {"--url", "http://127.0.0.1:1", "--whatever", NULL},
        {"--url", "http://127.0.0.1:1", "operand", NULL},
        {"--url", NULL},
        {"--url", "http://127.0.0.1:1", "--url-file", "/dev/null", NULL},
        {"--url-file", "/dev/null", NULL},
        {"--url-file", "/no/such/file", NULL},
    };
    static struct contestant models[MOST_MODELS];
    int count = find_models(models);
    for (int i = 0; i < count; i++) {
        for (size_t k = 0; k < sizeof bad / sizeof bad[0]; k++) {
            struct outcome outcome;
            const char *last = "nothing";
            for (int word = 0; bad[k][word]; word++) {
                last = bad[k][word];
            }
            run(&outcome, &models[i], bad[k], -1);
            const char *line_end = strchr(outcome.process.err, '\n');
            cr_expect_eq(exit_code(&outcome), 2, "%s: ... %s: exit code %d",
                         models[i].name, last, exit_code(&outcome));
            cr_expect(line_end && line_end > outcome.process.err && !line_end[1],
                      "%s: ... %s: no single line but '%s'", models[i].name, last,
                      outcome.process.err);
            cr_expect_str_empty(output(&outcome), "%s: ... %s: prints '%s'",
                                models[i].name, last, output(&outcome));
            process_close(&outcome.process);
        }
    }
}

static void check_full_disk(const struct contestant *model) {
    static const char *const no_options[] = {NULL};
    struct watched_api api;
    struct outcome outcome;
    int full_fd = open("/dev/full", O_WRONLY | O_CLOEXEC);
    cr_assert_geq(full_fd, 0, "no /dev/full");
    watched_api_start(&api, no_options);
    const char *const options[] = {"--url", api.url, NULL};
    run(&outcome, model, options, full_fd);
    cr_expect_neq(exit_code(&outcome), 0, "%s: its rows are lost, but it exits with 0",
                  model->name);
    cr_expect_gt(outcome.process.err_bytes, 0, "%s: gives no reason", model->name);
    process_close(&outcome.process);
    watched_api_stop(&api);
    close(full_fd);
}

Test(contract, a_full_disk_is_a_failure) {
    for_each_model(check_full_disk);
}

static void check_url_file(const struct contestant *model) {
    static const char *const api_options[] = {"--send", "9ms", "--response", "1ms",
                                              NULL};
    struct watched_api api;
    struct outcome outcome;
    char path[64];
    int fd = memfd_create("urls", 0); /* inherited: the model opens the same number */
    watched_api_start(&api, api_options);
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    for (int i = 0; i < 4; i++) {
        dprintf(fd, "%s/%d/7?send=%dms\n", api.url, i, i + 1);
    }
    const char *const options[] = {
        "--url-file", path, "--conversations", "3", "--rounds", "2", NULL};
    run(&outcome, model, options, -1);
    read_rows(&outcome, model);
    cr_expect_eq(outcome.row_count, 6, "%s: %d rows", model->name, outcome.row_count);
    for (int i = 0; i < outcome.row_count; i++) {
        const struct row *row = &outcome.rows[i];
        cr_expect_eq(row->send_ns, (row->conversation + 1) * NS_PER_MS,
                     "%s: conversation %d did not ask for its line", model->name,
                     (int)row->conversation);
    }
    for (uint64_t i = 0; i < witness_count(&api.witness); i++) {
        cr_expect_eq(api.witness.records[i].round, 7, "%s: the URL was changed",
                     model->name);
    }
    process_close(&outcome.process);
    watched_api_stop(&api);
    close(fd);
}

Test(contract, a_url_file_has_a_line_for_each_conversation) {
    for_each_model(check_url_file);
}

/* Runs a model against a rogue server, and stops the server. */
static void run_against(struct rogue *rogue, enum rogue_way way,
                        struct outcome *outcome, const struct contestant *model,
                        const char *rounds, const char *connections, const char *hold) {
    rogue_start(rogue, way);
    const char *const options[] = {
        "--url",         rogue->url,  "--conversations", "2",  "--rounds", rounds,
        "--connections", connections, "--send-hold",     hold, NULL};
    run(outcome, model, options, -1);
    rogue_stop(rogue);
    read_rows(outcome, model);
}

/* Asserts the error of a row, and whether its connection was opened anew. */
static void expect_end(const struct contestant *model, const char *what,
                       const struct row *row, const char *error, int reopened) {
    cr_expect(!strcmp(row->error, error) && row->reopened == reopened,
              "%s, %s: %d/%d ends with '%s' and reopened %d, not with '%s' and %d",
              model->name, what, (int)row->conversation, (int)row->round, row->error,
              (int)row->reopened, error, reopened);
}

static void check_closed_connection(const struct contestant *model) {
    static const enum rogue_way ways[] = {ROGUE_LEAVES, ROGUE_SAYS_GOODBYE};
    static const char *const names[] = {"leaves", "says goodbye"};
    for (int i = 0; i < 2; i++) {
        struct rogue rogue;
        struct outcome outcome;
        run_against(&rogue, ways[i], &outcome, model, "3", "keep", "0");
        cr_expect_eq(rogue.requests, 6, "%s, %s: %d requests", model->name, names[i],
                     rogue.requests);
        for (int k = 0; k < outcome.row_count; k++) {
            expect_end(model, names[i], &outcome.rows[k], "", k % 3 > 0);
        }
        process_close(&outcome.process);
    }
}

Test(contract, a_connection_that_the_server_closed_is_opened_anew) {
    for_each_model(check_closed_connection);
}

static void check_lost_connection(const struct contestant *model) {
    struct rogue rogue;
    struct outcome outcome;
    run_against(&rogue, ROGUE_ENDS_SECOND, &outcome, model, "4", "keep", "0");
    cr_expect_eq(rogue.requests, 8, "%s: %d requests", model->name, rogue.requests);
    for (int k = 0; k < outcome.row_count; k++) {
        expect_end(model, "ends the second", &outcome.rows[k], k % 2 ? "truncated" : "",
                   0);
    }
    process_close(&outcome.process);
}

Test(contract, a_request_whose_connection_is_lost_is_not_sent_again) {
    for_each_model(check_lost_connection);
}

/* The hold gives the server's end time to arrive. */
static void check_closed_warm_connection(const struct contestant *model) {
    struct rogue rogue;
    struct outcome outcome;
    run_against(&rogue, ROGUE_DROPS_FIRST, &outcome, model, "1", "warm", "400000000");
    cr_expect_eq(rogue.requests, 2, "%s: %d requests", model->name, rogue.requests);
    cr_expect_eq(rogue.connections, 4, "%s: %d connections", model->name,
                 rogue.connections);
    for (int k = 0; k < outcome.row_count; k++) {
        expect_end(model, "drops the first", &outcome.rows[k], "", 1);
    }
    process_close(&outcome.process);
}

Test(contract, a_warm_connection_that_the_server_closed_is_opened_anew) {
    for_each_model(check_closed_warm_connection);
}
