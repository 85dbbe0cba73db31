/* Reads a URL file once and strictly. Every model gets the same cleaned copy, so that
 * line c is the same URL for all of them. */
#include "bench/scenario/url_file.h"
#include "bench/scenario/scenario.h"
#include "bench/scenario/url.h"
#include "base/utf8.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    MOST_FILE_BYTES = 256 << 20, /* a million URLs of 256 bytes */
    FIRST_ROOM = 65536,
    HOSTS_SHOWN = 3,
};

static bool is_space(char c) {
    return c == ' ' || c == '\t' || c == '\r';
}

/* Puts "path:line:column: " before the message; `line` counts from one, `column` from
 * zero. */
static bool refuse(const char *path, int32_t line, size_t column, struct error *error) {
    char shown[300];
    snprintf(shown, sizeof shown, "%.280s", path);
    utf8_mend(shown);
    return error_prefix(error, "%s:%" PRId32 ":%zu: ", shown, line, column + 1);
}

/* Grows the list of lines, by doubling it, so that each append costs little. */
static bool append_line(struct url_file *urls, int32_t line) {
    bool is_full = (urls->count & (urls->count - 1)) == 0; /* 0 or a power of two */
    if (is_full) {
        size_t room = urls->count > 0 ? 2 * (size_t)urls->count : 1;
        int32_t *lines = realloc(urls->lines, room * sizeof *lines);
        if (!lines) {
            return false;
        }
        urls->lines = lines;
    }
    urls->lines[urls->count] = line;
    return true;
}

static bool append(struct url_file *urls, size_t *used, int32_t line, const char *url,
                   size_t bytes) {
    if (!append_line(urls, line)) {
        return false;
    }
    memcpy(urls->text + *used, url, bytes);
    *used += bytes;
    urls->text[(*used)++] = '\n';
    urls->count++;
    return true;
}

bool url_file_parse(struct url_file *urls, const char *path, const char *text,
                    size_t bytes, struct error *error) {
    /* A last line without its newline gets one; no other line grows. */
    *urls = (struct url_file){.text = malloc(bytes + 2)};
    if (!urls->text) {
        return error_failed(error, "out of memory");
    }
    size_t used = 0;
    size_t at = bytes >= 3 && !memcmp(text, "\xef\xbb\xbf", 3) ? 3 : 0;
    for (int32_t line = 1; at < bytes; line++) {
        const char *newline = memchr(text + at, '\n', bytes - at);
        size_t next = newline ? (size_t)(newline - text) + 1 : bytes;
        size_t end = newline ? next - 1 : bytes;
        size_t begin = at;
        for (; begin < end && is_space(text[begin]); begin++) {
        }
        for (; end > begin && is_space(text[end - 1]); end--) {
        }
        if (begin < end && text[begin] != '#') {
            size_t column;
            if (!url_check(text + begin, end - begin, &column, error)) {
                return refuse(path, line, begin - at + column, error);
            }
            if (urls->count == SCENARIO_MOST_CONVERSATIONS) {
                error_input(error, "over %d URLs", SCENARIO_MOST_CONVERSATIONS);
                return refuse(path, line, 0, error);
            }
            if (!append(urls, &used, line, text + begin, end - begin)) {
                return error_failed(error, "out of memory");
            }
        }
        at = next;
    }
    urls->text[used] = '\0';
    return urls->count > 0 ||
           error_input(error, "%.280s: no URL in it; write one URL a line", path);
}

/* Opens a file; if it is a named pipe, does not wait for a writer. Reads wait for a
 * writer that has it open. */
static int open_file(const char *path) {
    int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
    if (fd >= 0) {
        fcntl(fd, F_SETFL, O_RDONLY);
    }
    return fd;
}

/* Reads to the end of the file, or to the first zero byte, which no URL holds:
 * /dev/zero has no end. Returns false and sets errno; EFBIG: too large. */
static bool read_all(int fd, char **text, size_t *bytes) {
    size_t room = FIRST_ROOM;
    *bytes = 0;
    *text = malloc(room);
    while (*text) {
        ssize_t got = read(fd, *text + *bytes, room - *bytes);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got <= 0) {
            return got == 0;
        }
        bool ends = memchr(*text + *bytes, '\0', (size_t)got);
        *bytes += (size_t)got;
        if (ends) {
            return true;
        }
        if (*bytes > MOST_FILE_BYTES) {
            errno = EFBIG;
            return false;
        }
        if (*bytes == room) {
            room *= 2;
            char *larger = realloc(*text, room);
            if (!larger) {
                return false; /* errno is ENOMEM; the caller frees the text */
            }
            *text = larger;
        }
    }
    return false;
}

