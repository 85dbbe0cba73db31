/* Which loop belongs to this thread: the one that runs, and the one that was set. The
 * only state of the library that is not in a loop, and a thread's own. */
#include "async/loop/check.h"
#include "async/loop/event_loop.h"

static _Thread_local struct async_loop *running_loop;
static _Thread_local struct async_loop *set_loop;

/* A loop that async_get_event_loop() made ends with its thread. */
static pthread_key_t own_loop;
static pthread_once_t own_loop_once = PTHREAD_ONCE_INIT;

static pthread_once_t forks_once = PTHREAD_ONCE_INIT;

static void begin_child(void) {
    running_loop = set_loop = NULL;
}

static void watch_forks(void) {
    pthread_atfork(NULL, NULL, begin_child);
}

void async_watch_forks(void) {
    pthread_once(&forks_once, watch_forks);
}

static void free_own_loop(void *loop) {
    async_loop_free(loop);
}

static void make_own_loop_key(void) {
    pthread_key_create(&own_loop, free_own_loop);
}

struct async_loop *async_get_running_loop(void) {
    return running_loop;
}

struct async_loop *async_set_running_loop(struct async_loop *loop) {
    struct async_loop *before = running_loop;
    running_loop = loop;
    return before;
}

void async_set_event_loop(struct async_loop *loop) {
    set_loop = loop;
}

struct async_loop *async_get_event_loop(struct async_error *error) {
    if (running_loop || set_loop) {
        return running_loop ? running_loop : set_loop;
    }
    struct async_loop *loop = async_new_event_loop(error);
    if (loop) {
        pthread_once(&own_loop_once, make_own_loop_key);
        async_loop_free(
            pthread_getspecific(own_loop)); /* one that was unset meanwhile */
        pthread_setspecific(own_loop, loop);
        set_loop = loop;
    }
    return loop;
}

void async_forget_event_loop(const struct async_loop *loop) {
    if (set_loop == loop) {
        set_loop = NULL;
    }
    pthread_once(&own_loop_once, make_own_loop_key);
    if (pthread_getspecific(own_loop) == loop) {
        pthread_setspecific(own_loop, NULL);
    }
}

struct async_loop *async_need_running_loop(struct async_error *error) {
    if (!running_loop) {
        async_loop_check_open(NULL, error);
    }
    return running_loop;
}
