/* Command lines from one table, read by getopt_long. */
#include "base/options.h"
#include "base/nearest.h"

#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

/* Row i has the getopt code ROW + i, which is above every letter that optopt can
 * hold. */
enum { MOST_OPTIONS = 40, ROW = 256, HELP = 1000 };

static int count_rows(const struct option_row rows[]) {
    int count = 0;
    while (rows[count].name) {
        count++;
    }
    return count;
}

/* Returns the word that getopt has refused. getopt does not tell: it is the word before
 * optind, or the word at optind if more letters follow the unknown letter (-xy). */
static const char *refused_word(int argc, char *argv[]) {
    bool more_letters = optopt != 0 && optopt < ROW && optind < argc &&
                        argv[optind][0] == '-' && argv[optind][1] == (char)optopt &&
                        argv[optind][2] != '\0';
    return more_letters ? argv[optind] : argv[optind - 1];
}

static bool refuse_unknown(const struct option_row rows[], const char *word,
                           struct error *error) {
    const char *names[MOST_OPTIONS + 2] = {"help"};
    int count = 1;
    for (int i = 0; rows[i].name; i++) {
        if (rows[i].help) {
            names[count++] = rows[i].name;
        }
    }
    char name[64];
    const char *bare = word + strspn(word, "-");
    snprintf(name, sizeof name, "%.*s", (int)strcspn(bare, "="), bare);
    const char *nearest = nearest_word(name, names);
    if (nearest) {
        return error_input(error, "unknown option '%.60s'; did you mean '--%s'?", word,
                           nearest);
    }
    return error_input(error, "unknown option '%.60s'; --help lists them all", word);
}

static bool refuse(const struct option_row rows[], int code, int failed_row,
                   const char *word, struct error *error) {
    if (code == ':') {
        return error_input(error, "--%s needs a value: --%s %s", rows[failed_row].name,
                           rows[failed_row].name, rows[failed_row].argument);
    }
    if (failed_row == HELP) {
        return error_input(error, "--help takes no value");
    }
    if (failed_row >= 0 && failed_row < count_rows(rows)) {
        return error_input(error, "--%s takes no value", rows[failed_row].name);
    }
    return refuse_unknown(rows, word, error);
}

bool options_parse(const struct option_row rows[], void *target, int argc, char *argv[],
                   int *operand_count, bool *help, struct error *error) {
    struct option long_options[MOST_OPTIONS + 2] = {{"help", no_argument, NULL, HELP}};
    int count = count_rows(rows);
    for (int i = 0; i < count; i++) {
        int has = rows[i].argument ? required_argument : no_argument;
        long_options[i + 1] = (struct option){rows[i].name, has, NULL, ROW + i};
    }
    *help = false;
    optind = 0; /* resets glibc's getopt, which may have read another command line */
    opterr = 0;
    int code;
    while ((code = getopt_long(argc, argv, ":h", long_options, NULL)) != -1) {
        if (code == HELP || code == 'h') {
            *help = true;
            return true;
        }
        if (code == '?' || code == ':') {
            int row = optopt == HELP ? HELP : optopt - ROW;
            return refuse(rows, code, row, refused_word(argc, argv), error);
        }
        if (!rows[code - ROW].set(target, &rows[code - ROW], optarg, error)) {
            return error_prefix(error, "--%s: ", rows[code - ROW].name);
        }
    }
    *operand_count = argc - optind;
    memmove(argv + 1, argv + optind, (size_t)*operand_count * sizeof *argv);
    return true;
}

void options_print(const struct option_row rows[], FILE *out) {
    int width = 0;
    for (int i = 0; rows[i].name; i++) {
        int length = rows[i].help ? (int)strlen(rows[i].name) + 3 : 0;
        length += rows[i].help && rows[i].argument ? (int)strlen(rows[i].argument) : 0;
        width = length > width ? length : width;
    }
    for (int i = 0; rows[i].name; i++) {
        char text[80];
        snprintf(text, sizeof text, "--%s %s", rows[i].name,
                 rows[i].argument ? rows[i].argument : "");
        if (rows[i].help) {
            fprintf(out, "  %-*s  %s\n", width, text, rows[i].help);
        }
    }
    fprintf(out, "  %-*s  %s\n", width, "--help", "this text");
}

bool options_integer(const char *text, long long least, long long most,
                     long long *number, struct error *error) {
    char *end = NULL;
    errno = 0;
    *number = strtoll(text, &end, 10);
    bool whole = *text != '\0' && strchr("0123456789-", *text) && *end == '\0';
    if (!whole || errno || *number < least || *number > most) {
        return error_input(error, "'%.60s' is not a whole number from %lld to %lld",
                           text, least, most);
    }
    return true;
}
