/* The clock, the lines and the spans of a lesson. The executor's threads call these
 * functions too, so a mutex guards the lines and the spans. */
#include "lessons/runtime/stage.h"
#include "base/clock.h"
#include "lessons/lesson.h"

#include <pthread.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

enum { TASKS_MOST = 32, LINE_BYTES = 512, LINE_INDENT = 12 };

static struct {
    struct page page;
    struct spans spans;
    struct span open[SPANS_MOST]; /* begun; end_s < 0: not ended */
    size_t open_count;
    bool has_tasks; /* another task than the first has a span */
    double speed;
    int64_t start_ns;
    struct async_awaitable *tasks[TASKS_MOST]; /* of lesson_start() */
    size_t task_count;
    pthread_mutex_t mutex;
} stage = {.mutex = PTHREAD_MUTEX_INITIALIZER, .speed = 1};

void stage_open(double speed) {
    page_open(&stage.page);
    stage.speed = speed;
}

void stage_start(void) {
    stage.start_ns = clock_now_ns();
}

const struct spans *stage_close(void) {
    while (stage.task_count > 0) {
        async_release(stage.tasks[--stage.task_count]);
    }
    stage.spans.total_s = stage_seconds(clock_now_ns());
    for (size_t i = 0; i < stage.open_count; i++) {
        if (stage.open[i].end_s >= 0) {
            spans_add(&stage.spans, &stage.open[i]);
        }
    }
    if (stage.has_tasks && !spans_has_row(&stage.spans, SPAN_MAIN)) {
        const struct span main_task = {
            .row = SPAN_MAIN, .kind = SPAN_AWAITS, .end_s = stage.spans.total_s};
        spans_add(&stage.spans, &main_task);
    }
    return &stage.spans;
}

const struct page *stage_page(void) {
    return &stage.page;
}

double stage_seconds(int64_t at_ns) {
    return (double)(at_ns - stage.start_ns) / 1e9 * stage.speed;
}

double stage_speed(void) {
    return stage.speed;
}

int64_t lesson_ns(double seconds) {
    return (int64_t)(seconds * 1e9 / stage.speed);
}

static const char *find_row(void) {
    struct async_awaitable *task = async_current_task();
    const char *name = task ? async_get_name(task) : NULL;
    return name                       ? strcmp(name, "Task-1") ? name : SPAN_MAIN
           : async_get_running_loop() ? "loop"
                                      : "thread";
}

/* The time is taken at the call, before the wait for the mutex. */
void lesson_say(const char *format, ...) {
    double now_s = stage_seconds(clock_now_ns());
    const char *row = find_row();
    char text[LINE_BYTES];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    pthread_mutex_lock(&stage.mutex);
    fprintf(stage.page.out, "%s%8.2f s%s  ", page_ink(&stage.page, PAGE_FAINT), now_s,
            page_ink(&stage.page, PAGE_PLAIN));
    page_write(&stage.page, LINE_INDENT, text);
    putc('\n', stage.page.out);
    fflush(stage.page.out);
    spans_say(&stage.spans, row, text, now_s);
    pthread_mutex_unlock(&stage.mutex);
}

size_t stage_begin(const char *row, const char *what, enum span_kind kind,
                   double begin_s) {
    struct span span = {.kind = kind, .begin_s = begin_s, .end_s = -1};
    const char *own = row ? row : find_row();
    snprintf(span.row, sizeof span.row, "%s", own);
    snprintf(span.what, sizeof span.what, "%s", what ? what : "");
    pthread_mutex_lock(&stage.mutex);
    stage.has_tasks = stage.has_tasks || (!row && strcmp(own, SPAN_MAIN) != 0);
    size_t index = stage.open_count;
    if (index < SPANS_MOST) {
        stage.open[stage.open_count++] = span;
    }
    pthread_mutex_unlock(&stage.mutex);
    return index;
}

struct span *stage_end(size_t index, double end_s) {
    pthread_mutex_lock(&stage.mutex);
    struct span *span = index < SPANS_MOST ? &stage.open[index] : NULL;
    if (span) {
        span->end_s = end_s;
    }
    pthread_mutex_unlock(&stage.mutex);
    return span;
}

struct async_awaitable *lesson_start(async_function *function, void *argument,
                                     const char *name) {
    struct async_awaitable *task =
        async_create_task(async_coroutine(function, argument));
    if (task && stage.task_count < TASKS_MOST) {
        async_set_name(task, name);
        stage.tasks[stage.task_count++] = task;
    }
    return task;
}

static void report(struct async_loop *loop, const struct async_report *report,
                   void *context) {
    (void)loop, (void)context;
    if (report->kind == ASYNC_REPORT_SLOW && report->awaitable) {
        lesson_say("debug: %s held the loop for %.2f s",
                   async_get_name(report->awaitable),
                   (double)report->duration_ns / 1e9 * stage.speed);
    } else {
        lesson_say("debug: %s", report->message);
    }
}

void lesson_debug(void) {
    struct async_loop *loop = async_get_running_loop();
    async_set_debug(loop, true);
    async_set_slow_callback_ns(loop, lesson_ns(0.1));
    async_set_exception_handler(loop, report, NULL);
}
