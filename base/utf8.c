/* UTF-8 by RFC 3629: no overlong forms, no surrogates, nothing over U+10FFFF. JSON
 * takes nothing else, and a terminal should get nothing else. */
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

struct range {
    int32_t first;
    int32_t last;
};

/* Control characters: C0, DEL, C1 (a terminal obeys U+009B like ESC [). Marks that turn
 * the direction of writing, as the Trojan Source attack uses them. Line separators.
 * Invisible characters, but not the joiners (U+200C, U+200D): words and emoji need
 * them. */
static const struct range hostile[] = {
    {0, 0x1f},        {0x7f, 0x9f},       {0x61c, 0x61c},   {0x200b, 0x200b},
    {0x200e, 0x200f}, {0x2028, 0x202e},   {0x2060, 0x206f}, {0xfeff, 0xfeff},
    {0xfff9, 0xfffb}, {0xe0000, 0xe007f},
};

/* No column of their own: accents, joiners, variation selectors. */
static const struct range narrowest[] = {
    {0x300, 0x36f},   {0x483, 0x489},   {0x591, 0x5bd},   {0x610, 0x61a},
    {0x64b, 0x65f},   {0x93c, 0x93c},   {0x94d, 0x94d},   {0x200c, 0x200d},
    {0x20d0, 0x20ff}, {0xfe00, 0xfe0f}, {0xfe20, 0xfe2f}, {0xe0100, 0xe01ef},
};

/* Two columns: East Asian scripts, emoji. */
static const struct range wide[] = {
    {0x1100, 0x115f},   {0x2e80, 0x303e},   {0x3041, 0xa4cf},   {0xac00, 0xd7a3},
    {0xf900, 0xfaff},   {0xfe30, 0xfe6f},   {0xff00, 0xff60},   {0xffe0, 0xffe6},
    {0x1f300, 0x1f64f}, {0x1f680, 0x1f6ff}, {0x1f900, 0x1faff}, {0x20000, 0x3fffd},
};

#define IS_IN(code, ranges) is_in(code, ranges, sizeof(ranges) / sizeof(ranges)[0])

static bool is_in(int32_t code, const struct range ranges[], size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (code >= ranges[i].first && code <= ranges[i].last) {
            return true;
        }
    }
    return false;
}

int32_t utf8_read(const char *text, size_t bytes, size_t *taken) {
    static const int32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    const unsigned char *at = (const unsigned char *)text;
    size_t length = *at < 0x80   ? 1
                    : *at < 0xc0 ? 0
                    : *at < 0xe0 ? 2
                    : *at < 0xf0 ? 3
                    : *at < 0xf8 ? 4
                                 : 0;
    int32_t code = length == 1 ? *at : *at & (0x7f >> length);
    *taken = 1;
    for (size_t i = 1; i < length; i++) {
        if (i >= bytes || (at[i] & 0xc0) != 0x80) {
            return -1;
        }
        code = code << 6 | (at[i] & 0x3f);
    }
    bool is_surrogate = code >= 0xd800 && code <= 0xdfff;
    if (length == 0 || code < least[length] || code > 0x10ffff || is_surrogate) {
        return -1;
    }
    *taken = length;
    return code;
}

size_t utf8_span(const char *text, size_t bytes) {
    size_t span = 0;
    size_t taken;
    while (span < bytes && utf8_read(text + span, bytes - span, &taken) >= 0) {
        span += taken;
    }
    return span;
}

bool utf8_is_hostile(int32_t code) {
    return IS_IN(code, hostile);
}

int utf8_columns(int32_t code) {
    return IS_IN(code, narrowest) ? 0 : IS_IN(code, wide) ? 2 : 1;
}

void utf8_mend(char *text) {
    char *to = text;
    size_t taken;
    for (const char *at = text; *at; at += taken) {
        /* The final zero byte continues no character, so reading stops there. */
        int32_t code = utf8_read(at, SIZE_MAX, &taken);
        if (code < 0 || utf8_is_hostile(code)) {
            *to++ = '?';
        } else {
            memmove(to, at, taken);
            to += taken;
        }
    }
    *to = '\0';
}

bool utf8_is_spoken(void) {
    static const char *const names[] = {"LC_ALL", "LC_CTYPE", "LANG"};
    const char *locale = NULL;
    for (int i = 0; i < 3 && (!locale || !*locale); i++) {
        locale = getenv(names[i]);
    }
    return locale && (strcasestr(locale, "utf-8") || strcasestr(locale, "utf8"));
}
