/* A function in a thread as a future of a loop: the executor takes the function to a
 * thread, and async_loop_send() brings the result back. */
#include "async/loop/argument.h"
#include "async/loop/check.h"
#include "async/loop/circle.h"
#include "async/loop/event_loop.h"
#include "async/thread/executor_core.h"
#include "async/loop/part.h"

#include <stdlib.h>
#include <string.h>

/* One call. It belongs to the loop's thread, except while the executor has it. */
struct executor_call {
    struct async_work work;
    struct async_handle back; /* on its way to the loop */
    struct async_loop *loop;
    struct async_executor *executor;
    struct async_awaitable *future;
    struct async_node cancelled; /* watches the future for a cancellation */
    struct async_node member;    /* of the loop's calls */
    async_function *function;
    void *argument;
    void (*discard)(void *argument);
    bool ok;
    void *value;
    struct async_error error;
};

struct executor_part {
    struct async_part part; /* first */
    struct async_executor *default_executor;
    bool is_own; /* the default executor was made here */
    /* The list of calls that have not come back. It is made after this part, so it is
     * ended before it. */
    struct async_node *calls;
};

/* -- In a thread ------------------------------------------------------------------- */

static void run_call(struct async_work *work) {
    struct executor_call *call = ASYNC_OF(work, struct executor_call, work);
    call->ok = call->function(call->argument, &call->value, &call->error);
    if (!call->ok) {
        async_argument_failure("a function in a thread", &call->error);
    }
}

static void send_back(struct async_work *work) {
    async_loop_send(&ASYNC_OF(work, struct executor_call, work)->back);
}

/* -- In the loop ------------------------------------------------------------------- */

/* A call that no executor has. */
static void discard_call(struct executor_call *call) {
    async_node_remove(&call->cancelled);
    async_node_remove(&call->member);
    if (call->discard) {
        call->discard(call->argument);
    }
    async_release(call->future);
    free(call);
}

static void free_call(struct executor_call *call) {
    async_executor_drop(call->executor);
    discard_call(call);
}

static void run_back(struct async_node *node) {
    struct executor_call *call = ASYNC_OF(node, struct executor_call, back.node);
    async_executor_join(call->executor, &call->work); /* its thread may still use it */
    async_node_remove(&call->cancelled);
    if (call->ok) {
        async_future_wake(call->future, call->value);
    } else if (call->error.kind == ASYNC_CANCELLED) {
        async_cancel_with(call->future, call->error.message);
    } else {
        async_future_break(call->future, &call->error);
    }
    free_call(call);
}

/* The future is done, but not by run_back(): it was cancelled. */
static void run_cancelled(struct async_node *node) {
    struct executor_call *call = ASYNC_OF(node, struct executor_call, cancelled);
    if (async_executor_withdraw(call->executor, &call->work)) {
        free_call(call);
    }
}

static void end_call(struct async_node *member) {
    struct executor_call *call = ASYNC_OF(member, struct executor_call, member);
    if (!async_cancelled(call->future) ||
        !async_executor_withdraw(call->executor, &call->work)) {
        async_executor_join(call->executor, &call->work);
    }
    async_loop_receive(call->loop);
    async_node_remove(&call->back.node);
    free_call(call);
}

static void end_part(struct async_part *part) {
    struct executor_part *own = (struct executor_part *)part;
    if (own->is_own) {
        async_executor_free(own->default_executor);
    }
}

static struct executor_part *get_part(struct async_loop *loop,
                                      struct async_error *error) {
    struct executor_part *part =
        (struct executor_part *)async_part_get(loop, sizeof *part, end_part, error);
    if (part && !part->calls) {
        part->calls = async_part_list(loop, end_call, error);
    }
    return part && part->calls ? part : NULL;
}

