/* bench/live/terminal.c: on a pseudo-terminal whose other end the test reads. */
#include "bench/live/terminal.h"

#include <criterion/criterion.h>
#include <fcntl.h>
#include <pty.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

static int master = -1;
static int slave = -1;
static struct terminal terminal;

static void open_pty(void) {
    alarm(60); /* ends a test that hangs */
    struct winsize size = {.ws_row = 10, .ws_col = 40};
    struct termios raw = {.c_cflag = CS8 | CREAD}; /* bytes arrive unchanged */
    cr_assert_eq(openpty(&master, &slave, NULL, &raw, &size), 0);
    cr_assert_eq(fcntl(master, F_SETFL, O_NONBLOCK), 0);
    setenv("TERM", "xterm", 1);
    setenv("LC_ALL", "C.UTF-8", 1);
    unsetenv("NO_COLOR");
    unsetenv("COLORTERM");
}

static void close_pty(void) {
    terminal_close(&terminal);
    close(master);
    close(slave);
}

TestSuite(terminal, .init = open_pty, .fini = close_pty);

/* Everything that was written since the last call. */
static const char *written(void) {
    static char text[65536];
    size_t bytes = 0;
    ssize_t count;
    while ((count = read(master, text + bytes, sizeof text - 1 - bytes)) > 0) {
        bytes += (size_t)count; /* a terminal may give two writes one after the other */
    }
    text[bytes] = '\0';
    return text;
}

static void draw(const char *const lines[], int rows) {
    struct grid grid;
    cr_assert(grid_open(&grid, rows, terminal.columns - 1, true));
    for (int row = 0; row < rows; row++) {
        grid_text(&grid, row, 0, INK_PLAIN, lines[row]);
    }
    terminal_draw(&terminal, &grid, rows);
    grid_close(&grid);
}

static void open_measured(void) {
    terminal_open(&terminal, slave, TERMINAL_COLOUR_AUTO);
    cr_assert_gt(terminal.fd, 0);
    cr_assert(terminal_measure(&terminal));
}

#define BEGIN "\033[?2026h\033[?25l\033[?7l\r"
#define END   "\033[J\033[?7h\033[?25h\033[?2026l"

Test(terminal, colours_follow_the_option_and_the_environment) {
    static const struct {
        enum terminal_wish wish;
        const char *no_color;
        const char *colorterm;
        enum ink_colours colours;
    } rows[] = {
        {TERMINAL_COLOUR_AUTO, NULL, NULL, INK_256_COLOURS},
        {TERMINAL_COLOUR_AUTO, "", "", INK_256_COLOURS},
        {TERMINAL_COLOUR_AUTO, "1", "truecolor", INK_NO_COLOURS},
        {TERMINAL_COLOUR_AUTO, NULL, "truecolor", INK_TRUE_COLOURS},
        {TERMINAL_COLOUR_AUTO, NULL, "24bit", INK_TRUE_COLOURS},
        {TERMINAL_COLOUR_ALWAYS, "1", NULL, INK_256_COLOURS},
        {TERMINAL_COLOUR_NEVER, NULL, "truecolor", INK_NO_COLOURS},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        cr_expect_eq(
            terminal_choose_colours(rows[i].wish, rows[i].no_color, rows[i].colorterm),
            rows[i].colours, "row %zu", i);
    }
}

Test(terminal, some_types_cannot_move_their_cursor) {
    cr_expect(terminal_can_move("xterm-256color"));
    cr_expect(terminal_can_move("linux"));
    cr_expect_not(terminal_can_move("dumb"));
    cr_expect_not(terminal_can_move(""));
    cr_expect_not(terminal_can_move(NULL));
    setenv("TERM", "dumb", 1);
    terminal_open(&terminal, slave, TERMINAL_COLOUR_ALWAYS);
    cr_expect_eq(terminal.fd, 0);
}

Test(terminal, a_descriptor_of_anything_else_is_no_terminal) {
    int fds[2];
    cr_assert_eq(pipe(fds), 0);
    terminal_open(&terminal, fds[1], TERMINAL_COLOUR_ALWAYS);
    cr_expect_eq(terminal.fd, 0);
    cr_expect_not(terminal_measure(&terminal));
    terminal_erase(&terminal);
    close(fds[0]);
    close(fds[1]);
}

