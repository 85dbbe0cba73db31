/* Starts a program with pipes; knows nothing of loops. For the library's own files. */
#ifndef SIMUL_ASYNC_PROCESS_SPAWN_H
#define SIMUL_ASYNC_PROCESS_SPAWN_H

#include "async/process.h"

struct async_spawned {
    pid_t pid;
    int end_fd;     /* readable when the program has ended */
    int pipe_fd[3]; /* this program's ends of its standard streams; -1: no pipe */
};

/* All descriptors are closed on exec, and are the caller's. If it fails (ASYNC_SYSTEM,
 * ASYNC_INVALID_ARGUMENT), nothing is left open. */
bool async_spawn(const char *const argv[], const struct async_process_options *options,
                 struct async_spawned *spawned, struct async_error *error);

#endif
