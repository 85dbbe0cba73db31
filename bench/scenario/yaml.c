/* Reads scenarios from YAML. Aliases are refused before they are resolved: resolving
 * the nested aliases of a file of 324 bytes can keep a parser busy for ever. */
#include "bench/scenario/yaml.h"
#include "base/nearest.h"
#include "base/utf8.h"

#include <libfyaml.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The text being read, for messages. */
struct reader {
    const char *path;
    const char *text;
    size_t bytes;
    struct error *error;
};

/* Appends the source line, cut to MOST_WIDTH, and a caret below it; nothing if the
 * caret would stand beyond the line's end, or if the line is empty. */
static void append_caret(struct reader *reader, int line, int column) {
    enum { MOST_WIDTH = 100 };
    const char *at = reader->text;
    const char *end = reader->text + reader->bytes;
    for (int i = 0; i < line && at < end; i++) {
        const char *newline = memchr(at, '\n', (size_t)(end - at));
        at = newline ? newline + 1 : end;
    }
    char source[MOST_WIDTH + 1];
    int width = 0;
    for (; at < end && *at != '\n' && width < MOST_WIDTH; at++) {
        source[width++] = *at == '\t' || *at == '\r' || !*at ? ' ' : *at;
    }
    width = (int)utf8_span(source, (size_t)width); /* drops a character that was cut */
    source[width] = '\0';
    utf8_mend(source);
    if (column > width || width == 0) {
        return;
    }
    size_t used = strlen(reader->error->message);
    snprintf(reader->error->message + used, sizeof reader->error->message - used,
             "\n  %s\n  %*s^", source, column, "");
}

/* `line` and `column` count from zero. */
static bool refuse_at(struct reader *reader, int line, int column,
                      const char *message) {
    error_input(reader->error, "%s:%d:%d: %.600s", reader->path, line + 1, column + 1,
                message);
    append_caret(reader, line, column);
    return false;
}

/* Where a node begins: the token of a scalar, or of the first scalar within it. */
static const struct fy_mark *find_mark(struct fy_node *node) {
    while (node && fy_node_is_sequence(node)) {
        node = fy_node_sequence_get_by_index(node, 0);
    }
    if (node && fy_node_is_mapping(node)) {
        struct fy_node_pair *pair = fy_node_mapping_get_by_index(node, 0);
        return pair ? find_mark(fy_node_pair_key(pair)) : NULL;
    }
    struct fy_token *token = node ? fy_node_get_scalar_token(node) : NULL;
    return token ? fy_token_start_mark(token) : NULL;
}

/* Where the key of a mapping's value stands; NULL if the node is no such value. */
static const struct fy_mark *find_key_mark(struct fy_node *mapping,
                                           const struct fy_node *value) {
    void *at = NULL;
    struct fy_node_pair *pair;
    while (fy_node_is_mapping(mapping) &&
           (pair = fy_node_mapping_iterate(mapping, &at))) {
        if (fy_node_pair_value(pair) == value) {
            return find_mark(fy_node_pair_key(pair));
        }
    }
    return NULL;
}

/* Where a node stands for a message. An empty node has no place of its own, so it is
 * the place of its key or of the list around it. */
static const struct fy_mark *find_place(struct fy_node *node) {
    const struct fy_mark *mark = find_mark(node);
    while (!mark && node) {
        struct fy_node *parent = fy_node_get_parent(node);
        mark = parent ? find_key_mark(parent, node) : NULL;
        mark = mark ? mark : find_mark(parent);
        node = parent;
    }
    return mark;
}

static bool refuse_node(struct reader *reader, struct fy_node *node,
                        const char *message) {
    const struct fy_mark *mark = find_place(node);
    return refuse_at(reader, mark ? mark->line : 0, mark ? mark->column : 0, message);
}

/* libfyaml reports an error in several calls; the first text is
 * "<...>:line:column: error: what". */
