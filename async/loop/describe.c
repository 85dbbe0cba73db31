/* A task in words, as repr(task) prints it (what it is, and what it waits for), and the
 * names of awaitables. */
#include "async/loop/task_core.h"

#include <inttypes.h>
#include <string.h>

struct text {
    char *buffer;
    size_t bytes;
    size_t used;
};

static void add(struct text *text, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static void add(struct text *text, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(text->buffer + text->used, text->bytes - text->used, format,
                           arguments);
    va_end(arguments);
    text->used += length > 0 ? (size_t)length : 0;
    text->used = text->used < text->bytes ? text->used : text->bytes - 1;
}

static const char *state_of(const struct async_awaitable *awaitable) {
    switch ((enum async_state)awaitable->state) {
    case ASYNC_FINISHED:
        return "finished";
    case ASYNC_WAS_CANCELLED:
        return "cancelled";
    case ASYNC_PENDING:
        break;
    }
    return async_cancelling(awaitable) > 0 ? "cancelling" : "pending";
}

const char *async_get_name(struct async_awaitable *awaitable) {
    if (!awaitable) {
        return "";
    }
    struct async_task *task = async_task_of(awaitable);
    if (!awaitable->name && task) {
        char name[32];
        snprintf(name, sizeof name, "Task-%" PRIu64, task->number);
        awaitable->name = strdup(name);
    }
    if (awaitable->name) {
        return awaitable->name;
    }
    return awaitable->label ? awaitable->label : "";
}

/* A task may wait for a task that waits for another one: the innermost wait tells
 * most. */
static void add_awaitable(struct text *text, struct async_awaitable *awaitable,
                          int depth) {
    if (awaitable->kind == &async_coroutine_kind) {
        struct async_task *coroutine = (struct async_task *)awaitable;
        add(text, "<coroutine %s() at %s:%d>", coroutine->function_name,
            coroutine->file, coroutine->line);
        return;
    }
    add(text, "<%s %s", awaitable->kind->name, state_of(awaitable));
    const char *name = async_get_name(awaitable);
    if (*name) {
        add(text, " name='%s'", name);
    }
    struct async_task *task = async_task_of(awaitable);
    if (task) {
        add(text, " coro=<%s() at %s:%d>", task->function_name, task->file, task->line);
    }
    if (task && task->waiting_for && depth < 8) {
        add(text, " wait_for=");
        add_awaitable(text, task->waiting_for, depth + 1);
    }
    if (awaitable->failure) {
        add(text, " exception=%s('%s')", async_error_name(awaitable->failure->kind),
            awaitable->failure->message);
    }
    add(text, ">");
}

char *async_describe(struct async_awaitable *awaitable, char *buffer,
                     size_t buffer_bytes) {
    struct text text = {.buffer = buffer, .bytes = buffer_bytes};
    if (buffer_bytes == 0) {
        return buffer; /* no room even for the final NUL */
    }
    if (awaitable) {
        add_awaitable(&text, awaitable, 0);
    } else {
        add(&text, "<nothing>");
    }
    return buffer;
}

size_t async_all_tasks(struct async_loop *loop, struct async_awaitable *tasks[],
                       size_t capacity) {
    size_t count = 0;
    struct async_node *head = &loop->tasks;
    for (struct async_node *node = head->next; node != head; node = node->next) {
        if (count < capacity) {
            tasks[count] = &ASYNC_OF(node, struct async_task, member)->awaitable;
        }
        count++;
    }
    return count;
}

void async_print_tasks(struct async_loop *loop, FILE *output) {
    struct async_node *head = &loop->tasks;
    for (struct async_node *node = head->next; node != head; node = node->next) {
        char line[512];
        struct async_task *task = ASYNC_OF(node, struct async_task, member);
        fprintf(output, "%s\n", async_describe(&task->awaitable, line, sizeof line));
    }
}
