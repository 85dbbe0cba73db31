/* async/loop/argument.c: enums, counts and sizes out of their range are refused, one test
 * for each public function that takes one. Those of http.h are in http/test_http.c. */
#include "tests/async/support.h"

#include <errno.h>
#include <netdb.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

/* What a program passes that computes a size as -1. */
static const size_t negative = (size_t)-1;

/* One more than any list of awaitables can have. */
static const size_t too_many = PTRDIFF_MAX / sizeof(void *) + 1;

enum { NO_KIND = 99 };

/* The call fails with ValueError, and the message contains this text. */
#define REFUSES(call, text)                                                            \
    do {                                                                               \
        FAILS_WITH(ASYNC_INVALID_ARGUMENT, call);                                      \
        cr_expect(strstr(ERROR_IN_SCOPE->message, (text)), "%s",                       \
                  ERROR_IN_SCOPE->message);                                            \
    } while (0)

/* -- Kinds of errors --------------------------------------------------------------- */

Test(async_argument, fail_with) {
    struct async_error error = {.kind = ASYNC_OK};
    REFUSES(async_fail_with(&error, (enum async_error_kind)NO_KIND, "x"), "kind 99");
    REFUSES(async_fail_with(&error, ASYNC_OK, "x"), "kind 0");
    cr_expect_not(async_fail_with(NULL, (enum async_error_kind)NO_KIND, "x"));
}

ASYNC_TEST(async_argument, set_exception) {
    struct async_error none = {.kind = (enum async_error_kind)NO_KIND};
    struct async_awaitable *future = async_create_future(NULL);
    REFUSES(async_set_exception(future, &none, error), "no error");
    cr_expect_not(async_done(future));
    async_release(future);
    return true;
}

ASYNC_FUNCTION(fail_in_no_way) {
    error->kind = (enum async_error_kind)NO_KIND;
    return false;
}

ASYNC_TEST(async_argument, a_function_that_fails) {
    struct async_awaitable *task = NEW_TASK(fail_in_no_way, NULL);
    REFUSES(async_await(task, NULL, error),
            "fail_in_no_way returned false with kind 99");
    async_release(task);
    REFUSES(async_await(async_coroutine(fail_in_no_way, NULL), NULL, error), "kind 99");
    return true;
}

REAL_TIME_TEST(async_argument, a_function_that_fails_in_a_thread) {
    REFUSES(async_to_thread(fail_in_no_way, NULL, NULL, error), "kind 99");
    return true;
}

ASYNC_TEST(async_argument, task_group_exit_and_has) {
    struct async_task_group group;
    SUCCEEDS(async_task_group_enter(&group, error));
    struct async_error none = {.kind = (enum async_error_kind)NO_KIND};
    cr_expect_not(async_task_group_exit(&group, false, &none));
    cr_expect_eq(none.kind, ASYNC_GROUP);
    cr_expect_eq(group.first.kind, ASYNC_INVALID_ARGUMENT);
    cr_expect(async_task_group_has(&group, ASYNC_INVALID_ARGUMENT));
    cr_expect_not(async_task_group_has(&group, (enum async_error_kind)NO_KIND));
    cr_expect_not(async_task_group_has(
        &group, (enum async_error_kind)(ASYNC_INVALID_ARGUMENT + 32)));
    cr_expect_not(async_task_group_has(&group, ASYNC_OK));
    SUCCEEDS(async_task_group_enter(&group, error));
    struct async_error ok = {.kind = ASYNC_OK};
    cr_expect_not(async_task_group_exit(&group, false, &ok));
    cr_expect_eq(group.first.kind, ASYNC_FAILED);
    return true;
}

/* -- Lists of awaitables ----------------------------------------------------------- */

ASYNC_TEST(async_argument, wait) {
    struct async_awaitable *future = async_create_future(NULL);
    size_t done = 7;
    REFUSES(async_wait(&future, 1, NS_PER_S, (enum async_return_when)3, &done, error),
            "Invalid return_when value: 3");
    REFUSES(
        async_wait(&future, 1, NS_PER_S, (enum async_return_when) - 1, &done, error),
        "Invalid return_when value: -1");
    REFUSES(async_wait(&future, too_many, NS_PER_S, ASYNC_ALL_COMPLETED, &done, error),
            "check its count");
    cr_expect_eq(done, 7);
    async_release(future);
    return true;
}

