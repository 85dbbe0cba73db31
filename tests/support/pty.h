/* A terminal for a program under test: collects its output as bytes and as a screen. */
#ifndef SIMUL_TESTS_SUPPORT_PTY_H
#define SIMUL_TESTS_SUPPORT_PTY_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/* A program on a terminal of its own. */
struct pty {
    pid_t pid;  /* 0: it has ended */
    int fd;     /* the terminal's other end */
    int code;   /* its exit code, as in a shell */
    char *text; /* its whole output; owned */
    size_t bytes;
};

/* Starts a line for the shell on a terminal of this size, which is its stdin, stdout
 * and stderr. TERM is xterm-256color and the locale is UTF-8, unless the line sets
 * others. */
void pty_start(struct pty *pty, int rows, int columns, const char *line);

/* Reads until the program writes `text`; asserts that it does so before it ends. Only
 * output that is read in this call counts. */
void pty_await(struct pty *pty, const char *text);

/* Reads until the program has ended, for at most a minute. Skips the test if a trial was
 * invalid because the host was busy with another virtual machine. */
void pty_finish(struct pty *pty);

/* Types characters, such as "\003" for Ctrl-C. */
void pty_type(struct pty *pty, const char *keys);

void pty_resize(struct pty *pty, int rows, int columns);

/* Ends the program if it still runs, and frees the struct's memory. */
void pty_close(struct pty *pty);

/* The output leaves the terminal in order: by the last code for each, the cursor is
 * shown, lines wrap, no frame is open, and colours are plain. */
bool pty_is_sane(const struct pty *pty);

/* How often a text was written. */
int pty_count(const struct pty *pty, const char *text);

/* The rows of the screen at the end, after the rows that have scrolled out; each ends
 * with a line break. Knows the codes that simul may use, and asserts that there are no
 * others. The caller frees the text. */
char *pty_screen(const struct pty *pty, int rows, int columns);

#endif