Test(terminal, its_size_is_read_each_time) {
    open_measured();
    cr_expect_eq(terminal.rows, 10);
    cr_expect_eq(terminal.columns, 40);
    struct winsize size = {.ws_row = 3, .ws_col = 20};
    ioctl(master, TIOCSWINSZ, &size);
    cr_assert(terminal_measure(&terminal));
    cr_expect_eq(terminal.rows, 3);
    cr_expect_eq(terminal.columns, 20);
    size = (struct winsize){.ws_row = 0};
    ioctl(master, TIOCSWINSZ, &size);
    cr_assert(terminal_measure(&terminal));
    cr_expect_eq(terminal.rows, 24); /* the terminal does not know its size */
    cr_expect_eq(terminal.columns, 80);
}

Test(terminal, a_frame_stands_in_the_place_of_the_one_before) {
    open_measured();
    draw((const char *const[]){"one", "two"}, 2);
    cr_expect_str_eq(written(), BEGIN "one\033[K\r\ntwo\033[K\r\n" END);
    draw((const char *const[]){"three"}, 1);
    cr_expect_str_eq(written(), BEGIN "\033[2Athree\033[K\r\n" END);
    draw((const char *const[]){"four"}, 1);
    cr_expect_str_eq(written(), BEGIN "\033[1Afour\033[K\r\n" END);
}

Test(terminal, erased_rows_are_gone_and_kept_rows_stay) {
    open_measured();
    draw((const char *const[]){"one", "two"}, 2);
    written();
    terminal_erase(&terminal);
    cr_expect_str_eq(written(), BEGIN "\033[2A" END);
    terminal_erase(&terminal);
    cr_expect_str_eq(written(), ""); /* there are no rows to erase */
    draw((const char *const[]){"three"}, 1);
    terminal_keep(&terminal);
    written();
    draw((const char *const[]){"four"}, 1);
    cr_expect_str_eq(written(), BEGIN "four\033[K\r\n" END);
}

Test(terminal, rows_that_a_narrower_window_has_folded_are_all_overwritten) {
    open_measured();
    draw((const char *const[]){"123456789012345", "1", ""}, 3);
    written();
    struct winsize size = {.ws_row = 10, .ws_col = 10};
    ioctl(master, TIOCSWINSZ, &size);
    cr_assert(terminal_measure(&terminal));
    draw((const char *const[]){"x"}, 1);
    cr_expect_str_eq(written(), BEGIN "\033[4Ax\033[K\r\n" END);
}

Test(terminal, a_frame_is_never_taken_to_begin_above_the_screen) {
    open_measured();
    draw((const char *const[]){"1", "2", "3", "4", "5"}, 5);
    written();
    struct winsize size = {.ws_row = 3, .ws_col = 40};
    ioctl(master, TIOCSWINSZ, &size);
    cr_assert(terminal_measure(&terminal));
    draw((const char *const[]){"x"}, 1);
    cr_expect_str_eq(written(), BEGIN "\033[2Ax\033[K\r\n" END);
}

/* The other end does not read: the bytes that do not fit are kept for later, and no
 * call waits. */
Test(terminal, a_terminal_that_takes_no_more_gets_the_rest_later) {
    struct winsize size = {.ws_row = 300, .ws_col = 500};
    ioctl(master, TIOCSWINSZ, &size);
    open_measured();
    static char line[400];
    memset(line, 'x', sizeof line - 1);
    const char *lines[200];
    for (int i = 0; i < 200; i++) {
        lines[i] = line;
    }
    draw(lines, 200);
    cr_assert(terminal_is_behind(&terminal));
    cr_expect_not(terminal_measure(&terminal));
    size_t lines_read = 0;
    for (const char *text = written(); *text; text = written()) {
        for (const char *at = text; (at = strchr(at, '\n')); at++) {
            lines_read++;
        }
        terminal_measure(&terminal); /* goes on writing */
    }
    cr_expect_not(terminal_is_behind(&terminal));
    cr_expect_eq(lines_read, 200, "%zu lines", lines_read);
}

Test(terminal, a_terminal_that_is_gone_is_no_error) {
    open_measured();
    close(master);
    master = -1;
    draw((const char *const[]){"one"}, 1);
    terminal_erase(&terminal);
    cr_expect_not(terminal_is_behind(&terminal));
}
