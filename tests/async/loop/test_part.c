/* async/loop/part.c: parts of a loop that are made at their first use. */
#include "async/loop/circle.h"
#include "async/loop/part.h"
#include "tests/async/support.h"

#include <string.h>

struct numbered {
    struct async_part part;
    int *ended;
    int order;
};

static void end_first(struct async_part *part) {
    struct numbered *numbered = (struct numbered *)part;
    numbered->order = ++*numbered->ended;
    cr_expect_eq(numbered->order, 2, "the part that was made last ends first");
    cr_expect_null(async_part_find(part->loop, end_first));
}

static void end_second(struct async_part *part) {
    struct numbered *numbered = (struct numbered *)part;
    cr_expect_eq(++*numbered->ended, 1);
}

Test(async_part, a_part_is_made_once_and_ends_with_its_loop) {
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
    SUCCEEDS(async_loop_close(loop, &error));
    cr_expect_eq(ended, 2);
    cr_expect_null(async_part_get(loop, sizeof *first, end_first, &error));
    cr_expect_eq(error.kind, ASYNC_RUNTIME);
    async_loop_free(loop);
}

/* -- Lists ------------------------------------------------------------------------- */

struct listed {
    struct async_node member;
    char name;
};

static char ended[8];

static void end_listed(struct async_node *member) {
    cr_expect_not(async_node_is_linked(member), "it is taken out of the list before");
    ended[strlen(ended)] = ASYNC_OF(member, struct listed, member)->name;
}

static void end_never(struct async_node *member) {
    cr_expect_fail("%p is no member of this list", (void *)member);
}

Test(async_part, a_list_ends_its_members_in_order) {
    struct async_error error;
    struct async_loop *loop = async_new_event_loop(&error);
    struct listed all[] = {{.name = 'a'}, {.name = 'b'}, {.name = 'c'}};
    cr_expect_null(async_part_list_find(NULL, end_listed));
    cr_expect_null(async_part_list_find(loop, end_listed));
    struct async_node *list = async_part_list(loop, end_listed, &error);
    struct async_node *other = async_part_list(loop, end_never, &error);
    cr_assert(list && other && list != other);
    for (int i = 0; i < 3; i++) {
        async_circle_append(list, &all[i].member);
    }
    async_node_remove(&all[1].member);
    cr_expect_eq(async_part_list(loop, end_listed, &error), list);
    cr_expect_eq(async_part_list_find(loop, end_never), other);
    SUCCEEDS(async_loop_close(loop, &error));
    cr_expect_str_eq(ended, "ac");
    cr_expect_null(async_part_list(loop, end_listed, &error));
    cr_expect_eq(error.kind, ASYNC_RUNTIME);
    async_loop_free(loop);
}
