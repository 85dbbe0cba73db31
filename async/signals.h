/* Signals as callbacks of the loop, not of whatever they happen to interrupt. */
#ifndef SIMUL_ASYNC_SIGNALS_H
#define SIMUL_ASYNC_SIGNALS_H

#include "async/loop.h"

/* `loop.add_signal_handler()`: at each signal of that number the callback is called in
 * the loop, as by call_soon(); it replaces the one before. Several that come while the
 * loop is busy may be one call. ASYNC_INVALID_ARGUMENT: no signal has that number.
 * ASYNC_RUNTIME: SIGKILL or SIGSTOP; or the loop is closed. ASYNC_NO_MEMORY. */
bool async_add_signal_handler(struct async_loop *loop, int number,
                              async_callback *callback, void *argument,
                              struct async_error *error);

/* `loop.remove_signal_handler()`: the signal does again what it does by default. False:
 * there was none. Closing the loop removes all of its handlers. */
bool async_remove_signal_handler(struct async_loop *loop, int number);

/* From now on that signal (SIGUSR1, say) writes the loop's tasks and what each waits
 * for to `output`, as async_print_tasks() does. */
bool async_print_tasks_on_signal(struct async_loop *loop, int number, FILE *output,
                                 struct async_error *error);

#endif
