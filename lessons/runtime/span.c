/* A list of spans, and the questions of every drawing about it. */
#include "lessons/runtime/span.h"
#include "base/utf8.h"

#include <math.h>
#include <stdio.h>
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

void spans_say(struct spans *spans, const char *row, const char *text, double at_s) {
    if (spans->saying_count == SPANS_MOST) {
        return;
    }
    struct saying *saying = &spans->sayings[spans->saying_count++];
    *saying = (struct saying){.at_s = at_s};
    snprintf(saying->row, sizeof saying->row, "%s", row);
    size_t length = strlen(row);
    if (!strncmp(text, row, length)) {
        text += length + strspn(text + length, ": ");
    }
    snprintf(saying->text, sizeof saying->text, "%s", text);
    utf8_mend(saying->text);
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

bool spans_have(const struct spans *spans, enum span_kind kind) {
    size_t i = 0;
    while (i < spans->count && spans->list[i].kind != kind) {
        i++;
    }
    return i < spans->count;
}

static bool is_in_row(const struct spans *spans, size_t first, size_t end,
                      const char *row) {
    while (first < end && strcmp(spans->list[first].row, row) != 0) {
        first++;
    }
    return first < end;
}

bool spans_has_row(const struct spans *spans, const char *row) {
    return is_in_row(spans, 0, spans->count, row);
}

const char *spans_saying_row(const struct spans *spans, const struct saying *saying) {
    return spans_has_row(spans, saying->row) ? saying->row : SPAN_MAIN;
}

bool spans_is_first(const struct spans *spans, size_t index) {
    return !is_in_row(spans, 0, index, spans->list[index].row);
}

bool spans_is_last(const struct spans *spans, size_t index) {
    return !is_in_row(spans, index + 1, spans->count, spans->list[index].row);
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
        [SPAN_ACTS] = "acts",
        [SPAN_HOLDS] = "holds its thread",
        [SPAN_FROZEN] = "frozen: another holds the thread",
    };
    return names[kind];
}
