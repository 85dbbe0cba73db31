/* Makes a uv_poll_t look like asyncio's selector. */
#include "async/net/watcher.h"
#include "async/loop/core.h"

#include <stddef.h>
#include <stdlib.h>
#include <uv.h>

/* One direction: its callback, and its node in the loop's ready line. */
struct watched_way {
    struct async_node node;
    struct async_watcher *watcher;
    async_callback *callback; /* NULL: none */
};

struct async_watcher {
    uv_poll_t poll; /* first: libuv's handle is cast to the watcher */
    struct async_loop *loop;
    void *context;
    struct watched_way reading;
    struct watched_way writing;
};

static void run_way(struct async_node *node) {
    struct watched_way *way = (struct watched_way *)node;
    way->callback(way->watcher->context);
}

static void call_way(struct watched_way *way) {
    if (way->callback && !way->node.next) {
        async_loop_enqueue(way->watcher->loop, &way->node);
    }
}

static void on_poll(uv_poll_t *poll, int status, int events);

static void update(struct async_watcher *watcher) {
    int events = (watcher->reading.callback ? UV_READABLE : 0) |
                 (watcher->writing.callback ? UV_WRITABLE : 0);
    if (events) {
        uv_poll_start(&watcher->poll, events, on_poll);
    } else {
        uv_poll_stop(&watcher->poll);
    }
}

/* A broken descriptor, which libuv has stopped watching, is ready for everything: the
 * next read or write fails with the cause. */
static void on_poll(uv_poll_t *poll, int status, int events) {
    struct async_watcher *watcher = (struct async_watcher *)poll;
    if (status < 0 || (events & UV_READABLE)) {
        call_way(&watcher->reading);
    }
    if (status < 0 || (events & UV_WRITABLE)) {
        call_way(&watcher->writing);
    }
    if (status < 0) {
        update(watcher);
    }
}

struct async_watcher *async_watcher_open(struct async_loop *loop, int fd, void *context,
                                         struct async_error *error) {
    struct async_watcher *watcher = calloc(1, sizeof *watcher);
    if (!watcher) {
        async_fail_with(error, ASYNC_NO_MEMORY, "out of memory to watch a descriptor");
        return NULL;
    }
    int code = uv_poll_init(async_loop_uv(loop), &watcher->poll, fd);
    if (code != 0) {
        async_fail_system(error, -code, "watching a descriptor");
        free(watcher);
        return NULL;
    }
    watcher->loop = loop;
    watcher->context = context;
    watcher->reading.watcher = watcher->writing.watcher = watcher;
    watcher->reading.node.run = watcher->writing.node.run = run_way;
    return watcher;
}

static void set_way(struct watched_way *way, async_callback *callback) {
    if (!callback && way->node.next) {
        async_node_remove(&way->node);
    }
    way->callback = callback;
    update(way->watcher);
}

void async_watcher_read(struct async_watcher *watcher, async_callback *callback) {
    set_way(&watcher->reading, callback);
}

void async_watcher_write(struct async_watcher *watcher, async_callback *callback) {
    set_way(&watcher->writing, callback);
}

static void free_watcher(uv_handle_t *handle) {
    free(handle);
}

void async_watcher_close(struct async_watcher *watcher) {
    if (!watcher) {
        return;
    }
    async_watcher_read(watcher, NULL);
    async_watcher_write(watcher, NULL);
    uv_close((uv_handle_t *)&watcher->poll, free_watcher);
}
