/* The functions of a lesson that its timeline shows: they await, or hold their
 * thread. */
#include "base/clock.h"
#include "base/thousands.h"
#include "lessons/lesson.h"
#include "lessons/runtime/stage.h"

size_t lesson_begin(const char *row, const char *what) {
    return stage_begin(row, what, SPAN_HOLDS, stage_seconds(clock_now_ns()));
}

void lesson_end(size_t span) {
    stage_end(span, stage_seconds(clock_now_ns()));
}

static bool pass(const char *row, double seconds, const char *what, enum span_kind kind,
                 struct async_error *error) {
    double begin_s = stage_seconds(clock_now_ns());
    size_t span = stage_begin(row, what, kind, begin_s);
    bool ok = async_sleep(lesson_ns(seconds), error);
    double end_s = stage_seconds(clock_now_ns());
    double due_s = begin_s + seconds;
    /* Up to 0.1 s of the lesson plus 5 ms of real time is the machine's own
     * lateness. */
    bool is_late = ok && end_s > due_s + 0.1 + 0.005 * stage_speed();
    stage_end(span, is_late ? due_s : end_s);
    if (is_late) {
        stage_end(stage_begin(row, NULL, SPAN_FROZEN, due_s), end_s);
    }
    return ok;
}

bool lesson_sleep_in(const char *row, double seconds, const char *what,
                     struct async_error *error) {
    return pass(row, seconds, what, SPAN_AWAITS, error);
}

bool lesson_act_in(const char *row, double seconds, const char *what,
                   struct async_error *error) {
    return pass(row, seconds, what, SPAN_ACTS, error);
}

bool lesson_act(double seconds, const char *what, struct async_error *error) {
    return lesson_act_in(NULL, seconds, what, error);
}

bool lesson_sleep(double seconds, const char *what, struct async_error *error) {
    return lesson_sleep_in(NULL, seconds, what, error);
}

bool lesson_await(struct async_awaitable *awaitable, void **value, const char *what,
                  struct async_error *error) {
    if (!awaitable || !async_get_loop(awaitable)) {
        return async_await(awaitable, value, error); /* runs here, with own spans */
    }
    size_t span = stage_begin(NULL, what, SPAN_AWAITS, stage_seconds(clock_now_ns()));
    bool ok = async_await(awaitable, value, error);
    stage_end(span, stage_seconds(clock_now_ns()));
    return ok;
}

void lesson_block(double seconds, const char *what) {
    size_t span = lesson_begin(NULL, what);
    clock_sleep_until_ns(clock_now_ns() + lesson_ns(seconds));
    lesson_end(span);
}

void lesson_compute(double seconds, const char *what) {
    size_t span = lesson_begin(NULL, what);
    int64_t until_ns = clock_now_ns() + lesson_ns(seconds);
    while (clock_now_ns() < until_ns) {
    }
    lesson_end(span);
}

long lesson_count(size_t index, long wanted, long counted) {
    char wanted_text[32];
    char lost_text[32] = "none";
    struct span *span = stage_end(index, stage_seconds(clock_now_ns()));
    snprintf(wanted_text, sizeof wanted_text, "%ld", wanted);
    thousands_group(wanted_text);
    if (counted != wanted) {
        snprintf(lost_text, sizeof lost_text, "%ld", wanted - counted);
        thousands_group(lost_text);
    }
    if (span) {
        snprintf(span->what, sizeof span->what, "%s lost", lost_text);
        lesson_say("%-26s %10s of %s lost, in %.0f ms", span->row, lost_text,
                   wanted_text, (span->end_s - span->begin_s) / stage_speed() * 1e3);
    }
    return wanted - counted;
}
