/* One list a loop, made with its first transport and ended with the loop. */
#include "async/net/open_transports.h"
#include "async/loop/circle.h"
#include "async/loop/part.h"

struct open_transports {
    struct async_part part; /* first */
    struct async_node transports;
};

/* A protocol that heard nothing would keep its memory for ever. */
static void lose_all(struct async_part *part) {
    struct async_node *head = &((struct open_transports *)part)->transports;
    while (!async_circle_is_empty(head)) {
        struct async_transport *transport =
            ASYNC_OF(head->next, struct async_transport, member);
        async_fail_with(&transport->failure, ASYNC_CLOSED,
                        "the event loop was closed under the connection");
        async_transport_lose(transport); /* takes it out */
    }
}

bool async_open_transports_add(struct async_transport *transport,
                               struct async_error *error) {
    struct open_transports *open = (struct open_transports *)async_part_get(
        transport->loop, sizeof *open, lose_all, error);
    if (!open) {
        return false;
    }
    if (!open->transports.next) {
        async_circle_open(&open->transports);
    }
    async_circle_append(&open->transports, &transport->member);
    return true;
}
