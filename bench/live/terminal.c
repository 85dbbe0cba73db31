/* All escape codes but those for colours (ink.c). The cursor is hidden, and wrapping is
 * off, only within one frame, and there is no alternate screen. So nothing has to be
 * undone at the end, even if the program is killed. */
#include "bench/live/terminal.h"
#include "base/clock.h"
#include "base/utf8.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

/* Begins a synchronized update (mode 2026, if the terminal has it), hides the cursor,
 * stops wrapping. */
static const char begin_code[] = "\033[?2026h\033[?25l\033[?7l";
/* Erases old text to the right of a line. */
static const char line_end[] = "\033[K\r\n";
/* Erases old lines below, and undoes begin_code. */
static const char end_code[] = "\033[J"
                               "\033[?7h\033[?25h\033[?2026l";
/* Undoes begin_code and colours once more: at Ctrl-C the kernel drops the output that
 * is not yet on the screen, which may be the end of a frame. */
static const char sane_code[] = "\033[0m\033[?7h\033[?25h\033[?2026l";

enum { PATIENCE_MS = 200, CODES_BYTES = 128 };

enum ink_colours terminal_choose_colours(enum terminal_wish wish, const char *no_color,
                                         const char *colorterm) {
    bool refused = no_color && *no_color; /* as no-color.org defines it */
    if (wish == TERMINAL_COLOUR_NEVER || (wish == TERMINAL_COLOUR_AUTO && refused)) {
        return INK_NO_COLOURS;
    }
    bool is_true =
        colorterm && (!strcmp(colorterm, "truecolor") || !strcmp(colorterm, "24bit"));
    return is_true ? INK_TRUE_COLOURS : INK_256_COLOURS;
}

bool terminal_can_move(const char *term) {
    return term && *term && strcmp(term, "dumb") != 0 && strcmp(term, "unknown") != 0;
}

