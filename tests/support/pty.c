/* A pseudo-terminal with a program on it, and the smallest emulation of a terminal that
 * can show the program's output. */
#include "tests/support/pty.h"
#include "base/clock.h"
#include "base/utf8.h"

#include <criterion/criterion.h>
#include <ctype.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

static const int64_t patience_ns = 60 * NS_PER_S;

void pty_start(struct pty *pty, int rows, int columns, const char *line) {
    struct winsize size = {.ws_row = (unsigned short)rows,
                           .ws_col = (unsigned short)columns};
    *pty = (struct pty){.text = calloc(1, 1)};
    pty->pid = forkpty(&pty->fd, NULL, NULL, &size);
    cr_assert_geq(pty->pid, 0);
    if (pty->pid == 0) {
        setenv("TERM", "xterm-256color", 1);
        setenv("LC_ALL", "C.UTF-8", 1);
        unsetenv("NO_COLOR");
        unsetenv("COLORTERM");
        execl("/bin/sh", "sh", "-c", line, (char *)NULL);
        _exit(127);
    }
}

/* Reads once; returns false if no process has the terminal open any more. */
static bool read_some(struct pty *pty) {
    char bytes[65536];
    struct pollfd poll_fd = {.fd = pty->fd, .events = POLLIN};
    if (poll(&poll_fd, 1, 100) == 0) {
        return true;
    }
    ssize_t count = read(pty->fd, bytes, sizeof bytes);
    if (count <= 0) {
        return false; /* EIO: the other end is closed */
    }
    pty->text = realloc(pty->text, pty->bytes + (size_t)count + 1);
    cr_assert_not_null(pty->text);
    memcpy(pty->text + pty->bytes, bytes, (size_t)count);
    pty->bytes += (size_t)count;
    pty->text[pty->bytes] = '\0';
    return true;
}

static void reap(struct pty *pty) {
    int status;
    cr_assert_eq(waitpid(pty->pid, &status, 0), pty->pid);
    pty->pid = 0;
    pty->code = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

void pty_await(struct pty *pty, const char *text) {
    int64_t deadline_ns = clock_now_ns() + patience_ns;
    size_t from = pty->bytes;
    while (!strstr(pty->text + from, text)) {
        cr_assert(clock_now_ns() < deadline_ns && read_some(pty),
                  "'%s' was not written: %s", text, pty->text + from);
    }
}

void pty_finish(struct pty *pty) {
    int64_t deadline_ns = clock_now_ns() + patience_ns;
    while (read_some(pty)) {
        cr_assert_lt(clock_now_ns(), deadline_ns, "it does not end: %s", pty->text);
    }
    reap(pty);
    if (strstr(pty->text, "another machine on")) {
        cr_skip("the host was busy with another machine, so a trial is invalid");
    }
}

void pty_type(struct pty *pty, const char *keys) {
    cr_assert_eq(write(pty->fd, keys, strlen(keys)), (ssize_t)strlen(keys));
}

void pty_resize(struct pty *pty, int rows, int columns) {
    struct winsize size = {.ws_row = (unsigned short)rows,
                           .ws_col = (unsigned short)columns};
    cr_assert_eq(ioctl(pty->fd, TIOCSWINSZ, &size), 0);
}

void pty_close(struct pty *pty) {
    if (pty->pid > 0) {
        kill(pty->pid, SIGKILL);
        reap(pty);
    }
    close(pty->fd);
    free(pty->text);
    *pty = (struct pty){.text = NULL};
}

int pty_count(const struct pty *pty, const char *text) {
    int count = 0;
    for (const char *at = pty->text; (at = strstr(at, text)); at += strlen(text)) {
        count++;
    }
    return count;
}

/* The place where a text was written last; NULL: never. */
static const char *find_last(const struct pty *pty, const char *text) {
    const char *last = NULL;
    for (const char *at = pty->text; (at = strstr(at, text)); at++) {
        last = at;
    }
    return last;
}

bool pty_is_sane(const struct pty *pty) {
    static const char *const pairs[][2] = {{"\033[?25l", "\033[?25h"},
                                           {"\033[?7l", "\033[?7h"},
                                           {"\033[?2026h", "\033[?2026l"}};
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
        const char *off = find_last(pty, pairs[i][0]);
        if (off && !strstr(off, pairs[i][1])) {
            return false;
        }
    }
    const char *colour = find_last(pty, "\033[0;");
    return !colour || strstr(colour, "\033[0m");
}

