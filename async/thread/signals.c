/* Signal handlers: a uv_signal_t for each signal that has one. */
#include "async/signals.h"
#include "async/loop/circle.h"
#include "async/loop/part.h"

#include <signal.h>
#include <stdlib.h>
#include <uv.h>

struct signal_handler {
    uv_signal_t uv; /* first: libuv's handle is cast to the handler */
    struct async_loop *loop;
    int number;
    unsigned pending; /* signals whose callback was not called yet */
    async_callback *callback;
    void *argument;
    struct async_node call;
    struct async_node member; /* of the loop's handlers */
};

static void free_handler(uv_handle_t *handle) {
    free(handle);
}

static void close_handler(struct signal_handler *handler) {
    async_node_remove(&handler->call);
    async_node_remove(&handler->member);
    uv_close((uv_handle_t *)&handler->uv, free_handler);
}

static void close_with_loop(struct async_node *member) {
    close_handler(ASYNC_OF(member, struct signal_handler, member));
}

static struct signal_handler *find(const struct async_loop *loop, int number) {
    struct async_node *head = async_part_list_find(loop, close_with_loop);
    for (struct async_node *node = head ? head->next : NULL; node != head;
         node = node->next) {
        struct signal_handler *handler = ASYNC_OF(node, struct signal_handler, member);
        if (handler->number == number) {
            return handler;
        }
    }
    return NULL;
}

/* The next call is scheduled before the callback, which may remove its own handler and,
 * with it, that call. */
static void run_call(struct async_node *node) {
    struct signal_handler *handler = ASYNC_OF(node, struct signal_handler, call);
    if (--handler->pending > 0) {
        async_loop_enqueue(handler->loop, node);
    }
    handler->callback(handler->argument);
}

static void on_signal(uv_signal_t *uv, int number) {
    struct signal_handler *handler = (struct signal_handler *)uv;
    (void)number;
    if (handler->pending++ == 0) {
        async_loop_enqueue(handler->loop, &handler->call);
    }
}

static struct signal_handler *new_handler(struct async_node *all,
                                          struct async_loop *loop, int number,
                                          struct async_error *error) {
    struct signal_handler *handler = calloc(1, sizeof *handler);
    if (!handler) {
        async_fail_with(error, ASYNC_NO_MEMORY, "out of memory for a signal handler");
        return NULL;
    }
    handler->loop = loop;
    handler->number = number;
    handler->call.run = run_call;
    int code = uv_signal_init(async_loop_uv(loop), &handler->uv);
    if (code != 0) {
        async_fail_system(error, -code, "adding a signal handler");
        free(handler);
        return NULL;
    }
    async_circle_append(all, &handler->member);
    code = uv_signal_start(&handler->uv, on_signal, number);
    if (code != 0) {
        close_handler(handler);
        async_fail_system(error, -code, "adding a signal handler");
        return NULL;
    }
    return handler;
}

/* As in Python, a full set lacks the signals that the C library keeps for itself. */
static bool check_number(int number, struct async_error *error) {
    sigset_t all;
    sigfillset(&all);
    if (sigismember(&all, number) != 1) {
        return async_fail_with(error, ASYNC_INVALID_ARGUMENT,
                               "invalid signal number %d", number);
    }
    if (number == SIGKILL || number == SIGSTOP) {
        return async_fail_with(error, ASYNC_RUNTIME, "sig %d cannot be caught", number);
    }
    return true;
}

bool async_add_signal_handler(struct async_loop *loop, int number,
                              async_callback *callback, void *argument,
                              struct async_error *error) {
    struct async_node *all = check_number(number, error)
                                 ? async_part_list(loop, close_with_loop, error)
                                 : NULL;
    if (!all) {
        return false;
    }
    struct signal_handler *handler = find(loop, number);
    if (!handler) {
        handler = new_handler(all, loop, number, error);
    }
    if (handler) {
        handler->callback = callback;
        handler->argument = argument;
    }
    return handler != NULL;
}

bool async_remove_signal_handler(struct async_loop *loop, int number) {
    struct signal_handler *handler = find(loop, number);
    if (handler) {
        close_handler(handler);
    }
    return handler != NULL;
}

/* -- The list of tasks ------------------------------------------------------------- */

struct task_printer {
    struct async_part part; /* first; it lives as long as the loop's handlers */
    FILE *output;
};

static void end_printer(struct async_part *part) {
    (void)part;
}

static void print_tasks(void *argument) {
    struct task_printer *printer = argument;
    async_print_tasks(printer->part.loop, printer->output);
    fflush(printer->output);
}

bool async_print_tasks_on_signal(struct async_loop *loop, int number, FILE *output,
                                 struct async_error *error) {
    struct task_printer *printer = (struct task_printer *)async_part_get(
        loop, sizeof *printer, end_printer, error);
    if (!printer) {
        return false;
    }
    if (!async_add_signal_handler(loop, number, print_tasks, printer, error)) {
        return false; /* the signal before still writes to its own output */
    }
    printer->output = output;
    return true;
}
