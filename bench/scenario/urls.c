/* Makes a scenario from a URL file, and fills in the fields that come from the file. */
#include "bench/scenario/urls.h"
#include "base/clock.h"
#include "base/utf8.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

static const char *base_of(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

/* The scenario of "./my urls.txt" is named my-urls. */
static void name_after_file(struct scenario *scenario, const char *path) {
    const char *base = base_of(path);
    base += strspn(base, ".-");
    const char *ending = strrchr(base, '.');
    int length = (int)(ending ? (size_t)(ending - base) : strlen(base));
    snprintf(scenario->name, sizeof scenario->name, "%.*s", length, base);
    for (char *at = scenario->name; *at; at++) {
        *at = isalnum((unsigned char)*at) || strchr("._-", *at) ? *at : '-';
    }
    if (scenario->name[strspn(scenario->name, "-")] == '\0') {
        strcpy(scenario->name, "own-api"); /* nothing readable is left */
    } else if (scenario->name[0] == '-') {
        scenario->name[0] = '_';
    }
}

bool scenario_of_urls(struct scenario *scenario, const char *path,
                      struct error *error) {
    scenario_init(scenario);
    name_after_file(scenario, path);
    return scenario_set_url_file(scenario, path) ||
           error_failed(error, "out of memory");
}

bool scenario_read_urls(struct scenario *scenario, struct url_file *urls,
                        struct error *error) {
    if (!url_file_read(urls, scenario->url_file, error)) {
        return false;
    }
    if (!scenario_is_given(scenario, "conversations")) {
        scenario->conversations = urls->count;
    }
    if (scenario->conversations > urls->count) {
        return error_input(error,
                           "%d conversations need as many URLs, but %.280s has %d; to "
                           "request each URL more than once, use --rounds",
                           scenario->conversations, scenario->url_file, urls->count);
    }
    if (!scenario_is_given(scenario, "timeout")) {
        scenario->timeout_ns = SCENARIO_URLS_TIMEOUT_S * NS_PER_S;
    }
    scenario->speed = 1;
    if (scenario->title[0] == '\0') {
        snprintf(scenario->title, sizeof scenario->title, "%d URL%s of %.150s",
                 scenario->conversations, scenario->conversations == 1 ? "" : "s",
                 base_of(scenario->url_file));
        utf8_mend(scenario->title);
    }
    return scenario_check(scenario, error);
}