void terminal_open(struct terminal *terminal, int fd, enum terminal_wish wish) {
    *terminal = (struct terminal){.fd = 0};
    if (!isatty(fd) || !terminal_can_move(getenv("TERM"))) {
        return;
    }
    /* Opened anew, because O_NONBLOCK on the given descriptor would also hold for the
     * shell, which shares it. */
    char path[64];
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    int own_fd = open(path, O_WRONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    terminal->is_own = own_fd >= 0;
    terminal->fd = own_fd >= 0 ? own_fd : fd;
    terminal->utf8 = utf8_is_spoken();
    terminal->colours =
        terminal_choose_colours(wish, getenv("NO_COLOR"), getenv("COLORTERM"));
}

static bool takes_more(const struct terminal *terminal, int patience_ms) {
    struct pollfd poll_fd = {.fd = terminal->fd, .events = POLLOUT};
    return poll(&poll_fd, 1, patience_ms) > 0 && (poll_fd.revents & POLLOUT);
}

/* Writes on without waiting. True: all bytes are written, or never will be. */
static bool write_on(struct terminal *terminal) {
    while (terminal->written_bytes < terminal->text_bytes) {
        if (!takes_more(terminal, 0)) {
            return false;
        }
        ssize_t count = write(terminal->fd, terminal->text + terminal->written_bytes,
                              terminal->text_bytes - terminal->written_bytes);
        if (count < 0 && errno == EAGAIN) {
            return false;
        }
        if (count < 0 && errno != EINTR) {
            terminal->written_bytes = terminal->text_bytes; /* the terminal is gone */
        }
        terminal->written_bytes += count > 0 ? (size_t)count : 0;
    }
    return true;
}

/* Completes the frame, for at most PATIENCE_MS, so that other output does not end up
 * within it. */
static void settle(struct terminal *terminal) {
    int64_t deadline_ns = clock_now_ns() + PATIENCE_MS * NS_PER_MS;
    while (terminal->fd > 0 && !write_on(terminal) && clock_now_ns() < deadline_ns) {
        takes_more(terminal, PATIENCE_MS / 10);
    }
    terminal->written_bytes = terminal->text_bytes; /* the rest is dropped (Ctrl-S) */
}

static void make_sane(struct terminal *terminal) {
    settle(terminal);
    if (terminal->fd > 0 && terminal->text) { /* something was drawn */
        memcpy(terminal->text, sane_code, sizeof sane_code);
        terminal->text_bytes = sizeof sane_code - 1;
        terminal->written_bytes = 0;
        settle(terminal);
    }
}

void terminal_close(struct terminal *terminal) {
    make_sane(terminal);
    if (terminal->is_own) {
        close(terminal->fd);
    }
    free(terminal->text);
    *terminal = (struct terminal){.fd = 0};
}

bool terminal_is_behind(const struct terminal *terminal) {
    return terminal->written_bytes < terminal->text_bytes;
}

bool terminal_measure(struct terminal *terminal) {
    struct winsize size = {.ws_row = 0};
    if (terminal->fd <= 0 || !write_on(terminal)) {
        return false;
    }
    ioctl(terminal->fd, TIOCGWINSZ, &size);
    terminal->rows = size.ws_row > 0 ? size.ws_row : 24;
    terminal->columns = size.ws_col > 0 ? size.ws_col : 80;
    pid_t foreground = tcgetpgrp(terminal->fd); /* -1: not our controlling terminal */
    bool is_ours = foreground < 0 || foreground == getpgrp();
    if (!is_ours) {
        terminal->drawn_rows = 0; /* other programs write below them */
    }
    return is_ours;
}

/* How many rows above the cursor the first drawn row is. If the window has become
 * narrower, most terminals have folded the long rows, and this assumes it; with a
 * terminal that cut them instead, older lines are overwritten. */
static int rows_up(const struct terminal *terminal) {
    int rows = 0;
    for (int i = 0; i < terminal->drawn_rows; i++) {
        int length = terminal->drawn_lengths[i];
        bool is_folded = terminal->columns < terminal->drawn_columns && length > 0;
        rows += is_folded ? (length + terminal->columns - 1) / terminal->columns : 1;
    }
    return rows < terminal->rows ? rows : terminal->rows - 1;
}

static void append(struct terminal *terminal, const char *text) {
    size_t bytes = strlen(text);
    memcpy(terminal->text + terminal->text_bytes, text, bytes + 1);
    terminal->text_bytes += bytes;
}

/* Begins a frame: allocates room for `bytes`, and moves the cursor to the first drawn
 * row. False: out of memory. */
static bool begin(struct terminal *terminal, size_t bytes) {
    char up[32];
    char *text = realloc(terminal->text, bytes + CODES_BYTES);
    if (!text) {
        return false;
    }
    terminal->text = text;
    terminal->text_bytes = 0;
    terminal->written_bytes = 0;
    append(terminal, begin_code);
    append(terminal, "\r");
    if (terminal->drawn_rows > 0) {
        snprintf(up, sizeof up, "\033[%dA", rows_up(terminal));
        append(terminal, up);
    }
    return true;
}

void terminal_draw(struct terminal *terminal, const struct grid *grid, int rows) {
    if (terminal->fd <= 0 ||
        !begin(terminal, (size_t)rows * (grid_row_bytes(grid) + sizeof line_end))) {
        return;
    }
    for (int row = 0; row < rows; row++) {
        terminal->text_bytes += grid_write(grid, row, terminal->colours,
                                           terminal->text + terminal->text_bytes);
        append(terminal, line_end);
        terminal->drawn_lengths[row] = grid_length(grid, row);
    }
    append(terminal, end_code);
    terminal->drawn_rows = rows;
    terminal->drawn_columns = terminal->columns;
    write_on(terminal);
}

void terminal_erase(struct terminal *terminal) {
    settle(terminal);
    if (terminal->fd > 0 && terminal->drawn_rows > 0 && terminal_measure(terminal) &&
        begin(terminal, 0)) {
        append(terminal, end_code);
        settle(terminal);
    }
    terminal->drawn_rows = 0;
}

void terminal_keep(struct terminal *terminal) {
    make_sane(terminal);
    terminal->drawn_rows = 0;
}