bool async_set_default_executor(struct async_loop *loop,
                                struct async_executor *executor,
                                struct async_error *error) {
    struct executor_part *part = get_part(loop, error);
    if (part && part->default_executor) {
        return async_fail_with(error, ASYNC_RUNTIME,
                               "the loop has an executor already; set it before the "
                               "first use");
    }
    if (part) {
        part->default_executor = executor;
    }
    return part != NULL;
}

static struct async_executor *get_default(struct executor_part *part,
                                          struct async_error *error) {
    if (!part->default_executor) {
        part->default_executor = async_executor_new(0, error);
        part->is_own = true;
    }
    return part->default_executor;
}

/* Hands the function to a thread. False: no thread could be started. */
static bool submit(struct executor_part *part, struct executor_call *call,
                   struct async_error *error) {
    if (!call->executor || !async_executor_submit(call->executor, &call->work, error)) {
        return false;
    }
    async_executor_hold(call->executor);
    async_future_watch(call->future, &call->cancelled);
    async_circle_append(part->calls, &call->member);
    return true;
}

/* NULL: the reason is noted. */
static struct executor_call *new_call(struct async_loop *loop) {
    struct async_awaitable *future = async_create_future(loop);
    struct executor_call *call = future ? calloc(1, sizeof *call) : NULL;
    if (!call) {
        async_release(future);
        async_refuse(future ? ASYNC_OUT_OF_MEMORY : ASYNC_NOT_REFUSED);
        return NULL;
    }
    future->label = "executor";
    *call = (struct executor_call){
        .work = {.run = run_call, .ran = send_back},
        .back = {.node.run = run_back, .loop = loop},
        .loop = loop,
        .future = future,
        .cancelled.run = run_cancelled,
    };
    return call;
}

struct async_awaitable *async_run_in_executor_owned(struct async_loop *loop,
                                                    struct async_executor *executor,
                                                    async_function *function,
                                                    void *argument,
                                                    void (*discard)(void *argument)) {
    struct async_error error;
    enum async_refusal refusal = async_loop_refusal(loop);
    struct executor_part *part = refusal ? NULL : get_part(loop, NULL);
    struct executor_call *call = part ? new_call(loop) : NULL;
    if (!call) {
        async_refuse(refusal ? refusal : ASYNC_OUT_OF_MEMORY);
        if (discard) {
            discard(argument);
        }
        return NULL;
    }
    call->executor = executor ? executor : get_default(part, &error);
    call->function = function;
    call->argument = argument;
    call->discard = discard;
    struct async_awaitable *future = async_retain(call->future);
    if (!submit(part, call, &error)) {
        async_future_break(future, &error);
        discard_call(call);
    }
    return future;
}

struct async_awaitable *async_run_in_executor(struct async_loop *loop,
                                              struct async_executor *executor,
                                              async_function *function,
                                              void *argument) {
    return async_run_in_executor_owned(loop, executor, function, argument, NULL);
}

static bool wait_for_thread(async_function *function, void *argument,
                            void (*discard)(void *argument), void **value,
                            struct async_error *error) {
    struct async_loop *loop = async_get_running_loop();
    struct async_awaitable *future =
        async_run_in_executor_owned(loop, NULL, function, argument, discard);
    bool ok = async_await(future, value, error);
    async_release(future);
    return ok;
}

bool async_to_thread(async_function *function, void *argument, void **value,
                     struct async_error *error) {
    return async_need_current_task("async_to_thread()", error) &&
           wait_for_thread(function, argument, NULL, value, error);
}

bool async_to_thread_copy(async_function *function, const void *argument,
                          size_t argument_bytes, void **value,
                          struct async_error *error) {
    if (!async_argument_size("argument_bytes", argument_bytes, error) ||
        !async_need_current_task("async_to_thread_copy()", error)) {
        return false;
    }
    void *copy = malloc(argument_bytes);
    if (!copy) {
        return async_fail_with(error, ASYNC_NO_MEMORY, "out of memory for an argument");
    }
    memcpy(copy, argument, argument_bytes);
    return wait_for_thread(function, copy, free, value, error);
}