ASYNC_TEST(async_argument, gather_and_gather_future) {
    struct async_awaitable *future = async_create_future(NULL);
    REFUSES(async_gather(&future, too_many, false, NULL, error), "check its count");
    cr_expect_null(async_gather_future(&future, too_many, false));
    REFUSES(async_await(NULL, NULL, error), "check its count");
    async_release(future);
    return true;
}

ASYNC_TEST(async_argument, as_completed_open) {
    struct async_as_completed all;
    struct async_awaitable *future = async_create_future(NULL);
    REFUSES(async_as_completed_open(&all, &future, too_many, 1, error),
            "check its count");
    REFUSES(async_as_completed_open(&all, &future, negative, 1, error),
            "check its count");
    async_release(future);
    return true;
}

/* -- Counts and sizes -------------------------------------------------------------- */

Test(async_argument, set_stack_bytes) {
    struct async_error error = {.kind = ASYNC_OK};
    struct async_loop *loop = new_loop();
    REFUSES(async_set_stack_bytes(loop, negative, &error), "too large");
    REFUSES(async_set_stack_bytes(loop, PTRDIFF_MAX / 2048 + 1, &error), "too large");
    REFUSES(async_set_stack_bytes(loop, 0, &error), "too small");
    run_in(loop, sleep_ms, &(int){1}); /* with the stack that it had before */
    async_loop_free(loop);
}

ASYNC_FUNCTION(return_at_once) {
    return true;
}

ASYNC_TEST(async_argument, coroutine_copy) {
    cr_expect_null(async_coroutine_copy(return_at_once, "x", negative));
    REFUSES(async_await(NULL, NULL, error), "size of an argument");
    return true;
}

ASYNC_TEST(async_argument, to_thread_copy) {
    REFUSES(async_to_thread_copy(return_at_once, "x", negative, NULL, error),
            "argument_bytes must be >= 0");
    return true;
}

ASYNC_TEST(async_argument, task_group_collect) {
    struct async_task_group group;
    SUCCEEDS(async_task_group_enter(&group, error));
    async_task_group_collect(&group, NULL, 5);
    async_fail(error, 1, "x");
    cr_expect_not(async_task_group_exit(&group, false, error));
    cr_expect_eq(group.error_count, 1);
    return true;
}

Test(async_argument, executor_new) {
    struct async_error error = {.kind = ASYNC_OK};
    REFUSES(async_executor_new(negative, &error), "max_workers must be >= 0, not -1");
}

Test(async_argument, semaphore_init_and_bounded_semaphore_init) {
    struct async_error error = {.kind = ASYNC_OK};
    struct async_semaphore semaphore;
    REFUSES(async_semaphore_init(&semaphore, negative, &error),
            "Semaphore initial value must be >= 0, not -1");
    cr_expect(async_semaphore_locked(&semaphore));
    REFUSES(async_bounded_semaphore_init(&semaphore, negative, &error), "not -1");
    cr_expect(async_semaphore_locked(&semaphore));
    SUCCEEDS(async_semaphore_init(&semaphore, 0, &error));
    SUCCEEDS(async_bounded_semaphore_init(&semaphore, PTRDIFF_MAX, &error));
}

Test(async_argument, barrier_init) {
    struct async_error error = {.kind = ASYNC_OK};
    struct async_barrier barrier;
    REFUSES(async_barrier_init(&barrier, 0, &error), "parties must be > 0");
    REFUSES(async_barrier_init(&barrier, negative, &error), "not -1");
}

Test(async_argument, queue_reserve) {
    struct async_error error = {.kind = ASYNC_OK};
    struct async_queue queue = {.count = 0};
    REFUSES(async_queue_reserve(&queue, negative, &error), "capacity must be >= 0");
}

/* As in asyncio, a negative size of a queue, or count of notify(), is no limit. */
ASYNC_TEST(async_argument, queue_init_and_condition_notify_take_every_number) {
    struct async_queue queue;
    struct async_condition condition = {.lock = NULL};
    async_queue_init(&queue, negative);
    SUCCEEDS(async_queue_put_nowait(&queue, error, error));
    async_queue_close(&queue);
    SUCCEEDS(async_condition_acquire(&condition, error));
    SUCCEEDS(async_condition_notify(&condition, negative, error));
    return async_condition_release(&condition, error);
}

