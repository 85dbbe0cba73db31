/* async/loop/part.c: what a loop has only where it is used. */
#include "async/loop/part.h"
#include "tests/async/loopback.h"

struct numbered {
    struct async_part part;
    int *ended;
    int order;
};

static void end_first(struct async_part *part) {
    struct numbered *numbered = (struct numbered *)part;
    numbered->order = ++*numbered->ended;
    cr_expect_eq(numbered->order, 2, "the last made ends first");
    cr_expect_null(async_part_find(part->loop, end_first));
}

static void end_second(struct async_part *part) {
    struct numbered *numbered = (struct numbered *)part;
    cr_expect_eq(++*numbered->ended, 1);
}

Test(async_part, is_made_once_and_ended_with_its_loop) {
    struct async_error error;
    struct async_loop *loop = async_new_event_loop(&error);
    int ended = 0;
    cr_expect_null(async_part_find(loop, end_first));
    struct numbered *first =
        (struct numbered *)async_part_get(loop, sizeof *first, end_first, &error);
    struct numbered *second =
        (struct numbered *)async_part_get(loop, sizeof *second, end_second, &error);
    cr_assert(first && second && first != second);
    first->ended = second->ended = &ended;
    cr_expect_eq(async_part_get(loop, sizeof *first, end_first, &error), &first->part);
    cr_expect_eq(async_part_find(loop, end_second), &second->part);
    cr_assert(async_loop_close(loop, &error));
    cr_expect_eq(ended, 2);
    cr_expect_null(async_part_get(loop, sizeof *first, end_first, &error));
    cr_expect_eq(error.kind, ASYNC_RUNTIME);
    async_loop_free(loop);
}
