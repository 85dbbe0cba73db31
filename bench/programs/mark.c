/* Marks processes, and finds them in /proc. */
#include "bench/programs/mark.h"
#include "base/clock.h"

#include <ctype.h>
#include <dirent.h>
#include <inttypes.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char name[] = "SIMUL_RUN_MARK";

/* A process id alone returns after a while, and in another PID namespace at once. */
void mark_make(char mark[static MARK_BYTES]) {
    snprintf(mark, MARK_BYTES, "%s=%d-%" PRId64, name, (int)getpid(), clock_now_ns());
}

void mark_set(const char *mark) {
    setenv(name, mark + sizeof name, 1);
}

void mark_clear(void) {
    unsetenv(name);
}

/* /proc/PID/environ is the environment with which the program was executed. It is empty
 * if the process has ended and only waits to be reaped. */
static bool has_mark(const char *pid, const char *mark) {
    char path[300];
    char *variable = NULL;
    size_t size = 0;
    bool found = false;
    snprintf(path, sizeof path, "/proc/%s/environ", pid);
    FILE *file = fopen(path, "re");
    while (file && !found && getdelim(&variable, &size, '\0', file) > 0) {
        found = !strcmp(variable, mark);
    }
    if (file) {
        fclose(file);
    }
    free(variable);
    return found;
}

int mark_kill(const char *mark) {
    int count = 0;
    DIR *processes = opendir("/proc");
    for (struct dirent *entry; processes && (entry = readdir(processes));) {
        if (isdigit((unsigned char)entry->d_name[0]) && has_mark(entry->d_name, mark)) {
            kill(atoi(entry->d_name), SIGKILL);
            count++;
        }
    }
    if (processes) {
        closedir(processes);
    }
    return count;
}
