/* Contexts by Boost.Context's assembly: about ten nanoseconds a jump and back. Its C
 * names are not in a public header, and from 1.87 on only in the static archive. */
#include "async/stack/context.h"

typedef struct {
    void *place; /* of who jumped */
    void *data;
} transfer_t;

transfer_t jump_fcontext(void *to, void *data);
void *make_fcontext(void *top, size_t bytes, void (*entry)(transfer_t transfer));

const char async_context_name[] = "fcontext";

static void enter(transfer_t transfer) {
    struct async_context *context = transfer.data;
    context->from->place = transfer.place;
    context->entry(context->argument);
}

void async_context_make(struct async_context *context, void *bottom, size_t bytes,
                        void (*entry)(void *argument), void *argument) {
    context->entry = entry;
    context->argument = argument;
    context->place = make_fcontext((char *)bottom + bytes, bytes, enter);
}

void async_context_jump(struct async_context *from, struct async_context *to) {
    to->from = from;
    transfer_t back = jump_fcontext(to->place, to);
    /* Somebody jumped here: `from` is their `to`, and they stand at back.place. */
    from->from->place = back.place;
}