/* -- Streams and transports -------------------------------------------------------- */

REAL_TIME_TEST(async_argument, open_connection) {
    struct async_writer *writer;
    REFUSES(async_open_connection("127.0.0.1", 1, negative, NULL, &writer, error),
            "limit must be >= 0, not -1");
    REFUSES(async_open_connection("127.0.0.1", 65536, 0, NULL, &writer, error),
            "port must be 0-65535");
    REFUSES(async_open_connection("127.0.0.1", -1, 0, NULL, &writer, error),
            "port must be 0-65535");
    return true;
}

REAL_TIME_TEST(async_argument, open_connection_socket) {
    struct async_writer *writer;
    int pair[2];
    OPEN_PAIR(pair);
    REFUSES(async_open_connection_socket(pair[0], negative, NULL, &writer, error),
            "limit must be >= 0");
    close(pair[1]);
    return true;
}

static bool serve(struct async_reader *reader, struct async_writer *writer,
                  void *argument, struct async_error *error) {
    (void)reader, (void)writer, (void)argument, (void)error;
    return true;
}

REAL_TIME_TEST(async_argument, start_server) {
    struct async_server *server;
    struct async_server_options options = {.limit = negative};
    REFUSES(async_start_server(serve, NULL, "127.0.0.1", 0, &options, &server, error),
            "limit must be >= 0");
    return true;
}

REAL_TIME_TEST(async_argument, create_server) {
    struct async_server *server;
    REFUSES(async_create_server("127.0.0.1", 65536, NULL, &tracer_protocol, NULL, NULL,
                                &server, error),
            "port must be 0-65535");
    struct async_server_options options = {.backlog = -1};
    SUCCEEDS(async_create_server("127.0.0.1", 0, &options, &tracer_protocol, NULL, NULL,
                                 &server, error));
    async_server_close(server);
    async_server_release(server);
    return true;
}

REAL_TIME_TEST(async_argument, reader_readexactly) {
    struct async_reader *reader;
    struct async_writer *writer;
    struct async_bytes bytes = {.data = NULL};
    int pair[2];
    OPEN_PAIR(pair);
    SUCCEEDS(async_open_connection_socket(pair[0], 0, &reader, &writer, error));
    REFUSES(async_reader_readexactly(reader, negative, &bytes, error),
            "readexactly size must be >= 0, not -1");
    REFUSES(async_reader_readuntil(reader, "", 0, &bytes, error), "Separator");
    async_writer_release(writer);
    close(pair[1]);
    return true;
}

REAL_TIME_TEST(async_argument, writes_and_marks_of_a_transport) {
    struct tracer tracer = {.name = NULL};
    struct iovec parts[] = {{.iov_base = "x", .iov_len = 1},
                            {.iov_base = "x", .iov_len = negative}};
    int peer;
    SUCCEEDS(tracer_open(&tracer, &peer, error));
    struct async_transport *transport = tracer.transport;
    REFUSES(async_transport_write(transport, "x", negative, error), "count");
    REFUSES(async_transport_writelines(transport, parts, negative, error),
            "part_count");
    REFUSES(async_transport_writelines(transport, parts, 2, error), "iov_len");
    REFUSES(async_transport_set_write_buffer_limits(transport, 2, 1, error), "high");
    REFUSES(async_transport_set_write_buffer_limits(transport, 0, negative, error),
            "high");
    REFUSES(async_transport_set_write_buffer_limits(transport, negative, 0, error),
            "low");
    cr_expect_not(async_transport_is_closing(transport));
    async_transport_abort(transport);
    SUCCEEDS(tracer_await_end(&tracer, error));
    close(peer);
    return true;
}

REAL_TIME_TEST(async_argument, getaddrinfo_of_wrong_flags) {
    struct addrinfo *list;
    REFUSES(async_getaddrinfo("127.0.0.1", 65536, 0, &list, error), "0-65535");
    FAILS_WITH(ASYNC_SYSTEM,
               async_getaddrinfo("127.0.0.1", 80, 0x40000000, &list, error));
    cr_expect_eq(error->code, EAI_BADFLAGS); /* as in asyncio: gaierror */
    return true;
}

/* -- Processes and signals --------------------------------------------------------- */

