/* Prints on a page. The colours are those of the pictures (Okabe and Ito's). */
#include "lessons/runtime/page.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { COLUMNS = 80, LEAST_COLUMNS = 40, MOST_COLUMNS = 110, WORD_BYTES = 128 };

static bool wants_colours(void) {
    const char *refused = getenv("NO_COLOR"); /* no-color.org: if set and not empty */
    const char *term = getenv("TERM");
    return !(refused && *refused) && term && *term && strcmp(term, "dumb") != 0;
}

void page_open(struct page *page) {
    struct winsize size = {.ws_col = 0};
    *page = (struct page){.out = stdout, .columns = COLUMNS, .utf8 = true};
    if (!isatty(STDOUT_FILENO)) {
        return;
    }
    page->is_terminal = true;
    page->utf8 = utf8_is_spoken();
    page->has_colours = wants_colours();
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) {
        page->columns = size.ws_col < LEAST_COLUMNS  ? LEAST_COLUMNS
                        : size.ws_col > MOST_COLUMNS ? MOST_COLUMNS
                                                     : size.ws_col;
    }
}

const char *page_ink(const struct page *page, enum page_ink ink) {
    static const char *const codes[] = {
        [PAGE_PLAIN] = "\033[0m",
        [PAGE_FAINT] = "\033[0;38;5;245m",
        [PAGE_STRONG] = "\033[0;1m",
        [PAGE_AWAITS] = "\033[0;38;5;74m",
        [PAGE_ACTS] = "\033[0;38;5;166m",
        [PAGE_HOLDS] = "\033[0;38;5;166m",
        [PAGE_FROZEN] = "\033[0;1;38;5;178m",
    };
    return page->has_colours ? codes[ink] : "";
}

enum page_ink page_ink_of(enum span_kind kind) {
    return PAGE_AWAITS + (enum page_ink)kind;
}

int page_width(const char *text) {
    int columns = 0;
    size_t taken;
    for (; *text; text += taken) {
        int32_t code = utf8_read(text, strlen(text), &taken);
        columns += code < 0 ? 1 : utf8_columns(code);
    }
    return columns;
}

void page_pad(const struct page *page, int columns, const char *text) {
    size_t taken;
    for (; *text; text += taken) {
        int32_t code = utf8_read(text, strlen(text), &taken);
        int width = code < 0 ? 1 : utf8_columns(code);
        if (width > columns) {
            break;
        }
        fwrite(text, 1, taken, page->out);
        columns -= width;
    }
    fprintf(page->out, "%*s", columns, "");
}

/* Takes a word together with the spaces before it; a line break replaces the spaces. */
void page_write(const struct page *page, int indent, const char *text) {
    char word[WORD_BYTES];
    int column = indent;
    while (*text) {
        int spaces = (int)strspn(text, " ");
        int bytes = spaces + (int)strcspn(text + spaces, " ");
        bytes = bytes < WORD_BYTES ? bytes : WORD_BYTES - 1;
        snprintf(word, sizeof word, "%.*s", bytes, text);
        int width = page_width(word);
        bool fits = column + width <= page->columns || !page->is_terminal;
        if (!fits && spaces > 0 && column > indent) {
            fprintf(page->out, "\n%*s%s", indent, "", word + spaces);
            column = indent + width - spaces;
        } else {
            fputs(word, page->out);
            column += width;
        }
        text += bytes;
    }
}
