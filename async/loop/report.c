/* The default exception handler of a loop. */
#include "async/loop/event_loop.h"

/* Prints to stderr, as asyncio's logger does. */
void async_print_report(struct async_loop *loop, const struct async_report *report,
                        void *context) {
    (void)loop, (void)context;
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
