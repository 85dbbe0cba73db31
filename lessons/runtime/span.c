/* A list of spans, and what every drawing asks of it. */
#include "lessons/runtime/span.h"

#include <math.h>
#include <string.h>

void spans_add(struct spans *spans, const struct span *span) {
    if (spans->count == SPANS_MOST) {
        return;
    }
    size_t at = spans->count++;
    while (at > 0 && spans->list[at - 1].begin_s > span->begin_s) {
        spans->list[at] = spans->list[at - 1];
        at--;
    }
    spans->list[at] = *span;
}

size_t spans_rows(const struct spans *spans, const char *rows[static SPANS_MOST]) {
    size_t count = 0;
    for (size_t i = 0; i < spans->count; i++) {
        size_t at = 0;
        while (at < count && strcmp(rows[at], spans->list[i].row) != 0) {
            at++;
        }
        if (at == count) {
            rows[count++] = spans->list[i].row;
        }
    }
    return count;
}

double spans_step(double total_s, int most) {
    static const double multiples[] = {1, 2, 5};
    if (!(total_s > 0)) {
        return 1;
    }
    double power = pow(10, floor(log10(total_s / most)));
    for (;; power *= 10) {
        for (int i = 0; i < 3; i++) {
            if (multiples[i] * power * most >= total_s) {
                return multiples[i] * power;
            }
        }
    }
}

const char *span_kind_name(enum span_kind kind) {
    static const char *const names[SPAN_KINDS] = {
        [SPAN_AWAITS] = "awaits",
        [SPAN_HOLDS] = "holds its thread",
        [SPAN_FROZEN] = "frozen: another holds the thread",
    };
    return names[kind];
}