static void on_finding(struct fy_diag *diag, void *context, const char *text,
                       size_t length) {
    (void)diag;
    struct reader *reader = context;
    char finding[700];
    int line = 0;
    int column = 0;
    int what = 0;
    snprintf(finding, sizeof finding, "%.*s", (int)length, text);
    finding[strcspn(finding, "\n")] = '\0';
    const char *place = strstr(finding, ">:");
    if (reader->error->kind != ERROR_NONE || !place ||
        sscanf(place, ">:%d:%d: error: %n", &line, &column, &what) < 2 || what == 0) {
        return;
    }
    refuse_at(reader, line - 1, column - 1, place + what);
}

/* The scalar's text; NULL if the node is no scalar or holds a zero byte. The caller
 * frees it. */
static char *copy_scalar(struct fy_node *node) {
    size_t length = 0;
    const char *text =
        node && fy_node_is_scalar(node) ? fy_node_get_scalar(node, &length) : NULL;
    return text && !memchr(text, '\0', length) ? strndup(text, length) : NULL;
}

static bool refuse_aliases(struct reader *reader, struct fy_node *node) {
    void *at = NULL;
    if (fy_node_is_alias(node)) {
        return refuse_node(reader, node,
                           "aliases are not supported; write the value out");
    }
    if (fy_node_is_mapping(node)) {
        struct fy_node_pair *pair;
        while ((pair = fy_node_mapping_iterate(node, &at))) {
            if (!refuse_aliases(reader, fy_node_pair_key(pair)) ||
                !refuse_aliases(reader, fy_node_pair_value(pair))) {
                return false;
            }
        }
    }
    if (fy_node_is_sequence(node)) {
        struct fy_node *item;
        while ((item = fy_node_sequence_iterate(node, &at))) {
            if (!refuse_aliases(reader, item)) {
                return false;
            }
        }
    }
    return true;
}

static bool refuse_key(struct reader *reader, struct fy_node *node, const char *key,
                       const char *const keys[]) {
    char message[300];
    const char *nearest = nearest_word(key, keys);
    if (nearest) {
        snprintf(message, sizeof message, "unknown key '%.60s'; did you mean '%s'?",
                 key, nearest);
    } else {
        int used =
            snprintf(message, sizeof message, "unknown key '%.60s'; known are", key);
        for (; *keys && (size_t)used < sizeof message; keys++) {
            used +=
                snprintf(message + used, sizeof message - (size_t)used, " %s", *keys);
        }
    }
    return refuse_node(reader, node, message);
}

/* The text for a field's setter: a scalar, or a latency in braces. NULL: neither. The
 * caller frees it. */
static char *copy_value(struct fy_node *node) {
    if (fy_node_is_scalar(node)) {
        return copy_scalar(node);
    }
    if (fy_node_is_mapping(node)) {
        char *flow =
            fy_emit_node_to_string(node, FYECF_MODE_FLOW_ONELINE | FYECF_WIDTH_INF);
        if (flow) {
            flow[strcspn(flow, "\n")] = '\0';
        }
        return flow;
    }
    return NULL;
}

static bool read_field(struct reader *reader, struct scenario *scenario,
                       const struct scenario_field *field, struct fy_node *value) {
    char *text = value ? copy_value(value) : NULL;
    if (!text) {
        char message[100];
        snprintf(message, sizeof message, "%s: write a single value here", field->key);
        return refuse_node(reader, value, message);
    }
    struct error error = {.kind = ERROR_NONE};
    bool ok = scenario_set(scenario, field, text, &error);
    free(text);
    if (!ok) {
        error_prefix(&error, "%s: ", field->key);
        return refuse_node(reader, value, error.message);
    }
    return true;
}

static bool read_url_file(struct reader *reader, struct scenario *scenario,
                          struct fy_node *value) {
    char *path = copy_scalar(value);
    bool is_path = path && *path && strlen(path) < PATH_MAX;
    bool ok =
        is_path ? scenario_set_url_file(scenario, path) ||
                      error_failed(reader->error, "out of memory")
                : refuse_node(reader, value, "url_file: write the path of a file here");
    free(path);
    return ok;
}

