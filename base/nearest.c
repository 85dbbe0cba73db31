/* "Did you mean": optimal string alignment distance over words of at most 40 bytes. */
#include "base/nearest.h"

#include <string.h>

enum { LONGEST = 40 };

static int minimum(int a, int b) {
    return a < b ? a : b;
}

static int distance(const char *a, size_t a_length, const char *b, size_t b_length) {
    int table[LONGEST + 1][LONGEST + 1];
    for (size_t i = 0; i <= a_length; i++) {
        for (size_t j = 0; j <= b_length; j++) {
            if (i == 0 || j == 0) {
                table[i][j] = (int)(i + j);
                continue;
            }
            int best = table[i - 1][j - 1] + (a[i - 1] != b[j - 1]);
            best = minimum(best, 1 + minimum(table[i - 1][j], table[i][j - 1]));
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
                best = minimum(best, table[i - 2][j - 2] + 1);
            }
            table[i][j] = best;
        }
    }
    return table[a_length][b_length];
}

/* The shortest word that begins with the text, of at least two letters; else NULL. */
static const char *begun_word(const char *text, const char *const words[]) {
    size_t length = strlen(text);
    const char *best = NULL;
    size_t best_length = LONGEST + 1;
    for (; length >= 2 && *words; words++) {
        size_t word_length = strlen(*words);
        if (!strncmp(*words, text, length) && word_length < best_length) {
            best_length = word_length;
            best = *words;
        }
    }
    return best;
}

const char *nearest_word(const char *wrong, const char *const words[]) {
    const char *const *const all = words;
    size_t length = strlen(wrong);
    if (length > LONGEST) {
        return NULL;
    }
    const char *best = NULL;
    int best_distance = LONGEST;
    for (; *words; words++) {
        size_t word_length = strlen(*words);
        if (word_length > LONGEST) {
            continue;
        }
        int apart = distance(wrong, length, *words, word_length);
        size_t longer = length > word_length ? length : word_length;
        int most = longer < 3 ? 1 : (int)(longer / 3);
        if (apart <= most && apart < best_distance) {
            best_distance = apart;
            best = *words;
        }
    }
    return best ? best : begun_word(wrong, all);
}
