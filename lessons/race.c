/* Four adders, one counter. To add means to read, and then to write. */
#include "lessons/lesson.h"
#include <pthread.h>
#include <stdatomic.h>
enum { ADDERS = 4, TIMES = 4000000 };
static atomic_long counter;
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static void add(void) { /* reads and writes as counter++ does, but is defined in C */
    long seen = atomic_load_explicit(&counter, memory_order_relaxed);
    atomic_store_explicit(&counter, seen + 1, memory_order_relaxed);
}
static void add_locked(void) {
    pthread_mutex_lock(&mutex), add(), pthread_mutex_unlock(&mutex);
}
static void add_atomically(void) {
    atomic_fetch_add(&counter, 1);
}
static void add_awaiting(void) {
    long seen = atomic_load(&counter);
    async_sleep(0, NULL); /* the others run meanwhile */
    atomic_store(&counter, seen + 1);
}
static bool adder(void *how, void **value, struct async_error *error) {
    for (int i = 0; i < TIMES; i++) {
        (*(void (**)(void))how)();
    }
    return (void)value, (void)error, true;
}
static long race(const char *who, bool in_threads, void (*how)(void)) {
    struct async_loop *loop = async_get_running_loop();
    struct async_awaitable *adders[ADDERS];
    size_t span = lesson_begin(who, "");
    for (int i = 0; i < ADDERS; i++) {
        adders[i] = in_threads ? async_run_in_executor(loop, NULL, adder, &how)
                               : async_create_task(async_coroutine(adder, &how));
    }
    async_wait(adders, ADDERS, ASYNC_FOREVER, ASYNC_ALL_COMPLETED, NULL, NULL);
    for (int i = 0; i < ADDERS; i++) {
        async_release(adders[i]);
    }
    return lesson_count(span, ADDERS * TIMES, atomic_exchange(&counter, 0));
}
static bool program(void *argument, void **value, struct async_error *error) {
    for (int tries = 0; tries < 5 && race("threads", true, add) == 0; tries++) {
        lesson_say("none lost this time: such an error does not always show");
    }
    race("threads, mutex", true, add_locked);
    race("threads, atomic", true, add_atomically);
    race("coroutines", false, add);
    race("coroutines, await between", false, add_awaiting);
    return (void)argument, (void)value, (void)error, true;
}
const struct lesson lesson = {
    .place = 80,
    .shows = "which ways to count lose updates, and what each costs",
    .only_computes = true,
    .remember = "Threads come between any two steps, coroutines only at an await.",
    .program = program,
};
