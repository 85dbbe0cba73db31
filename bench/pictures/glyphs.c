/* Replaces characters that can't be drawn. */
#include "bench/pictures/glyphs.h"
#include "base/clock.h"
#include "bench/programs/process.h"
#include "base/utf8.h"

#include <stdio.h>
#include <string.h>

static const int64_t patience_ns = 10 * NS_PER_S;

struct range {
    uint32_t first;
    uint32_t last;
};

static bool is_within(uint32_t code, const struct range *ranges, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (code >= ranges[i].first && code <= ranges[i].last) {
            return true;
        }
    }
    return false;
}

/* Control characters, line ends, and characters that turn the direction of writing or
 * are invisible. */
static bool is_unseen(uint32_t code) {
    static const struct range ranges[] = {
        {0x00, 0x1f},     {0x7f, 0x9f},       {0xad, 0xad},     {0x61c, 0x61c},
        {0x200b, 0x200f}, {0x2028, 0x202e},   {0x2060, 0x206f}, {0xfeff, 0xfeff},
        {0xfff0, 0xfffb}, {0xe0000, 0xe0fff},
    };
    return is_within(code, ranges, sizeof ranges / sizeof ranges[0]);
}

/* Every font has these: Latin with accents, Greek, Cyrillic, and punctuation. */
static bool is_everywhere(uint32_t code) {
    static const struct range ranges[] = {
        {0x20, 0x17f},    {0x391, 0x3a1},   {0x3a3, 0x3c9},
        {0x410, 0x44f},   {0x2013, 0x2014}, {0x2018, 0x201a},
        {0x201c, 0x201e}, {0x2026, 0x2026}, {0x20ac, 0x20ac},
    };
    return is_within(code, ranges, sizeof ranges / sizeof ranges[0]);
}

/* fc-list prints the fonts that have the character; one line is enough. */
static bool has_font(uint32_t code) {
    char pattern[32];
    struct error error;
    struct process process;
    snprintf(pattern, sizeof pattern, ":charset=%x", code);
    struct process_plan plan = {
        .argv = (const char *const[]){"fc-list", pattern, "family", NULL},
        .stdout_fd = -1,
        .cgroup_fds = {-1, -1},
    };
    bool has = process_start(&process, &plan, &error) &&
               process_wait(&process, clock_now_ns() + patience_ns) == PROCESS_EXITED &&
               process_succeeded(&process) && process.out_bytes > 1;
    process_close(&process);
    return has;
}

static bool is_drawn(struct glyphs *glyphs, uint32_t code) {
    if (is_unseen(code) || is_everywhere(code)) {
        return !is_unseen(code);
    }
    for (size_t i = 0; i < glyphs->count; i++) {
        if (glyphs->codes[i] == code) {
            return glyphs->is_drawn[i];
        }
    }
    if (glyphs->count == GLYPHS_MOST_ASKED) {
        return false;
    }
    glyphs->codes[glyphs->count] = code;
    glyphs->is_drawn[glyphs->count] = has_font(code);
    return glyphs->is_drawn[glyphs->count++];
}

/* The character at `at`, which is complete; fills in its length. */
static uint32_t decode(const unsigned char *at, size_t *bytes) {
    *bytes = *at < 0x80 ? 1 : *at < 0xe0 ? 2 : *at < 0xf0 ? 3 : 4;
    uint32_t code = *bytes == 1 ? *at : *at & (0x7fu >> *bytes);
    for (size_t i = 1; i < *bytes; i++) {
        code = code << 6 | (at[i] & 0x3f);
    }
    return code;
}

void glyphs_mend(struct glyphs *glyphs, char *text) {
    char *to = text;
    utf8_mend(text);
    for (const char *from = text; *from;) {
        size_t bytes;
        uint32_t code = decode((const unsigned char *)from, &bytes);
        if (is_drawn(glyphs, code)) {
            memmove(to, from, bytes);
            to += bytes;
        } else {
            *to++ = '?';
        }
        from += bytes;
    }
    *to = '\0';
}