/* Starts `true` with these options, which have to be refused. */
#define REFUSES_TO_START(text, ...)                                                    \
    REFUSES(async_create_subprocess_exec((const char *[]){"true", NULL},               \
                                         &(struct async_process_options){__VA_ARGS__}, \
                                         &process, error),                             \
            text)

REAL_TIME_TEST(async_argument, create_subprocess_exec) {
    struct async_process *process;
    enum async_redirection none = (enum async_redirection)NO_KIND;
    REFUSES_TO_START("standard_input: there is no redirection 99",
                     .standard_input = none);
    REFUSES_TO_START("standard_output: there is no redirection 99",
                     .standard_output = none);
    REFUSES_TO_START("standard_error: there is no redirection 99",
                     .standard_error = none);
    REFUSES_TO_START("standard_input: ASYNC_STDOUT can only be used for standard_error",
                     .standard_input = ASYNC_STDOUT);
    REFUSES_TO_START(
        "standard_output: ASYNC_STDOUT can only be used for standard_error",
        .standard_output = ASYNC_STDOUT);
    REFUSES_TO_START("limit must be >= 0", .limit = negative);
    return true;
}

REAL_TIME_TEST(async_argument, process_send_signal) {
    struct async_process *process;
    SUCCEEDS(async_create_subprocess_exec((const char *[]){"sleep", "60", NULL}, NULL,
                                          &process, error));
    FAILS_WITH(ASYNC_SYSTEM, async_process_send_signal(process, 9999, error));
    cr_expect_eq(error->code, EINVAL);
    FAILS_WITH(ASYNC_SYSTEM, async_process_send_signal(process, -1, error));
    SUCCEEDS(async_process_kill(process, error));
    SUCCEEDS(async_process_wait(process, NULL, error));
    async_process_release(process);
    return true;
}

REAL_TIME_TEST(async_argument, add_signal_handler) {
    struct async_loop *loop = async_get_running_loop();
    REFUSES(async_add_signal_handler(loop, 9999, trace_word, "x", error), "9999");
    REFUSES(async_add_signal_handler(loop, 0, trace_word, "x", error), "number 0");
    REFUSES(async_add_signal_handler(loop, -1, trace_word, "x", error), "-1");
    cr_expect_not(async_remove_signal_handler(loop, 9999));
    return true;
}

REAL_TIME_TEST(async_argument, print_tasks_on_signal) {
    struct async_loop *loop = async_get_running_loop();
    char *text = NULL;
    size_t bytes = 0;
    FILE *output = open_memstream(&text, &bytes);
    SUCCEEDS(async_print_tasks_on_signal(loop, SIGUSR1, output, error));
    REFUSES(async_print_tasks_on_signal(loop, 9999, NULL, error), "9999");
    raise(SIGUSR1); /* it still writes to the first output */
    while (bytes == 0) {
        SUCCEEDS(async_sleep(NS_PER_MS, error));
    }
    fclose(output);
    free(text);
    return true;
}

/* -- Times --------------------------------------------------------------------------- */

/* As in asyncio, no time is wrong: one in the past is at once. */
ASYNC_TEST(async_argument, every_time_is_legal) {
    struct async_timeout timeout;
    struct async_awaitable *future = async_create_future(NULL);
    struct async_loop *loop = async_get_running_loop();
    size_t done = 7;
    SUCCEEDS(async_sleep(INT64_MIN, error));
    SUCCEEDS(async_wait(&future, 1, INT64_MIN, ASYNC_ALL_COMPLETED, &done, error));
    cr_expect_eq(done, 0);
    SUCCEEDS(async_timeout_enter(&timeout, INT64_MIN, error));
    bool ok = async_sleep(NS_PER_S, error);
    cr_expect_not(async_timeout_exit(&timeout, ok, error));
    cr_expect_eq(error->kind, ASYNC_TIMEOUT);
    SUCCEEDS(async_call_later(loop, NULL, INT64_MIN, trace_word, "later", error));
    SUCCEEDS(async_call_at(loop, NULL, INT64_MIN, trace_word, "at", error));
    SUCCEEDS(turns(2, error));
    EXPECT_TRACE("at later"); /* the later one is later than the least time */
    FAILS_WITH(ASYNC_TIMEOUT, async_wait_for(future, INT64_MIN, NULL, error));
    async_release(future);
    return true;
}
