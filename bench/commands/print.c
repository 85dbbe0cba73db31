/* Prints a summary, as a table or as JSON. */
#include "bench/commands/print.h"
#include "bench/table/table.h"

#include <string.h>

bool print_read_format(const char *text, enum output_format *format,
                       struct error *error) {
    if (strcmp(text, "table") != 0 && strcmp(text, "json") != 0) {
        return error_input(error, "'%.40s' is neither 'table' nor 'json'", text);
    }
    *format = text[0] == 'j' ? FORMAT_JSON : FORMAT_TABLE;
    return true;
}

static bool set_format(void *target, const struct option_row *row, const char *text,
                       struct error *error) {
    (void)row;
    return print_read_format(text, target, error);
}

const struct option_row print_format_options[] = {
    {"format", "FORMAT", "'table' or 'json' (table)", set_format},
    {NULL, NULL, NULL, NULL},
};

bool print_summary(json_t *summary, enum output_format format, FILE *out,
                   struct error *error) {
    if (!summary) {
        return error_failed(error, "out of memory for the summary");
    }
    if (format == FORMAT_JSON) {
        json_dumpf(summary, out,
                   JSON_INDENT(2) | JSON_ENSURE_ASCII | JSON_REAL_PRECISION(12));
        putc('\n', out);
    } else {
        table_print(summary, out);
    }
    json_decref(summary);
    return (fflush(out) == 0 && !ferror(out)) ||
           error_failed(error, "cannot write the results to stdout");
}
