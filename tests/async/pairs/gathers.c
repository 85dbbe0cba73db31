/* Gathers: results in the given order, failures and cancellations. */
#include "tests/async/pairs/pair.h"

/* Sleeps so many milliseconds. Its result is its name. */
ACTOR(nap) {
    *value = (void *)self->name;
    bool ok = async_sleep(self->number * NS_PER_MS, error);
    trace("%s %s at %ld", self->name, ok ? "woke" : async_error_name(error->kind),
          (long)now_ms());
    return ok;
}

ACTOR(fail_later) {
    return nap_body(self, value, error) &&
           async_fail_with(error, ASYNC_INVALID_ARGUMENT, "%s", self->name);
}

static struct async_awaitable *start(const char *name, int64_t ms) {
    return async_create_task(AS(nap, name, NULL, ms));
}

/* Gathers, and traces the results or the failure. */
static bool trace_gather(struct async_awaitable *const awaitables[], size_t count,
                         bool return_exceptions, struct async_error *error) {
    struct async_outcome outcomes[8];
    bool ok = async_gather(awaitables, count, return_exceptions, outcomes, error);
    for (size_t i = 0; ok && i < count; i++) {
        enum async_error_kind failure = outcomes[i].error.kind;
        trace("- %s",
              failure ? async_error_name(failure) : (const char *)outcomes[i].value);
    }
    trace("gather %s at %ld", ok ? "done" : async_error_name(error->kind),
          (long)now_ms());
    return ok;
}

PAIR(gathers, results_have_the_given_order) {
    return trace_gather(
        ASYNC_LIST(AS(nap, "a", NULL, 3), AS(nap, "b", NULL, 1), AS(nap, "c", NULL, 2)),
        false, error);
}

PAIR(gathers, the_first_failure_is_passed_on_while_the_others_go_on) {
    trace_gather(ASYNC_LIST(AS(nap, "a", NULL, 5), AS(fail_later, "b", NULL, 2),
                            AS(nap, "c", NULL, 1)),
                 false, error);
    async_error_clear(error);
    return async_sleep(5 * NS_PER_MS, error);
}

PAIR(gathers, a_second_failure_is_not_reported) {
    trace_gather(ASYNC_LIST(AS(fail_later, "a", NULL, 2), AS(fail_later, "b", NULL, 3)),
                 false, error);
    async_error_clear(error);
    return async_sleep(5 * NS_PER_MS, error);
}

PAIR(gathers, failures_may_be_results) {
    return trace_gather(ASYNC_LIST(AS(nap, "a", NULL, 3), AS(fail_later, "b", NULL, 1),
                                   AS(fail_later, "c", NULL, 2)),
                        true, error);
}

PAIR(gathers, an_awaitable_may_be_given_twice) {
    struct async_awaitable *a = start("a", 2);
    bool ok = trace_gather(ASYNC_LIST(a, AS(nap, "b", NULL, 1), a), false, error);
    async_release(a);
    return ok;
}

PAIR(gathers, a_gather_of_none_is_done) {
    struct async_awaitable *gathered = async_gather_future(NULL, 0, false);
    trace("done %d", async_done(gathered));
    settle("gather", gathered);
    return true;
}

PAIR(gathers, a_gather_of_done_futures_takes_two_turns) {
    struct async_awaitable *a = start("a", 0);
    bool ok = turns(3, error);
    struct async_awaitable *gathered = async_gather_future(ASYNC_LIST(a, a), false);
    for (int i = 0; ok && i < 3; i++) {
        trace("turn %d: done %d", i, async_done(gathered));
        ok = turns(1, error);
    }
    settle("gather", gathered);
    async_release(a);
    return ok;
}

PAIR(gathers, a_cancelled_child_is_a_failure) {
    struct async_awaitable *a = start("a", 5);
    struct async_awaitable *b = start("b", 3);
    bool ok = turns(1, error);
    async_cancel(a);
    trace_gather(ASYNC_LIST(a, b), false, error);
    async_error_clear(error);
    settle("b", b);
    async_release(a);
    return ok;
}