/* A screen of cells, and the rows that have scrolled out above it. */
struct screen {
    int rows;
    int columns;
    int row;
    int column;
    char (*cells)[5]; /* [row][column] */
    char *above;
};

static void blank(struct screen *screen, int from, int to) {
    for (int i = from; i < to; i++) {
        strcpy(screen->cells[i], " ");
    }
}

static void append_row(struct screen *screen, int row) {
    int length = screen->columns;
    char(*cells)[5] = &screen->cells[row * screen->columns];
    while (length > 0 && !strcmp(cells[length - 1], " ")) {
        length--;
    }
    size_t used = strlen(screen->above);
    screen->above = realloc(screen->above, used + (size_t)length * 5 + 2);
    cr_assert_not_null(screen->above);
    for (int i = 0; i < length; i++) {
        strcpy(screen->above + used, cells[i]);
        used += strlen(cells[i]);
    }
    strcpy(screen->above + used, "\n");
}

static void feed_line(struct screen *screen) {
    if (++screen->row < screen->rows) {
        return;
    }
    append_row(screen, 0);
    size_t row_bytes = (size_t)screen->columns * sizeof *screen->cells;
    memmove(screen->cells, screen->cells + screen->columns,
            row_bytes * (size_t)(screen->rows - 1));
    screen->row = screen->rows - 1;
    blank(screen, screen->row * screen->columns, screen->rows * screen->columns);
}

/* Does what the code after ESC [ says; returns the text after the code. */
static const char *obey(struct screen *screen, const char *at) {
    size_t length = strspn(at, "?;0123456789");
    int place = screen->row * screen->columns + screen->column;
    char kind = at[length];
    if (kind == 'A') {
        int up = atoi(at);
        screen->row = up < screen->row ? screen->row - up : 0;
    } else if (kind == 'K') {
        blank(screen, place, (screen->row + 1) * screen->columns);
    } else if (kind == 'J') {
        blank(screen, place, screen->rows * screen->columns);
    } else {
        bool is_mode = *at == '?' && (kind == 'h' || kind == 'l');
        cr_assert(is_mode || kind == 'm', "a code that no frame needs: ESC [%.20s", at);
    }
    return at + length + 1;
}

static const char *show(struct screen *screen, const char *at) {
    size_t taken;
    int32_t code = utf8_read(at, strlen(at), &taken);
    cr_assert(code >= ' ' && !utf8_is_hostile(code), "hostile: %.20s", at);
    if (screen->column == screen->columns) {
        screen->column = 0;
        feed_line(screen);
    }
    char *cell = screen->cells[screen->row * screen->columns + screen->column++];
    memcpy(cell, at, taken);
    cell[taken] = '\0';
    return at + taken;
}

char *pty_screen(const struct pty *pty, int rows, int columns) {
    struct screen screen = {.rows = rows, .columns = columns};
    screen.cells = calloc((size_t)rows * (size_t)columns, sizeof *screen.cells);
    screen.above = calloc(1, 1);
    cr_assert(screen.cells && screen.above);
    blank(&screen, 0, rows * columns);
    for (const char *at = pty->text; *at;) {
        if (at[0] == '\033' && at[1] == '[') {
            at = obey(&screen, at + 2);
        } else if (*at == '\n') {
            feed_line(&screen);
            at++;
        } else if (*at == '\r') {
            screen.column = 0;
            at++;
        } else {
            at = show(&screen, at);
        }
    }
    for (int row = 0; row <= screen.row; row++) {
        append_row(&screen, row);
    }
    free(screen.cells);
    return screen.above;
}