bool url_file_read(struct url_file *urls, const char *path, struct error *error) {
    *urls = (struct url_file){.text = NULL};
    char *text = NULL;
    size_t bytes;
    int fd = open_file(path);
    if (fd < 0) {
        return error_input(error, "cannot open the URL file %.280s: %s", path,
                           strerror(errno));
    }
    bool ok = read_all(fd, &text, &bytes);
    int reason = errno;
    close(fd);
    if (ok) {
        ok = url_file_parse(urls, path, text, bytes, error);
    } else {
        error_input(error, "cannot read the URL file %.280s: %s", path,
                    strerror(reason));
    }
    free(text);
    return ok;
}

const char *url_file_at(const struct url_file *urls, int32_t conversation,
                        size_t *bytes) {
    if (!urls || !urls->text || conversation < 0 || conversation >= urls->count) {
        return NULL;
    }
    const char *url = urls->text;
    for (int32_t i = 0; i < conversation; i++) {
        url = strchr(url, '\n') + 1;
    }
    *bytes = strcspn(url, "\n");
    return url;
}

int32_t url_file_line(const struct url_file *urls, int32_t conversation) {
    bool is_there =
        urls && urls->lines && conversation >= 0 && conversation < urls->count;
    return is_there ? urls->lines[conversation] : 0;
}

void url_file_close(struct url_file *urls) {
    free(urls->text);
    free(urls->lines);
    *urls = (struct url_file){.text = NULL};
}

bool url_file_write(const struct url_file *urls, int32_t count, const char *path,
                    struct error *error) {
    const char *end = urls->text;
    for (int32_t i = 0; i < count; i++) {
        end = strchr(end, '\n') + 1;
    }
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    FILE *file = fd >= 0 ? fdopen(fd, "w") : NULL;
    size_t bytes = (size_t)(end - urls->text);
    bool ok = file && fwrite(urls->text, 1, bytes, file) == bytes &&
              fflush(file) == 0 && fsync(fd) == 0;
    int reason = errno;
    if (file && fclose(file) != 0 && ok) {
        ok = false;
        reason = errno;
    }
    if (!file && fd >= 0) {
        close(fd);
    }
    return ok || error_failed(error, "cannot write %s: %s", path, strerror(reason));
}

struct host {
    const char *name;
    size_t bytes;
    int64_t count;
};

static int compare_names(const void *a, const void *b) {
    const struct host *left = a;
    const struct host *right = b;
    size_t least = left->bytes < right->bytes ? left->bytes : right->bytes;
    int order = memcmp(left->name, right->name, least);
    return order ? order : (left->bytes > right->bytes) - (left->bytes < right->bytes);
}

/* Orders by count, the highest first, and equal counts by name. */
static int compare_counts(const void *a, const void *b) {
    const struct host *left = a;
    const struct host *right = b;
    int order = (right->count > left->count) - (right->count < left->count);
    return order ? order : compare_names(a, b);
}

/* Merges equal hosts and adds up their counts; returns the number of hosts. */
static size_t unite(struct host *hosts, size_t count) {
    size_t kept = 0;
    qsort(hosts, count, sizeof *hosts, compare_names);
    for (size_t i = 0; i < count; i++) {
        if (kept > 0 && compare_names(&hosts[kept - 1], &hosts[i]) == 0) {
            hosts[kept - 1].count++;
        } else {
            hosts[kept++] = hosts[i];
        }
    }
    qsort(hosts, kept, sizeof *hosts, compare_counts);
    return kept;
}

bool url_file_name_hosts(const struct url_file *urls, int32_t count, int64_t factor,
                         char *text, size_t bytes) {
    struct host *hosts = calloc((size_t)count, sizeof *hosts);
    if (!hosts) {
        return false;
    }
    const char *line = urls->text;
    for (int32_t i = 0; i < count; i++, line = strchr(line, '\n') + 1) {
        hosts[i].name = url_host(line, &hosts[i].bytes);
        hosts[i].count = 1;
    }
    size_t kept = unite(hosts, (size_t)count);
    size_t used = 0;
    text[0] = '\0';
    for (size_t i = 0; i < kept && i < HOSTS_SHOWN && used < bytes; i++) {
        used += (size_t)snprintf(text + used, bytes - used, "%s%.*s", i ? ", " : "",
                                 (int)hosts[i].bytes, hosts[i].name);
        if (kept > 1 && used < bytes) {
            used += (size_t)snprintf(text + used, bytes - used, " (%" PRId64 ")",
                                     hosts[i].count * factor);
        }
    }
    if (kept > HOSTS_SHOWN && used < bytes) {
        snprintf(text + used, bytes - used, " and %zu more host%s", kept - HOSTS_SHOWN,
                 kept - HOSTS_SHOWN == 1 ? "" : "s");
    }
    free(hosts);
    return true;
}
