/* Contexts by Boost.Context's assembly: a jump and back takes about ten nanoseconds. No
 * public header declares its C names, and from version 1.87 on only the static archive
 * has them. */
#include "async/stack/context.h"

typedef struct {
    void *place; /* where the context that jumped goes on */
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
    /* Another context has jumped back here. It is from->from, and it goes on at
     * back.place. */
    from->from->place = back.place;
}