PAIR(gathers, a_cancelled_child_may_be_a_result) {
    struct async_awaitable *a = start("a", 5);
    bool ok = turns(1, error);
    async_cancel(a);
    ok = ok && trace_gather(ASYNC_LIST(a, AS(nap, "b", NULL, 3)), true, error);
    async_release(a);
    return ok;
}

PAIR(gathers, cancelling_it_cancels_the_children) {
    struct async_awaitable *gathered = async_gather_future(
        ASYNC_LIST(AS(nap, "a", NULL, 5), AS(nap, "b", NULL, 5)), false);
    bool ok = async_sleep(2 * NS_PER_MS, error);
    trace("cancel %d, done %d", async_cancel(gathered), async_done(gathered));
    ok = ok && turns(1, error);
    trace("a turn later: done %d", async_done(gathered));
    settle("gather", gathered);
    return ok;
}

PAIR(gathers, a_cancelled_gather_has_no_results_even_with_return_exceptions) {
    struct async_awaitable *gathered = async_gather_future(
        ASYNC_LIST(AS(nap, "a", NULL, 5), AS(nap, "b", NULL, 1)), true);
    bool ok = async_sleep(2 * NS_PER_MS, error);
    async_cancel(gathered);
    settle("gather", gathered);
    return ok;
}

ACTOR(swallow) {
    if (!nap_body(self, value, error)) {
        async_error_clear(error);
    }
    return true;
}

PAIR(gathers, it_is_cancelled_even_if_a_child_swallows_it) {
    struct async_awaitable *gathered =
        async_gather_future(ASYNC_LIST(AS(swallow, "a", NULL, 5)), false);
    bool ok = async_sleep(2 * NS_PER_MS, error);
    async_cancel(gathered);
    settle("gather", gathered);
    return ok;
}

PAIR(gathers, a_failed_gather_cannot_be_cancelled) {
    struct async_awaitable *gathered = async_gather_future(
        ASYNC_LIST(AS(nap, "a", NULL, 5), AS(fail_later, "b", NULL, 1)), false);
    bool ok = async_sleep(2 * NS_PER_MS, error);
    trace("cancel %d", async_cancel(gathered));
    settle("gather", gathered);
    return ok && async_sleep(5 * NS_PER_MS, error);
}

PAIR(gathers, gathers_nest) {
    struct async_awaitable *inner = async_gather_future(
        ASYNC_LIST(AS(nap, "a", NULL, 4), AS(nap, "b", NULL, 5)), false);
    struct async_awaitable *outer =
        async_gather_future(ASYNC_LIST(inner, AS(nap, "c", NULL, 3)), false);
    bool ok = async_sleep(NS_PER_MS, error);
    async_cancel(outer);
    settle("outer", outer);
    settle("inner", inner);
    return ok;
}

PAIR(gathers, a_failure_passes_through_two_gathers) {
    struct async_awaitable *inner = async_gather_future(
        ASYNC_LIST(AS(fail_later, "a", NULL, 1), AS(nap, "b", NULL, 3)), false);
    trace_gather(ASYNC_LIST(inner, AS(nap, "c", NULL, 2)), false, error);
    async_error_clear(error);
    async_release(inner);
    return async_sleep(5 * NS_PER_MS, error);
}

PAIR(gathers, of_two_failures_in_one_turn_the_first_counts) {
    struct async_awaitable *a = async_create_future(NULL);
    struct async_awaitable *b = async_create_future(NULL);
    struct async_awaitable *gathered = async_gather_future(ASYNC_LIST(a, b), false);
    bool ok =
        async_set_exception(b, &(struct async_error){.kind = ASYNC_RUNTIME}, error) &&
        async_set_exception(a, &(struct async_error){.kind = ASYNC_INVALID_ARGUMENT},
                            error);
    settle("gather", gathered);
    async_release(a);
    async_release(b);
    return ok;
}
