/* Prints the details below a remark, each as an indented line. */
#include "bench/table/details.h"

#include <inttypes.h>

static void print_failed(const struct summary_point *point,
                         const struct failed_request *failed, FILE *out) {
    size_t bytes = 0;
    const char *url = url_file_at(point->urls, failed->conversation, &bytes);
    if (point->scenario->url_file) {
        fprintf(out, "  %s:%" PRId32 "%s%.*s", point->scenario->url_file, failed->line,
                url ? ": " : "", (int)bytes, url ? url : "");
        if (point->scenario->rounds > 1) {
            fprintf(out, ", round %" PRId32, failed->round);
        }
    } else {
        fprintf(out, "  /%" PRId32 "/%" PRId32, failed->conversation, failed->round);
    }
    fprintf(out, ": %s", event_error_name(failed->error));
    if (failed->error == EVENT_STATUS) {
        fprintf(out, " %" PRId32, failed->status);
    }
    putc('\n', out);
}

void details_print_failed(const struct summary_point *point,
                          const struct summary_model *model, FILE *out) {
    const struct failed_requests *first = &model->requests.first_failed;
    for (size_t i = 0; i < first->count; i++) {
        print_failed(point, &first->list[i], out);
    }
    int64_t more = first->total - (int64_t)first->count;
    if (first->count > 0 && more > 0) {
        fprintf(out, "  and %" PRId64 " more in the same trial\n", more);
    }
}

void details_print_stderr(const struct summary_model *model, FILE *out) {
    if (!model->stderr_path) {
        return;
    }
    fprintf(out, "%s: the end of its stderr; %s in the run directory has all of it:\n",
            model->name, model->stderr_path);
    for (size_t i = 0; i < model->stderr_end.count; i++) {
        fprintf(out, "    %s\n", model->stderr_end.list[i]);
    }
}
