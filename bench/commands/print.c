/* A summary on its way out. */
#include "bench/commands/print.h"
#include "bench/table.h"

bool print_summary(json_t *summary, enum output_format format, FILE *out,
                   struct error *error) {
    if (!summary) {
        return error_failed(error, "out of memory for the summary");
    }
    if (format == FORMAT_JSON) {
        json_dumpf(summary, out, JSON_INDENT(2) | JSON_REAL_PRECISION(12));
        putc('\n', out);
    } else {
        table_print(summary, out);
    }
    json_decref(summary);
    return (fflush(out) == 0 && !ferror(out)) ||
           error_failed(error, "cannot write the results to stdout");
}
