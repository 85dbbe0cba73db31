/* A terminal for a program under test: what it writes, as bytes and as a screen. */
#ifndef SIMUL_TESTS_SUPPORT_PTY_H
#define SIMUL_TESTS_SUPPORT_PTY_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/* A program on a terminal of its own. */
struct pty {
    pid_t pid;  /* 0: it has ended */
    int fd;     /* the terminal's other end */
    int code;   /* how it ended, as the shell counts */
    char *text; /* all that it wrote, ended with a zero byte; owned */
    size_t bytes;
};

/* Starts a line for the shell on a terminal of that size, the terminal's stdin, stdout
 * and stderr all three; TERM is xterm-256color and the locale UTF-8 unless the line
 * says otherwise. */
void pty_start(struct pty *pty, int rows, int columns, const char *line);

/* Reads until it has written `text` since the last call, or ended; asserts which. */
void pty_await(struct pty *pty, const char *text);

/* Reads until it has ended, a minute at most. */
void pty_finish(struct pty *pty);

/* Types characters, such as "\003" for Ctrl-C. */
void pty_type(struct pty *pty, const char *keys);

void pty_resize(struct pty *pty, int rows, int columns);

/* Ends it, where it has not. */
void pty_close(struct pty *pty);

/* It has all been written between two frames and nothing is left behind: the cursor is
 * shown, lines wrap, colours are plain, all as the last code for each says. */
bool pty_is_sane(const struct pty *pty);

/* How often a text was written. */
int pty_count(const struct pty *pty, const char *text);

/* What the screen shows at the end, with all that scrolled out of it above: rows ended
 * by line breaks. Obeys what simul may use of a terminal's codes, asserts that there
 * are no others. Freed by the caller. */
char *pty_screen(const struct pty *pty, int rows, int columns);

#endif