static bool read_models(struct reader *reader, struct scenario *scenario,
                        struct fy_node *list) {
    if (!list || !fy_node_is_sequence(list)) {
        return refuse_node(reader, list, "models is a list: [sequential, event-loop]");
    }
    void *at = NULL;
    struct fy_node *item;
    while ((item = fy_node_sequence_iterate(list, &at))) {
        char *name = copy_scalar(item);
        if (!name || !*name) {
            free(name);
            return refuse_node(reader, item, "write a model's name or path here");
        }
        bool ok = scenario_add_model(scenario, name);
        free(name);
        if (!ok) {
            return error_failed(reader->error, "out of memory");
        }
    }
    return true;
}

/* The three values of a claim; owned texts. */
struct claim_parts {
    char *model;
    char *total;
    char *source;
    struct fy_node *total_node; /* for the place of an error in it */
};

static bool read_claim_parts(struct reader *reader, struct fy_node *item,
                             struct claim_parts *parts) {
    static const char *const keys[] = {"model", "total", "source", NULL};
    char **places[] = {&parts->model, &parts->total, &parts->source};
    void *at = NULL;
    struct fy_node_pair *pair;
    while ((pair = fy_node_mapping_iterate(item, &at))) {
        char *key = copy_scalar(fy_node_pair_key(pair));
        int index = 0;
        while (key && keys[index] && strcmp(keys[index], key) != 0) {
            index++;
        }
        if (!key || !keys[index]) {
            refuse_key(reader, fy_node_pair_key(pair), key ? key : "", keys);
            free(key);
            return false;
        }
        free(key);
        *places[index] = copy_scalar(fy_node_pair_value(pair));
        if (places[index] == &parts->total) {
            parts->total_node = fy_node_pair_value(pair);
        }
        if (!*places[index]) {
            return refuse_node(reader, fy_node_pair_value(pair), "write a text here");
        }
    }
    if (!parts->model || !parts->total || !parts->source) {
        return refuse_node(reader, item,
                           "a claim is {model: event-loop, total: 330s, source: "
                           "\"where it is printed\"}");
    }
    return true;
}

static bool read_claim(struct reader *reader, struct scenario *scenario,
                       struct fy_node *item) {
    struct claim_parts parts = {.model = NULL};
    struct error error = {.kind = ERROR_NONE};
    int64_t total_ns = 0;
    if (!fy_node_is_mapping(item)) {
        return refuse_node(reader, item,
                           "a claim is {model: ..., total: ..., source: ...}");
    }
    bool ok = read_claim_parts(reader, item, &parts);
    if (ok && !duration_parse(parts.total, &total_ns, &error)) {
        error_prefix(&error, "total: ");
        ok = refuse_node(reader, parts.total_node, error.message);
    }
    if (ok && !scenario_add_claim(scenario, parts.model, total_ns, parts.source)) {
        ok = error_failed(reader->error, "out of memory");
    }
    free(parts.model);
    free(parts.total);
    free(parts.source);
    return ok;
}

static bool read_claims(struct reader *reader, struct scenario *scenario,
                        struct fy_node *list) {
    if (!list || !fy_node_is_sequence(list)) {
        return refuse_node(reader, list, "claims is a list of claims");
    }
    void *at = NULL;
    struct fy_node *item;
    while ((item = fy_node_sequence_iterate(list, &at))) {
        if (!read_claim(reader, scenario, item)) {
            return false;
        }
    }
    return true;
}

static bool read_pair(struct reader *reader, struct scenario *scenario,
                      struct fy_node_pair *pair) {
    struct fy_node *key_node = fy_node_pair_key(pair);
    struct fy_node *value = fy_node_pair_value(pair);
    char *key = copy_scalar(key_node);
    const struct scenario_field *field = key ? scenario_find_field(key) : NULL;
    bool ok;
    if (field) {
        ok = read_field(reader, scenario, field, value ? value : key_node);
    } else if (key && !strcmp(key, "models")) {
        ok = read_models(reader, scenario, value ? value : key_node);
    } else if (key && !strcmp(key, "claims")) {
        ok = read_claims(reader, scenario, value ? value : key_node);
    } else if (key && !strcmp(key, "url_file")) {
        ok = read_url_file(reader, scenario, value ? value : key_node);
    } else {
        const char *keys[32] = {"models", "claims", "url_file"};
        for (int i = 0; scenario_fields[i].key; i++) {
            keys[i + 3] = scenario_fields[i].key;
        }
        ok = refuse_key(reader, key_node, key ? key : "", keys);
    }
    free(key);
    return ok;
}

