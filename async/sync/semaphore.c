/* A unit that is released goes to the first waiter at once. The waiter owns it from the
 * moment it is woken, so a task that comes later cannot take it. */
#include "async/semaphore.h"
#include "async/loop/argument.h"
#include "async/sync/line.h"

static bool init(struct async_semaphore *semaphore, size_t value, bool is_bounded,
                 struct async_error *error) {
    *semaphore = (struct async_semaphore){.is_bounded = is_bounded};
    if (!async_argument_size("Semaphore initial value", value, error)) {
        return false; /* it has no place */
    }
    semaphore->value = semaphore->bound = value;
    return true;
}

bool async_semaphore_init(struct async_semaphore *semaphore, size_t value,
                          struct async_error *error) {
    return init(semaphore, value, false, error);
}

bool async_bounded_semaphore_init(struct async_semaphore *semaphore, size_t value,
                                  struct async_error *error) {
    return init(semaphore, value, true, error);
}

bool async_semaphore_locked(const struct async_semaphore *semaphore) {
    return semaphore->value == 0 || async_line_is_taken(&semaphore->line);
}

/* Wakes waiters while units are free. A task that came before a woken one had run
 * stands in line, even if units are free. */
static void serve(struct async_semaphore *semaphore) {
    while (semaphore->value > 0 && async_line_wake(&semaphore->line)) {
        semaphore->value--;
    }
}

bool async_semaphore_acquire(struct async_semaphore *semaphore,
                             struct async_error *error) {
    if (!async_semaphore_locked(semaphore)) {
        semaphore->value--;
        return true;
    }
    bool is_woken;
    bool ok = async_line_wait(&semaphore->line, "semaphore", &is_woken, error);
    if (!ok && is_woken) {
        semaphore->value++; /* it owned a unit, and was cancelled before it ran */
    }
    serve(semaphore);
    return ok;
}

bool async_semaphore_release(struct async_semaphore *semaphore,
                             struct async_error *error) {
    if (semaphore->is_bounded && semaphore->value >= semaphore->bound) {
        return async_fail_with(error, ASYNC_INVALID_ARGUMENT,
                               "BoundedSemaphore released too many times");
    }
    semaphore->value++;
    if (async_line_wake(&semaphore->line)) {
        semaphore->value--;
    }
    return true;
}
