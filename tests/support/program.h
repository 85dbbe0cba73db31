/* Runs the whole program as a user does: by a line for the shell, in a folder of its
 * own. These functions assert that nothing fails; every wait has a limit. The texts and
 * the JSON that they return live until program_leave(). */
#ifndef SIMUL_TESTS_SUPPORT_PROGRAM_H
#define SIMUL_TESTS_SUPPORT_PROGRAM_H

#include "bench/programs/process.h"

#include <jansson.h>
#include <stdbool.h>

/* The exit code of a line, and what it printed. */
struct outcome {
    int code; /* as in a shell, 128 + n for a signal n; -1: it ran over a minute */
    char *out;
    char *err; /* its last 4 KiB */
};

/* For .init: makes a folder, enters it, and puts the built programs first in PATH. */
void program_enter(void);

/* For .fini: asserts that no process is left behind, removes the folder. */
void program_leave(void);

/* Runs a line for the shell; the format is that of printf. */
struct outcome program_run(const char *format, ...)
    __attribute__((format(printf, 1, 2)));

/* Like program_run(); asserts that the line ends with this code. If the code is 0 and the
 * host was busy with another machine, the line is run again, twice at most. */
struct outcome program_expect(int code, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Starts a line in the background. A program that the line `exec`s has the process's
 * id. */
void program_start(struct process *process, const char *line);

/* How many processes that this test has started have `word` in their command line. */
int program_count(const char *word);

/* Fills in the ids of the processes that this test has started, `most` at most; returns
 * how many it has filled in. */
int program_pids(int pids[], int most);

/* How many of them are left when all have ended, or after 10 s. If a signal ends simul
 * at once, its guard ends a moment later. */
int program_await_none(void);

/* How many control groups the simul with this process id has made. */
int program_count_control_groups(int pid);

/* Writes a file, which becomes executable if its text begins with "#!". */
void program_write(const char *path, const char *text);

/* The text of a whole file. Asserts that the file exists. */
char *program_read(const char *path);

/* The path that matches a pattern of the shell. Asserts that exactly one matches. */
char *program_find(const char *pattern);

/* How many paths match. */
int program_matches(const char *pattern);

/* Parses JSON; asserts that it is JSON. */
json_t *program_json(const char *text);
json_t *program_json_file(const char *path);

/* An array of a file's lines, each of which must be JSON. */
json_t *program_json_lines(const char *path);

/* JSON as a compact text. */
char *program_text(const json_t *json);

/* The object of the array whose `key` is this text; asserts that there is one. */
json_t *program_pick(const json_t *array, const char *key, const char *text);

bool program_holds(const char *text, const char *part);

/* Copies the programs and the shipped scenarios to ./bin and ./share. */
void program_copy_bin(void);

/* Asserts that a JSON file is valid by docs/summary.schema.json. */
void program_expect_schema(const char *path);

/* Writes a model in Python that waits like `sequential`. `tail` is code that it runs
 * after all rows are printed. */
void program_write_model(const char *path, bool describes, const char *tail);

#endif
