/* What AddressSanitizer, ThreadSanitizer and valgrind have to be told of stacks that
 * are not the thread's own. Empty functions where none of them is there. */
#ifndef SIMUL_MODELS_ASYNC_SANITIZER_H
#define SIMUL_MODELS_ASYNC_SANITIZER_H

#include "models/async/fiber.h"
#include "models/async/stack.h"

/* A stack is used for the first time; for the next task; never again. */
void async_sanitizer_know_stack(struct async_stack *stack);
void async_sanitizer_clean_stack(struct async_stack *stack);
void async_sanitizer_forget_stack(struct async_stack *stack);

/* Around a jump: before it, on the old stack (is_last: which never goes on), and after
 * it, on the new. */
void async_sanitizer_leave(struct async_fiber *from, struct async_fiber *to,
                           bool is_last);
void async_sanitizer_arrive(struct async_fiber *at, struct async_fiber *from);

#endif
