/* A file of URLs, one a line: the user's own API, one URL a conversation. */
#ifndef SIMUL_BENCH_SCENARIO_URL_FILE_H
#define SIMUL_BENCH_SCENARIO_URL_FILE_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The URLs as the models get them: nothing but URLs, each with its newline.
 * Zeroed: closed. */
struct url_file {
    char *text; /* ended with a zero byte; owned */
    int32_t count;
};

/* Reads and checks a file or a pipe. Left out are empty lines, lines that begin with
 * '#', space around a URL, a byte order mark; lines may end with CR LF. Fails (input)
 * with "file:line:column: what". url_file_close() in any case. */
bool url_file_read(struct url_file *urls, const char *path, struct error *error);

/* The same from a text that is there already; `path` is for messages. */
bool url_file_parse(struct url_file *urls, const char *path, const char *text,
                    size_t bytes, struct error *error);

void url_file_close(struct url_file *urls);

/* Writes the first `count` of them to a new file, readable by its owner only: a URL may
 * hold a key. */
bool url_file_write(const struct url_file *urls, int32_t count, const char *path,
                    struct error *error);

/* Names the hosts of the first `count`, each with how many of every `factor` requests
 * it gets: "a.example (24), b.example (12) and 3 more hosts"; one host alone stands
 * without its number. False: out of memory. */
bool url_file_name_hosts(const struct url_file *urls, int32_t count, int64_t factor,
                         char *text, size_t bytes);

#endif
