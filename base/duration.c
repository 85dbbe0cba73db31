/* Reads and writes durations exactly to the nanosecond, without floating point. */
#include "base/duration.h"
#include "base/clock.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

struct unit {
    const char *name;
    int64_t ns;
};

/* In descending order: the units of a valid duration have growing indices. */
static const struct unit units[] = {
    {"h", INT64_C(3600000000000)}, {"min", INT64_C(60000000000)},
    {"s", INT64_C(1000000000)},    {"ms", INT64_C(1000000)},
    {"us", INT64_C(1000)},         {"ns", INT64_C(1)},
};
enum { UNIT_COUNT = sizeof units / sizeof units[0] };

/* A decimal number as digits / scale (a power of 10), which is exact. */
struct number {
    __int128 digits;
    int64_t scale;
};

static const char *skip_spaces(const char *at) {
    while (*at == ' ') {
        at++;
    }
    return at;
}

/* Returns the text after the number; NULL if there is no number or it is too long. */
static const char *read_number(const char *at, struct number *number) {
    *number = (struct number){.scale = 1};
    int digit_count = 0;
    bool fraction = false;
    for (;; at++) {
        if (*at == '.' && !fraction) {
            fraction = true;
        } else if (isdigit((unsigned char)*at)) {
            if (fraction && number->scale >= INT64_C(100000000000000000)) {
                continue; /* below 10^-17 h: far less than half a nanosecond */
            }
            number->digits = number->digits * 10 + (*at - '0');
            number->scale *= fraction ? 10 : 1;
            if (++digit_count > 36) {
                return NULL;
            }
        } else {
            return digit_count > 0 && at[-1] != '.' ? at : NULL;
        }
    }
}

static int find_unit(const char *at, size_t length) {
    for (int i = 0; i < UNIT_COUNT; i++) {
        if (strlen(units[i].name) == length && !strncmp(at, units[i].name, length)) {
            return i;
        }
    }
    return -1;
}

bool duration_parse(const char *text, int64_t *duration_ns, struct error *error) {
    static const char *const advice = "write for example 55s, 1.5h, 12h30min or 250us";
    __int128 sum = 0;
    int last_unit = -1;
    const char *at = skip_spaces(text);
    do {
        struct number number;
        const char *behind = read_number(at, &number);
        if (!behind) {
            return error_input(error, "'%.60s' is no duration; %s", text, advice);
        }
        at = skip_spaces(behind);
        size_t length = strspn(at, "abcdefghijklmnopqrstuvwxyz");
        if (length == 0) {
            return error_input(error, "'%.60s' has a number without a unit; %s", text,
                               advice);
        }
        int unit = find_unit(at, length);
        if (unit < 0) {
            return error_input(error,
                               "'%.60s' has the unknown unit '%.*s'; units are h, min, "
                               "s, ms, us, ns",
                               text, length > 20 ? 20 : (int)length, at);
        }
        if (unit <= last_unit) {
            return error_input(error,
                               "'%.60s' has its units out of order; write larger units "
                               "first and each unit once",
                               text);
        }
        last_unit = unit;
        if (number.digits > (__int128)INT64_MAX * number.scale / units[unit].ns) {
            return error_input(error, "'%.60s' is too long; at most 292 years", text);
        }
        sum += (number.digits * units[unit].ns + number.scale / 2) / number.scale;
        if (sum > INT64_MAX) {
            return error_input(error, "'%.60s' is too long; at most 292 years", text);
        }
        at = skip_spaces(at + length);
    } while (*at);
    *duration_ns = (int64_t)sum;
    return true;
}

const char *duration_format(int64_t duration_ns,
                            char text[static DURATION_TEXT_BYTES]) {
    /* Never in h or min: 43200 s and 3655 s can be compared at a glance. */
    int unit = 2;
    while (unit < UNIT_COUNT - 1 && duration_ns < units[unit].ns) {
        unit++;
    }
    if (duration_ns == 0) {
        unit = 2;
    }
    int64_t whole = duration_ns / units[unit].ns;
    int64_t rest = duration_ns % units[unit].ns;
    int decimals = unit == 2 ? 9 : unit == 3 ? 6 : unit == 4 ? 3 : 0;
    while (decimals > 0 && rest % 10 == 0) {
        rest /= 10;
        decimals--;
    }
    if (decimals > 0) {
        snprintf(text, DURATION_TEXT_BYTES, "%" PRId64 ".%0*" PRId64 " %s", whole,
                 decimals, rest, units[unit].name);
        return text;
    }
    snprintf(text, DURATION_TEXT_BYTES, "%" PRId64 " %s", whole, units[unit].name);
    return text;
}

double duration_seconds(double duration_ns) {
    return duration_ns / (double)NS_PER_S;
}
