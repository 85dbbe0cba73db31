/* Who owns a loop, and when it is freed: which loop async_get_event_loop() returns in a
 * thread, and which loops the thread owns, because they were made there. A loop may be
 * freed in another thread, so all threads stand in one circle, behind a mutex. */
#include "async/loop/event_loop.h"
#include "async/loop/circle.h"

/* Of one thread. All zero: it never asked for a loop, nor set one. */
struct default_loop {
    struct async_node member; /* of `threads` */
    struct async_loop *set;   /* borrowed; NULL: none */
    struct async_node made;   /* head of the circle of loops that the thread owns */
};

static _Thread_local struct default_loop mine;

/* Guards the circles, and `set`. */
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static struct async_node threads = {.next = &threads, .previous = &threads};
static pthread_once_t once = PTHREAD_ONCE_INIT;
static pthread_key_t at_end; /* its value is the thread's default_loop */

/* -- The end of a loop -------------------------------------------------------------- */

/* No thread owns the loop any more, and none has it as its default. */
static void forget(struct async_loop *loop) {
    pthread_mutex_lock(&mutex);
    async_circle_remove(&loop->made);
    for (struct async_node *node = threads.next; node != &threads; node = node->next) {
        struct default_loop *thread = ASYNC_OF(node, struct default_loop, member);
        if (thread->set == loop) {
            thread->set = NULL;
        }
    }
    pthread_mutex_unlock(&mutex);
}

void async_loop_free(struct async_loop *loop) {
    if (!loop || !async_loop_close(loop, NULL)) {
        /* A handle of the user still points into the loop, or the loop is the parent
         * process's: a leak is better than a dangling pointer. */
        return;
    }
    forget(loop);
    async_loop_release(loop);
}

/* -- Threads and processes that end and begin --------------------------------------- */

/* Takes the loop that was made first from its thread. NULL: the thread owns none. */
static struct async_loop *take_made(struct default_loop *thread) {
    pthread_mutex_lock(&mutex);
    struct async_node *node = async_circle_pop(&thread->made);
    pthread_mutex_unlock(&mutex);
    return node ? ASYNC_OF(node, struct async_loop, made) : NULL;
}

static void end_thread(void *argument) {
    struct default_loop *thread = argument;
    struct async_loop *loop;
    while ((loop = take_made(thread))) {
        async_loop_free(loop);
    }
    pthread_mutex_lock(&mutex);
    async_circle_remove(&thread->member);
    thread->set = NULL;
    pthread_mutex_unlock(&mutex);
}

static void begin_fork(void) {
    pthread_mutex_lock(&mutex);
}

static void go_on_in_parent(void) {
    pthread_mutex_unlock(&mutex);
}

/* As in asyncio, the child begins without a default: its parent's loops are not its
 * own. */
static void begin_child(void) {
    async_circle_open(&threads);
    mine = (struct default_loop){.set = NULL};
    pthread_mutex_unlock(&mutex);
}

static void prepare(void) {
    pthread_key_create(&at_end, end_thread);
    pthread_atfork(begin_fork, go_on_in_parent, begin_child);
}

/* -- The default ------------------------------------------------------------------- */

/* Sets the default. `is_own` says that this thread has just made the loop. */
static void set_default(struct async_loop *loop, bool is_own) {
    pthread_once(&once, prepare);
    pthread_mutex_lock(&mutex);
    if (!async_node_is_linked(&mine.member)) {
        async_circle_append(&threads, &mine.member);
        async_circle_open(&mine.made);
        pthread_setspecific(at_end, &mine);
    }
    mine.set = loop;
    if (is_own) {
        async_circle_append(&mine.made, &loop->made);
    }
    pthread_mutex_unlock(&mutex);
}

void async_set_event_loop(struct async_loop *loop) {
    set_default(loop, false);
}

struct async_loop *async_get_event_loop(struct async_error *error) {
    struct async_loop *loop = async_get_running_loop();
    if (loop) {
        return loop;
    }
    pthread_mutex_lock(&mutex);
    loop = mine.set;
    pthread_mutex_unlock(&mutex);
    if (loop) {
        return loop;
    }
    loop = async_new_event_loop(error);
    if (loop) {
        set_default(loop, true);
    }
    return loop;
}
