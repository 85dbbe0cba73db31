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

/* Begin and end the watch of the calling thread, which runs a loop. Meanwhile a SIGSEGV
 * at a guard page writes "stack overflow in task 'x'" to stderr before it ends the
 * process. If SIGSEGV has a handler already (a sanitizer's, the program's), it stays,
 * and there is no watch. */
void async_overflow_watch_begin(struct async_overflow_watch *watch);
void async_overflow_watch_end(struct async_overflow_watch *watch);

/* Writes the same message and calls abort(). */
_Noreturn void async_overflow_die(struct async_task *task);

#endif
