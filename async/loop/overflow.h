/* A stack overflow dies at its guard page, and says whose it was. */
#ifndef SIMUL_ASYNC_LOOP_OVERFLOW_H
#define SIMUL_ASYNC_LOOP_OVERFLOW_H

struct async_task;

/* What was there before, to be put back. */
struct async_overflow_watch {
    int is_on;
    void *memory; /* of the alternate stack */
};

/* While a loop runs, in its thread: a SIGSEGV at a guard page writes "stack overflow in
 * task 'x'" to stderr before the process dies of it. Where somebody handles SIGSEGV
 * already (a sanitizer, the program), nothing is changed. */
void async_overflow_watch_begin(struct async_overflow_watch *watch);
void async_overflow_watch_end(struct async_overflow_watch *watch);

/* The same sentence, and abort(). */
_Noreturn void async_overflow_die(struct async_task *task);

#endif
