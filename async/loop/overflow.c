/* The message of a stack overflow. The signal handler runs on a stack of its own,
 * because the task has none left. */
#include "async/loop/overflow.h"

#include "async/loop/task_core.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { ALTERNATE_STACK_BYTES = 64 * 1024 };

/* In a signal handler only write() is safe, not stdio. */
static void say(const char *text) {
    if (write(STDERR_FILENO, text, strlen(text)) < 0) {
        return; /* there is no other way to tell it */
    }
}

static void say_number(uint64_t number) {
    char digits[24];
    size_t first = sizeof digits - 1;
    digits[first] = '\0';
    do {
        digits[--first] = (char)('0' + number % 10);
        number /= 10;
    } while (number > 0);
    say(digits + first);
}

static void say_overflow(const struct async_task *task) {
    say("async: stack overflow in task '");
    if (task->awaitable.name) {
        say(task->awaitable.name);
    } else {
        say("Task-");
        say_number(task->number);
    }
    say("' (");
    say(task->function_name);
    say("() at ");
    say(task->file);
    say(":");
    say_number((uint64_t)task->line);
    say("), which has ");
    say_number(task->fiber.stack->bytes / 1024);
    say(" KiB; see async_set_stack_bytes()\n");
}

void async_overflow_die(struct async_task *task) {
    say_overflow(task);
    abort();
}

static void on_segmentation_fault(int signal_number, siginfo_t *info, void *context) {
    (void)context;
    struct async_loop *loop = async_get_running_loop();
    struct async_task *task = loop ? loop->current : NULL;
    if (task && task->fiber.stack) {
        const struct async_stack *stack = task->fiber.stack;
        const char *address = info->si_addr;
        if (address < stack->bottom && address >= stack->bottom - stack->guard_bytes) {
            say_overflow(task);
        }
    }
    /* The code runs into the same fault again, which now ends the process as it would
     * have without this handler. */
    signal(signal_number, SIG_DFL);
}

void async_overflow_watch_begin(struct async_overflow_watch *watch) {
    *watch = (struct async_overflow_watch){.is_on = 0};
    struct sigaction before;
    stack_t stack_before;
    bool is_free = sigaction(SIGSEGV, NULL, &before) == 0 &&
                   (before.sa_handler == SIG_DFL || /* or another loop has set it */
                    before.sa_sigaction == on_segmentation_fault) &&
                   sigaltstack(NULL, &stack_before) == 0 &&
                   (stack_before.ss_flags & SS_DISABLE);
    if (!is_free) {
        return;
    }
    watch->memory = malloc(ALTERNATE_STACK_BYTES);
    if (!watch->memory) {
        return;
    }
    stack_t stack = {.ss_sp = watch->memory, .ss_size = ALTERNATE_STACK_BYTES};
    struct sigaction action = {.sa_sigaction = on_segmentation_fault,
                               .sa_flags = SA_SIGINFO | SA_ONSTACK};
    sigemptyset(&action.sa_mask);
    watch->is_on =
        sigaltstack(&stack, NULL) == 0 && sigaction(SIGSEGV, &action, NULL) == 0;
}

void async_overflow_watch_end(struct async_overflow_watch *watch) {
    if (watch->is_on) {
        struct sigaction now;
        if (sigaction(SIGSEGV, NULL, &now) == 0 &&
            now.sa_sigaction == on_segmentation_fault) {
            signal(SIGSEGV, SIG_DFL);
        }
        sigaltstack(&(stack_t){.ss_flags = SS_DISABLE}, NULL);
    }
    free(watch->memory);
    watch->memory = NULL;
}
