/* A stdio stream (fopencookie) in front of another one. Text is filtered where it is
 * printed, not where it is read, since the program reads text in many places. */
#include "base/tame.h"
#include "base/utf8.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

enum { MOST_CHARACTER_BYTES = 4 };

struct tame {
    FILE *to;
    char ready[1024]; /* text for one fwrite(): stderr has no buffer of its own */
    size_t ready_bytes;
    bool ascii_only;
    /* The beginning of a character; its other bytes may come with the next write. */
    char cut[MOST_CHARACTER_BYTES];
    size_t cut_bytes;
};

static void hand_over(struct tame *tame) {
    fwrite(tame->ready, 1, tame->ready_bytes, tame->to);
    tame->ready_bytes = 0;
}

static void put(struct tame *tame, const char *text, size_t bytes) {
    if (tame->ready_bytes + bytes > sizeof tame->ready) {
        hand_over(tame);
    }
    memcpy(tame->ready + tame->ready_bytes, text, bytes);
    tame->ready_bytes += bytes;
}

/* Passes on one character. Returns false if it lacks bytes that may still come. */
static bool pass(struct tame *tame, const char *text, size_t bytes, size_t *taken) {
    int32_t code = utf8_read(text, bytes, taken);
    if (code < 0 && bytes < MOST_CHARACTER_BYTES && (unsigned char)*text >= 0xc2 &&
        (unsigned char)*text < 0xf5) {
        bool continues = true;
        for (size_t i = 1; i < bytes; i++) {
            continues = continues && ((unsigned char)text[i] & 0xc0) == 0x80;
        }
        if (continues) {
            return false;
        }
    }
    bool is_shown =
        code == '\n' || code == '\t' ||
        (code >= 0 && !utf8_is_hostile(code) && (code < 0x80 || !tame->ascii_only));
    put(tame, is_shown ? text : "?", is_shown ? *taken : 1);
    return true;
}

/* Completes the cut character with bytes of `text`, and passes it on. Returns how many
 * bytes of `text` it took. */
static size_t pass_cut(struct tame *tame, const char *text, size_t bytes) {
    size_t used = 0;
    while (tame->cut_bytes > 0) {
        size_t taken;
        if (pass(tame, tame->cut, tame->cut_bytes, &taken)) {
            tame->cut_bytes -= taken;
            memmove(tame->cut, tame->cut + taken, tame->cut_bytes);
        } else if (used < bytes) {
            tame->cut[tame->cut_bytes++] = text[used++];
        } else {
            break;
        }
    }
    return used;
}

static ssize_t write_tame(void *cookie, const char *text, size_t bytes) {
    struct tame *tame = cookie;
    size_t at = pass_cut(tame, text, bytes);
    size_t taken;
    while (at < bytes && pass(tame, text + at, bytes - at, &taken)) {
        at += taken;
    }
    while (at < bytes) {
        tame->cut[tame->cut_bytes++] = text[at++];
    }
    hand_over(tame);
    /* For a write that fails, fopencookie(3) expects 0, not -1. */
    return fflush(tame->to) == 0 && !ferror(tame->to) ? (ssize_t)bytes : 0;
}

static int close_tame(void *cookie) {
    struct tame *tame = cookie;
    for (size_t i = 0; i < tame->cut_bytes; i++) {
        put(tame, "?", 1); /* the other bytes of this character have not come */
    }
    hand_over(tame);
    int failed = fflush(tame->to) != 0 || ferror(tame->to);
    free(tame);
    return failed ? EOF : 0;
}

FILE *tame_open(FILE *to) {
    struct tame *tame = calloc(1, sizeof *tame);
    if (!tame) {
        return NULL;
    }
    tame->to = to;
    tame->ascii_only = isatty(fileno(to)) && !utf8_is_spoken();
    cookie_io_functions_t calls = {.write = write_tame, .close = close_tame};
    FILE *stream = fopencookie(tame, "w", calls);
    if (!stream) {
        free(tame);
    }
    return stream;
}
