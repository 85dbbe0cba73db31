/* UTF-8 by RFC 3629: no overlong forms, no surrogates, nothing over U+10FFFF. JSON
 * takes nothing else, and a terminal should get nothing else. */
#include "bench/utf8.h"

#include <stdbool.h>
#include <stdint.h>

/* How many bytes the character takes that begins here; 0: none does, or it is cut. */
static size_t character_bytes(const unsigned char *at, size_t room) {
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    size_t bytes = *at < 0x80   ? 1
                   : *at < 0xc0 ? 0
                   : *at < 0xe0 ? 2
                   : *at < 0xf0 ? 3
                                : 4;
    uint32_t code = bytes == 1 ? *at : *at & (0x7fu >> bytes);
    for (size_t i = 1; i < bytes; i++) {
        if (i >= room || (at[i] & 0xc0) != 0x80) {
            return 0;
        }
        code = code << 6 | (at[i] & 0x3f);
    }
    bool is_surrogate = code >= 0xd800 && code <= 0xdfff;
    bool is_known = code >= least[bytes] && code <= 0x10ffff && *at < 0xf8;
    return is_known && !is_surrogate ? bytes : 0;
}

size_t utf8_span(const char *text, size_t bytes) {
    size_t span = 0;
    while (span < bytes) {
        size_t character =
            character_bytes((const unsigned char *)text + span, bytes - span);
        if (character == 0) {
            break;
        }
        span += character;
    }
    return span;
}

void utf8_mend(char *text) {
    unsigned char *at = (unsigned char *)text;
    while (*at) {
        size_t bytes = character_bytes(at, SIZE_MAX); /* a zero byte ends all */
        if (bytes == 0 || *at < ' ' || *at == 127) {
            *at = '?';
            bytes = 1;
        }
        at += bytes;
    }
}
