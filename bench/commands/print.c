/* Prints a summary, as a table or as JSON. */
#include "bench/commands/print.h"
#include "base/wrap.h"
#include "bench/summary/json.h"
#include "bench/table/table.h"

#include <string.h>
#include <unistd.h>

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

FILE *print_begin_list(FILE *out, struct error *error) {
    FILE *list = wrap_open(out, wrap_columns(STDOUT_FILENO));
    if (!list) {
        error_failed(error, "out of memory");
    }
    return list;
}

static bool print_json(const struct summary *summary, FILE *out, struct error *error) {
    json_t *json = summary_to_json(summary);
    if (!json) {
        return error_failed(error, "out of memory for the summary");
    }
    json_dumpf(json, out, JSON_INDENT(2) | JSON_ENSURE_ASCII | JSON_REAL_PRECISION(12));
    putc('\n', out);
    json_decref(json);
    return true;
}

bool print_summary(const struct summary *summary, enum output_format format, FILE *out,
                   struct error *error) {
    if (format == FORMAT_JSON && !print_json(summary, out, error)) {
        return false;
    }
    if (format == FORMAT_TABLE) {
        table_print(summary, wrap_columns(STDOUT_FILENO), out);
    }
    return (fflush(out) == 0 && !ferror(out)) ||
           error_failed(error, "cannot write the results to stdout");
}
