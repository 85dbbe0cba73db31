/* Signals as callbacks of the loop, called between other callbacks. */
#ifndef SIMUL_ASYNC_SIGNALS_H
#define SIMUL_ASYNC_SIGNALS_H

#include "async/loop.h"

#ifdef __cplusplus
extern "C" {
#endif

/* `loop.add_signal_handler()`: the loop calls the callback for each signal of that
 * number, as async_call_soon() would; it replaces the callback before. Several signals
 * that arrive while the loop is busy may become one call. Fails with
 * ASYNC_INVALID_ARGUMENT if no signal has that number; with ASYNC_RUNTIME for SIGKILL
 * and SIGSTOP, or if the loop is closed; with ASYNC_NO_MEMORY. */
bool async_add_signal_handler(struct async_loop *loop, int number,
                              async_callback *callback, void *argument,
                              struct async_error *error);

/* `loop.remove_signal_handler()`: the signal has its default effect again. Returns
 * false if there was no handler. Closing the loop removes all its handlers. */
bool async_remove_signal_handler(struct async_loop *loop, int number);

/* From now on that signal (for example SIGUSR1) writes the loop's tasks to `output`, as
 * async_print_tasks() does. Fails as async_add_signal_handler() does. */
bool async_print_tasks_on_signal(struct async_loop *loop, int number, FILE *output,
                                 struct async_error *error);

#ifdef __cplusplus
}
#endif

#endif
