/* Reads and checks the command line of a model, and makes a workload of it. */
#include "models/runtime/arguments.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* Half of the largest time, so that a time plus a duration does not overflow. */
static const int64_t most_ns = INT64_MAX / 2;

/* All rows that store a number share this setter: the row's name says which field, and
 * the field's type says the limits. */
static bool set_number(void *target, const struct option_row *row, const char *text,
                       struct error *error) {
    struct workload *workload = &((struct arguments *)target)->workload;
    struct {
        const char *name;
        int32_t *to;
        int64_t *to_ns;
    } places[] = {
        {"conversations", &workload->conversations, NULL},
        {"rounds", &workload->rounds, NULL},
        {"workers", &workload->workers, NULL},
        {"cores", &workload->cores, NULL},
        {"send-hold", NULL, &workload->send_hold_ns},
        {"timeout", NULL, &workload->timeout_ns},
    };
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        if (strcmp(places[i].name, row->name) != 0) {
            continue;
        }
        long long number;
        if (!options_integer(text, places[i].to ? 1 : 0,
                             places[i].to ? 100000000 : most_ns, &number, error)) {
            return false;
        }
        if (places[i].to) {
            *places[i].to = (int32_t)number;
        } else {
            *places[i].to_ns = number;
        }
    }
    return true;
}

static bool set_url(void *target, const struct option_row *row, const char *text,
                    struct error *error) {
    (void)row;
    if (strlen(text) > WORKLOAD_URL_BYTES - 32) {
        return error_input(error, "the URL is longer than %d bytes",
                           WORKLOAD_URL_BYTES - 32);
    }
    ((struct arguments *)target)->workload.url = text;
    return true;
}

static bool set_url_file(void *target, const struct option_row *row, const char *text,
                         struct error *error) {
    (void)row, (void)error;
    ((struct arguments *)target)->url_file = text;
    return true;
}

static bool set_send_work(void *target, const struct option_row *row, const char *text,
                          struct error *error) {
    (void)row;
    struct workload *workload = &((struct arguments *)target)->workload;
    if (strcmp(text, "sleep") != 0 && strcmp(text, "cpu") != 0) {
        return error_input(error, "'%.40s' is neither 'sleep' nor 'cpu'", text);
    }
    workload->send_work = text[0] == 'c' ? SEND_WORK_CPU : SEND_WORK_SLEEP;
    return true;
}

static bool set_connections(void *target, const struct option_row *row,
                            const char *text, struct error *error) {
    (void)row;
    static const char *const names[] = {"keep", "close", "warm"};
    for (int i = 0; i < 3; i++) {
        if (!strcmp(names[i], text)) {
            ((struct arguments *)target)->workload.connections =
                (enum workload_connections)i;
            return true;
        }
    }
    return error_input(error, "'%.40s' is none of keep, close, warm", text);
}

static bool set_describe(void *target, const struct option_row *row, const char *text,
                         struct error *error) {
    (void)row, (void)text, (void)error;
    ((struct arguments *)target)->describe = true;
    return true;
}

const struct option_row arguments_options[] = {
    {"describe", NULL, "print a description of this model as JSON", set_describe},
    {"url", "URL", "request (c, k) is GET URL/c/k", set_url},
    {"url-file", "FILE", "instead: conversation c asks for line c", set_url_file},
    {"conversations", "N", "how many (1; with --url-file: its lines)", set_number},
    {"rounds", "N", "requests of each, one after the other (1)", set_number},
    {"workers", "N", "for pools (4)", set_number},
    {"cores", "N", "how many processors the harness counted (1)", set_number},
    {"send-hold", "NS", "the client's own part of each send (0)", set_number},
    {"send-work", "KIND", "what a hold does: sleep or cpu (sleep)", set_send_work},
    {"timeout", "NS", "for one request; 0: none (0)", set_number},
    {"connections", "KIND", "keep, close or warm (keep)", set_connections},
    {NULL, NULL, NULL, NULL},
};

/* Returns the text of the whole file, which the caller frees; NULL with errno if that
 * fails. */
static char *read_text(const char *path) {
    FILE *file = fopen(path, "re");
    if (!file) {
        return NULL;
    }
    char *text = NULL;
    size_t size = 0;
    ssize_t length = getdelim(&text, &size, '\0', file);
    if (length < 0) {
        free(text);
        text = NULL;
        errno = ferror(file) ? errno : ENODATA;
    }
    fclose(file);
    return text;
}

static bool read_url_file(struct arguments *arguments, struct error *error) {
    struct workload *workload = &arguments->workload;
    arguments->url_text = read_text(arguments->url_file);
    if (!arguments->url_text) {
        return error_input(error, "cannot read %s: %s", arguments->url_file,
                           strerror(errno));
    }
    int32_t most = 1;
    for (const char *at = arguments->url_text; *at; at++) {
        most += *at == '\n';
    }
    workload->urls = calloc((size_t)most, sizeof *workload->urls);
    if (!workload->urls) {
        return error_failed(error, "out of memory");
    }
    int32_t count = 0;
    char *rest = NULL;
    for (char *line = strtok_r(arguments->url_text, "\r\n", &rest); line;
         line = strtok_r(NULL, "\r\n", &rest)) {
        workload->urls[count++] = line;
    }
    if (workload->conversations == 0) {
        workload->conversations = count;
    }
    if (workload->conversations > count || count == 0) {
        return error_input(error,
                           "%s has %d lines, and each conversation needs one; lower "
                           "--conversations or add lines",
                           arguments->url_file, count);
    }
    return true;
}

bool arguments_parse(struct arguments *arguments, int argc, char *argv[],
                     struct error *error) {
    *arguments = (struct arguments){
        .workload = {.rounds = 1, .workers = 4, .cores = 1},
    };
    struct workload *workload = &arguments->workload;
    int operands = 0;
    if (!options_parse(arguments_options, arguments, argc, argv, &operands,
                       &arguments->help, error)) {
        return false;
    }
    if (arguments->help || arguments->describe) {
        return true;
    }
    if (operands > 0) {
        return error_input(error, "'%.60s' is no option; a model takes options only",
                           argv[1]);
    }
    if (!workload->url == !arguments->url_file) {
        return error_input(error, "give either --url or --url-file");
    }
    if (arguments->url_file) {
        return read_url_file(arguments, error);
    }
    workload->conversations = workload->conversations ? workload->conversations : 1;
    return true;
}

void arguments_close(struct arguments *arguments) {
    free(arguments->workload.urls);
    free(arguments->url_text);
    *arguments = (struct arguments){.url_file = NULL};
}