static bool read_root(struct reader *reader, struct scenario *scenario,
                      struct fy_node *root) {
    if (!root || !fy_node_is_mapping(root)) {
        return refuse_at(reader, 0, 0,
                         "a scenario is keys and values, such as 'conversations: 12'");
    }
    if (!refuse_aliases(reader, root)) {
        return false;
    }
    void *at = NULL;
    struct fy_node_pair *pair;
    while ((pair = fy_node_mapping_iterate(root, &at))) {
        if (!read_pair(reader, scenario, pair)) {
            return false;
        }
    }
    if (scenario->name[0] == '\0') {
        return refuse_at(reader, 0, 0, "the key 'name' is missing");
    }
    struct error error = {.kind = ERROR_NONE};
    return scenario_check(scenario, &error) || refuse_at(reader, 0, 0, error.message);
}

/* A file is one document. A second one is an error, because it would be ignored. */
static bool read_document(struct reader *reader, struct scenario *scenario,
                          struct fy_parser *parser) {
    struct fy_document *document = fy_parse_load_document(parser);
    if (!document) {
        return reader->error->kind != ERROR_NONE
                   ? false
                   : refuse_at(reader, 0, 0, "the file is empty");
    }
    bool ok = read_root(reader, scenario, fy_document_root(document));
    fy_parse_document_destroy(parser, document);
    if (!ok) {
        return false;
    }
    document = fy_parse_load_document(parser);
    if (document) {
        refuse_at(reader, 0, 0, "a second document follows; a file is one scenario");
        fy_parse_document_destroy(parser, document);
    }
    return reader->error->kind == ERROR_NONE;
}

/* Refuses bytes that libfyaml can't handle: one that is no UTF-8 can make it loop for
 * ever ("%\x88"), and a tab after an explicit key makes it crash ("? a:\t|"). */
static bool refuse_bytes(struct reader *reader) {
    size_t valid = utf8_span(reader->text, reader->bytes);
    int line = 0;
    int column = 0;
    for (size_t i = 0; i < reader->bytes; i++) {
        unsigned char c = (unsigned char)reader->text[i];
        if (c == '\t') {
            return refuse_at(reader, line, column, "a tab; write spaces");
        }
        if (i == valid || c == 127 || (c < ' ' && c != '\n' && c != '\r')) {
            return error_input(reader->error, "%s: byte %zu (0x%02x) is no text",
                               reader->path, i + 1, (unsigned)c);
        }
        line += c == '\n';
        column = c == '\n' ? 0 : column + ((c & 0xc0) != 0x80);
    }
    return true;
}

bool scenario_read(struct scenario *scenario, const char *path, const char *text,
                   size_t bytes, struct error *error) {
    struct reader reader = {path, text, bytes, error};
    scenario_init(scenario);
    *error = (struct error){.kind = ERROR_NONE};
    if (!refuse_bytes(&reader)) {
        return false;
    }
    struct fy_diag_cfg diag_config;
    fy_diag_cfg_default(&diag_config);
    diag_config.fp = NULL;
    diag_config.output_fn = on_finding;
    diag_config.user = &reader;
    diag_config.colorize = false;
    struct fy_diag *diag = fy_diag_create(&diag_config);
    struct fy_parse_cfg parse_config = {.diag = diag};
    struct fy_parser *parser = diag ? fy_parser_create(&parse_config) : NULL;
    bool ok = false;
    if (!parser || fy_parser_set_string(parser, text, bytes) != 0) {
        error_failed(error, "out of memory");
    } else {
        ok = read_document(&reader, scenario, parser);
        if (!ok && error->kind == ERROR_NONE) {
            error_input(error, "%s: this is no YAML", path);
        }
    }
    if (parser) {
        fy_parser_destroy(parser);
    }
    fy_diag_unref(diag);
    return ok;
}
