/* The whole program, run as a user would: by a line for the shell, in a folder of its
 * own. What cannot fail in a sound test is asserted here; every wait is bounded. Texts
 * and JSON that it hands out live until program_leave(). */
#ifndef SIMUL_TESTS_SUPPORT_PROGRAM_H
#define SIMUL_TESTS_SUPPORT_PROGRAM_H

#include "bench/programs/process.h"

#include <jansson.h>
#include <stdbool.h>

/* How a line ended and what it printed. */
struct outcome {
    int code; /* as the shell counts: 128 + n for a signal n; -1: over a minute */
    char *out;
    char *err; /* its last 4 KiB */
};

/* For .init: makes a folder, goes there, and puts the built programs first in PATH. */
void program_enter(void);

/* For .fini: asserts that no process is left behind, removes the folder. */
void program_leave(void);

/* Runs a line for the shell, written as for printf. */
struct outcome program_run(const char *format, ...)
    __attribute__((format(printf, 1, 2)));

/* As program_run(), and it must end with that code. */
struct outcome program_expect(int code, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Starts a line in the background; its `exec`ed program has the process's id. */
void program_start(struct process *process, const char *line);

/* How many processes, of this test's and in the background, have `word` in their
 * command line. */
int program_count(const char *word);

/* Writes a file; an executable one where its text begins with "#!". */
void program_write(const char *path, const char *text);

/* The whole file as a text. Asserts that it is there. */
char *program_read(const char *path);

/* The path that matches a pattern of the shell. Asserts that exactly one does. */
char *program_find(const char *pattern);

/* How many paths match. */
int program_matches(const char *pattern);

/* Parsed; asserts that it is JSON. */
json_t *program_json(const char *text);
json_t *program_json_file(const char *path);

/* An array of a file's lines, each of which must be JSON. */
json_t *program_json_lines(const char *path);

/* JSON as a compact text. */
char *program_text(const json_t *json);

/* The array's object whose `key` is that text; asserts that there is one. */
json_t *program_pick(const json_t *array, const char *key, const char *text);

bool program_holds(const char *text, const char *part);

/* Copies the programs and the shipped scenarios to ./bin and ./share. */
void program_copy_bin(void);

/* Asserts that a JSON file is as docs/summary.schema.json says. */
void program_expect_schema(const char *path);

/* A model in Python that waits as `sequential` does. `tail` is what it does when all
 * rows are printed. */
void program_write_model(const char *path, bool describes, const char *tail);

#endif
