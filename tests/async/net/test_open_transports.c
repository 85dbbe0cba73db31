/* async/net/open_transports.c: what is told when a loop is closed. */
#include "async/net/open_transports.h"
#include "tests/async/trace.h"

struct many {
    struct trace traces[3];
    int peers[3];
};

static bool open_many(void *argument, void **value, struct async_error *error) {
    struct many *many = argument;
    (void)value;
    for (int i = 0; i < 3; i++) {
        int pair[2];
        OPEN_PAIR(pair);
        many->peers[i] = pair[1];
        GOES_WELL(async_connect_socket(pair[0], &trace_protocol, &many->traces[i], NULL,
                                       error));
    }
    async_transport_abort(many->traces[1].transport); /* its end is due already */
    return true;
}

Test(async_open_transports, all_that_are_open_hear_of_the_loops_end_once) {
    struct many many = {.peers = {0}};
    struct async_error error;
    open_what_stays();
    int before = count_descriptors();
    struct async_loop *loop = async_new_event_loop(&error);
    alarm(20);
    cr_assert(async_run_until_complete(loop, async_coroutine(open_many, &many), NULL,
                                       &error));
    struct async_transport *kept = async_transport_retain(many.traces[0].transport);
    cr_assert(async_loop_close(loop, &error), "%s", error.message);
    cr_expect_str_eq(many.traces[0].text, "made lost(GeneratorExit)");
    cr_expect_str_eq(many.traces[2].text, "made lost(GeneratorExit)");
    cr_expect(!strncmp(many.traces[1].text, "made lost(", 10));
    for (int i = 0; i < 3; i++) {
        close(many.peers[i]);
    }
    cr_expect_eq(count_descriptors(), before);
    async_transport_close(kept); /* what is retained may still be asked */
    cr_expect(async_transport_is_closing(kept));
    async_transport_release(kept);
    async_loop_free(loop);
}
