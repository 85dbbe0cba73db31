/* What nobody is there to be told of goes to the loop's exception handler. */
#include "async/loop/event_loop.h"

/* The one place that prints: like asyncio's logger, to stderr. */
static void print_report(const struct async_report *report) {
    char what[512] = "";
    if (report->awaitable && report->kind != ASYNC_REPORT_SLOW &&
        report->kind != ASYNC_REPORT_NEVER_AWAITED) {
        async_describe(report->awaitable, what, sizeof what);
    }
    fprintf(stderr, "async: %s%s%s\n", report->message, *what ? "\n  " : "", what);
    if (report->error) {
        fprintf(stderr, "  %s: %s\n", async_error_name(report->error->kind),
                report->error->message);
    }
}

void async_set_exception_handler(struct async_loop *loop,
                                 async_exception_handler *handler, void *context) {
    loop->exception_handler = handler;
    loop->exception_context = context;
}

void async_call_exception_handler(struct async_loop *loop,
                                  const struct async_report *report) {
    if (loop->exception_handler) {
        loop->exception_handler(loop, report, loop->exception_context);
    } else {
        print_report(report);
    }
}
