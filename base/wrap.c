/* A stdio stream (fopencookie) that collects a line and prints it as rows. */
#include "base/wrap.h"
#include "base/utf8.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/types.h>
#include <unistd.h>

enum { USUAL_COLUMNS = 80, INDENT = 2 };

struct wrap {
    FILE *to;
    int columns;
    char *line; /* owned: the line so far */
    size_t bytes;
    size_t room;
};

int wrap_columns(int fd) {
    struct winsize size = {.ws_col = 0};
    if (!isatty(fd)) {
        return 0;
    }
    bool is_known = ioctl(fd, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
    return is_known ? size.ws_col : USUAL_COLUMNS;
}

/* The columns of the character at the beginning of a text, and its bytes. */
static int character_width(const char *text, size_t *taken) {
    int32_t code = utf8_read(text, strlen(text), taken);
    return code < 0 || utf8_is_hostile(code) ? 1 : utf8_columns(code);
}

int wrap_width(const char *text) {
    int columns = 0;
    size_t taken;
    for (; *text; text += taken) {
        columns += character_width(text, &taken);
    }
    return columns;
}

/* The indent of the further rows: below the last column of the line. */
static int choose_indent(char *line, int columns) {
    int indent = 0;
    for (char *at = line; (at = strstr(at, "  "));) {
        at += strspn(at, " ");
        char first = *at;
        *at = '\0';
        indent = first ? wrap_width(line) : indent;
        *at = first;
    }
    bool is_useful = indent > 0 && indent <= columns / 2;
    return is_useful ? indent : columns > 4 * INDENT ? INDENT : 0;
}

/* Prints a word that no row has room for, as far as each row goes. Returns the column
 * after it. */
static int print_long_word(const struct wrap *wrap, const char *word, int column,
                           int indent) {
    size_t taken;
    for (; *word; word += taken) {
        int width = character_width(word, &taken);
        if (column + width > wrap->columns && column > indent) {
            fprintf(wrap->to, "\n%*s", indent, "");
            column = indent;
        }
        fwrite(word, 1, taken, wrap->to);
        column += width;
    }
    return column;
}

/* The bytes of the word at the beginning of a text. A number and its unit are one. */
static size_t word_bytes(const char *text) {
    static const char *const units[] = {"h", "min", "s", "ms", "us", "%"};
    size_t bytes = strcspn(text, " ");
    const char *unit = text + bytes + 1;
    bool is_number = bytes > 0 && isdigit((unsigned char)text[bytes - 1]);
    for (size_t i = 0; text[bytes] && is_number && i < sizeof units / sizeof *units;
         i++) {
        size_t length = strlen(units[i]);
        if (!strncmp(unit, units[i], length) && !isalnum((unsigned char)unit[length])) {
            return bytes + 1 + strcspn(unit, " ");
        }
    }
    return bytes;
}

/* Takes each word together with the spaces before it; a line break replaces them. */
static void print_rows(const struct wrap *wrap, char *line) {
    int indent = choose_indent(line, wrap->columns);
    int column = 0;
    while (*line) {
        size_t spaces = strspn(line, " ");
        size_t bytes = spaces + word_bytes(line + spaces);
        char next = line[bytes];
        line[bytes] = '\0';
        int width = wrap_width(line);
        bool is_after_text = column > 0 && column + (int)spaces > indent;
        if (column + width > wrap->columns && is_after_text && line[spaces]) {
            fprintf(wrap->to, "\n%*s", indent, "");
            column = indent;
            width -= (int)spaces;
            line += spaces;
            bytes -= spaces;
        }
        if (column + width <= wrap->columns) {
            fputs(line, wrap->to);
            column += width;
        } else if (line[strspn(line, " ")]) {
            column = print_long_word(wrap, line, column, indent);
        }
        line[bytes] = next;
        line += bytes;
    }
}

static void end_line(struct wrap *wrap) {
    if (wrap->bytes > 0) {
        wrap->line[wrap->bytes] = '\0';
        if (wrap->columns == 0 || wrap_width(wrap->line) <= wrap->columns) {
            fputs(wrap->line, wrap->to);
        } else {
            print_rows(wrap, wrap->line);
        }
    }
    wrap->bytes = 0;
}

static bool append(struct wrap *wrap, char character) {
    if (wrap->bytes + 1 >= wrap->room) {
        size_t room = 2 * wrap->room + 256;
        char *line = realloc(wrap->line, room);
        if (!line) {
            return false;
        }
        wrap->line = line;
        wrap->room = room;
    }
    wrap->line[wrap->bytes++] = character;
    return true;
}

static ssize_t write_wrap(void *cookie, const char *text, size_t bytes) {
    struct wrap *wrap = cookie;
    for (size_t i = 0; i < bytes; i++) {
        if (text[i] == '\n') {
            end_line(wrap);
            putc('\n', wrap->to);
        } else if (!append(wrap, text[i])) {
            return 0; /* for a write that fails, fopencookie(3) expects 0, not -1 */
        }
    }
    return ferror(wrap->to) ? 0 : (ssize_t)bytes;
}

static int close_wrap(void *cookie) {
    struct wrap *wrap = cookie;
    end_line(wrap);
    int failed = fflush(wrap->to) != 0 || ferror(wrap->to);
    free(wrap->line);
    free(wrap);
    return failed ? EOF : 0;
}

FILE *wrap_open(FILE *to, int columns) {
    struct wrap *wrap = calloc(1, sizeof *wrap);
    if (!wrap) {
        return NULL;
    }
    *wrap = (struct wrap){.to = to, .columns = columns};
    cookie_io_functions_t calls = {.write = write_wrap, .close = close_wrap};
    FILE *stream = fopencookie(wrap, "w", calls);
    if (!stream) {
        free(wrap);
    }
    return stream;
}
