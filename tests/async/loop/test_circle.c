/* async/loop/circle.h: a doubly linked circle of nodes. */
#include "async/loop/circle.h"

#include <criterion/criterion.h>

static struct async_node head;
static struct async_node nodes[4];

static void fill(void) {
    async_circle_open(&head);
    for (int i = 0; i < 4; i++) {
        nodes[i] = (struct async_node){.next = NULL};
        async_circle_append(&head, &nodes[i]);
    }
}

TestSuite(async_circle, .init = fill);

Test(async_circle, the_first_node_leaves_first) {
    for (int i = 0; i < 4; i++) {
        cr_expect_eq(async_circle_pop(&head), &nodes[i]);
        cr_expect_not(async_node_is_linked(&nodes[i]));
    }
    cr_expect_null(async_circle_pop(&head));
    cr_expect(async_circle_is_empty(&head));
}

Test(async_circle, a_node_may_leave_from_the_middle_and_twice) {
    async_circle_remove(&nodes[1]);
    async_circle_remove(&nodes[1]);
    cr_expect_eq(async_circle_pop(&head), &nodes[0]);
    cr_expect_eq(async_circle_pop(&head), &nodes[2]);
}

Test(async_circle, a_line_moves_to_the_end_of_another) {
    struct async_node other;
    struct async_node first = {.next = NULL};
    async_circle_open(&other);
    async_circle_append(&other, &first);
    async_circle_move(&other, &head);
    cr_expect(async_circle_is_empty(&head));
    cr_expect_eq(async_circle_pop(&other), &first);
    for (int i = 0; i < 4; i++) {
        cr_expect_eq(async_circle_pop(&other), &nodes[i]);
    }
    async_circle_move(&other, &head);
    cr_expect(async_circle_is_empty(&other));
}
