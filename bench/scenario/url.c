/* Checks URLs as strictly as the strictest of the models' HTTP clients. */
#include "bench/scenario/url.h"

#include <arpa/inet.h>
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { MOST_HOST_BYTES = 253, MOST_LABEL_BYTES = 63 }; /* RFC 1035, 2.3.4 */

struct reading {
    const char *url;
    size_t bytes;
    size_t *column;
    struct error *error;
};

#define refuse(reading, at, ...)                                                       \
    (*(reading)->column = (size_t)(at), error_input((reading)->error, __VA_ARGS__))

static bool check_bytes(struct reading *reading) {
    for (size_t i = 0; i < reading->bytes; i++) {
        unsigned char c = (unsigned char)reading->url[i];
        if (c == ' ') {
            return refuse(reading, i, "a space within the URL; write %%20");
        }
        if (c < ' ' || c == 127) {
            return refuse(reading, i, "a control character (0x%02x)", (unsigned)c);
        }
        if (c > 127) {
            return refuse(reading, i,
                          "a byte that is not ASCII (0x%02x); percent-encode it in a "
                          "path (%%C3%%A9 is an e with an acute accent), and write a "
                          "host as xn--...",
                          (unsigned)c);
        }
        if (c == '#') {
            return refuse(reading, i, "a fragment is never sent; leave '#...' out");
        }
    }
    if (reading->bytes > URL_MOST_BYTES) {
        return refuse(reading, URL_MOST_BYTES,
                      "the URL has %zu bytes; a server need not take over %d",
                      reading->bytes, URL_MOST_BYTES);
    }
    return true;
}

/* Sets `host` to the place where the host begins. */
static bool check_scheme(struct reading *reading, size_t *host) {
    const char *url = reading->url;
    const char *mark = memmem(url, reading->bytes, "://", 3);
    size_t length = mark ? (size_t)(mark - url) : 0;
    if (!mark || memchr(url, '/', length) || memchr(url, '?', length)) {
        return refuse(reading, 0, "no scheme; a URL begins with http:// or https://");
    }
    bool is_spoken = (length == 4 && !strncasecmp(url, "http", 4)) ||
                     (length == 5 && !strncasecmp(url, "https", 5));
    if (!is_spoken) {
        return refuse(reading, 0, "'%.*s' is not supported; write http or https",
                      (int)(length < 30 ? length : 30), url);
    }
    *host = length + 3;
    return true;
}

static bool check_name(struct reading *reading, size_t begin, size_t end) {
    size_t label = begin;
    if (begin == end) {
        return refuse(reading, begin, "no host");
    }
    if (end - begin > MOST_HOST_BYTES) {
        return refuse(reading, begin, "the host is longer than %d bytes",
                      MOST_HOST_BYTES);
    }
    for (size_t i = begin; i <= end; i++) {
        if (i == end || reading->url[i] == '.') {
            bool is_last = i == end && i > begin + 1; /* a name may end with its dot */
            if (i - label > MOST_LABEL_BYTES || (i == label && !is_last)) {
                return refuse(reading, label, "the parts of a host have 1 to %d bytes",
                              MOST_LABEL_BYTES);
            }
            label = i + 1;
        } else if (!isalnum((unsigned char)reading->url[i]) &&
                   !strchr("-_", reading->url[i])) {
            return refuse(reading, i, "'%c' in the host", reading->url[i]);
        }
    }
    return true;
}

/* An IPv6 address, as in [::1]. A zone (%eth0) is refused, because clients treat it
 * differently. */
static bool check_literal(struct reading *reading, size_t begin, size_t end) {
    char text[INET6_ADDRSTRLEN] = "";
    struct in6_addr address;
    size_t length = end - begin - 2;
    if (length < sizeof text) {
        memcpy(text, reading->url + begin + 1, length);
    }
    return inet_pton(AF_INET6, text, &address) == 1 ||
           refuse(reading, begin, "no IPv6 address in the brackets");
}

static bool check_port(struct reading *reading, size_t begin, size_t end) {
    int port = 0;
    for (size_t i = begin; i < end; i++) {
        port = isdigit((unsigned char)reading->url[i]) && port <= 65535
                   ? port * 10 + (reading->url[i] - '0')
                   : 65536;
    }
    return (port > 0 && port <= 65535) ||
           refuse(reading, begin, "a port is a number from 1 to 65535");
}

static size_t find_authority_end(const char *url, size_t begin, size_t bytes) {
    size_t end = begin;
    while (end < bytes && url[end] != '/' && url[end] != '?') {
        end++;
    }
    return end;
}

bool url_check(const char *url, size_t bytes, size_t *column, struct error *error) {
    struct reading reading = {url, bytes, column, error};
    size_t begin = 0;
    if (!check_bytes(&reading) || !check_scheme(&reading, &begin)) {
        return false;
    }
    size_t end = find_authority_end(url, begin, bytes);
    if (memchr(url + begin, '@', end - begin)) {
        return refuse(&reading, begin,
                      "a user or password before '@'; leave it out: it would be stored "
                      "in the run's directory");
    }
    const char *bracket =
        begin < end && url[begin] == '[' ? memchr(url + begin, ']', end - begin) : NULL;
    const char *colon = memchr(bracket ? bracket : url + begin, ':',
                               (size_t)(url + end - (bracket ? bracket : url + begin)));
    if (!bracket && colon && memchr(colon + 1, ':', (size_t)(url + end - colon - 1))) {
        return refuse(&reading, begin, "an IPv6 address stands in brackets: [::1]");
    }
    size_t host_end = colon ? (size_t)(colon - url) : end;
    if (bracket && bracket + 1 != url + host_end) {
        return refuse(&reading, bracket + 1 - url,
                      "only a port or a path may follow an IPv6 address");
    }
    return (bracket ? check_literal(&reading, begin, host_end)
                    : check_name(&reading, begin, host_end)) &&
           (!colon || check_port(&reading, host_end + 1, end));
}

const char *url_host(const char *url, size_t *bytes) {
    const char *host = strstr(url, "://") + 3;
    *bytes = strcspn(host, "/?\n");
    return host;
}
