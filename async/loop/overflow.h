/* Names the task that has overflowed its stack, before the process dies at the guard
 * page. */
#ifndef SIMUL_ASYNC_LOOP_OVERFLOW_H
#define SIMUL_ASYNC_LOOP_OVERFLOW_H

struct async_task;

/* The state of the watch, until its end. */
struct async_overflow_watch {
    int is_on;
    void *memory; /* of the alternate stack */
};

/* While a loop runs, in its thread: a SIGSEGV at a guard page writes "stack overflow in
 * task 'x'" to stderr before it ends the process. If SIGSEGV has a handler already (a
 * sanitizer's, the program's), nothing is changed. */
void async_overflow_watch_begin(struct async_overflow_watch *watch);
void async_overflow_watch_end(struct async_overflow_watch *watch);

/* Writes the same message and calls abort(). */
_Noreturn void async_overflow_die(struct async_task *task);

#endif
