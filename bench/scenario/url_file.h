/* A file of URLs of the user's own API: one URL a line, one line a conversation. */
#ifndef SIMUL_BENCH_SCENARIO_URL_FILE_H
#define SIMUL_BENCH_SCENARIO_URL_FILE_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The URLs as the models get them: only URLs, each with its newline. A zeroed one is
 * closed. */
struct url_file {
    char *text;     /* ended with a zero byte; owned */
    int32_t *lines; /* of the user's file, from 1, for each URL; owned */
    int32_t count;
};

/* Reads and checks a file or a pipe. Skips empty lines, lines that begin with '#',
 * space around a URL, and a byte order mark; lines may end with CR LF. Fails (input)
 * with "file:line:column: what". Call url_file_close() in any case. */
bool url_file_read(struct url_file *urls, const char *path, struct error *error);

/* As url_file_read(), from a text in memory; `path` is for messages. */
bool url_file_parse(struct url_file *urls, const char *path, const char *text,
                    size_t bytes, struct error *error);

/* The URL of a conversation, which is not ended with a zero byte, and its length; NULL:
 * `urls` is NULL or closed, or has no such URL. */
const char *url_file_at(const struct url_file *urls, int32_t conversation,
                        size_t *bytes);

/* The line of the user's file in which the URL of a conversation stands, from 1; 0: there
 * is none. */
int32_t url_file_line(const struct url_file *urls, int32_t conversation);

void url_file_close(struct url_file *urls);

/* Writes the first `count` URLs to a new file, readable by its owner only, because a
 * URL may hold a key. */
bool url_file_write(const struct url_file *urls, int32_t count, const char *path,
                    struct error *error);

/* Writes the hosts of the first `count` URLs, each with its number of requests if every
 * URL gets `factor` of them: "a.example (24), b.example (12) and 3 more hosts". A
 * single host stands without its number. False: out of memory. */
bool url_file_name_hosts(const struct url_file *urls, int32_t count, int64_t factor,
                         char *text, size_t bytes);

#endif
